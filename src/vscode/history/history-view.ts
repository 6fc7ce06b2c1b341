/** The view Requests: what was asked and what it cost, by all windows and the command line; a click opens the answer. */
import * as vscode from 'vscode';
import { gaugesOf, readBudgets } from '../../money/budgets.js';
import type { Ledger } from '../../money/ledger/ledger.js';
import { asOf, readHistory } from '../../money/ledger/reader.js';
import { localDay, systemZone } from '../../money/local-day.js';
import { NOTHING, type Tally } from '../../money/tally.js';
import type { Answers } from '../requests/answers.js';
import type { Requests } from '../requests/requests.js';
import { onSettings, readSettings } from '../settings.js';
import type { TodaysCost } from '../todays-cost.js';
import { type HistoryRow, historyRows, wordsOf } from './history-rows.js';

/** Days that the view goes back; the command line and an export have all. */
const DAYS = 62;

export class HistoryView implements vscode.TreeDataProvider<HistoryRow>, vscode.Disposable {
  readonly view: vscode.TreeView<HistoryRow>;
  #rows: Promise<readonly HistoryRow[]> | undefined;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly ledger: Ledger,
    private readonly answers: Answers,
    private readonly requests: Requests,
    cost: TodaysCost,
  ) {
    this.view = vscode.window.createTreeView('longview.requests', { treeDataProvider: this, showCollapseAll: true });
    const again = (): void => {
      this.#rows = undefined;
      if (this.view.visible) this.#changed.fire(undefined);
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.view,
      // Today's cost is told whenever somebody wrote to the ledger.
      cost.onDidChange(again),
      onSettings('budgets', again),
      this.view.onDidChangeVisibility(({ visible }) => visible && !this.#rows && this.#changed.fire(undefined)),
    );
  }

  async getChildren(row?: HistoryRow): Promise<HistoryRow[]> {
    if (!row) return this.view.visible ? [...(await this.#load())] : [];
    if (row.kind === 'spent') return [...row.providers];
    if (row.kind !== 'day') return [];
    // Their tasks are wanted in a moment.
    await Promise.all(row.requests.map(({ id }) => this.answers.find(id)));
    return [...row.requests];
  }

  async getParent(row: HistoryRow): Promise<HistoryRow | undefined> {
    if (row.kind !== 'request') return undefined;
    return (await this.#load()).find((day) => day.kind === 'day' && day.requests.some(({ id }) => id === row.id));
  }

  getTreeItem(row: HistoryRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const answer = row.kind === 'request' ? this.answers.get(row.id) : undefined;
    const words = wordsOf(row, today(), answer?.task);
    const isToday = row.kind === 'day' && row.day === today();
    const item = new vscode.TreeItem(words.label, isToday ? Expanded : row.kind === 'day' || row.kind === 'spent' ? Collapsed : None);
    item.id = idOf(row);
    item.description = words.description;
    item.tooltip = words.tooltip.join('\n');
    item.iconPath = new vscode.ThemeIcon(words.icon, words.color === undefined ? undefined : new vscode.ThemeColor(words.color));
    item.contextValue = answer ? 'request.answered' : row.kind;
    item.accessibilityInformation = { label: [words.label, words.description].join(', ') };
    if (answer) item.command = { command: 'longview.openRequest', title: 'Open Answer', arguments: [row] };
    return item;
  }

  /** Puts the request with this id in front of the user. */
  async reveal(id: string): Promise<void> {
    await vscode.commands.executeCommand('longview.requests.focus');
    for (const day of await this.#load()) {
      const row = day.kind === 'day' ? day.requests.find((request) => request.id === id) : undefined;
      if (row) return await this.view.reveal(row, { select: true, focus: true });
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Read once for each state of the ledger. */
  #load(): Promise<readonly HistoryRow[]> {
    this.#rows ??= this.#read();
    return this.#rows;
  }

  async #read(): Promise<readonly HistoryRow[]> {
    const now = new Date();
    const since = localDay(new Date(now.getTime() - DAYS * 86_400_000), systemZone());
    try {
      const { entries } = await readHistory(this.ledger.folder, since);
      const tallies = new Map<string, Tally>();
      const gauges = (tallyOf: (key: string) => Tally) => {
        const read = readBudgets(readSettings().budgets);
        const of = { day: today(), session: this.requests.session, workspace: this.requests.workspace };
        return read.kind === 'read' ? gaugesOf(read.budgets, of, tallyOf) : [];
      };
      // Which sums they need is known once they are asked for.
      gauges((key) => tallies.set(key, NOTHING).get(key)!);
      for (const key of tallies.keys()) tallies.set(key, await this.ledger.tally(key));
      this.view.message = entries.length === 0 ? 'No request was sent yet. Each one will be listed here with what it cost.' : '';
      return historyRows(
        asOf(entries, now),
        gauges((key) => tallies.get(key) ?? NOTHING),
        today(),
      );
    } catch (error) {
      this.view.message = error instanceof Error ? error.message : String(error);
      return [];
    }
  }
}

const today = (): string => localDay(new Date(), systemZone());

function idOf(row: HistoryRow): string {
  switch (row.kind) {
    case 'gauge':
      return `gauge ${row.gauge.scope} ${row.gauge.provider ?? ''}`;
    case 'spent':
      return 'spent';
    case 'provider':
      return `provider ${row.spending.key}`;
    case 'day':
      return `day ${row.day}`;
    case 'request':
      return `request ${row.id}`;
  }
}
