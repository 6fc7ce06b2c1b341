/** How a stream ended: the same rules for all providers. */
import { type Ended, ProviderError, type WireUsage } from '../provider.js';
import { type Addressee, providerError } from './errors.js';

/** What a stream has come to so far. */
export interface Progress {
  /** Text has arrived. */
  begun: boolean;
  requestId: string | undefined;
}

export function ended(outcome: Ended['outcome'], usage: WireUsage | undefined, final: boolean, { requestId }: Progress): Ended {
  return { kind: 'ended', outcome, usage, final, requestId };
}

/**
 * Of a stream that ended without the provider's last word: `error` is what was thrown, or
 * undefined where the stream just stopped, which both SDKs let pass as if it were whole.
 */
export function streamEnd(error: unknown, to: Addressee, signal: AbortSignal, progress: Progress, usage: WireUsage | undefined): Ended {
  if (signal.aborted) return ended({ kind: 'cancelled' }, usage, false, progress);
  const told =
    error === undefined
      ? new ProviderError('network', `${to.name}: the answer broke off without an end. Continue it, or try again.`)
      : providerError(error, to);
  // What was counted on the way in is billed even if no text came.
  const arrived = progress.begun || usage !== undefined;
  return ended({ kind: arrived ? 'cut' : 'failed', error: told }, usage, false, progress);
}
