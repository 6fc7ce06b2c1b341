/** What a request cost: usage × price, exact to the micro-dollar, or unknown and why. */
import { type MicroUsd, microUsd } from './micro-usd.js';
import { type KnownPrice, type PriceSource, type Rates, ratesFor, type Unknown } from './price.js';
import { type Bucket, splitUsage, type Usage } from './usage.js';

/** One line of a bill: `count` things at `rate`. */
export interface CostLine {
  readonly of: Bucket | 'request';
  readonly count: number;
  /** Micro-dollars apiece. */
  readonly rate: number;
}

export interface KnownCost {
  readonly kind: 'known';
  readonly microUsd: MicroUsd;
  /** What it is made of; empty if the provider reported the cost. */
  readonly lines: readonly CostLine[];
  readonly source: PriceSource;
}

export type Cost = KnownCost | Unknown;

/**
 * The cost of a finished request: as reported by the provider, else its usage at `price`.
 *
 * Cached tokens without a rate of their own are billed as plain input, short cache writes
 * at `cacheWrite`, reasoning as output. What is dearer than that and has no rate makes the
 * cost unknown: cache writes kept for longer, web searches, batch and priority modes.
 *
 * Exact rational arithmetic; the sum is rounded once, half up, to a micro-dollar.
 */
export function costOf(usage: Usage, price: KnownPrice | Unknown): Cost {
  if (usage.reported !== undefined) {
    return { kind: 'known', microUsd: usage.reported, lines: [], source: { kind: 'provider', name: 'reported with the answer' } };
  }
  const split = splitUsage(usage);
  if (split.kind === 'invalid') return { kind: 'unknown', reason: `the reported usage contradicts itself: ${split.reason}` };
  if (price.kind === 'unknown') return price;
  if (usage.mode !== undefined) return { kind: 'unknown', reason: `no price for ${price.model} in mode "${usage.mode}"` };
  const rates = ratesFor(price.rates, usage.inputTotal);
  const lines: CostLine[] = rates.request === undefined ? [] : [{ of: 'request', count: 1, rate: rates.request * 1000 }];
  for (const [of, count] of Object.entries(split.buckets) as [Bucket, number][]) {
    if (count === 0) continue;
    const rate = rateOf(of, rates);
    if (rate === undefined) return { kind: 'unknown', reason: `no price for ${BUCKET_WORDS[of] ?? of} of ${price.model}` };
    lines.push({ of, count, rate });
  }
  const sum = total(lines);
  if (sum > MAX_MICRO_USD) return { kind: 'unknown', reason: 'the reported usage is too large to be true' };
  return { kind: 'known', microUsd: microUsd(Number(sum)), lines, source: price.source };
}

const BUCKET_WORDS: Partial<Record<Bucket, string>> = {
  cacheWrite1h: '1-hour cache writes',
  cacheWrite12h: '12-hour cache writes',
  webSearches: 'web searches',
};

/** Micro-dollars apiece; undefined if unknown. */
function rateOf(bucket: Bucket, rates: Rates): number | undefined {
  switch (bucket) {
    case 'input':
      return rates.input;
    case 'output':
      return rates.output;
    case 'reasoning':
      return rates.reasoning ?? rates.output;
    case 'cacheRead':
      return rates.cacheRead ?? rates.input;
    case 'cacheWrite5m':
    case 'cacheWriteOther':
      return rates.cacheWrite ?? rates.input;
    case 'cacheWrite1h':
      return rates.cacheWrite1h ?? (rates.cacheWrite === undefined ? rates.input : undefined);
    case 'cacheWrite12h':
      return rates.cacheWrite12h ?? (rates.cacheWrite === undefined ? rates.input : undefined);
    case 'webSearches':
      return rates.webSearch === undefined ? undefined : rates.webSearch * 1000;
  }
}

/** Rates have at most six decimals, so a count times a rate is a whole number of pico-dollars. */
const PICO = 1_000_000;
const MAX_MICRO_USD = BigInt(Number.MAX_SAFE_INTEGER);

/** In micro-dollars. */
function total(lines: readonly CostLine[]): bigint {
  let pico = 0n;
  for (const { count, rate } of lines) pico += BigInt(count) * BigInt(Math.round(rate * PICO));
  return (pico + BigInt(PICO / 2)) / BigInt(PICO);
}
