/** What a billing server charged, in its own arithmetic: the list prices of three models, written out. */

export interface Bill {
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number;
  readonly model: string;
  readonly read: number;
  /** Written to the cache, for the shortest time and for longer. */
  readonly written: number;
  readonly writtenLong: number;
  /** Neither read nor written. */
  readonly plain: number;
  readonly output: number;
}

/** USD per million tokens: plain, written, written for longer, read, output. */
const PRICES: Readonly<Record<string, readonly [number, number, number, number, number]>> = {
  'claude-opus-5-5': [4, 5, 8, 0.2, 20],
  'claude-haiku-4-5': [1, 1.25, 2, 0.1, 5],
  'gpt-6.1-sol': [2, 2.5, 0, 0.1, 10],
  'gpt-5.5': [5, 5, 0, 0.5, 30],
};

/** Micro-dollars of the prompt. */
export function promptCost({ model, plain, written, writtenLong, read }: Bill): number {
  const [p, w, l, r] = PRICES[model]!;
  return plain * p + written * w + writtenLong * l + read * r;
}

/** Micro-dollars of prompt and answer. */
export function costOfBill(bill: Bill): number {
  return promptCost(bill) + bill.output * PRICES[bill.model]![4];
}

/** A cache of prefixes, each named by all that stands before its end, with the time until which it is kept. */
export class PrefixCache {
  readonly #until = new Map<string, { until: number; readonly life: number }>();

  has(prefix: string, now: number): boolean {
    return (this.#until.get(prefix)?.until ?? Number.NEGATIVE_INFINITY) >= now;
  }

  keep(prefix: string, now: number, life: number): void {
    const kept = this.#until.get(prefix);
    // Whoever uses an entry renews it for the time that it was written for.
    if (kept && kept.until >= now) kept.until = now + kept.life;
    else this.#until.set(prefix, { until: now + life, life });
  }
}
