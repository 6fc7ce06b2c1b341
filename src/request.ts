/**
 * One request, from prompt to receipt: gate, quote, reserve, stream, settle. The one place
 * where these are strung together; nothing else asks a provider.
 */

import { randomUUID } from 'node:crypto';
import { formatCount } from './base/count.js';
import { countTokens } from './base/tokens.js';
import type { Model } from './models/catalogue.js';
import type { AnswerEvent, Ended, Provider } from './models/provider.js';
import type { ModelRequest } from './models/request.js';
import { estimateTokens, type TokenEstimate } from './models/token-counter.js';
import type { Budgets, Refusal } from './money/budgets.js';
import type { CacheForecast, Forecast } from './money/cache/forecast.js';
import type { Ledger, Order, Receipt } from './money/ledger/ledger.js';
import { notBilled, receiptOf } from './money/ledger/receipt.js';
import type { Outcome } from './money/ledger/row.js';
import type { KnownPrice, Unknown } from './money/price.js';
import type { PriceTable } from './money/price-table.js';
import { type Quote, quoteRequest } from './money/quote.js';
import { readUsage } from './money/wire-usage.js';
import { type ClearedRequest, clear, type Destination, type EgressPolicy } from './policy/gate.js';
import type { Redacted, Redaction } from './policy/redaction.js';

/** What is asked, and of whom. */
export interface Asking {
  readonly request: ModelRequest;
  readonly model: Model;
  readonly destination: Destination;
  /** Tokens that the answer is expected to have; `request.maxOutput` is what it may have. */
  readonly expectedOutput: number;
  /** What requests before it tell of this one, as it will leave. */
  forecast?(cleared: ClearedRequest): Forecast | Promise<Forecast>;
}

export interface Safeguards {
  readonly policy: EgressPolicy;
  readonly redaction: Redaction;
  readonly prices: PriceTable;
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
  const texts = [cleared.system, ...cleared.messages.map((m) => m.parts)].map((parts) => parts.map((p) => p.text));
  const o200k = texts.reduce((sum, parts) => sum + countTokens(parts.join('')), 0);
  const stays = texts.flat().slice(0, -1).join('').length;
  const cacheable = stays / Math.max(1, texts.flat().join('').length);
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

/** On whose account, in the ledger's words. */
export interface OrderNames extends Pick<Order, 'session' | 'workspace' | 'workspaceName' | 'action'> {
  /** Its id in the ledger, for a caller that keeps something under it; a new one by default. */
  readonly request?: string | undefined;
}

export interface SendOptions {
  readonly provider: Provider;
  readonly ledger: Ledger;
  readonly budgets: Budgets;
  /** The user allowed a price that is not known. */
  readonly allowUnpriced: boolean;
  readonly names: OrderNames;
}

export type SendEvent =
  | Exclude<AnswerEvent, Ended>
  /** A budget does not allow it; nothing was sent. */
  | { readonly kind: 'over-budget'; readonly refusal: Refusal }
  | { readonly kind: 'receipt'; readonly ended: Ended; readonly receipt: Receipt };

/** Milliseconds after which a request is over in any case. */
const DEADLINE_MS = 30 * 60_000;

/**
 * Reserves the worst case, streams, settles. The last event is `receipt` or `over-budget`. A
 * caller that stops listening cancels the request, and its receipt is written all the same.
 * Throws a LedgerError when nothing can be booked: then nothing was sent.
 */
export async function* sendRequest(prepared: Prepared, options: SendOptions, signal: AbortSignal): AsyncGenerator<SendEvent, void> {
  const { provider, ledger, budgets, allowUnpriced, names } = options;
  const { cleared, quote, o200k, price, cache } = prepared;
  const { cost } = quote;
  const order: Order = {
    ...names,
    request: names.request ?? randomUUID(),
    number: 1,
    provider: cleared.provider,
    model: cleared.model,
    o200k,
    expectedCacheRead: cache?.read ?? 0,
    deadline: new Date(Date.now() + DEADLINE_MS),
    ...(cost.kind === 'known' ? { quote: cost.expected ?? cost.cold, worst: cost.worst } : {}),
  };
  const reservation = await ledger.reserve(order, budgets, { allowUnpriced });
  if (reservation.kind === 'refused') {
    yield { kind: 'over-budget', refusal: reservation };
    return;
  }
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(DEADLINE_MS)]);
  const answer = provider.stream(cleared, either);
  let settled = false;
  const settle = async (ended: Ended): Promise<Receipt> => {
    const receipt = receiptFor(ended, price);
    await ledger.settle(reservation, receipt);
    settled = true;
    return receipt;
  };
  try {
    for await (const event of answer) {
      if (event.kind === 'ended') {
        yield { kind: 'receipt', ended: event, receipt: await settle(event) };
        return;
      }
      yield event;
    }
  } finally {
    if (!settled) {
      // Nobody listens any more: what was used up to here is still to be booked.
      stop.abort();
      await settle({ kind: 'ended', outcome: { kind: 'cancelled' }, usage: undefined, final: false });
    }
  }
}

function receiptFor({ outcome, usage, final }: Ended, price: KnownPrice | Unknown): Receipt {
  const word = OUTCOMES[outcome.kind];
  // What a provider turned away with a 4xx was not worked on.
  if (outcome.kind === 'failed' && outcome.error.status !== undefined && outcome.error.status < 500) return notBilled(word);
  if (usage && !final) return receiptOf(word, { kind: 'unknown', reason: 'the answer broke off before its usage was reported' }, price);
  return receiptOf(word, readUsage(usage), price);
}

const OUTCOMES: Readonly<Record<Ended['outcome']['kind'], Outcome>> = {
  complete: 'ok',
  length: 'ok',
  declined: 'ok',
  cut: 'cut',
  cancelled: 'cancelled',
  failed: 'failed',
};
