/** Sums of money in which the unknown stays unknown. */
import { formatUsd, type MicroUsd } from './micro-usd.js';

/** Of a set of attempts. In micro-dollars unless it says otherwise. */
export interface Tally {
  /** Costs that are known. */
  readonly known: number;
  /** Worst cases of those whose cost will stay unknown. */
  readonly presumed: number;
  /** Worst cases of those on their way. */
  readonly reserved: number;
  /** What the provider's prompt cache has saved; less than 0 where writing to it cost more than reading from it gave. */
  readonly saved: number;
  /** A number of attempts. */
  readonly attempts: number;
  /** How many of them have an unknown cost. */
  readonly unpriced: number;
  /** How many of these have no worst case either. */
  readonly unbounded: number;
}

export const NOTHING: Tally = { known: 0, presumed: 0, reserved: 0, saved: 0, attempts: 0, unpriced: 0, unbounded: 0 };

export const TALLY_KEYS = [
  'known',
  'presumed',
  'reserved',
  'saved',
  'attempts',
  'unpriced',
  'unbounded',
] as const satisfies readonly (keyof Tally)[];

/** `a` and `sign` times `b`. */
export function addTally(a: Tally, b: Tally, sign: 1 | -1 = 1): Tally {
  return {
    known: a.known + sign * b.known,
    presumed: a.presumed + sign * b.presumed,
    reserved: a.reserved + sign * b.reserved,
    saved: a.saved + sign * b.saved,
    attempts: a.attempts + sign * b.attempts,
    unpriced: a.unpriced + sign * b.unpriced,
    unbounded: a.unbounded + sign * b.unbounded,
  };
}

/** What counts against a budget: the unknown and the unfinished at their worst. */
export function chargeOf({ known, presumed, reserved }: Tally): MicroUsd {
  return (known + presumed + reserved) as MicroUsd;
}

/** "$1.20"; "≥ $1.20, 2 unpriced" when some costs are unknown. */
export function formatTally({ known, unpriced }: Tally): string {
  const usd = formatUsd(known as MicroUsd);
  return unpriced === 0 ? usd : `≥ ${usd}, ${unpriced} unpriced`;
}
