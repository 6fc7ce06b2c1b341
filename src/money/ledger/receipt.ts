/** Makes the receipt of an attempt from what its provider reported. */
import { costOf } from '../cost.js';
import { microUsd } from '../micro-usd.js';
import type { KnownPrice, Unknown } from '../price.js';
import { type Bucket, type Buckets, splitUsage, type Usage } from '../usage.js';
import type { ReadUsage } from '../wire-usage.js';
import type { Receipt } from './ledger.js';
import type { Outcome } from './row.js';

/** Our cost by `price` and the provider's own figure, side by side; unknown with its reason where there is none. */
export function receiptOf(outcome: Outcome, read: ReadUsage, price: KnownPrice | Unknown): Receipt {
  if (read.kind === 'unknown') return { outcome, cost: { unknown: read.reason } };
  const { reported, ...usage } = read.usage;
  const cost = costOf(usage, price);
  const split = splitUsage(usage);
  const uncached = costOf(withoutCache(usage), price);
  return {
    outcome,
    ...(split.kind === 'split' ? { usage: withoutZeros(split.buckets) } : {}),
    ...(usage.mode === undefined ? {} : { mode: usage.mode }),
    cost: cost.kind === 'known' ? { microUsd: cost.microUsd } : { unknown: cost.reason.slice(0, MAX_REASON) },
    ...(reported === undefined ? {} : { reported }),
    ...(uncached.kind === 'known' ? { uncached: uncached.microUsd } : {}),
    ...(price.kind === 'known' ? { price: { ...price.source, entry: price.model } } : {}),
  };
}

/** Of an attempt that ended before the provider bills anything: it was turned away, or never reached it. */
export function notBilled(outcome: Outcome): Receipt {
  return { outcome, usage: {}, cost: { microUsd: microUsd(0) } };
}

/** Characters; some of them may be the provider's. */
const MAX_REASON = 300;

const withoutCache = (usage: Usage): Usage => ({
  ...usage,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWrite12h: 0,
  cacheWriteOther: 0,
});

function withoutZeros(buckets: Buckets): Partial<Record<Bucket, number>> {
  return Object.fromEntries(Object.entries(buckets).filter(([, n]) => n > 0));
}
