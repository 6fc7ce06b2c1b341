/** How many files and changes a proposal has, and what became of them. */
import { hunksOf } from './hunks.js';
import type { Plan, PlannedFile } from './plan.js';
import type { ProposedChange } from './proposal.js';

export interface ProposalCounts {
  readonly proposed: number;
  readonly accepted: number;
  readonly refused: number;
}

/** Hunks of a file; one that is made, deleted or moved as it is counts as one. */
export function changesIn(file: Pick<PlannedFile, 'before' | 'after'>): number {
  return Math.max(1, hunksOf(file).length);
}

/**
 * Of a plan as a whole. @param accepted files that were written: of one that was written in part, that part.
 * @param proposed what the model wrote, for the changes of the files that were refused.
 */
export function countsOf(
  { files, refused }: Plan,
  proposed: readonly ProposedChange[],
  accepted: readonly PlannedFile[],
): { readonly files: ProposalCounts; readonly changes: ProposalCounts } {
  const refusedPaths = new Set(refused.map(({ path }) => path));
  const ofRefused = [...refusedPaths].reduce((sum, path) => sum + writtenOf(path, proposed), 0);
  const total = (of: readonly PlannedFile[]): number => of.reduce((sum, file) => sum + changesIn(file), 0);
  return {
    files: { proposed: files.length + refusedPaths.size, accepted: accepted.length, refused: refusedPaths.size },
    changes: { proposed: total(files) + ofRefused, accepted: total(accepted), refused: ofRefused },
  };
}

function writtenOf(path: string, proposed: readonly ProposedChange[]): number {
  const changes = proposed.filter((c) => c.path === path).map((c) => (c.kind === 'edit' ? c.replacements.length : 1));
  return Math.max(
    1,
    changes.reduce((a, b) => a + b, 0),
  );
}
