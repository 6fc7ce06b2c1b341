/** One attempt at a request: reserve the worst case, stream under deadlines, settle. Each has a row of its own in the ledger. */
import type { Measured } from './models/health/health.js';
import { type AnswerEvent, type Ended, type Provider, ProviderError } from './models/provider.js';
import type { Budgets, Refusal } from './money/budgets.js';
import type { Ledger, Order, Receipt, Reservation } from './money/ledger/ledger.js';
import { notBilled, receiptOf } from './money/ledger/receipt.js';
import type { Outcome } from './money/ledger/row.js';
import type { KnownPrice, Unknown } from './money/price.js';
import { outputOf } from './money/spending.js';
import { readUsage } from './money/wire-usage.js';
import type { AuditLog } from './policy/audit.js';
import type { Prepared } from './request.js';

/** Milliseconds. */
export interface Deadlines {
  /** From sending until the first text: a long prompt may be read for minutes, and thought about. */
  readonly firstToken: number;
  /** Between two pieces of text. */
  readonly idle: number;
  /** For a request with all its attempts and waits. */
  readonly total: number;
}

export const DEADLINES: Deadlines = { firstToken: 5 * 60_000, idle: 3 * 60_000, total: 30 * 60_000 };

export interface AttemptOptions {
  readonly provider: Provider;
  readonly ledger: Ledger;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly budgets: Budgets;
  readonly allowUnpriced: boolean;
  readonly names: Pick<Order, 'request' | 'number' | 'session' | 'workspace' | 'workspaceName' | 'action'>;
  readonly deadlines: Deadlines;
  /** When the request is over in any case; ms since 1970. */
  readonly until: number;
  readonly now: () => number;
}

export type AttemptEnd =
  /** Nothing was sent. */
  | { readonly kind: 'over-budget'; readonly refusal: Refusal }
  | {
      readonly kind: 'ended';
      readonly ended: Ended;
      readonly receipt: Receipt;
      /** Something of the answer was passed on. */
      readonly shown: boolean;
      /** Of an answer that is whole. */
      readonly measured?: Measured | undefined;
    };

/** Passes on the answer as it comes. A caller that stops listening cancels it, and its receipt is written all the same. Throws a LedgerError when nothing can be booked. */
export async function* streamAttempt(
  prepared: Prepared,
  options: AttemptOptions,
  signal: AbortSignal,
): AsyncGenerator<Exclude<AnswerEvent, Ended>, AttemptEnd> {
  const { provider, ledger, budgets, allowUnpriced, deadlines, until, now } = options;
  const reservation = await ledger.reserve(orderOf(prepared, options), budgets, { allowUnpriced });
  if (reservation.kind === 'refused') return { kind: 'over-budget', refusal: reservation };
  if (signal.aborted) return await neverSent(reservation, ledger, { kind: 'cancelled' });

  const unwritten = await recordDeparture(prepared, options);
  if (unwritten) return await neverSent(reservation, ledger, { kind: 'failed', error: unwritten });

  const stop = new AbortController();
  const answer = provider.stream(prepared.cleared, AbortSignal.any([signal, stop.signal]));
  const sent = now();
  let first: number | undefined;
  let settled = false;
  const settle = async (ended: Ended): Promise<Receipt> => {
    const receipt = receiptFor(ended, prepared.price);
    await ledger.settle(reservation, receipt);
    settled = true;
    return receipt;
  };
  try {
    for (;;) {
      const patience = Math.min(until - now(), first === undefined ? sent + deadlines.firstToken - now() : deadlines.idle);
      // Counted while the provider is waited for, not while the listener takes its time.
      let late = false;
      const timer = setTimeout(
        () => {
          late = true;
          stop.abort();
        },
        Math.max(0, patience),
      );
      const { value: event, done } = await answer.next().finally(() => clearTimeout(timer));
      if (done) throw new Error('a provider ended its answer without saying how');
      if (event.kind === 'ended') {
        const ended = late && !signal.aborted ? tooLate(event, prepared, first !== undefined) : event;
        const receipt = await settle(ended);
        const isWhole = ended.outcome.kind === 'complete' || ended.outcome.kind === 'length';
        const measured = isWhole && first !== undefined ? measure(receipt, sent, first, now()) : undefined;
        return { kind: 'ended', ended, receipt, shown: first !== undefined, measured };
      }
      first ??= now();
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

function orderOf({ cleared, quote: { cost }, o200k, cache }: Prepared, { names, until }: AttemptOptions): Order {
  return {
    ...names,
    provider: cleared.provider,
    model: cleared.model,
    o200k,
    expectedCacheRead: cache?.read ?? 0,
    deadline: new Date(until),
    ...(cost.kind === 'known' ? { quote: cost.expected ?? cost.cold, worst: cost.worst } : {}),
  };
}

/** Nothing leaves that the audit log does not have: why it cannot be written, if it cannot. */
async function recordDeparture(
  { cleared, redacted, asking }: Prepared,
  { audit, names }: AttemptOptions,
): Promise<ProviderError | undefined> {
  const { provider, model, system, messages, files, answerSchema } = cleared;
  const { local, origin } = asking.destination;
  const kinds: Record<string, number> = {};
  for (const { kind } of redacted) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const schema = answerSchema ? Buffer.byteLength(JSON.stringify(answerSchema.schema)) : 0;
  const bytes = [system, ...messages.map((m) => m.parts)].flat().reduce((sum, { text }) => sum + Buffer.byteLength(text), schema);
  const { request, workspace } = names;
  try {
    await audit.record({ request, provider, model, origin, local, workspace, files, redacted: kinds, bytes });
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return new ProviderError(
      'request',
      `Nothing was sent: the audit log cannot be written (${why}). Check its folder.`,
      undefined,
      undefined,
      true,
    );
  }
}

/** It was cancelled while the ledger was written, or cannot leave. */
async function neverSent(reservation: Reservation, ledger: Ledger, outcome: Ended['outcome']): Promise<AttemptEnd> {
  await ledger.release(reservation);
  const ended: Ended = { kind: 'ended', outcome, usage: undefined, final: false };
  return { kind: 'ended', ended, receipt: notBilled(OUTCOMES[outcome.kind]), shown: false };
}

/** The deadline ended it, which the provider takes for the user's wish. */
function tooLate(ended: Ended, { asking }: Prepared, begun: boolean): Ended {
  const what = begun
    ? 'the answer has stopped. Continue it, or try again.'
    : 'no answer has begun in time. Try again, or choose another model.';
  const error = new ProviderError('network', `${asking.destination.provider}: ${what}`);
  return { ...ended, outcome: { kind: begun ? 'cut' : 'failed', error }, final: false };
}

function receiptFor({ outcome, usage, final }: Ended, price: KnownPrice | Unknown): Receipt {
  const word = OUTCOMES[outcome.kind];
  if (outcome.kind === 'failed' && wasTurnedAway(outcome.error)) return notBilled(word);
  if (usage && !final) return receiptOf(word, { kind: 'unknown', reason: 'the answer broke off before its usage was reported' }, price);
  return receiptOf(word, readUsage(usage), price);
}

/**
 * Whether nobody has worked on it: it never arrived, or was refused by a 4xx, or by the two
 * that say that a server takes no work for now (503, RFC 9110 §15.6.4; 529, Anthropic's own).
 */
function wasTurnedAway({ status, unsent }: ProviderError): boolean {
  return unsent || (status !== undefined && (status < 500 || status === 503 || status === 529));
}

const OUTCOMES: Readonly<Record<Ended['outcome']['kind'], Outcome>> = {
  complete: 'ok',
  length: 'ok',
  declined: 'ok',
  cut: 'cut',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** Below these, how an answer is cut into pieces decides more than how fast it is. */
const LEAST_TOKENS = 20;
const LEAST_MS = 200;

function measure({ usage }: Receipt, sent: number, first: number, end: number): Measured {
  const tokens = usage ? outputOf(usage) : 0;
  const took = end - first;
  const speed = tokens >= LEAST_TOKENS && took >= LEAST_MS ? { speed: Math.round((tokens / took) * 10_000) / 10 } : {};
  return { at: end, firstToken: first - sent, ...speed };
}
