/** Why a file stands where it stands for a task. */
import type { Steps } from '../base/steps.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Focus, ScoreTerm } from './pack.js';
import { rankFiles } from './relevance.js';

export interface FilePlace {
  readonly path: WorkspacePath;
  /** 1 is the best. */
  readonly rank: number;
  /** Files ranked. */
  readonly of: number;
  /** Score of its best block: what decides whether it gets into a pack. */
  readonly score: number;
  readonly terms: readonly ScoreTerm[];
  /** At most five, best first; lines from 1. */
  readonly blocks: readonly { readonly start: number; readonly end: number; readonly symbol: string; readonly score: number }[];
}

/** Undefined for a file that is never packed. */
export function* explainFile(
  snapshot: Snapshot,
  path: WorkspacePath,
  task: string,
  focus: Focus | undefined,
): Steps<FilePlace | undefined> {
  const ranked = yield* rankFiles(snapshot, task, focus);
  const file = ranked.find((f) => f.path === path);
  if (!file) return undefined;
  const { score } = file;
  const blocks = [...file.blocks]
    .map((b, i) => ({ start: b.start + 1, end: b.end + 1, symbol: file.record.symbols[b.symbol]?.name ?? '', score: file.blockScores[i]! }))
    .sort((a, b) => b.score - a.score || a.start - b.start)
    .slice(0, 5);
  return { path, rank: 1 + ranked.filter((f) => f.score > score).length, of: ranked.length, score, terms: file.terms, blocks };
}
