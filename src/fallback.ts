/** Who is asked after an attempt came to nothing: the same model again, another one, or nobody. */
import { type Failure, type Place, verdictOf } from './models/health/health.js';
import type { HealthFile } from './models/health/health-file.js';
import { describeVerdict } from './models/health/words.js';
import type { Provider, ProviderError } from './models/provider.js';
import { nextStep } from './models/router/next-step.js';
import type { Refusal } from './money/budgets.js';
import { promptRoom } from './money/quote.js';
import type { Denied, Prepared } from './request.js';

/** A model that a request may be sent to. */
export interface Target {
  readonly prepared: Prepared;
  readonly place: Place | undefined;
  readonly provider: Provider;
}

/** A model that may become one. */
export interface Fallback {
  /** "provider/model". */
  readonly model: string;
  readonly place?: Place | undefined;
  readonly prepare: () => Promise<Prepared | Denied>;
  readonly open: () => Provider;
}

/** What the attempt came to nothing for. */
export type Why = ProviderError | Refusal;

export interface Situation {
  readonly target: Target;
  /** Attempts at it so far, and at the request. */
  readonly tries: number;
  readonly attempts: number;
  /** Who is left, in their order; those that are passed over are taken out. */
  readonly queue: Fallback[];
  readonly health: HealthFile | undefined;
  /** Now, and when the request is over in any case; ms since 1970. */
  readonly now: number;
  readonly until: number;
  readonly random: () => number;
}

/** `skipped` could not be asked: names with reasons. */
export type Decision =
  | { readonly kind: 'stop'; readonly skipped: readonly string[] }
  /** After so many ms. */
  | { readonly kind: 'again'; readonly wait: number }
  | { readonly kind: 'next'; readonly target: Target; readonly skipped: readonly string[] };

export async function decide(why: Why, situation: Situation): Promise<Decision> {
  const next = (): Promise<Decision> => nextTarget(why, situation);
  if (why.kind === 'refused') return await next();
  const { tries, attempts, queue, random, now, until } = situation;
  const step = (others: boolean) => nextStep({ ...failureOf(why), tries, attempts, others }, random);
  const first = step(queue.length > 0);
  if (first.kind === 'again') return now + first.wait < until ? first : { kind: 'stop', skipped: [] };
  if (first.kind === 'stop') return { kind: 'stop', skipped: [] };
  const found = await next();
  // Nobody else, after all.
  const alone = found.kind === 'next' ? found : step(false);
  return alone.kind === 'again' && now + alone.wait < until ? alone : found;
}

/** Prepares and opens no more fallbacks than it takes. */
async function nextTarget(why: Why, { target, queue, health, now }: Situation): Promise<Decision> {
  const skipped: string[] = [];
  for (let fallback = queue.shift(); fallback; fallback = queue.shift()) {
    const { model, place, prepare, open } = fallback;
    const verdict = place && health ? verdictOf(await health.read(), place, now) : undefined;
    const prepared: Prepared | Denied =
      verdict?.kind === 'open' ? { kind: 'denied', reasons: [describeVerdict(verdict, now)!] } : await prepare();
    const reason = prepared.kind === 'denied' ? prepared.reasons.join(' ') : objectionTo(prepared, why, target.prepared);
    if (prepared.kind === 'prepared' && reason === undefined)
      return { kind: 'next', target: { prepared, place, provider: open() }, skipped };
    skipped.push(`${model}: ${reason}`);
  }
  return { kind: 'stop', skipped };
}

/** Why it would fare no better. */
function objectionTo({ asking, quote }: Prepared, why: Why, { asking: before }: Prepared): string | undefined {
  if (why.kind === 'refused') {
    const fits = quote.cost.kind === 'known' && quote.cost.worst <= why.fits;
    return fits ? undefined : 'it does not fit the budget either';
  }
  if (why.kind !== 'too-long') return undefined;
  const [room, tooSmall] = [asking, before].map(({ model, request }) => promptRoom(request.maxOutput, model));
  return room !== undefined && tooSmall !== undefined && room <= tooSmall ? 'its window is no larger' : undefined;
}

/** What of an error is decided by. */
export function failureOf({ kind, status, retryAfterMs }: ProviderError): Failure {
  return { kind, status, retryAfterMs };
}
