/** Which models are listed, and in which order. */
import type { QuoteView } from './protocol.js';

export const ORDERS = {
  cold: 'Lowest price',
  warm: 'Lowest price, cache warm',
  worst: 'Lowest worst case',
  window: 'Largest window',
  name: 'Name',
} as const;
export type Order = keyof typeof ORDERS;

export function isOrder(text: string | undefined): text is Order {
  return text !== undefined && text in ORDERS;
}

/** Models of one provider, or of all for "". What is not known comes last; among equals the catalogue's order stays. */
export function orderQuotes(quotes: readonly QuoteView[], order: Order, provider: string): readonly QuoteView[] {
  const shown = quotes.filter((q) => provider === '' || q.provider === provider);
  switch (order) {
    case 'name':
      return shown.sort((a, b) => a.name.localeCompare(b.name, 'en'));
    case 'window':
      return shown.sort((a, b) => (b.window ?? -1) - (a.window ?? -1));
    default:
      return shown.sort((a, b) => compare(priceOf(a, order), priceOf(b, order)));
  }
}

/** Providers in the order in which the catalogue names them. */
export function providersOf(quotes: readonly QuoteView[]): readonly string[] {
  return [...new Set(quotes.map((q) => q.provider))];
}

function priceOf({ cost }: QuoteView, order: 'cold' | 'warm' | 'worst'): number {
  return cost.kind === 'known' ? cost[order].most : Number.POSITIVE_INFINITY;
}

/** Infinity minus itself is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
