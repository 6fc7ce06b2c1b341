/** Chooses how a conversation goes on: by adding to it, or by beginning anew where that costs less or nothing more fits. */
import { countTokens } from '../base/tokens.js';
import { MIN_BUDGET } from '../context/budget.js';
import type { Turn, TurnResult } from '../context/session/turn.js';
import type { Model } from '../models/catalogue.js';
import { keepFor, rewritingPays } from '../money/cache/carry.js';
import { keptOf, lifeOf, warmTokens } from '../money/cache/forecast.js';
import type { CacheRules, Keep } from '../money/cache/rules.js';
import type { KnownPrice, Unknown } from '../money/price.js';
import type { Conversation, PastTurn, Said } from './conversation.js';

/** Whom the next turn asks, and what it may take. */
export interface Setting {
  readonly model: Model;
  readonly price: KnownPrice | Unknown;
  /** Of the provider's cache; undefined where they are not known. */
  readonly rules: CacheRules | undefined;
  readonly at: Date;
  /** o200k tokens that a context may have when the conversation begins, or begins anew. */
  readonly budget: number;
  /** o200k tokens that the whole prompt may have. */
  readonly limit: number;
}

/** `limit`: nothing more would fit. `cheaper`: adding would cost more over the turns to come. */
export type WhyAnew = 'first' | 'limit' | 'cheaper';

export interface NextTurn {
  readonly kind: 'next';
  readonly turn: Turn;
  readonly said: Said;
  readonly keep: Keep;
  readonly why?: WhyAnew;
}

/** What the planner of a turn is asked for; budgets in o200k tokens. */
export interface Planner {
  /** A context for a model that has seen nothing. */
  begin(budget: number): Promise<TurnResult>;
  /** What a model that has seen the conversation lacks of a context of this budget, and what changed since; at most `room` tokens. */
  add(budget: number, room: number): Promise<TurnResult>;
}

/** Share of the budget that one turn may add: the most relevant part of what a context of its own would have. */
const ADDED_SHARE = 1 / 5;
/** Share of the limit that earlier questions and answers may have when a conversation begins anew. */
const HISTORY_SHARE = 1 / 4;

export async function nextTurn(
  conversation: Conversation,
  planner: Planner,
  setting: Setting,
): Promise<NextTurn | Exclude<TurnResult, Turn>> {
  const { turns } = conversation;
  const { budget, limit, price, rules, model } = setting;
  if (turns.length === 0) return begin(conversation, planner, setting, 'first');
  const so = tokensSoFar(conversation);
  const room = limit - so;
  if (room < MIN_BUDGET) return begin(conversation, planner, setting, 'limit');
  const share = Math.min(room, Math.max(MIN_BUDGET, Math.floor(budget * ADDED_SHARE)));
  let turn = await planner.add(share, room);
  // What is pinned may need more; of it, too, only what was not seen is added.
  if (turn.kind === 'refused' && share < room) turn = await planner.add(Math.min(room, budget), room);
  if (turn.kind === 'refused') return begin(conversation, planner, setting, 'limit');
  if (rules && price.kind === 'known') {
    const ratio = ratioOf(conversation, model);
    const read = warmOf(conversation, setting, rules);
    const carry = { tokens: Math.max(read, Math.round((so + turn.tokens) * ratio)), read };
    const anew = { tokens: Math.round((budget + historyOf(turns, limit).tokens) * ratio), read: 0 };
    if (rewritingPays(carry, anew, turns.length, price, rules, keepOf(conversation, setting, carry.tokens)))
      return begin(conversation, planner, setting, 'cheaper');
  }
  const { context, task } = turn;
  return { kind: 'next', turn, said: { context, task }, keep: keepOf(conversation, setting, so + turn.tokens) };
}

async function begin(
  conversation: Conversation,
  planner: Planner,
  setting: Setting,
  why: WhyAnew,
): Promise<NextTurn | Exclude<TurnResult, Turn>> {
  const { budget, limit } = setting;
  const { from, tokens } = historyOf(conversation.turns, limit);
  const turn = await planner.begin(Math.max(MIN_BUDGET, Math.min(budget, limit - tokens)));
  if (turn.kind === 'refused') return turn;
  const { context, task } = turn;
  const keep = keepOf({ turns: conversation.turns }, setting, turn.tokens + tokens, false);
  return { kind: 'next', turn, said: { context, task, anew: from }, keep, why };
}

/** o200k tokens of the prompt up to here: the last one as it was counted, and its answer. */
function tokensSoFar({ turns }: Conversation): number {
  const last = turns.at(-1);
  return last ? last.o200k + countTokens(last.answer) : 0;
}

/** The newest questions and answers within their share of the limit. */
function historyOf(turns: readonly PastTurn[], limit: number): { readonly from: number; readonly tokens: number } {
  let from = turns.length;
  let tokens = 0;
  while (from > 0) {
    const { task, answer } = turns[from - 1]!;
    const more = countTokens(task) + countTokens(answer);
    if (tokens + more > limit * HISTORY_SHARE) break;
    tokens += more;
    from--;
  }
  return { from, tokens };
}

/** Tokens of this model for one o200k token: by the last usage that it reported here, else as its family has it. */
export function ratioOf({ turns }: Conversation, { provider, id, tokens }: Model): number {
  const last = turns.findLast((t) => t.usage && t.provider === provider && t.model === id);
  return last && tokens.low !== tokens.high ? inputOf(last) / last.o200k : tokens.ratio;
}

export function inputOf({ usage = {} }: Pick<PastTurn, 'usage'>): number {
  const { output: _, reasoning: __, webSearches: ___, ...prompt } = usage;
  return Object.values(prompt).reduce((sum, n) => sum + n, 0);
}

/** Tokens that a prompt which goes on would find in the provider's cache. */
function warmOf({ turns }: Conversation, { model, at }: Setting, rules: CacheRules): number {
  const begun = Math.max(
    0,
    turns.findLastIndex((t) => t.anew !== undefined),
  );
  const prefixes = turns
    .slice(begun)
    .filter((t) => t.provider === model.provider && t.model === model.id)
    .map((t) => ({ at: Date.parse(t.at), keep: t.keep, kept: keptOf(t.usage ?? {}, rules) }));
  return warmTokens(prefixes, at.getTime(), rules, model.cacheMinimum);
}

/** As before while the prefix is warm; when all of it is written anyway, what costs less. */
function keepOf(conversation: Conversation, setting: Setting, o200k: number, goesOn = true): Keep {
  const { rules, price, model, at } = setting;
  if (!rules || price.kind === 'unknown') return 'short';
  const last = conversation.turns.at(-1);
  if (goesOn && last && warmOf(conversation, setting, rules) > 0) return last.keep;
  const times = [...conversation.turns.map((t) => Date.parse(t.at)), at.getTime()];
  const pauses = times.slice(1).map((t, i) => t - times[i]!);
  return keepFor(Math.round(o200k * ratioOf(conversation, model)), pauses, price, rules);
}

/** Whether a prompt that `turn` sent has run out in the cache, if nothing renewed it. */
export function hasExpired(turn: PastTurn, at: Date, rules: CacheRules): boolean {
  return at.getTime() - Date.parse(turn.at) > lifeOf(turn.keep, rules);
}
