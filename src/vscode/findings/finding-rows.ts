/** The rows of Findings: groups by kind or severity, below them findings, below those the lines that show them. */
import type { FoundFindings } from '../../engine/protocol.js';
import type { WrongRules } from '../../engine/rules-files.js';
import { type Evidence, FINDING_KINDS, type Finding, type FindingKind, SEVERITIES, type Severity } from '../../graph/findings/finding.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { inPages, type Page } from '../trees/pages.js';

export const GROUPINGS = ['severity', 'kind'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the user does not want to see. */
export interface FindingFilter {
  readonly kinds: readonly FindingKind[];
  readonly severities: readonly Severity[];
}

export const SHOW_ALL: FindingFilter = { kinds: [], severities: [] };

export interface GroupRow {
  readonly kind: 'group';
  readonly by: Severity | FindingKind;
  readonly findings: readonly Finding[];
}

export interface FindingRow {
  readonly kind: 'finding';
  readonly finding: Finding;
  /** File of the first line that shows it. */
  readonly path: WorkspacePath;
}

export interface EvidenceRow {
  readonly kind: 'evidence';
  readonly finding: Finding;
  readonly evidence: Evidence;
  /** Among the finding's lines. */
  readonly number: number;
  readonly path: WorkspacePath;
}

export type FindingsRow =
  | { readonly kind: 'wrong-rules'; readonly wrong: WrongRules }
  | GroupRow
  | FindingRow
  | EvidenceRow
  | Page<FindingsRow>;

export class FindingRows {
  /** Those that the filter lets through, most severe first. */
  readonly shown: readonly Finding[];

  constructor(
    private readonly found: FoundFindings | undefined,
    private readonly grouping: Grouping,
    filter: FindingFilter,
  ) {
    this.shown = (found?.findings ?? []).filter((f) => !filter.kinds.includes(f.kind) && !filter.severities.includes(f.severity));
  }

  /** How many the filter holds back. */
  get hidden(): number {
    return (this.found?.findings.length ?? 0) - this.shown.length;
  }

  children(parent: FindingsRow | undefined): readonly FindingsRow[] {
    switch (parent?.kind) {
      case undefined:
        return [...(this.found?.wrongRules ?? []).map((wrong): FindingsRow => ({ kind: 'wrong-rules', wrong })), ...this.#groups()];
      case 'group':
        return inPages(parent.by, parent.findings.length, (start, end) => parent.findings.slice(start, end).map(findingRow));
      case 'finding': {
        const { finding } = parent;
        const rows = (start: number, end: number): EvidenceRow[] =>
          finding.evidence
            .slice(start, end)
            .map((evidence, i) => ({ kind: 'evidence', finding, evidence, number: start + i, path: evidence.path }));
        return inPages(finding.key, finding.evidence.length, rows);
      }
      case 'page':
        return parent.rows();
      default:
        return [];
    }
  }

  #groups(): GroupRow[] {
    const names: readonly (Severity | FindingKind)[] = this.grouping === 'severity' ? SEVERITIES : FINDING_KINDS;
    return names.flatMap((by): GroupRow[] => {
      const findings = this.shown.filter((f) => f[this.grouping] === by);
      return findings.length === 0 ? [] : [{ kind: 'group', by, findings }];
    });
  }
}

const findingRow = (finding: Finding): FindingRow => ({ kind: 'finding', finding, path: finding.evidence[0]!.path });
