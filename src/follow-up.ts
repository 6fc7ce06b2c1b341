/** A request that goes on from an answer: prompt and answer are repeated, so that the provider's cache serves what it has. */
import { countTokens } from './base/tokens.js';
import type { Model } from './models/catalogue.js';
import type { ModelRequest } from './models/request.js';
import { estimateTokens } from './models/token-counter.js';
import { type Forecast, keptOf, lifeOf } from './money/cache/forecast.js';
import { cacheRulesOf } from './money/cache/rules.js';
import type { Receipt } from './money/ledger/ledger.js';
import type { KnownPrice, Unknown } from './money/price.js';
import { inputOf } from './money/spending.js';

/** Said to a model whose answer broke off. */
export const GO_ON = 'Your answer was cut off. Continue exactly where it stopped, and repeat nothing of it.';

/** @param answer as it came, with placeholders for secrets; where there is none, the request is asked once more. */
export function followUp(request: ModelRequest, answer: string, text: string): ModelRequest {
  if (answer === '') return request;
  return {
    ...request,
    messages: [...request.messages, { role: 'assistant', parts: [{ text: answer }] }, { role: 'user', parts: [{ text }] }],
  };
}

/** The answer that a request goes on from; empty for one that asks something of its own. */
export function goneOnFrom({ messages }: Pick<ModelRequest, 'messages'>): string {
  const texts = messages.map((m) => m.parts.map((p) => p.text).join(''));
  return texts.at(-1) === GO_ON ? (texts.at(-2) ?? '') : '';
}

/** The request before, as far as it tells what one that follows will be billed as. */
export interface Followed {
  /** As the provider reported it. */
  readonly usage: Receipt['usage'];
  readonly model: Model;
  readonly price: KnownPrice | Unknown;
  /** Milliseconds since it was sent. */
  readonly since: number;
}

/** Undefined where no usage was reported, or the provider's cache is out of date by now. */
export function followUpForecast({ usage, model, price, since }: Followed, answer: string, text: string): Forecast | undefined {
  if (!usage) return undefined;
  const before = inputOf(usage);
  const added = estimateTokens(countTokens(answer) + countTokens(text), model.tokens);
  const input = { tokens: before + added.tokens, low: before + added.low, high: before + added.high, exact: false };
  const rules = cacheRulesOf(model.provider, price);
  if (!rules || since > lifeOf('short', rules)) return { input };
  const kept = keptOf(usage, rules);
  const read = kept >= (model.cacheMinimum ?? 0) ? kept : 0;
  // Nothing behind what is kept already is to be kept: nobody is expected to ask a third time.
  return { input, cache: { read, plain: input.tokens - read, writes: false, keep: 'short' } };
}
