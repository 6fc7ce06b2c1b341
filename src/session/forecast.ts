/** What the next request of a conversation will be billed as, from what its provider reported of the ones before. */
import { countTokens } from '../base/tokens.js';
import { estimateTokens, exactTokens, type TokenEstimate } from '../models/token-counter.js';
import { written } from '../money/cache/carry.js';
import { type Forecast, keptOf, warmTokens } from '../money/cache/forecast.js';
import { costOf } from '../money/cost.js';
import { type MicroUsd, microUsd } from '../money/micro-usd.js';
import { NO_USAGE } from '../money/usage.js';
import { type Conversation, type PastTurn, type Prompt, repeatedTurns } from './conversation.js';
import { hasExpired, inputOf, type NextTurn, ratioOf, type Setting } from './next-turn.js';

/** @param counted tokens of the prompt by the provider's own count, where it was asked. */
export function forecastOf(
  conversation: Conversation,
  prompt: Prompt,
  keep: NextTurn['keep'],
  setting: Setting,
  counted?: number,
): Forecast {
  const { model, rules, at } = setting;
  const repeated = repeatedTurns(conversation, prompt).filter(({ turn }) => turn.provider === model.provider && turn.model === model.id);
  const input =
    counted === undefined
      ? estimateOf(
          conversation,
          prompt,
          repeated.findLast(({ turn }) => turn.usage),
          setting,
        )
      : exactTokens(counted);
  if (!rules) return { input };
  const prefixes = repeated.map(({ turn }) => ({ at: Date.parse(turn.at), keep: turn.keep, kept: keptOf(turn.usage ?? {}, rules) }));
  const read = warmTokens(prefixes, at.getTime(), rules, model.cacheMinimum);
  const writes = rules.reportsWrites && input.tokens >= (model.cacheMinimum ?? rules.minimum);
  const last = repeated.at(-1)?.turn;
  // What a provider leaves at the end it leaves every time.
  const plain = writes && last?.usage ? inputOf(last) - keptOf(last.usage, rules) : 0;
  return { input, cache: { read: Math.min(read, input.tokens), plain, writes, keep } };
}

/** What the last request that this one repeats was billed, and an estimate of the rest. */
function estimateOf(
  conversation: Conversation,
  { system, messages, answerSchema }: Prompt,
  repeated: { readonly turn: PastTurn; readonly messages: number } | undefined,
  { model }: Setting,
): TokenEstimate {
  const ratio = ratioOf(conversation, model);
  const family = { ...model.tokens, ratio };
  const textOf = (all: Prompt['messages']): string => all.map((m) => m.parts.map((p) => p.text).join('')).join('\n');
  if (!repeated)
    return estimateTokens(
      countTokens(`${JSON.stringify(answerSchema?.schema) ?? ''}${system.map((p) => p.text).join('')}\n${textOf(messages)}`),
      { ...family, ...rangeAround(family) },
    );
  // The answer comes back as the tokens it was made of.
  const { output = 0 } = repeated.turn.usage ?? {};
  const known = inputOf(repeated.turn) + output;
  const rest = estimateTokens(countTokens(textOf(messages.slice(repeated.messages + 1))), { ...family, ...rangeAround(family) });
  return { tokens: known + rest.tokens, low: known + rest.low, high: known + rest.high, exact: rest.exact };
}

/** A range that a measured ratio lies in, too. */
function rangeAround({ ratio, low, high }: { readonly ratio: number; readonly low: number; readonly high: number }) {
  return { low: Math.min(low, ratio), high: Math.max(high, ratio) };
}

/** What made the provider's cache useless for what was sent before, and what that costs. */
export interface Rebilled {
  readonly cause:
    | { readonly kind: 'model'; readonly was: string }
    /** Milliseconds since it was last used, and those it is kept. */
    | { readonly kind: 'expired'; readonly since: number }
    /** The schema of the answer is part of what is kept: it came, or went. */
    | { readonly kind: 'form'; readonly bySchema: boolean }
    | { readonly kind: 'anew'; readonly why: NonNullable<NextTurn['why']> }
    /** Instructions, rules of redaction, or what the provider kept. */
    | { readonly kind: 'changed' };
  /** Tokens that are billed again. */
  readonly tokens: number;
  /** What they cost more than if they were read from the cache. */
  readonly extra: MicroUsd;
}

/** Fewer are not worth a warning. */
const FEW = 256;

/** Undefined where the cache serves all that it could, or nothing is known of it or of the price. @param bySchema the answer is to be held to a schema. */
export function rebilledBy(
  conversation: Conversation,
  next: NextTurn,
  forecast: Forecast,
  setting: Setting,
  bySchema = false,
): Rebilled | undefined {
  const { turns } = conversation;
  const { price, rules, model, at } = setting;
  const last = turns.at(-1);
  const { input, cache } = forecast;
  if (!last || !cache || !rules || price.kind === 'unknown') return undefined;
  const sameModel = last.provider === model.provider && last.model === model.id;
  // Of a request that broke off nobody knows what was kept.
  if (sameModel && !last.usage) return undefined;
  const before = sameModel ? keptOf(last.usage ?? {}, rules) : Math.round(last.o200k * ratioOf(conversation, model));
  const tokens = Math.min(before, input.tokens) - cache.read;
  if (tokens < FEW) return undefined;
  const billed = (read: number): number => {
    const writes = cache.writes ? written(Math.max(0, input.tokens - read - cache.plain), rules, cache.keep) : {};
    const cost = costOf({ ...NO_USAGE, inputTotal: input.tokens, cacheRead: read, ...writes }, price);
    return cost.kind === 'known' ? cost.microUsd : 0;
  };
  const extra = microUsd(Math.max(0, billed(cache.read) - billed(cache.read + tokens)));
  const cause = ((): Rebilled['cause'] => {
    if (!sameModel) return { kind: 'model', was: `${last.provider}/${last.model}` };
    if (hasExpired(last, at, rules)) return { kind: 'expired', since: at.getTime() - Date.parse(last.at) };
    if (next.why !== undefined) return { kind: 'anew', why: next.why };
    return bySchema === (last.bySchema ?? false) ? { kind: 'changed' } : { kind: 'form', bySchema };
  })();
  return { cause, tokens, extra };
}
