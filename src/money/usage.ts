/** What a request used, in one shape for all providers, and split into buckets that are billed apart. */
import type { MicroUsd } from './micro-usd.js';

/** Whole numbers of at least 0. */
export interface Usage {
  /** All tokens of the prompt, cached ones among them. */
  readonly inputTotal: number;
  /** Of `inputTotal`: read from the provider's prompt cache. */
  readonly cacheRead: number;
  /** Of `inputTotal`: written to the cache, by how long the provider keeps them; `cacheWriteOther` is its shortest time. */
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheWrite12h: number;
  readonly cacheWriteOther: number;
  /** All tokens of the answer, reasoning among them. */
  readonly outputTotal: number;
  /** Of `outputTotal`. */
  readonly reasoning: number;
  readonly webSearches: number;
  /** What the provider itself says that the request cost. */
  readonly reported?: MicroUsd;
  /** How it was billed if not at the standard rate ("batch", "priority", "fast", "us"). */
  readonly mode?: string;
}

export const NO_USAGE: Usage = {
  inputTotal: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWrite12h: 0,
  cacheWriteOther: 0,
  outputTotal: 0,
  reasoning: 0,
  webSearches: 0,
};

/** Things billed apart. Every token is in exactly one of them. */
export type Bucket =
  | 'input'
  | 'cacheRead'
  | 'cacheWrite5m'
  | 'cacheWrite1h'
  | 'cacheWrite12h'
  | 'cacheWriteOther'
  | 'output'
  | 'reasoning'
  | 'webSearches';

export type Buckets = Readonly<Record<Bucket, number>>;

/** The usage as disjoint buckets, or what contradicts itself in it. */
export function splitUsage(
  usage: Usage,
): { readonly kind: 'split'; readonly buckets: Buckets } | { readonly kind: 'invalid'; readonly reason: string } {
  const { inputTotal, cacheRead, cacheWrite5m, cacheWrite1h, cacheWrite12h, cacheWriteOther, outputTotal, reasoning, webSearches } = usage;
  const counts = { inputTotal, cacheRead, cacheWrite5m, cacheWrite1h, cacheWrite12h, cacheWriteOther, outputTotal, reasoning, webSearches };
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 0) return { kind: 'invalid', reason: `${name} is ${count}` };
  }
  const cached = cacheRead + cacheWrite5m + cacheWrite1h + cacheWrite12h + cacheWriteOther;
  if (cached > inputTotal) return { kind: 'invalid', reason: `${cached} cached tokens in a prompt of ${inputTotal}` };
  if (reasoning > outputTotal) return { kind: 'invalid', reason: `${reasoning} reasoning tokens in an answer of ${outputTotal}` };
  return {
    kind: 'split',
    buckets: {
      input: inputTotal - cached,
      cacheRead,
      cacheWrite5m,
      cacheWrite1h,
      cacheWrite12h,
      cacheWriteOther,
      output: outputTotal - reasoning,
      reasoning,
      webSearches,
    },
  };
}
