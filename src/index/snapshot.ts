/** One consistent state of the workspace, as everything after the index reads it. */
import type { Graph } from '../graph/graph.js';
import type { FileRecord } from '../syntax/record.js';
import type { FileEntry, ScanProblem, WorkspacePath } from '../workspace/entry.js';

/** Commits of the past, newest first, for co-change and recency. */
export interface History {
  readonly commits: readonly HistoryCommit[];
}
export interface HistoryCommit {
  /** Seconds since 1970 (author date). */
  readonly time: number;
  /** Files of today's workspace it touched. Commits over 50 files are left out: they say nothing about any pair. */
  readonly files: readonly WorkspacePath[];
}

export interface Snapshot {
  /** Sorted by path. */
  readonly entries: readonly FileEntry[];
  has(path: WorkspacePath): boolean;
  entry(path: WorkspacePath): FileEntry | undefined;
  /** Undefined for binary files and for files that could not be read. */
  record(path: WorkspacePath): FileRecord | undefined;
  /** Decoded text as the record saw it, line breaks as "\n"; undefined when it is gone or has changed since. */
  text(path: WorkspacePath): string | undefined;
  readonly graph: Graph;
  /** Undefined where there is no git history. */
  readonly history: History | undefined;
  readonly problems: readonly ScanProblem[];
}
