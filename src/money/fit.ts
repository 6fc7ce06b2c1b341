/** What of a request still fits a budget. */

import type { MicroUsd } from './micro-usd.js';
import type { KnownPrice, Unknown } from './price.js';
import { type ModelLimits, type QuoteRequest, quoteRequest } from './quote.js';

/** The most tokens that the answer may be allowed for the worst case to stay within `left`; undefined if even none is too many, or no price is known. */
export function longestAnswer(request: QuoteRequest, price: KnownPrice | Unknown, limits: ModelLimits, left: MicroUsd): number | undefined {
  const fits = (maxOutput: number): boolean => {
    const { cost } = quoteRequest({ ...request, maxOutput }, price, limits);
    return cost.kind === 'known' && cost.worst <= left;
  };
  if (!fits(0)) return undefined;
  let low = 0;
  let high = Math.min(request.maxOutput, limits.maxOutput ?? request.maxOutput);
  // A longer answer never costs less.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
