/** Files that changed together with others before: the past is a fair guide to what a change will touch. */

import type { WorkspacePath } from '../workspace/entry.js';
import type { History } from '../workspace/history.js';

export interface CoChange {
  /** Between 0 and 1. */
  readonly strength: number;
  readonly with: WorkspacePath;
  /** Commits that touched both. */
  readonly commits: number;
}

/** Once together may be chance. */
const AT_LEAST = 2;

/** For every file that changed with a seed: the strongest tie, shared commits over the geometric mean of both files' commits (cosine), times the seed's weight. */
export function coChanges(history: History | undefined, seeds: ReadonlyMap<WorkspacePath, number>): Map<WorkspacePath, CoChange> {
  const out = new Map<WorkspacePath, CoChange>();
  if (!history) return out;
  const changes = new Map<WorkspacePath, number>();
  const together = new Map<WorkspacePath, Map<WorkspacePath, number>>();
  for (const { files } of history.commits) {
    for (const file of files) changes.set(file, (changes.get(file) ?? 0) + 1);
    for (const seed of files) {
      if (!seeds.has(seed)) continue;
      const of = together.get(seed) ?? new Map<WorkspacePath, number>();
      together.set(seed, of);
      for (const file of files) if (file !== seed) of.set(file, (of.get(file) ?? 0) + 1);
    }
  }
  for (const [seed, others] of together) {
    for (const [file, commits] of others) {
      if (commits < AT_LEAST) continue;
      const strength = ((seeds.get(seed) ?? 0) * commits) / Math.sqrt((changes.get(seed) ?? 1) * (changes.get(file) ?? 1));
      if (strength > (out.get(file)?.strength ?? 0)) out.set(file, { strength, with: seed, commits });
    }
  }
  return out;
}
