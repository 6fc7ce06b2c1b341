/**
 * One request, from prompt to receipt: gate, quote, reserve, stream, settle. The one place
 * where these are strung together; nothing else asks a provider.
 */

import { randomUUID } from 'node:crypto';
import { type AttemptEnd, DEADLINES, type Deadlines, streamAttempt } from './attempt.js';
import { formatCount } from './base/count.js';
import { countTokens } from './base/tokens.js';
import { decide, type Fallback, failureOf, type Target, type Why } from './fallback.js';
import type { Model } from './models/catalogue.js';
import { answered, asking, failed, type Health, type Place } from './models/health/health.js';
import type { HealthFile } from './models/health/health-file.js';
import type { AnswerEvent, Ended, Provider, ProviderError } from './models/provider.js';
import type { ModelRequest } from './models/request.js';
import { estimateTokens, type TokenEstimate } from './models/token-counter.js';
import type { Budgets, Refusal } from './money/budgets.js';
import type { CacheForecast, Forecast } from './money/cache/forecast.js';
import type { Ledger, Order, Receipt } from './money/ledger/ledger.js';
import type { KnownPrice, Unknown } from './money/price.js';
import type { PriceTable } from './money/price-table.js';
import { type Quote, quoteRequest } from './money/quote.js';
import type { AuditLog } from './policy/audit.js';
import { type ClearedRequest, clear, type Destination, type EgressPolicy } from './policy/gate.js';
import type { Redacted, Redaction } from './policy/redaction.js';

/** What is asked, and of whom. */
export interface Asking {
  readonly request: ModelRequest;
  readonly model: Model;
  readonly destination: Destination;
  /** Tokens that the answer is expected to have; `request.maxOutput` is what it may have. */
  readonly expectedOutput: number;
  /** What requests before it, or the provider's count, tell of this one, as it will leave; undefined for nothing. */
  forecast?(cleared: ClearedRequest): Promise<Forecast | undefined>;
  /** The same without a schema for the answer, for an endpoint that refuses it. */
  withoutSchema?(): Promise<Prepared | Denied>;
}

export interface Safeguards {
  readonly policy: EgressPolicy;
  readonly redaction: Redaction;
  readonly prices: Pick<PriceTable, 'find'>;
  readonly at: Date;
}

/** May be sent, at this price. */
export interface Prepared {
  readonly kind: 'prepared';
  readonly asking: Asking;
  readonly cleared: ClearedRequest;
  readonly redacted: readonly Redacted[];
  /** o200k tokens of the prompt as it will leave. */
  readonly o200k: number;
  readonly input: TokenEstimate;
  readonly cache?: CacheForecast | undefined;
  readonly quote: Quote;
  readonly price: KnownPrice | Unknown;
}

/** Each reason with the one thing to do. */
export interface Denied {
  readonly kind: 'denied';
  readonly reasons: readonly string[];
}

/** Passes the gate and says what it will cost. Nothing leaves the machine. */
export async function prepareRequest(asking: Asking, { policy, redaction, prices, at }: Safeguards): Promise<Prepared | Denied> {
  const { request, model, destination, expectedOutput } = asking;
  const clearance = await clear(request, destination, policy, redaction);
  if (clearance.kind === 'refused') return { kind: 'denied', reasons: clearance.reasons };
  const { request: cleared, redacted } = clearance;
  const { o200k, cacheable } = measurePrompt(cleared);
  const { input, cache }: Forecast = (await asking.forecast?.(cleared)) ?? { input: estimateTokens(o200k, model.tokens) };
  const price = prices.find(model.provider, model.id, at);
  const quote = quoteRequest({ input, cacheable, cache, expectedOutput, maxOutput: request.maxOutput }, price, model);
  if (quote.fits === 'no') {
    const window = formatCount(model.maxInput ?? model.window ?? 0);
    const reason = `The prompt has at least ${formatCount(input.low)} tokens, more than ${model.name} takes (${window}). Lower the token budget, or choose a model with a larger window.`;
    return { kind: 'denied', reasons: [reason] };
  }
  return { kind: 'prepared', asking, cleared, redacted, o200k, input, cache, quote, price };
}

/** The o200k tokens of a prompt, the schema of its answer among them, and the share of it, from its beginning, that a later request may repeat. */
export function measurePrompt({ system, messages, answerSchema }: ModelRequest): { readonly o200k: number; readonly cacheable: number } {
  const texts = [system, ...messages.map((m) => m.parts)].map((parts) => parts.map((p) => p.text));
  const schema = answerSchema ? countTokens(JSON.stringify(answerSchema.schema)) : 0;
  const o200k = texts.reduce((sum, parts) => sum + countTokens(parts.join('')), schema);
  const stays = texts.flat().slice(0, -1).join('').length;
  return { o200k, cacheable: stays / Math.max(1, texts.flat().join('').length) };
}

/** On whose account, in the ledger's words. */
export interface OrderNames extends Pick<Order, 'session' | 'workspace' | 'workspaceName' | 'action'> {
  /** Its id in the ledger, for a caller that keeps something under it; a new one by default. */
  readonly request?: string | undefined;
}

/** What a test takes into its own hands. */
export interface Pacing {
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Resolves after `ms`, or as soon as `signal` is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface SendOptions {
  readonly provider: Provider;
  readonly ledger: Ledger;
  /** Has a row of every attempt before it leaves. */
  readonly audit: Pick<AuditLog, 'record'>;
  readonly budgets: Budgets;
  /** The user allowed a price that is not known. */
  readonly allowUnpriced: boolean;
  readonly names: OrderNames;
  /** Asked in this order where the one before cannot answer, and nothing of its answer was shown. */
  readonly fallbacks?: readonly Fallback[] | undefined;
  /** Where the first one is, for `health`. */
  readonly place?: Place | undefined;
  /** Is told how every attempt went, and says who is to be left alone. */
  readonly health?: HealthFile | undefined;
  readonly deadlines?: Deadlines | undefined;
  readonly pacing?: Pacing | undefined;
}

export type SendEvent =
  | Exclude<AnswerEvent, Ended>
  /** It leaves: for the `number`th time, counted from 1. */
  | { readonly kind: 'attempt'; readonly number: number; readonly model: string }
  /** The attempt failed, and the same model is asked again after `wait` ms. */
  | { readonly kind: 'retry'; readonly model: string; readonly why: Why; readonly wait: number }
  /** Another model is asked instead, at another price; `skipped` could not be asked: names with reasons. */
  | { readonly kind: 'fallback'; readonly from: string; readonly to: Prepared; readonly why: Why; readonly skipped: readonly string[] }
  /** The schema for the answer was refused, and the same model is asked for text. */
  | { readonly kind: 'without-schema'; readonly model: string; readonly to: Prepared; readonly why: ProviderError }
  /** A budget does not allow it; nothing was sent. */
  | { readonly kind: 'over-budget'; readonly refusal: Refusal; readonly skipped: readonly string[] }
  | SettledEvent;

/** How the last attempt ended, and what it cost. */
export interface SettledEvent {
  readonly kind: 'receipt';
  readonly ended: Ended;
  readonly receipt: Receipt;
  /** What was sent at last: with a fallback it is not what was first quoted. */
  readonly prepared: Prepared;
  /** Of the attempts before it, which may have cost something too. */
  readonly earlier: readonly Receipt[];
  /** It would have been tried again, but for this budget. */
  readonly refusal?: Refusal | undefined;
  /** Fallbacks that could not be asked: names with reasons. */
  readonly skipped?: readonly string[] | undefined;
}

/**
 * Reserves the worst case, streams, settles; tries again, and falls back, by the rules of
 * docs/routing.md, as long as nothing of an answer was shown. The last event is `receipt` or
 * `over-budget`. A caller that stops listening cancels the request, and its receipt is written
 * all the same. Throws a LedgerError when nothing can be booked: then nothing more was sent.
 */
export async function* sendRequest(prepared: Prepared, options: SendOptions, signal: AbortSignal): AsyncGenerator<SendEvent, void> {
  const { health, deadlines = DEADLINES, pacing = PACING, names } = options;
  const { now, random } = pacing;
  const request = names.request ?? randomUUID();
  const until = now() + deadlines.total;
  const queue = [...(options.fallbacks ?? [])];
  const earlier: Receipt[] = [];
  let target: Target = { prepared, place: options.place, provider: options.provider };
  let last: SettledEvent | undefined;
  for (let tries = 1; ; tries++) {
    const { place, provider } = target;
    const [model, number] = [nameOf(target.prepared), earlier.length + 1];
    yield { kind: 'attempt', number, model };
    if (place) await health?.update((h) => asking(h, place, now()));
    const attempt = { ...options, provider, names: { ...names, request, number }, deadlines, until, now };
    const end = yield* streamAttempt(target.prepared, attempt, signal);
    if (end.kind === 'ended') {
      if (place) await health?.update((h) => remember(h, place, end, now()));
      last = { kind: 'receipt', ended: end.ended, receipt: end.receipt, prepared: target.prepared, earlier: [...earlier] };
      earlier.push(end.receipt);
    }
    const why = whyNotAnswered(end);
    if (last && (!why || signal.aborted)) return yield last;
    if (!why) return;
    const plain = isSchemaRefused(why, target.prepared) ? await target.prepared.asking.withoutSchema?.() : undefined;
    if (plain?.kind === 'prepared') {
      yield { kind: 'without-schema', model, to: plain, why: why as ProviderError };
      [target, tries] = [{ ...target, prepared: plain }, 0];
      continue;
    }
    const decision = await decide(why, { target, tries, attempts: earlier.length, queue, health, now: now(), until, random });
    if (decision.kind === 'stop') {
      if (!last) return yield { kind: 'over-budget', refusal: why as Refusal, skipped: decision.skipped };
      return yield { ...last, ...(why.kind === 'refused' ? { refusal: why } : {}), skipped: decision.skipped };
    }
    if (decision.kind === 'next') {
      yield { kind: 'fallback', from: model, to: decision.target.prepared, why, skipped: decision.skipped };
      [target, tries] = [decision.target, 0];
      continue;
    }
    yield { kind: 'retry', model, why, wait: decision.wait };
    await pacing.wait(decision.wait, signal);
    if (signal.aborted && last) return yield { ...last, ended: { ...last.ended, outcome: { kind: 'cancelled' } } };
  }
}

const PACING: Pacing = { now: Date.now, random: Math.random, wait };

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

const nameOf = ({ cleared }: Prepared): string => `${cleared.provider}/${cleared.model}`;

/** Undefined where an answer was given, or a part of one was shown: that is never asked for again unbidden. */
function whyNotAnswered(end: AttemptEnd): Why | undefined {
  if (end.kind === 'over-budget') return end.refusal;
  const { outcome } = end.ended;
  return 'error' in outcome && !end.shown ? outcome.error : undefined;
}

/** Every refusal of a request with a schema is taken for one of it: what is wrong is said in words that every server has of its own. */
function isSchemaRefused(why: Why, { cleared: { answerSchema } }: Prepared): boolean {
  return answerSchema !== undefined && why.kind === 'request' && (why.status === 400 || why.status === 422);
}

/** A request that the user cancelled says nothing of who was asked. */
function remember(
  health: Health,
  place: Place,
  { ended: { outcome }, measured }: Extract<AttemptEnd, { kind: 'ended' }>,
  now: number,
): Health {
  if ('error' in outcome) return failed(health, place, failureOf(outcome.error), now);
  return outcome.kind === 'cancelled' ? health : answered(health, place, measured);
}
