/** What was spent today, by all windows and the command line: read from the ledger, again whenever somebody wrote to it. */
import { existsSync, type FSWatcher } from 'node:fs';
import * as vscode from 'vscode';
import type { Ledger } from '../money/ledger/ledger.js';
import { formatUsd, type MicroUsd } from '../money/micro-usd.js';
import { spendingBy } from '../money/spending.js';
import { formatTally } from '../money/tally.js';

/** Ready to be shown. */
export interface SpentToday {
  /** "$0.42"; "≥ $0.42, 1 unpriced". */
  readonly total: string;
  /** Plain lines that break it down. */
  readonly lines: readonly string[];
}

/** Models named in the breakdown; the rest is in `longview cost`. */
const MODELS_SHOWN = 5;

export class TodaysCost implements vscode.Disposable {
  /** Undefined until the ledger was read for the first time. */
  today: SpentToday | undefined;
  #watcher: FSWatcher | undefined;
  #midnight: NodeJS.Timeout | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #windows: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  /** Touches no file before {@link refresh}. */
  constructor(
    private readonly ledger: Ledger,
    private readonly log: vscode.LogOutputChannel,
  ) {
    // Where a ledger cannot be watched yet, for nobody has written one, a look at coming back is enough.
    this.#windows = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && !this.#watcher) void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    this.#watch();
    this.#awaitMidnight();
    try {
      const tally = await this.ledger.today();
      const entries = await this.ledger.todaysEntries();
      const models = spendingBy('model', entries).slice(0, MODELS_SHOWN);
      this.today = {
        total: formatTally(tally),
        lines: [
          ...models.map(
            ({ name, requests, tally: t }) => `${name}: ${formatTally(t)}, ${requests} ${requests === 1 ? 'request' : 'requests'}`,
          ),
          ...(tally.reserved > 0 ? [`On its way: at most ${formatUsd(tally.reserved as MicroUsd)}`] : []),
          ...(tally.presumed > 0 ? [`Unknown, at worst: ${formatUsd(tally.presumed as MicroUsd)}`] : []),
          ...(tally.saved > 0 ? [`Saved by the providers' caches: ${formatUsd(tally.saved as MicroUsd)}`] : []),
          ...(tally.attempts === 0 ? ['No request was sent today.'] : []),
        ],
      };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.log.warn(`ledger: ${message}`);
      this.today = { total: '?', lines: [message] };
    }
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#midnight);
    this.#watcher?.close();
    this.#windows.dispose();
    this.#changed.dispose();
  }

  #watch(): void {
    if (this.#watcher) return;
    try {
      this.#watcher = this.ledger.watch(() => {
        // A folder that was deleted is watched no more, even when it is made again.
        if (!existsSync(this.ledger.folder)) this.#watchNoMore();
        void this.refresh();
      });
      this.#watcher.on('error', () => this.#watchNoMore());
    } catch {
      // There is no ledger yet.
    }
  }

  #watchNoMore(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #awaitMidnight(): void {
    clearTimeout(this.#midnight);
    const now = new Date();
    const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    this.#midnight = setTimeout(() => void this.refresh(), next.getTime() - now.getTime() + 1_000);
    this.#midnight.unref();
  }
}
