/** The price table as it ships. */
import { readPrices } from './own-prices.js';
import own from './own-prices.json';
import { type PriceList, PriceTable } from './price-table.js';

/**
 * `bundled` is the text of dist/prices.json, which the build makes from {@link
 * file://./bundled-prices.ts}; it is read when a price is first asked for, not before.
 * `user` is what {@link readPrices} made of the user's setting.
 */
export function openPriceTable(bundled: string, user?: PriceList): PriceTable {
  const ours = readPrices(own, 'longview', 'Longview');
  if (ours.kind === 'invalid') throw new Error(ours.problems.join('; '));
  return new PriceTable([...(user ? [user] : []), ours.prices, JSON.parse(bundled) as PriceList]);
}
