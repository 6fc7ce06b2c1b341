/** An override beside its base, and what is asked of the two. */
import type { OwnCode } from '../own-code.js';
import type { Place } from '../place.js';
import type { Signature } from './signature.js';

export interface Compared {
  readonly code: OwnCode;
  readonly method: Place;
  readonly base: Place;
  readonly own: Signature;
  readonly promised: Signature;
}

/** What an override takes or gives against its base's promise, behind its name in a sentence; undefined where it keeps it. */
export type Rule = (compared: Compared) => string | undefined;
