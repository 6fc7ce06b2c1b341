/** How often files changed, and with how many others: read off the history that git's log tells. */
import type { Steps } from '../../base/steps.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { History } from '../../workspace/history.js';

export interface Churn {
  /** Commits that touched it, of all that are known. */
  readonly commits: number;
  /** Other files that such a commit touched too. */
  readonly others: number;
}

/** Churn of every file of the history. */
export function* churnOf(history: History | undefined): Steps<ReadonlyMap<WorkspacePath, Churn>> {
  const commits = new Map<WorkspacePath, number>();
  const others = new Map<WorkspacePath, Set<WorkspacePath>>();
  for (const { files } of history?.commits ?? []) {
    yield;
    for (const file of files) {
      commits.set(file, (commits.get(file) ?? 0) + 1);
      const known = others.get(file) ?? new Set();
      others.set(file, known);
      for (const other of files) if (other !== file) known.add(other);
    }
  }
  return new Map([...commits].map(([file, n]) => [file, { commits: n, others: others.get(file)!.size }]));
}
