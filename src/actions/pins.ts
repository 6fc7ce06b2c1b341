/** Files that an action needs, as far as they fit. */
import type { PackRequest } from '../context/pack.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';

/** Share of the budget that pinned files may have: what is ranked needs room too, and pins that do not fit are an error. */
const SHARE = 0.6;
/** Tokens of a file's signatures are less than this share of its text, in all but headers and data. */
const SIGNATURES = 0.5;

/** Pins for the files, the most important first: whole while they fit, then their signatures, else the ranking decides. */
export function pinsWithin(
  snapshot: Pick<Snapshot, 'tokens' | 'record'>,
  paths: readonly WorkspacePath[],
  budget: number,
): NonNullable<PackRequest['pins']> {
  let room = budget * SHARE;
  return [...new Set(paths)].flatMap((path) => {
    if (!snapshot.record(path)) return [];
    const tokens = snapshot.tokens(path);
    for (const [level, needs] of [
      ['full', tokens],
      ['signatures', tokens * SIGNATURES],
    ] as const) {
      if (needs > room) continue;
      room -= needs;
      return [{ path, level }];
    }
    return [];
  });
}
