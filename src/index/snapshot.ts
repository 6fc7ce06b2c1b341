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
  /** o200k tokens of a file's text, 0 without a record; known without decoding it. */
  tokens(path: WorkspacePath): number;
  /** Names the content of a file and with it its record; undefined for a file without one. */
  contentKey(path: WorkspacePath): string | undefined;
  /** Whether its content is what an editor has not saved yet. */
  isUnsaved(path: WorkspacePath): boolean;
  /** Decoded text as the record saw it, line breaks as "\n"; undefined when it is gone or has changed since. */
  text(path: WorkspacePath): string | undefined;
  /** Made when first asked for. */
  readonly graph: Graph;
  /** Undefined where there is no git history. */
  readonly history: History | undefined;
  readonly problems: readonly ScanProblem[];
  /** Where the paths of `entries` begin. */
  readonly roots: Scan['roots'];
  readonly home: SnapshotHome;
}

/** Where snapshots of one workspace come from: the same object for all of them, so that what follows from records can be kept with it. */
export interface SnapshotHome {
  /** Folder for that on disk, for this version of Longview alone; undefined keeps nothing. */
  readonly derived: string | undefined;
}
