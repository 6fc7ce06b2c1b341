/** What to do after an attempt has failed before anything of its answer was shown. */
import type { ErrorKind } from '../provider.js';

/** Attempts at one model, and at a request in all. */
export const MOST_TRIES = 3;
export const MOST_ATTEMPTS = 6;

/** Milliseconds that are waited for a server that asks for them: with another model at hand, and without. */
const PATIENCE = 10_000;
const LAST_PATIENCE = 60_000;

/** Milliseconds; the first wait is up to this, and each further one up to twice the one before. */
const BACKOFF = 1_000;
const LONGEST_BACKOFF = 20_000;

export type NextStep =
  /** The same model again, after a wait in ms. */
  | { readonly kind: 'again'; readonly wait: number }
  /** The next model that can take it. */
  | { readonly kind: 'next' }
  | { readonly kind: 'stop' };

export interface FailedAttempt {
  readonly kind: ErrorKind;
  readonly retryAfterMs?: number | undefined;
  /** Attempts at this model so far. */
  readonly tries: number;
  /** Attempts at the request so far. */
  readonly attempts: number;
  /** Another model is left. */
  readonly others: boolean;
}

/**
 * Waits are random between nothing and a bound that doubles ("full jitter": M. Brooker,
 * "Exponential Backoff and Jitter", AWS Architecture Blog, 2015), so that those who were
 * turned away together do not come back together. What a server asks for is waited on top.
 * @param random from 0 to 1.
 */
export function nextStep({ kind, retryAfterMs, tries, attempts, others }: FailedAttempt, random: () => number): NextStep {
  if (attempts >= MOST_ATTEMPTS) return { kind: 'stop' };
  const elsewhere: NextStep = { kind: others ? 'next' : 'stop' };
  const again = (): NextStep => {
    if (tries >= MOST_TRIES || (retryAfterMs ?? 0) > (others ? PATIENCE : LAST_PATIENCE)) return elsewhere;
    const bound = Math.min(BACKOFF * 2 ** (tries - 1), LONGEST_BACKOFF);
    return { kind: 'again', wait: Math.round((retryAfterMs ?? 0) + random() * bound) };
  };
  switch (kind) {
    case 'rate':
      // Once: a second refusal after the wait means that the wait was not the point.
      return others && tries > 1 ? elsewhere : again();
    case 'overloaded':
    case 'network':
      return others ? elsewhere : again();
    case 'key':
    case 'credit':
    case 'unknown-model':
    case 'too-long':
      return elsewhere;
    case 'request':
      return { kind: 'stop' };
  }
}
