/** How providers' prompt caches work, as far as it decides what a request costs. */
import type { KnownPrice, Unknown } from '../price.js';

export interface CacheRules {
  /** Tokens: a prefix is found in whole steps of this; 1 where it is found at exactly the end that was kept. */
  readonly step: number;
  /** Tokens: a shorter prompt is not kept, unless the model says otherwise. */
  readonly minimum: number;
  /** Milliseconds since its last use for which a prefix is kept at least, and those where a request asks for longer. */
  readonly short: number;
  readonly long?: number;
  /** What is kept is reported, and billed at a rate of its own. */
  readonly reportsWrites: boolean;
  /** Where the rules are from. */
  readonly source: string;
}

/** How long a request asks the provider to keep its prefix. */
export type Keep = 'short' | '1h';

const MINUTE = 60_000;

const ANTHROPIC: CacheRules = {
  step: 1,
  minimum: 1024,
  short: 5 * MINUTE,
  long: 60 * MINUTE,
  reportsWrites: true,
  source: 'platform.claude.com, prompt caching, 2026-10',
};

/** gpt-5.6 and later: the end of the newest message is kept, and is found only there. */
const OPENAI: CacheRules = {
  step: 1,
  minimum: 1024,
  short: 30 * MINUTE,
  reportsWrites: true,
  source: 'developers.openai.com, prompt caching, 2026-11',
};

/** Before gpt-5.6: any prefix, for free, usually for five to ten minutes. */
const OPENAI_BEFORE: CacheRules = {
  step: 128,
  minimum: 1024,
  short: 5 * MINUTE,
  reportsWrites: false,
  source: 'platform.openai.com, prompt caching, 2025; developers.openai.com, 2026-11',
};

/** The rules of a provider's own interface; undefined where they are not known. The price tells OpenAI's two kinds apart: only the newer one bills writes. */
export function cacheRulesOf(provider: string, price: KnownPrice | Unknown): CacheRules | undefined {
  if (provider === 'anthropic') return ANTHROPIC;
  if (provider !== 'openai' || price.kind === 'unknown') return undefined;
  return price.rates.cacheWrite === undefined ? OPENAI_BEFORE : OPENAI;
}
