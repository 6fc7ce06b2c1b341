/** The view Dependencies: the active file's place in the graph, and the cycles of the workspace; a click goes to the line. */
import * as vscode from 'vscode';
import { formatCount } from '../../base/count.js';
import { nameOf } from '../../base/paths.js';
import type { FileFacts } from '../../engine/protocol.js';
import type { Cycle } from '../../graph/cycles.js';
import { FocusOfEditor } from '../focus.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { labelOfPage } from './context-words.js';
import { type DependencyRow, DependencyRows } from './dependency-rows.js';
import { describeRow } from './dependency-words.js';
import { absoluteOf } from './file-places.js';

/** Whoever runs through editors stops at one first. */
const QUIET_MS = 120;

export class Dependencies implements vscode.TreeDataProvider<DependencyRow>, vscode.Disposable {
  readonly view: vscode.TreeView<DependencyRow>;
  #rows = new DependencyRows(undefined, undefined);
  /** Absolute path of the file that is shown. */
  #absolute: string | undefined;
  #file: FileFacts | undefined;
  #cycles: readonly Cycle[] | undefined;
  #message = '';
  /** What is shown is not what would be found now. */
  #outdated = true;
  #timer: NodeJS.Timeout | undefined;
  #abort: AbortController | undefined;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly index: WorkspaceIndex) {
    const focus = new FocusOfEditor();
    this.#absolute = focus.of({ kind: 'editor' })?.absolute;
    this.view = vscode.window.createTreeView('longview.dependencies', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.view,
      this.view.onDidChangeVisibility(() => this.#follow()),
      focus,
      focus.onDidChange((place) => {
        if (place?.absolute === this.#absolute) return;
        this.#absolute = place?.absolute;
        this.#outdate(QUIET_MS);
      }),
      index.onDidUpdate(() => {
        this.#cycles = undefined;
        this.#outdate(0);
      }),
      index.onDidChangeState(() => this.#tell()),
      { dispose: () => clearTimeout(this.#timer) },
    );
    this.#follow();
  }

  async getChildren(row?: DependencyRow): Promise<DependencyRow[]> {
    if (!row && (!this.index.last || (this.#outdated && !this.#file))) return [];
    if (row?.kind === 'section' && row.section === 'cycles') await this.#findCycles();
    return [...this.#rows.children(row)];
  }

  getTreeItem(row: DependencyRow): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    if (row.kind === 'page') {
      const item = new vscode.TreeItem(labelOfPage(row), Collapsed);
      item.id = `${this.#file?.path}:page:${row.of}:${row.start}`;
      return item;
    }
    const { label, description, icon, tooltip, spoken } = describeRow(row, this.#rows);
    const item = new vscode.TreeItem(label, this.#collapsible(row));
    item.id = this.#idOf(row);
    item.contextValue = 'path' in row ? `file ${row.kind}` : row.kind;
    if (description !== undefined) item.description = description;
    if (tooltip !== undefined) item.tooltip = tooltip;
    if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon);
    item.accessibilityInformation = { label: spoken ?? `${label}${description === undefined ? '' : `, ${description}`}` };
    const place = placeIn(row, this.#rows);
    const absolute = place && absoluteOf(this.index.last?.roots ?? [], place.path);
    if (place && absolute !== undefined) {
      const uri = vscode.Uri.file(absolute);
      const at = new vscode.Position(place.line, 0);
      item.command = { command: 'vscode.open', title: 'Go to Line', arguments: [uri, { selection: new vscode.Range(at, at) }] };
      if (row.kind === 'member') {
        item.resourceUri = uri;
        item.iconPath = vscode.ThemeIcon.File;
      }
    } else if (item.collapsibleState === None) item.tooltip ??= `${label}: ${description}`;
    return item;
  }

  dispose(): void {
    this.#abort?.abort();
    this.#subscriptions.dispose();
  }

  #collapsible({ kind, ...row }: DependencyRow): vscode.TreeItemCollapsibleState {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    if (kind === 'section' && 'section' in row) {
      if (row.rows === 0) return None;
      return row.section === 'dependencies' || row.section === 'dependents' ? Expanded : Collapsed;
    }
    if (kind === 'symbol' && 'index' in row) return this.#rows.holds(row.index) ? Collapsed : None;
    return kind === 'cycle' || kind === 'members' ? Collapsed : None;
  }

  /** The same for the same row of the same file, so that what is open and selected stays so. */
  #idOf(row: Exclude<DependencyRow, { kind: 'page' }>): string {
    const of = this.#file?.path ?? '';
    switch (row.kind) {
      case 'section':
        return `section:${row.section}`;
      case 'fact':
        return `fact:${row.name}`;
      case 'neighbour':
        return `${of}:${row.direction}:${row.path}`;
      case 'unresolved':
        return `${of}:unresolved:${row.number}`;
      case 'symbol':
        return `${of}:symbol:${row.index}`;
      case 'cycle':
      case 'members':
        return `${row.kind}:${row.cycle.files[0]}`;
      case 'edge':
        return `edge:${row.at}:${row.path}`;
      case 'member':
        return `member:${row.path}`;
    }
  }

  #outdate(ms: number): void {
    this.#outdated = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#follow(), ms);
  }

  /** Asks only while the view is visible. */
  #follow(): void {
    if (this.view.visible && this.#outdated) void this.#look();
  }

  async #look(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#outdated = false;
    const absolute = this.#absolute;
    try {
      this.index.wake();
      const file = absolute === undefined ? undefined : await this.index.ask('file', absolute, abort.signal);
      if (abort.signal.aborted) return;
      this.#file = file;
      this.#message =
        absolute === undefined
          ? 'Open a file to see what it depends on.'
          : file
            ? ''
            : `Longview does not read ${nameOf(absolute.replaceAll('\\', '/'))}.`;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#outdated = true;
      this.#file = undefined;
      this.#message = error instanceof Error ? error.message : String(error);
    }
    this.#show();
  }

  /** Once for each state of the workspace, and only when somebody looks. */
  async #findCycles(): Promise<void> {
    if (this.#cycles) return;
    this.#cycles = await this.index.ask('cycles', {});
    this.#rows = new DependencyRows(this.#file, this.#cycles);
  }

  #show(): void {
    this.#rows = new DependencyRows(this.#file, this.#cycles);
    this.view.description = this.#file ? nameOf(this.#file.path) : '';
    this.#tell();
    this.#changed.fire(undefined);
  }

  #tell(): void {
    const { state } = this.index;
    this.view.message =
      state.kind === 'indexing' && state.total > 0
        ? `Reading ${formatCount(state.done)} of ${formatCount(state.total)} files`
        : this.index.last || state.kind === 'paused' || state.kind === 'failed'
          ? this.#message
          : '';
  }
}

/** Where a click leads: for an edge the line where it is made. */
function placeIn(row: DependencyRow, { file }: DependencyRows): { readonly path: string; readonly line: number } | undefined {
  switch (row.kind) {
    case 'neighbour':
      return { path: row.at, line: row.neighbour.line };
    case 'edge':
      return { path: row.at, line: row.edge.line };
    case 'unresolved':
      return { path: row.at, line: row.line };
    case 'symbol':
      return { path: row.at, line: file?.symbols[row.index]?.start ?? 0 };
    case 'member':
      return { path: row.path, line: 0 };
    default:
      return undefined;
  }
}
