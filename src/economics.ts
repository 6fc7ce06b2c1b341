/** The ledger as it would have been at other prices or without a provider, with the models of the catalogue to choose from. */
import { openCatalogue } from './models/catalogue.js';
import { rankOf } from './models/router/tiers.js';
import type { Entry } from './money/ledger/account.js';
import type { PriceTable } from './money/price-table.js';
import { replay } from './money/replay.js';
import { type Circumstances, underCircumstances } from './money/what-if.js';

export function whatIf(
  entries: readonly Entry[],
  { factor, without }: Pick<Circumstances, 'factor' | 'without'>,
  prices: Pick<PriceTable, 'find'>,
): Entry[] {
  const candidates = openCatalogue().map(({ provider, id, tier, tokens, window }) => {
    return { provider, model: id, rank: tier && rankOf(tier.level), ratio: tokens.ratio, window };
  });
  return replay(entries, underCircumstances({ factor, without, candidates, priceOf: (...of) => prices.find(...of) }));
}
