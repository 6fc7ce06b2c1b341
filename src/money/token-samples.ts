/** What the ledger knows of a model's tokens: how many were sent by our count, and how many the provider read. */
import type { TokenSample } from '../models/calibrate.js';
import type { Entry } from './ledger/account.js';
import { inputOf } from './spending.js';

/** A provider may change a model's tokens under its name; older requests than the last this many do not count. */
const NEWEST = 500;

/** For {@link file://../models/calibrate.ts}; `entries` in the order of their time. */
export function tokenSamples(entries: readonly Entry[], provider: string, model: string): TokenSample[] {
  const samples = entries.flatMap((entry): TokenSample[] => {
    if (entry.kind !== 'settled' || entry.provider !== provider || entry.model !== model || !entry.usage) return [];
    return [{ o200k: entry.o200k, reported: inputOf(entry.usage), session: entry.session }];
  });
  return samples.slice(-NEWEST);
}
