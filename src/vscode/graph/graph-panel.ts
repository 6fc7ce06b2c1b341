/** The panel `longview.graph`: shows the drawing that the engine makes, keeps it current while it can be seen, and does what its page asks for. */
import * as vscode from 'vscode';
import type { ToHost, ToPage, WorkspaceMessage } from '../../webview/graph/protocol.js';
import { locate, openAt } from '../open-at.js';
import type { Services } from '../services.js';
import { onSettings, readSettings } from '../settings.js';
import { preparePage } from '../webview-page.js';
import { type IndexState, NoIndexError } from '../workspace-index.js';
import { graphMessages } from './graph-messages.js';
import { readWish } from './graph-wish.js';

const TYPE = 'longview.graph';
/** Several updates in a row are drawn once. */
const QUIET_MS = 250;

export interface GraphPanels extends vscode.Disposable {
  /** Fills a panel that the window was opened with. */
  adopt(panel: vscode.WebviewPanel): void;
}

/** Registers the command; there is one panel in a window at most. */
export function registerGraph(services: Services): GraphPanels {
  let panel: GraphPanel | undefined;
  const adopt = (view: vscode.WebviewPanel): void => {
    panel?.dispose();
    const made = new GraphPanel(view, services);
    panel = made;
    view.onDidDispose(() => {
      if (panel === made) panel = undefined;
    });
  };
  const command = vscode.commands.registerCommand('longview.showGraph', (asked?: unknown) => {
    if (panel) panel.reveal();
    else adopt(vscode.window.createWebviewPanel(TYPE, 'Dependency Graph', vscode.ViewColumn.Active, {}));
    if (asked instanceof vscode.Uri && asked.scheme === 'file') panel?.show(asked.fsPath);
  });
  return {
    adopt,
    dispose: () => {
      command.dispose();
      panel?.dispose();
    },
  };
}

class GraphPanel implements vscode.Disposable {
  /** The page is there to show what comes. */
  #listening = false;
  #revision = 0;
  /** Of the index, as the page knows it. */
  #state: IndexState['kind'] | undefined;
  #drawing: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** A file to show once the page listens, by absolute path. */
  #wanted: string | undefined;
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly view: vscode.WebviewPanel,
    private readonly services: Services,
  ) {
    const { extension, index } = services;
    const icon = (kind: string): vscode.Uri => vscode.Uri.joinPath(extension, 'media', `graph-${kind}.svg`);
    view.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#subscriptions = vscode.Disposable.from(
      view.webview.onDidReceiveMessage((message: unknown) => this.#grant(message)),
      view.onDidChangeViewState(() => !view.visible && this.#hide()),
      view.onDidDispose(() => this.dispose()),
      index.onDidChangeState((state) => this.#follow(state)),
      index.onDidUpdate(() => this.#drawSoon()),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#unawaited(() => this.#tellActive())),
      onSettings('graph', () => this.#tellLimit()),
    );
    preparePage(view.webview, extension, 'graph', 'Dependency Graph');
  }

  reveal(): void {
    this.view.reveal();
  }

  /** Shows the neighbourhood of a file, as soon as it can be. */
  show(absolute: string): void {
    this.#wanted = absolute;
    if (this.#listening) this.#unawaited(() => this.#tellWanted());
  }

  dispose(): void {
    this.#hide();
    this.#subscriptions.dispose();
    this.view.dispose();
  }

  /** The page is loaded, for the first time or again after it was hidden. */
  #begin(): void {
    this.#listening = true;
    this.#tellLimit();
    this.#tellState(this.services.index.state);
    void this.#draw();
  }

  #hide(): void {
    this.#listening = false;
    clearTimeout(this.#timer);
    this.#drawing?.abort();
  }

  #drawSoon(): void {
    clearTimeout(this.#timer);
    if (this.#listening) this.#timer = setTimeout(() => void this.#draw(), QUIET_MS);
  }

  /** The newest drawing wins: one that is still made is given up. */
  async #draw(): Promise<void> {
    this.#drawing?.abort();
    const abort = new AbortController();
    this.#drawing = abort;
    const { index, log } = this.services;
    try {
      const drawing = await index.ask('layout', undefined, abort.signal);
      this.#revision++;
      for (const message of graphMessages(drawing, this.#revision)) {
        if (abort.signal.aborted) return;
        await this.#post(message);
      }
      await this.#tellActive();
      await this.#tellWanted();
    } catch (error) {
      if (abort.signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      if (!(error instanceof NoIndexError)) log.error(`graph: ${message}`);
      if (index.state.kind !== 'paused' && index.state.kind !== 'no-folder') {
        await this.#post({ kind: 'workspace', state: 'failed', message });
      }
    }
  }

  #tellLimit(): void {
    void this.#post({ kind: 'limit', items: readSettings().graphLimit });
  }

  #follow(state: IndexState): void {
    const opened = this.#state === 'no-folder' && state.kind !== 'no-folder';
    this.#tellState(state);
    // An index without a folder had nothing to draw, and has not begun to read the new one.
    if (opened) this.#drawSoon();
  }

  #tellState(state: IndexState): void {
    this.#state = state.kind;
    const message = stateOf(state);
    if (message) void this.#post(message);
  }

  /** What the drawing does not wait for: where the engine cannot answer, the page stays as it is until the next drawing tells. */
  #unawaited(tell: () => Promise<void>): void {
    void tell().catch((error: unknown) => this.services.log.warn(`graph: ${error instanceof Error ? error.message : String(error)}`));
  }

  async #tellActive(): Promise<void> {
    // While the panel itself has the focus no editor is active.
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find((e) => e.document.uri.scheme === 'file');
    const document = editor?.document;
    const path = document?.uri.scheme === 'file' ? await this.services.index.askLast('pathOf', document.uri.fsPath) : undefined;
    await this.#post({ kind: 'active', path });
  }

  async #tellWanted(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === undefined) return;
    const path = await this.services.index.askLast('pathOf', wanted);
    if (path === undefined) return;
    this.#wanted = undefined;
    await this.#post({ kind: 'show', path });
  }

  /** Nothing is posted to a page that is not there. */
  async #post(message: ToPage): Promise<void> {
    if (this.#listening) await this.view.webview.postMessage(message);
  }

  #grant(message: unknown): void {
    const wish = readWish(message);
    if (!wish) {
      this.services.log.warn('graph: a message that is none was left out');
      return;
    }
    void this.#do(wish).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.services.log.error(`graph: ${wish.kind}: ${reason}`);
      void vscode.window.showErrorMessage(`Longview: ${reason}`);
    });
  }

  async #do(wish: ToHost): Promise<void> {
    const { index, pack } = this.services;
    switch (wish.kind) {
      case 'ready':
        return this.#begin();
      case 'resume':
        index.resume();
        return await this.#draw();
      case 'open':
        return await openAt(index, wish.path, wish.line, this.#otherGroup());
      case 'pin':
        pack.pin([wish.path], 'full');
        void vscode.window.setStatusBarMessage(`Longview: pinned ${wish.path}`, 5_000);
        return;
      case 'pack-around': {
        const absolute = await locate(index, wish.path);
        if (absolute === undefined) return;
        pack.choose({ focus: { kind: 'place', place: { absolute } } });
        await vscode.commands.executeCommand('longview.context.focus');
        return;
      }
      case 'act':
        await vscode.commands.executeCommand('longview.runAction', { path: wish.path });
        return;
      case 'reveal': {
        const absolute = await locate(index, wish.path);
        if (absolute !== undefined) await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(absolute));
      }
    }
  }

  /** A group of editors that is not the panel's own, so that the graph stays in sight. */
  #otherGroup(): vscode.ViewColumn {
    const other = vscode.window.tabGroups.all.find((g) => g.viewColumn !== this.view.viewColumn);
    return other?.viewColumn ?? vscode.ViewColumn.Beside;
  }
}

/** What the page shows of the index; undefined where the drawing itself tells. */
function stateOf(state: IndexState): WorkspaceMessage | undefined {
  switch (state.kind) {
    case 'no-folder':
      return { kind: 'workspace', state: 'no-folder' };
    case 'paused':
      return { kind: 'workspace', state: 'paused' };
    case 'indexing':
      return { kind: 'workspace', state: 'indexing', done: state.done, total: state.total };
    case 'failed':
      return { kind: 'workspace', state: 'failed', message: state.message };
    case 'asleep':
    case 'ready':
      return { kind: 'workspace', state: 'drawing' };
  }
}
