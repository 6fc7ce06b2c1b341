/** Whether a conversation goes on from what was sent or begins anew, and how long its prefix is to be kept: what costs less over the turns to come. */
import { costOf } from '../cost.js';
import type { KnownPrice } from '../price.js';
import { NO_USAGE, type Usage } from '../usage.js';
import { lifeOf } from './forecast.js';
import type { CacheRules, Keep } from './rules.js';

/** A prompt that could be sent next. */
export interface Way {
  readonly tokens: number;
  /** Of them: read from the provider's cache. */
  readonly read: number;
}

/** Nobody says how long a conversation will be: it is taken to have as many turns before it as behind it, up to this. */
const MOST_FURTHER_TURNS = 20;

function expectedFurtherTurns(turns: number): number {
  return Math.min(Math.max(1, turns), MOST_FURTHER_TURNS);
}

/** Micro-dollars, not rounded: a prompt now, and once more for each further turn as a prefix that is read. What later turns add is the same on every way. */
function costOfWay({ tokens, read }: Way, furtherTurns: number, price: KnownPrice, rules: CacheRules, keep: Keep): number {
  const now = dollars({ inputTotal: tokens, cacheRead: read, ...written(tokens - read, rules, keep) }, price);
  return now + furtherTurns * dollars({ inputTotal: tokens, cacheRead: tokens }, price);
}

/** Share of what beginning anew leaves behind that later turns are taken to ask for again. With none, a session of gin's commits on gpt-5.5 began anew once and cost 13 % more (docs/sessions.md). */
const MISSED = 1 / 2;

/** Whether to begin anew: only where that costs less, with what will be missed written once more. */
export function rewritingPays(carry: Way, rewrite: Way, turns: number, price: KnownPrice, rules: CacheRules, keep: Keep): boolean {
  const further = expectedFurtherTurns(turns);
  const missed = Math.round(MISSED * Math.max(0, carry.tokens - rewrite.tokens));
  const again = dollars({ inputTotal: missed, ...written(missed, rules, keep) }, price);
  return costOfWay(rewrite, further, price, rules, keep) + again < costOfWay(carry, further, price, rules, keep);
}

/**
 * How long to have a prefix of `tokens` kept, by the pauses between the turns so far, in
 * milliseconds: the dearer, longer time where the pauses that it bridges cost more.
 */
export function keepFor(tokens: number, pauses: readonly number[], price: KnownPrice, rules: CacheRules): Keep {
  if (rules.long === undefined || pauses.length === 0) return 'short';
  const further = expectedFurtherTurns(pauses.length + 1);
  const costs = (keep: Keep): number => {
    const life = lifeOf(keep, rules);
    const expired = pauses.filter((p) => p > life).length / pauses.length;
    const write = dollars({ inputTotal: tokens, ...written(tokens, rules, keep) }, price);
    const read = dollars({ inputTotal: tokens, cacheRead: tokens }, price);
    return write + further * (expired * write + (1 - expired) * read);
  };
  return costs('1h') < costs('short') ? '1h' : 'short';
}

/** The bucket that writes go to. */
export function written(tokens: number, { reportsWrites }: CacheRules, keep: Keep): Partial<Usage> {
  return reportsWrites ? { [keep === '1h' ? 'cacheWrite1h' : 'cacheWriteOther']: tokens } : {};
}

/** Infinite where there is no rate for it, so that no way is taken because its price is unknown. */
function dollars(usage: Partial<Usage>, price: KnownPrice): number {
  const cost = costOf({ ...NO_USAGE, ...usage }, price);
  return cost.kind === 'known' ? cost.microUsd : Number.POSITIVE_INFINITY;
}
