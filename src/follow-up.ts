/** A request that goes on from an answer: prompt and answer are repeated, so that the provider's cache serves what it has. */
import { countTokens } from './base/tokens.js';
import type { ModelRequest } from './models/request.js';
import { estimateTokens } from './models/token-counter.js';
import { type Forecast, keptOf } from './money/cache/forecast.js';
import { cacheRulesOf } from './money/cache/rules.js';
import { inputOf } from './money/spending.js';
import type { SettledEvent } from './request.js';

/** @param answer as it came, with placeholders for secrets; where there is none, the request is asked once more. */
export function followUp(request: ModelRequest, answer: string, text: string): ModelRequest {
  if (answer === '') return request;
  return {
    ...request,
    messages: [...request.messages, { role: 'assistant', parts: [{ text: answer }] }, { role: 'user', parts: [{ text }] }],
  };
}

/** What the usage of the request before tells of it; undefined where none was reported. */
export function followUpForecast(
  { receipt: { usage }, prepared: { asking, price } }: SettledEvent,
  answer: string,
  text: string,
): Forecast | undefined {
  if (!usage) return undefined;
  const before = inputOf(usage);
  const added = estimateTokens(countTokens(answer) + countTokens(text), asking.model.tokens);
  const input = { tokens: before + added.tokens, low: before + added.low, high: before + added.high, exact: false };
  const rules = cacheRulesOf(asking.model.provider, price);
  if (!rules) return { input };
  const kept = keptOf(usage, rules);
  const read = kept >= (asking.model.cacheMinimum ?? 0) ? kept : 0;
  // Nothing behind what is kept already is to be kept: nobody is expected to ask a third time.
  return { input, cache: { read, plain: input.tokens - read, writes: false, keep: 'short' } };
}
