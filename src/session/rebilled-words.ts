/** Why a provider's cache does not serve what it could, and what that costs, in words. */
import { formatCount } from '../base/count.js';
import { formatUsd } from '../money/micro-usd.js';
import type { Rebilled } from './forecast.js';

/** "18,204 tokens are billed again, for $0.0874: the model is another than before (anthropic/claude-opus-5-5)." */
export function describeRebilled({ cause, tokens, extra }: Rebilled): string {
  const why = {
    model: () => `the model is another than before (${cause.kind === 'model' ? cause.was : ''})`,
    expired: () => `the provider's cache has run out (last used ${cause.kind === 'expired' ? formatMinutes(cause.since) : ''} ago)`,
    anew: () =>
      cause.kind === 'anew' && cause.why === 'cheaper'
        ? 'the session begins anew, which costs less over the turns to come'
        : 'the session begins anew, because nothing more fits',
    form: () =>
      cause.kind === 'form' && cause.bySchema
        ? 'the answer is held to a schema, and those before were not'
        : 'the answers before were held to a schema, and this one is not',
    changed: () => 'what was sent before is no longer the same',
  }[cause.kind]();
  return `${formatCount(tokens)} tokens are billed again, for ${formatUsd(extra)}: ${why}.`;
}

function formatMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
