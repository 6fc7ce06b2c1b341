/** The view Proposal: files with their hunks, each with a box that takes or leaves it, and what is refused. */
import * as vscode from 'vscode';
import { costWords } from '../requests/receipt-words.js';
import { describeAccepted } from './pending.js';
import { hunkRows, isChecked, type ProposalRow, proposalRows, wordsOf } from './proposal-rows.js';
import type { Proposals } from './proposals.js';
import type { RulesChecks } from './rules-checks.js';

const ICONS = { edit: 'diff-modified', create: 'diff-added', delete: 'diff-removed', move: 'diff-renamed' } as const;

export class ProposalView implements vscode.TreeDataProvider<ProposalRow>, vscode.Disposable {
  readonly view: vscode.TreeView<ProposalRow>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly proposals: Proposals,
    private readonly checks: RulesChecks,
  ) {
    this.view = vscode.window.createTreeView('longview.proposal', {
      treeDataProvider: this,
      showCollapseAll: true,
      // A file's box is not the sum of its hunks': one that is moved can be taken without them.
      manageCheckboxStateManually: true,
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.view,
      proposals.onDidChange(() => this.#show()),
      checks.onDidChange(() => this.#show()),
      this.view.onDidChangeCheckboxState(({ items }) => this.#choose(items)),
    );
    this.#show();
  }

  getChildren(row?: ProposalRow): ProposalRow[] {
    const { pending } = this.proposals;
    if (!row) return pending ? [...proposalRows(pending, this.checks.of(pending)?.breaches)] : [];
    return row.kind === 'file' ? [...hunkRows(row.choice)] : [];
  }

  getParent(row: ProposalRow): ProposalRow | undefined {
    return row.kind === 'hunk' ? { kind: 'file', choice: row.choice } : undefined;
  }

  getTreeItem(row: ProposalRow): vscode.TreeItem {
    const { None, Expanded } = vscode.TreeItemCollapsibleState;
    const { label, description, tooltip, spoken } = wordsOf(row);
    const item = new vscode.TreeItem(label, row.kind === 'file' && hunkRows(row.choice).length > 0 ? Expanded : None);
    item.id = idOf(row);
    item.description = description;
    item.tooltip = tooltip;
    item.contextValue = row.kind;
    item.accessibilityInformation = { label: spoken };
    if (row.kind === 'refused') {
      item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
      item.command = { command: 'longview.openRefused', title: 'Open the Closest Place', arguments: [row] };
      return item;
    }
    if (row.kind === 'breach') {
      item.iconPath = new vscode.ThemeIcon('law', new vscode.ThemeColor('list.warningForeground'));
      return item;
    }
    if (row.kind === 'effect') {
      const [icon, color] = row.goes ? (['pass', 'testing.iconPassed'] as const) : (['warning', 'list.warningForeground'] as const);
      item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
      return item;
    }
    const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
    const checked = isChecked(row);
    item.checkboxState = {
      state: checked ? Checked : Unchecked,
      tooltip: checked ? 'Will be applied' : 'Will be left as it is',
      accessibilityInformation: { label: checked ? 'accepted' : 'left out' },
    };
    if (row.kind === 'file')
      item.iconPath = new vscode.ThemeIcon(row.choice.file.consent === undefined ? ICONS[row.choice.file.kind] : 'lock');
    item.command = { command: 'longview.openProposalFile', title: 'Open Diff', arguments: [row] };
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #show(): void {
    const { state, answer } = this.proposals;
    this.view.title = 'Proposal';
    this.view.description = state.kind === 'pending' ? state.pending.title : '';
    const costs = (answer?.parts ?? []).flatMap(({ receipt }) => (receipt ? [costWords(receipt)] : []));
    const cost = costs.length > 0 ? [`Cost ${costs.join(' + ')}`] : [];
    const rules = state.kind === 'pending' ? this.checks.of(state.pending) : undefined;
    const checked = rules ? [rules.words] : [];
    const words = {
      none: '',
      reading: 'The answer is being read…',
      nothing: state.kind === 'nothing' ? state.message : '',
      pending: state.kind === 'pending' ? [`${describeAccepted(state.pending)} accepted`, ...cost, ...checked].join(' · ') : '',
    }[state.kind];
    this.view.message = words;
    void vscode.commands.executeCommand('setContext', 'longview.proposal', state.kind);
    void vscode.commands.executeCommand('setContext', 'longview.proposal.fixable', this.proposals.fixable > 0);
    this.#changed.fire(undefined);
  }

  async #choose(items: readonly (readonly [ProposalRow, vscode.TreeItemCheckboxState])[]): Promise<void> {
    for (const [row, state] of items) {
      if (row.kind !== 'file' && row.kind !== 'hunk') continue;
      const hunk = row.kind === 'hunk' ? row.hunk : undefined;
      await this.proposals.choose(row.choice.file.path, hunk, state === vscode.TreeItemCheckboxState.Checked);
    }
  }
}

function idOf(row: ProposalRow): string {
  switch (row.kind) {
    case 'file':
      return `file ${row.choice.file.path}`;
    case 'hunk':
      return `hunk ${row.hunk} ${row.choice.file.path}`;
    case 'effect':
      return `effect ${row.goes} ${row.finding.key}`;
    case 'breach':
      return `breach ${row.number}`;
    case 'refused':
      return `refused ${row.what} ${row.reason}`;
  }
}
