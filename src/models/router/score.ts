/** The price of waiting and the price of asking, in one number that can be taken apart again. */
import type { Latency } from '../health/health.js';

/** What the user would rather have. */
export const PREFERENCES = ['cheap', 'balanced', 'fast'] as const;
export type Preference = (typeof PREFERENCES)[number];

const WEIGHTS: Readonly<Record<Preference, { readonly cost: number; readonly latency: number }>> = {
  cheap: { cost: 1, latency: 0 },
  balanced: { cost: 1, latency: 0.5 },
  fast: { cost: 0.5, latency: 1 },
};

/** Where a part of the score is one weight: below it grows with the amount, above it with every doubling. */
const COST_SCALE = 10_000;
const LATENCY_SCALE = 10_000;

/** Less is better. */
export interface Score {
  readonly total: number;
  readonly cost: number;
  readonly latency: number;
}

/**
 * weight × log2(1 + cost / 1 ¢) + weight × log2(1 + latency / 10 s). The form and its scales
 * are ours: no published router beats plain arithmetic reliably (LLMRouterBench, arXiv
 * 2601.07206), and these can be shown.
 * @param cost micro-dollars; @param latency ms until the whole answer.
 */
export function scoreOf(cost: number, latency: number, preference: Preference): Score {
  const weights = WEIGHTS[preference];
  const parts = {
    cost: weights.cost * Math.log2(1 + cost / COST_SCALE),
    latency: weights.latency * Math.log2(1 + latency / LATENCY_SCALE),
  };
  return { total: parts.cost + parts.latency, ...parts };
}

/** Milliseconds until an answer of `tokens` is whole. */
export function answerTime({ firstToken, speed }: Latency, tokens: number): number {
  return firstToken + (tokens / speed) * 1_000;
}
