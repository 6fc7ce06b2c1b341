/** What a request is expected to cost, given how much of it the provider's cache holds. */
import { type Cost, costOf } from './cost.js';
import type { KnownPrice, Unknown } from './price.js';
import type { ModelLimits, QuoteRequest } from './quote.js';
import { NO_USAGE } from './usage.js';

/**
 * Of the part that the provider is asked to keep, `warm` tokens are read from its cache and the
 * rest is written to it; what follows is billed in full, and so is a part too short to be kept.
 */
export function expectedCost(request: QuoteRequest, warm: number, price: KnownPrice | Unknown, limits: ModelLimits): Cost {
  const { input, cacheable, keep = 'short', expectedOutput, maxOutput } = request;
  const kept = Math.floor(input.tokens * Math.min(1, Math.max(0, cacheable)));
  const prefix = kept < (limits.cacheMinimum ?? 0) ? 0 : kept;
  const cacheRead = Math.min(Math.max(0, Math.floor(warm)), prefix);
  const written = keep === '1h' ? 'cacheWrite1h' : 'cacheWriteOther';
  const outputTotal = Math.min(expectedOutput, maxOutput, limits.maxOutput ?? maxOutput);
  return costOf({ ...NO_USAGE, inputTotal: input.tokens, cacheRead, [written]: prefix - cacheRead, outputTotal }, price);
}
