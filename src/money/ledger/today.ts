/** Today's cost as a status bar shows it: kept current, at the price of a look at one file. */
import { formatUsd, type MicroUsd } from '../micro-usd.js';
import { spendingBy } from '../spending.js';
import { addTally, formatTally, type Tally } from '../tally.js';
import type { Entry } from './account.js';
import type { Ledger } from './ledger.js';

/** What was spent today, ready to be shown. */
export interface SpentToday {
  /** "$0.42"; "≥ $0.42" if some of it is unknown. */
  readonly total: string;
  /** Plain sentences and figures that break it down. */
  readonly lines: readonly string[];
}

/** `entries` are today's, as many of them as are at hand. */
export function describeToday(tally: Tally, entries: readonly Entry[]): SpentToday {
  const usd = (n: number): string => formatUsd(n as MicroUsd);
  const models = spendingBy('model', entries);
  const lines = models.map(({ name, requests, tally: of }) => `${name}: ${formatTally(of)} (${plural(requests, 'request')})`);
  const rest = models.reduce((sum, m) => addTally(sum, m.tally, -1), tally);
  if (rest.attempts > 0) lines.push(`earlier: ${formatTally(rest)}`);
  if (tally.reserved > 0) lines.push(`On their way: at most ${usd(tally.reserved)}.`);
  if (tally.unpriced > 0) {
    const bound = tally.unbounded > 0 ? 'without any bound' : `at most ${usd(tally.presumed)}`;
    lines.push(`Of unknown cost: ${plural(tally.unpriced, 'request')}, ${bound}.`);
  }
  if (tally.saved > 0) lines.push(`Saved by the provider's cache: ${usd(tally.saved)}.`);
  if (tally.attempts === 0) lines.push('No request was sent.');
  return { total: `${tally.unpriced > 0 ? '≥ ' : ''}${usd(tally.known)}`, lines };
}

/** Between two looks where the system tells of no change (network folders, a folder not yet there), and so that midnight is noticed. */
const LOOKS_EVERY = 30_000;

/** Calls `onChange` whenever today's cost has become another, by whichever process; first as soon as it is known. Call `dispose` when done. */
export class TodayWatch {
  #watcher: { close(): void } | undefined;
  #last = '';
  #looking = false;
  #again = false;
  #disposed = false;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly ledger: Ledger,
    private readonly onChange: (today: SpentToday) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#timer = setInterval(() => void this.look(), LOOKS_EVERY).unref();
    void this.look();
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    this.#watcher?.close();
  }

  /** Looks now. Changes in the meantime are looked at once more afterwards. */
  async look(): Promise<void> {
    this.#again = true;
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#again && !this.#disposed) {
        this.#again = false;
        this.#watcher ??= this.#watch();
        const today = describeToday(await this.ledger.today(), await this.ledger.todaysEntries());
        const text = JSON.stringify(today);
        if (text === this.#last || this.#disposed) continue;
        this.#last = text;
        this.onChange(today);
      }
    } catch (error) {
      this.onError(error);
    } finally {
      this.#looking = false;
    }
  }

  #watch(): { close(): void } | undefined {
    try {
      const watcher = this.ledger.watch(() => void this.look());
      watcher.on('error', () => {
        watcher.close();
        this.#watcher = undefined;
      });
      return watcher;
    } catch {
      return undefined;
    }
  }
}

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
