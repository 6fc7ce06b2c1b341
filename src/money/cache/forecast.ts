/** What a provider's cache holds of a request, by its rules and what was sent before. */
import type { TokenEstimate } from '../../models/token-counter.js';
import type { Bucket } from '../usage.js';
import type { CacheRules, Keep } from './rules.js';

/** A prompt that was sent and that the next one begins with. */
export interface SentPrefix {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly keep: Keep;
  /** Tokens that the provider keeps of it. */
  readonly kept: number;
}

/** Tokens of a request by how they will be billed; the rest of the prompt is written to the cache, or plain input where writes are not billed. */
export interface CacheForecast {
  readonly read: number;
  /** At the end, behind what is kept. */
  readonly plain: number;
  readonly writes: boolean;
  readonly keep: Keep;
}

/** What is known of a request before it is sent. */
export interface Forecast {
  readonly input: TokenEstimate;
  /** Undefined where nothing is known of the provider's cache. */
  readonly cache?: CacheForecast | undefined;
}

/** Tokens of a prompt that its provider keeps, from the usage it reported: each bucket apart. */
export function keptOf(usage: Readonly<Partial<Record<Bucket, number>>>, { reportsWrites, step }: CacheRules): number {
  const { input = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, cacheWrite12h = 0, cacheWriteOther = 0 } = usage;
  const cached = cacheRead + cacheWrite5m + cacheWrite1h + cacheWrite12h + cacheWriteOther;
  return reportsWrites ? cached : Math.floor((cached + input) / step) * step;
}

/** Tokens that are read from the cache at `at`: of the longest prefix that it still holds. `prefixes` went to the same model, oldest first, each the beginning of the next. */
export function warmTokens(prefixes: readonly SentPrefix[], at: number, rules: CacheRules, minimum = rules.minimum): number {
  // A request that begins with a prefix renews it, if it comes in time.
  for (let i = prefixes.length - 1; i >= 0; i--) {
    const { kept, keep } = prefixes[i]!;
    const life = lifeOf(keep, rules);
    let last = prefixes[i]!.at;
    for (const later of prefixes.slice(i + 1)) if (later.at - last <= life) last = later.at;
    if (kept >= minimum && at - last <= life) return kept;
  }
  return 0;
}

/** Milliseconds since its last use that a prefix is kept. */
export function lifeOf(keep: Keep, { short, long = short }: CacheRules): number {
  return keep === '1h' ? long : short;
}
