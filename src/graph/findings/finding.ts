/** Findings: design problems computed from the graph and the records, each with the lines that show it. */
import type { FileRecord } from '../../syntax/record.js';
import type { FileEntry, WorkspacePath } from '../../workspace/entry.js';
import type { History } from '../../workspace/history.js';
import type { Graph } from '../graph.js';

export const FINDING_KINDS = [
  'layering',
  'concrete-dependency',
  'cycle',
  'unstable-dependency',
  'hub',
  'refused-override',
  'incompatible-override',
  'empty-override',
  'fat-interface',
  'god-class',
  'god-file',
  'type-switch',
  'dead-export',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export type Principle =
  | 'layers'
  | 'acyclic dependencies'
  | 'stable dependencies'
  | 'loose coupling'
  | 'single responsibility'
  | 'open/closed'
  | 'Liskov substitution'
  | 'interface segregation'
  | 'dependency inversion'
  | 'no dead code';

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
