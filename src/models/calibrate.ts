/** Corrects a token estimate by what providers reported for earlier requests. */
import type { TokenFamily } from './token-counter.js';

export interface TokenSample {
  /** o200k tokens of what was sent. */
  readonly o200k: number;
  /** Tokens that the provider says it read. */
  readonly reported: number;
  /** The requests of a session repeat most of their prompt: together they are one observation. */
  readonly session: string;
}

/** Fewer observations leave the family as it is. */
export const MIN_SESSIONS = 5;

/** Requests below this are mostly what stands around the text. */
const MIN_TOKENS = 500;

/** Share of the next requests that the range is to hold, where there are observations enough for it. */
const COVERAGE = 0.9;

/**
 * The family with its ratio replaced by the median of the reported ones, and its range by the
 * narrowest pair of observations, as many from either end, between which nine of ten further
 * ones fall (a distribution-free prediction interval: of n observations, the i-th from either
 * end have (n + 1 - 2i) / (n + 1) of all further ones between them; Wilks, 1941). Fewer than
 * 19 cannot promise that much: they leave the family's own range in, in the share that is
 * lacking. Either way 2 % is added for texts unlike those seen.
 *
 * An exact family stays exact: what a provider adds to a prompt is no error of the count.
 */
export function calibrate(family: TokenFamily, samples: readonly TokenSample[]): TokenFamily {
  if (family.low === family.high) return family;
  const sessions = new Map<string, number[]>();
  let requests = 0;
  for (const { o200k, reported, session } of samples) {
    if (!(o200k >= MIN_TOKENS && Number.isFinite(reported) && reported > 0)) continue;
    requests++;
    const ratios = sessions.get(session);
    if (ratios) ratios.push(reported / o200k);
    else sessions.set(session, [reported / o200k]);
  }
  const ratios = [...sessions.values()].map(median).sort((a, b) => a - b);
  const n = ratios.length;
  if (n < MIN_SESSIONS) return family;
  const ratio = median(ratios);
  const fromEnd = Math.max(1, Math.floor(((n + 1) * (1 - COVERAGE)) / 2));
  const lacking = Math.max(0, 1 - (n + 1 - 2 * fromEnd) / (n + 1) / COVERAGE);
  const low = ratios[fromEnd - 1]! * 0.98;
  const high = ratios[n - fromEnd]! * 1.02;
  return {
    ratio,
    low: Math.min(low, low + lacking * (family.low - low)),
    high: Math.max(high, high + lacking * (family.high - high)),
    basis: `measured on ${requests} requests in ${n} sessions`,
  };
}

/** Of a list that is not empty. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
