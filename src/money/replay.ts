/** The ledger as it would have been at other prices, or with another model. */
import type { Entry } from './ledger/account.js';
import { receiptOf } from './ledger/receipt.js';
import type { SettledRow } from './ledger/row.js';
import type { KnownPrice, Unknown } from './price.js';
import { inputOf, outputOf } from './spending.js';
import { type Bucket, NO_USAGE, type Usage } from './usage.js';

export interface Replacement {
  readonly provider: string;
  readonly model: string;
  readonly price: KnownPrice | Unknown;
  /** Tokens that the other model makes of a text for one of the model that was asked. */
  readonly scale: number;
}

/**
 * The entries with their usage at what `by` says of each, for all views of a ledger. The
 * provider's cache is taken to have held the same share. Nothing is presumed of those
 * without usage: their cost is unknown and without a bound.
 */
export function replay(entries: readonly Entry[], by: (entry: SettledRow) => Replacement): Entry[] {
  return entries.map((entry): Entry => {
    const { worst, quote, ...rest } = entry;
    if (rest.kind !== 'settled') return rest as Entry;
    const { reported, uncached, price, ...settled } = rest;
    const { provider, model, price: other, scale } = by(entry as SettledRow);
    if (!settled.usage) return { ...settled, provider, model, cost: { unknown: 'no usage was reported' } };
    return { ...settled, provider, model, ...receiptOf(settled.outcome, { kind: 'read', usage: usageOf(settled, scale) }, other) };
  });
}

/** What {@link splitUsage} made its buckets of. */
function usageOf({ usage = {}, mode }: Pick<SettledRow, 'usage' | 'mode'>, scale: number): Usage {
  const tokens = Object.fromEntries(
    (Object.entries(usage) as [Bucket, number][]).map(([bucket, n]) => [bucket, bucket === 'webSearches' ? n : Math.round(n * scale)]),
  ) as NonNullable<SettledRow['usage']>;
  const { input, output, ...parts } = tokens;
  return { ...NO_USAGE, ...parts, inputTotal: inputOf(tokens), outputTotal: outputOf(tokens), ...(mode === undefined ? {} : { mode }) };
}
