/** What the breaker says, for people. */
import type { Cause, Verdict } from './health.js';

const CAUSES: Readonly<Record<Cause, string>> = {
  key: 'its key was refused',
  credit: 'its account has no credit left',
  rate: 'it had too many requests',
  overloaded: 'it had trouble',
  network: 'it could not be reached',
  'unknown-model': 'the provider knows no such model for this key',
};

/** Undefined for an endpoint of which nothing bad is known. A sentence without its full stop. @param now ms since 1970. */
export function describeVerdict(verdict: Verdict, now: number): string | undefined {
  if (verdict.kind === 'closed') return undefined;
  const cause = CAUSES[verdict.cause];
  if (verdict.kind === 'half-open') return `${cause}; this request finds out whether it still is so`;
  return verdict.until === undefined
    ? `${cause}, and is still the same`
    : `${cause}; it is left alone for another ${duration(verdict.until - now)}`;
}

/** "9 s", "4 min", "2 h", rounded up. @param ms more than 0. */
function duration(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
}
