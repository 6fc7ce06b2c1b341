/** The view Findings: design problems of the workspace with the lines that show them; a click goes to the line. */
import * as vscode from 'vscode';
import { counted, formatCount } from '../../base/count.js';
import { labelOfPage } from '../trees/context-words.js';
import { absoluteOf } from '../trees/file-places.js';
import { dotted } from '../trees/words.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { type FindingFilter, FindingRows, type FindingsRow, GROUPINGS, type Grouping, SHOW_ALL } from './finding-rows.js';
import { describeFindingRow } from './finding-words.js';
import type { FindingsState, WorkspaceFindings } from './workspace-findings.js';

const GROUPING = 'longview.findings.grouping';
const FILTER = 'longview.findings.filter';

export class FindingsView implements vscode.TreeDataProvider<FindingsRow>, vscode.Disposable {
  readonly view: vscode.TreeView<FindingsRow>;
  #rows: FindingRows;
  #grouping: Grouping;
  #filter: FindingFilter;
  /** Held while the view is visible: findings follow every change. */
  #watching: vscode.Disposable | undefined;
  /** Ends the bar that runs while findings are looked for. */
  #found: (() => void) | undefined;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly index: WorkspaceIndex,
    private readonly findings: WorkspaceFindings,
    private readonly memento: vscode.Memento,
  ) {
    const kept = memento.get<string>(GROUPING);
    this.#grouping = GROUPINGS.find((g) => g === kept) ?? 'severity';
    this.#filter = { ...SHOW_ALL, ...memento.get<Partial<FindingFilter>>(FILTER) };
    this.#rows = new FindingRows(findings.last, this.#grouping, this.#filter);
    this.view = vscode.window.createTreeView('longview.findings', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.view,
      this.view.onDidChangeVisibility(() => this.#watch()),
      findings.onDidChange((state) => this.#follow(state)),
      index.onDidChangeState(() => this.#tell()),
      { dispose: () => this.#watching?.dispose() },
    );
    this.#watch();
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  set grouping(grouping: Grouping) {
    this.#grouping = grouping;
    void this.memento.update(GROUPING, grouping);
    this.#show();
  }

  get filter(): FindingFilter {
    return this.#filter;
  }

  set filter(filter: FindingFilter) {
    this.#filter = filter;
    void this.memento.update(FILTER, filter);
    this.#show();
  }

  getChildren(row?: FindingsRow): FindingsRow[] {
    return [...this.#rows.children(row)];
  }

  getTreeItem(row: FindingsRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    if (row.kind === 'page') {
      const item = new vscode.TreeItem(labelOfPage(row), Collapsed);
      item.id = `page:${row.of}:${row.start}`;
      return item;
    }
    const { label, description, icon, color, tooltip, spoken } = describeFindingRow(row);
    const item = new vscode.TreeItem(label, row.kind === 'group' ? Expanded : row.kind === 'finding' ? Collapsed : None);
    item.id = idOf(row);
    item.description = description;
    item.tooltip = tooltip;
    item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
    item.contextValue = row.kind === 'finding' ? `finding ${row.finding.kind}` : row.kind;
    item.accessibilityInformation = { label: spoken };
    const command = this.#commandOf(row);
    if (command) item.command = command;
    return item;
  }

  dispose(): void {
    this.#found?.();
    this.#subscriptions.dispose();
  }

  #commandOf(row: Exclude<FindingsRow, { kind: 'page' }>): vscode.Command | undefined {
    if (row.kind === 'group') return undefined;
    if (row.kind === 'wrong-rules') return { command: 'vscode.open', title: 'Open', arguments: [vscode.Uri.file(row.wrong.absolute)] };
    const { path, line } = row.kind === 'evidence' ? row.evidence : row.finding.evidence[0]!;
    const absolute = absoluteOf(this.index.last?.roots ?? [], path);
    if (absolute === undefined) return undefined;
    const at = new vscode.Position(line, 0);
    return {
      command: 'vscode.open',
      title: 'Go to Line',
      arguments: [vscode.Uri.file(absolute), { selection: new vscode.Range(at, at), preserveFocus: true }],
    };
  }

  /** Only a visible tree has the workspace read and findings looked for again and again. */
  #watch(): void {
    if (this.view.visible) {
      this.#watching ??= this.findings.watch();
      this.#show();
    } else {
      this.#watching?.dispose();
      this.#watching = undefined;
    }
  }

  #follow({ kind }: FindingsState): void {
    if (kind !== 'looking') {
      this.#found?.();
      this.#found = undefined;
      this.#show();
    } else if (!this.#found && this.view.visible) {
      const found = new Promise<void>((done) => {
        this.#found = done;
      });
      void vscode.window.withProgress({ location: { viewId: 'longview.findings' } }, () => found);
    }
  }

  #show(): void {
    this.#rows = new FindingRows(this.findings.last, this.#grouping, this.#filter);
    const { high } = countOf(this.#rows);
    this.view.badge = high > 0 ? { value: high, tooltip: `${counted(high, 'finding')} of high severity` } : undefined;
    void vscode.commands.executeCommand('setContext', 'longview.findings.hidden', this.#rows.hidden > 0);
    this.#tell();
    this.#changed.fire(undefined);
  }

  #tell(): void {
    const { last, state } = this.findings;
    const accepted = last && last.suppressed > 0 && `${formatCount(last.suppressed)} accepted`;
    const hidden = this.#rows.hidden > 0 && `${formatCount(this.#rows.hidden)} filtered out`;
    this.view.description = last ? dotted(formatCount(this.#rows.shown.length), hidden, accepted) : '';
    this.view.message = this.#message(state);
  }

  /** Where there are no rows at all and nothing is said, the welcome of package.json speaks instead. */
  #message(state: FindingsState): string {
    const index = this.index.state;
    if (index.kind === 'indexing' && index.total > 0) return `Reading ${formatCount(index.done)} of ${formatCount(index.total)} files`;
    if (index.kind === 'no-folder') return '';
    if (state.kind === 'failed') return state.message;
    if (state.kind !== 'found' || this.#rows.shown.length > 0) return '';
    return this.#rows.hidden > 0 ? `The filter leaves out all ${formatCount(this.#rows.hidden)} findings.` : 'No findings.';
  }
}

function countOf({ shown }: FindingRows): { readonly high: number } {
  return { high: shown.filter((f) => f.severity === 'high').length };
}

/** The same for the same finding in every state of the workspace, so that what is open and selected stays so. */
function idOf(row: Exclude<FindingsRow, { kind: 'page' }>): string {
  switch (row.kind) {
    case 'wrong-rules':
      return `rules:${row.wrong.path}`;
    case 'group':
      return `group:${row.by}`;
    case 'finding':
      return `finding:${row.finding.key}`;
    case 'evidence':
      return `evidence:${row.finding.key}:${row.number}`;
  }
}
