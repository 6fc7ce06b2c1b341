/** Findings: design problems computed from the graph and the records, each with the lines that show it. */
import type { FileRecord } from '../../syntax/record.js';
import type { FileEntry, WorkspacePath } from '../../workspace/entry.js';
import type { History } from '../../workspace/history.js';
import type { Graph } from '../graph.js';

export const FINDING_KINDS = ['layering', 'concrete-dependency', 'cycle', 'refused-override', 'type-switch', 'dead-export'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export type Principle = 'layers' | 'acyclic dependencies' | 'open/closed' | 'Liskov substitution' | 'dependency inversion' | 'no dead code';

/** Most severe first. */
export const SEVERITIES = ['high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One line that shows a finding. */
export interface Evidence {
  readonly path: WorkspacePath;
  /** 0-based. */
  readonly line: number;
  /** What this line does in the finding. */
  readonly words: string;
}

export interface Finding {
  readonly kind: FindingKind;
  readonly principle: Principle;
  readonly severity: Severity;
  /** Files it is about, sorted, at least one. */
  readonly files: readonly WorkspacePath[];
  /** At least one; the first is where it is shown. */
  readonly evidence: readonly Evidence[];
  /** One or two plain sentences: what is the case, and why it costs something. */
  readonly message: string;
  /** Names the same finding in every later state of the workspace; made of paths and names, never of lines. */
  readonly key: string;
}

/** What findings are computed from: a part of the snapshot. */
export interface Examined {
  /** Sorted by path. */
  readonly entries: readonly FileEntry[];
  readonly graph: Graph;
  readonly history: History | undefined;
  record(path: WorkspacePath): FileRecord | undefined;
  text(path: WorkspacePath): string | undefined;
}

/** Folders of what is shown, not shipped: code there is cut to what it explains. */
const EXAMPLES = /(^|\/)([\w.]+-)?(docs?|documentation|examples?|samples?|snippets|demos?|fixtures)\//i;

/** Whether people of this project write the file and ship it: no test, no example, nothing third-party, nothing that a tool wrote. */
function isOwnSource(entry: FileEntry, record: FileRecord | undefined): boolean {
  const byName = !entry.test && !entry.vendored && !entry.generated && !entry.lock && !entry.binary && !EXAMPLES.test(entry.path);
  return byName && record?.text.generated === false && !record.text.minified;
}

/** Paths of the files that people of this project write and ship, in the order of `entries`. */
export function ownSources({ entries, record }: Examined): Set<WorkspacePath> {
  return new Set(entries.filter((e) => isOwnSource(e, record(e.path))).map((e) => e.path));
}
