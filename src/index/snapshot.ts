/** One consistent state of the workspace, as everything after the index reads it. */
import type { Graph } from '../graph/graph.js';
import type { FileRecord, ParseState } from '../syntax/record.js';
import type { FileEntry, Scan, ScanProblem, WorkspacePath } from '../workspace/entry.js';
import type { History } from '../workspace/history.js';

export interface Snapshot {
  /** Sorted by path. */
  readonly entries: readonly FileEntry[];
  has(path: WorkspacePath): boolean;
  entry(path: WorkspacePath): FileEntry | undefined;
  /** Undefined for binary files and for files that could not be read. */
  record(path: WorkspacePath): FileRecord | undefined;
  /** Why a file has no tree though its language has a grammar; undefined otherwise. Known without its record. */
  unparsed(path: WorkspacePath): ParseState | undefined;
  /** Decoded text as the record saw it, line breaks as "\n"; undefined when it is gone or has changed since. */
  text(path: WorkspacePath): string | undefined;
  /** Made when first asked for. */
  readonly graph: Graph;
  /** Undefined where there is no git history. */
  readonly history: History | undefined;
  readonly problems: readonly ScanProblem[];
  /** Where the paths of `entries` begin. */
  readonly roots: Scan['roots'];
}
