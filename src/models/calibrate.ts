/** Corrects a token estimate by what providers reported for earlier requests. */
import type { TokenFamily } from './token-counter.js';

export interface TokenSample {
  /** o200k tokens of what was sent. */
  readonly o200k: number;
  /** Tokens that the provider says it read. */
  readonly reported: number;
}

/** Fewer samples leave the family as it is: three requests of one session are one observation, not three. */
export const MIN_SAMPLES = 5;

/** Requests below this are mostly what stands around the text. */
const MIN_TOKENS = 500;

/**
 * The family with its ratio replaced by the median of the reported ones, and its range by
 * their 10th and 90th percentile, widened by 5 % for texts unlike those seen. An exact
 * family stays exact: what a provider adds to a prompt is no error of the count.
 */
export function calibrate(family: TokenFamily, samples: readonly TokenSample[]): TokenFamily {
  if (family.low === family.high) return family;
  const ratios = samples
    .filter(({ o200k, reported }) => o200k >= MIN_TOKENS && Number.isFinite(reported) && reported > 0)
    .map(({ o200k, reported }) => reported / o200k)
    .sort((a, b) => a - b);
  if (ratios.length < MIN_SAMPLES) return family;
  return {
    ratio: quantile(ratios, 0.5),
    low: quantile(ratios, 0.1) * 0.95,
    high: quantile(ratios, 0.9) * 1.05,
    basis: `measured on ${ratios.length} requests`,
  };
}

/** Linear between neighbours (type 7 of Hyndman and Fan, 1996); `sorted` is not empty. */
function quantile(sorted: readonly number[], q: number): number {
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below + (above - below) * (at - Math.floor(at));
}
