/** How many tokens a text has for a model: exact where its vocabulary is public, else an estimate that says how far off it may be. */
import { countTokens } from '../base/tokens.js';
import families from './tokens.json';

/** Tokens of a model relative to o200k tokens of the same text. */
export interface TokenFamily {
  readonly ratio: number;
  /** Least and greatest ratio to reckon with: where it was measured, the extremes over two samples of 30 repositories (test/bench/tokens.mjs). */
  readonly low: number;
  readonly high: number;
  /** What the three are based on. */
  readonly basis: string;
}

export const tokenFamilies: Readonly<Record<string, TokenFamily>> = families;

export interface TokenEstimate {
  readonly tokens: number;
  readonly low: number;
  readonly high: number;
  /** `low`, `tokens` and `high` are one and the same, counted with the model's own vocabulary, or by its provider. */
  readonly exact: boolean;
}

/** Tokens of a text that has `o200k` tokens. Of the text alone: roles and tool descriptions around it come on top. */
export function estimateTokens(o200k: number, { ratio, low, high }: TokenFamily): TokenEstimate {
  return {
    tokens: Math.round(o200k * ratio),
    low: Math.round(o200k * low),
    high: Math.round(o200k * high),
    exact: low === 1 && high === 1,
  };
}

/** As many tokens as the model itself counts. */
export const exactTokens = (tokens: number): TokenEstimate => ({ tokens, low: tokens, high: tokens, exact: true });

/** Tokens of `text`. */
export function countFor(text: string, family: TokenFamily): TokenEstimate {
  return estimateTokens(countTokens(text), family);
}
