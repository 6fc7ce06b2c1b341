/** The page: keeps the model, the user's view of it and the canvas together, and does what keys and clicks ask for. */
import { html, render } from 'lit';
import type { Host } from '../host.js';
import { factsPanel } from './facts-panel.js';
import { filtersPanel } from './filters-panel.js';
import { GraphCanvas } from './graph-canvas.js';
import { itemList } from './item-list.js';
import { legend } from './legend.js';
import { GraphModel, type Item } from './model.js';
import { notice } from './notice.js';
import type { EdgesMessage, GraphMessage, ToHost, ToPage, WorkspaceMessage } from './protocol.js';
import { makeScene, type Scene } from './scene.js';
import { type Direction, nextPlace } from './steering.js';
import { onThemeChange, readTheme, type Theme } from './theme.js';
import { toolbar } from './toolbar.js';
import { restoreView, type ViewState } from './view-state.js';

/** What lasts no longer than the page. */
interface Passing {
  readonly query: string;
  /** Position of the search result that Enter chooses. */
  readonly result: number;
  readonly filtersOpen: boolean;
  /** Items of the list that are in the page. */
  readonly listed: number;
  /** Lists of facts that are shown in full, by name. */
  readonly inFull: readonly string[];
}

const FIRST: Passing = { query: '', result: 0, filtersOpen: false, listed: 300, inFull: [] };

export class GraphPage {
  model: GraphModel | undefined;
  view: ViewState;
  scene: Scene | undefined;
  passing: Passing = FIRST;
  workspace: WorkspaceMessage = { kind: 'workspace', state: 'drawing' };
  active: string | undefined;
  theme: Theme;
  /** Undefined until the page is built, and where there is no WebGL. */
  canvas: GraphCanvas | undefined;
  #built = false;
  #limit = 2_000;
  #announced = '';
  #waiting: { readonly graph: GraphMessage; readonly edges: EdgesMessage[] } | undefined;
  /** A file to show as soon as there is a graph. */
  #wanted: string | undefined;

  constructor(
    private readonly root: HTMLElement,
    readonly host: Host<ToHost, ToPage, ViewState>,
  ) {
    this.view = restoreView(host.draft);
    this.theme = readTheme();
  }

  start(): void {
    this.#render();
    this.#buildCanvas();
    onThemeChange(() => {
      this.theme = readTheme();
      if (this.canvas) this.canvas.theme = this.theme;
      this.#render();
    });
    this.host.listen((message) => this.#hear(message));
    this.host.tell({ kind: 'ready' });
  }

  get selected(): Item | undefined {
    return this.view.selected === undefined ? undefined : this.model?.find(this.view.selected);
  }

  /** Changes what is shown and keeps it. */
  change(change: Partial<ViewState>): void {
    const before = this.view;
    this.view = { ...before, ...change };
    this.host.draft = this.view;
    const sceneChanged = (['filters', 'colourBy', 'centre', 'hops', 'opened', 'closed'] as const).some((k) => before[k] !== this.view[k]);
    if (sceneChanged) this.#makeScene();
    else if (before.selected !== this.view.selected) this.canvas?.mark(this.#marked());
    this.#render();
    if (before.centre !== this.view.centre) this.canvas?.fit();
  }

  pass(change: Partial<Passing>): void {
    this.passing = { ...this.passing, ...change };
    this.#render();
  }

  /** Selects and, where it lies out of sight, brings it there; folders around it are opened. */
  select(item: Item | undefined, bring = true, tab: ViewState['tab'] = 'facts'): void {
    const { model, scene } = this;
    if (!model || item === undefined) {
      this.change({ selected: undefined });
      return;
    }
    const path = model.path(item);
    const opened = [...this.view.opened];
    if (scene?.kind === 'whole' && !scene.byItem.has(item)) {
      for (let f = model.folderAround(item); f > 0; f = model.columns.parents[f]!) opened.push(model.path(model.files + f));
    }
    const leave = scene?.kind === 'neighbourhood' && !scene.byItem.has(item);
    const opens = opened.length > this.view.opened.length;
    this.change({
      selected: path,
      tab,
      ...(leave ? { centre: undefined, follow: false } : {}),
      ...(opens ? { opened, closed: this.view.closed.filter((f) => !opened.includes(f)) } : {}),
    });
    this.#announce(item);
    if (bring && this.canvas && (!this.canvas.inSight(item) || opens || leave)) this.canvas.approach(item);
  }

  /** Opens a file in the editor, or shows what is in a closed folder. */
  open(item: Item, line = 0): void {
    const { model } = this;
    if (!model) return;
    const path = model.path(item);
    if (!model.isFolder(item)) this.host.tell({ kind: 'open', path, line });
    else this.change({ selected: path, opened: [...this.view.opened, path], closed: this.view.closed.filter((f) => f !== path) });
  }

  /** Draws the folder as one disc again. */
  close(folder: Item): void {
    const path = this.model?.path(folder);
    if (path === undefined || path === '') return;
    const inside = (f: string): boolean => f === path || f.startsWith(`${path}/`);
    this.change({ selected: path, opened: this.view.opened.filter((f) => !inside(f)), closed: [...this.view.closed, path] });
  }

  /** Shows the neighbourhood of a file; of undefined, the whole again. */
  centre(path: string | undefined, follow = false): void {
    this.change({ centre: path, follow, ...(path === undefined ? {} : { selected: path }) });
  }

  /** Keys while the drawing has the focus. */
  key(event: KeyboardEvent): void {
    const { selected, scene, model } = this;
    if (!model || !scene || event.ctrlKey || event.metaKey || event.altKey) return;
    const done = this.#keys(event.key, model, scene, selected);
    if (done) event.preventDefault();
  }

  #keys(key: string, model: GraphModel, scene: Scene, selected: Item | undefined): boolean {
    switch (key) {
      case 'ArrowUp':
      case 'ArrowDown':
      case 'ArrowLeft':
      case 'ArrowRight':
        this.#step(key, scene, selected);
        return true;
      case 'Enter':
        if (selected !== undefined) this.open(selected);
        return true;
      case 'Backspace': {
        const around = selected === undefined ? -1 : model.folderAround(selected);
        if (around > 0) this.close(model.files + around);
        return true;
      }
      case 'Escape':
        if (this.view.centre !== undefined) this.centre(undefined);
        else this.select(undefined);
        return true;
      case 'n':
        if (selected !== undefined && !model.isFolder(selected)) this.centre(model.path(selected));
        return true;
      case '+':
      case '=':
        this.canvas?.zoom(1.5);
        return true;
      case '-':
        this.canvas?.zoom(1 / 1.5);
        return true;
      case '0':
        this.canvas?.fit();
        return true;
      case '/':
        this.root.querySelector<HTMLInputElement>('#search')?.focus();
        return true;
      default:
        return false;
    }
  }

  /** Along a link where one leads that way, else to what lies next. */
  #step(direction: Direction, scene: Scene, selected: Item | undefined): void {
    const from = selected === undefined ? undefined : scene.byItem.get(selected);
    if (!from) {
      const first = [...scene.items].sort((a, b) => b.radius - a.radius)[0];
      this.select(first?.item);
      return;
    }
    const linked = scene.links.flatMap((l) => (l.from === selected ? [l.to] : l.to === selected ? [l.from] : []));
    const next =
      nextPlace(
        from,
        linked.map((i) => scene.byItem.get(i)!),
        direction,
      ) ?? nextPlace(from, scene.items, direction);
    if (next) this.select(next.item);
  }

  #hear(message: ToPage): void {
    switch (message.kind) {
      case 'graph':
        this.#waiting = { graph: message, edges: [] };
        this.#take();
        return;
      case 'edges':
        if (this.#waiting?.graph.revision === message.revision) this.#waiting.edges.push(message);
        this.#take();
        return;
      case 'workspace':
        this.workspace = message;
        this.#render();
        return;
      case 'limit':
        this.#limit = message.items;
        this.#makeScene();
        this.#render();
        return;
      case 'active':
        this.active = message.path;
        if (this.view.follow && message.path !== undefined && this.model?.find(message.path) !== undefined) this.centre(message.path, true);
        else this.canvas?.mark(this.#marked());
        this.#render();
        return;
      case 'show':
        this.#wanted = message.path;
        this.#goWanted();
    }
  }

  /** The graph is shown when all of its edges have come. */
  #take(): void {
    const { graph, edges } = this.#waiting ?? { edges: [] };
    if (!graph || edges.reduce((sum, e) => sum + e.from.length, 0) < graph.edges) return;
    this.#waiting = undefined;
    const first = this.model === undefined;
    this.model = new GraphModel(graph, edges);
    this.workspace = { kind: 'workspace', state: 'ready' };
    this.#makeScene();
    if (first && this.view.camera && this.canvas) this.canvas.camera = this.view.camera;
    this.#render();
    this.#goWanted();
  }

  #goWanted(): void {
    const path = this.#wanted;
    if (path === undefined || this.model?.find(path) === undefined) return;
    this.#wanted = undefined;
    this.centre(path);
  }

  #makeScene(): void {
    if (!this.model) return;
    this.scene = makeScene(this.model, this.view, this.#limit);
    this.canvas?.show(this.scene, this.#marked());
  }

  #marked(): { readonly selected: Item | undefined; readonly active: Item | undefined } {
    return { selected: this.selected, active: this.active === undefined ? undefined : this.model?.find(this.active) };
  }

  #announce(item: Item): void {
    const { model } = this;
    if (!model) return;
    const kind = model.isFolder(item) ? 'folder' : `${model.outgoing(item).length} dependencies, ${model.incoming(item).length} dependents`;
    this.#announced = `${model.path(item)}, ${kind}`;
    this.#render();
  }

  #buildCanvas(): void {
    const container = this.root.querySelector<HTMLElement>('#drawing');
    if (!container) return;
    try {
      this.canvas = new GraphCanvas(container, this.theme, {
        chosen: (item) => {
          if (this.model?.isFolder(item)) this.open(item);
          else this.select(item, false);
        },
        opened: (item) => !this.model?.isFolder(item) && this.open(item),
        left: () => this.select(undefined),
        moved: (camera) => {
          this.view = { ...this.view, camera };
          this.host.draft = this.view;
        },
      });
      new ResizeObserver(() => this.canvas?.resize()).observe(container);
    } catch {
      // No WebGL: the list has all that the drawing would show.
      this.view = { ...this.view, tab: 'list' };
    }
    this.#built = true;
    this.#render();
  }

  #render(): void {
    const undrawn = this.#built && !this.canvas;
    render(
      html`
        ${toolbar(this)}
        <main class=${undrawn ? 'undrawn' : ''}>
          <div class="stage">
            <div
              id="drawing"
              tabindex="0"
              role="application"
              aria-roledescription="graph"
              aria-label=${this.#describe()}
              aria-describedby="keys"
              @keydown=${(e: KeyboardEvent) => this.key(e)}
            ></div>
            <p id="keys" class="unseen">
              Arrow keys go along dependencies, Enter opens the file or folder, Backspace closes the folder around, N shows the
              neighbourhood, Escape goes back, slash searches, plus, minus and zero zoom. The same is in the list beside.
            </p>
            ${this.passing.filtersOpen ? filtersPanel(this) : ''} ${notice(this)}
          </div>
          <aside aria-label="Facts and list">
            <div role="tablist" aria-label="Side panel">
              ${this.#tab('facts', 'Facts')} ${this.#tab('list', `Shown (${(this.scene?.items.length ?? 0).toLocaleString('en')})`)}
            </div>
            <div role="tabpanel" id="panel" aria-labelledby=${`tab-${this.view.tab}`} tabindex="0">
              ${this.view.tab === 'facts' ? factsPanel(this) : itemList(this)}
            </div>
            ${legend(this)}
          </aside>
        </main>
        <p class="unseen" role="status">${this.#announced}</p>
      `,
      this.root,
    );
  }

  #tab(tab: ViewState['tab'], label: string): unknown {
    const other = tab === 'facts' ? 'list' : 'facts';
    return html`<button
      role="tab"
      id=${`tab-${tab}`}
      aria-selected=${this.view.tab === tab}
      aria-controls="panel"
      tabindex=${this.view.tab === tab ? 0 : -1}
      @click=${() => this.change({ tab })}
      @keydown=${(e: KeyboardEvent) => {
        if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return;
        this.change({ tab: other });
        this.root.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
      }}
    >
      ${label}
    </button>`;
  }

  #describe(): string {
    const { scene, model, selected } = this;
    if (!scene || !model) return 'Dependency graph';
    const what =
      scene.kind === 'whole'
        ? `Dependency graph: ${scene.shownFiles} files drawn as ${scene.items.length} items with ${scene.links.length} links`
        : `Neighbourhood of ${this.view.centre}: ${scene.items.length} files`;
    return selected === undefined ? what : `${what}. Selected: ${model.path(selected)}`;
  }
}
