/** All findings of a workspace, most severe first. */
import type { Steps } from '../../base/steps.js';
import { findCycleFindings } from './cycle.js';
import { findDeadExports } from './dead-export.js';
import { type Examined, FINDING_KINDS, type Finding, type FindingKind, SEVERITIES } from './finding.js';
import { findLayerBreaks } from './layering.js';
import { findRefusedOverrides } from './refused-override.js';
import type { Rules } from './rules.js';
import { type Sorted, suppress } from './suppress.js';
import { findTypeSwitches } from './type-switch.js';

/** Each part of the work with the kinds it finds. */
const FINDERS: readonly { readonly kinds: readonly FindingKind[]; find(examined: Examined, rules: Rules): Finding[] }[] = [
  { kinds: ['layering', 'concrete-dependency'], find: findLayerBreaks },
  { kinds: ['cycle'], find: findCycleFindings },
  { kinds: ['refused-override'], find: findRefusedOverrides },
  { kinds: ['type-switch'], find: findTypeSwitches },
  { kinds: ['dead-export'], find: findDeadExports },
];

/** Findings of these kinds, by severity, kind and place. Time is linear in the workspace, but for the edges of large cycles. */
export function* findFindings(examined: Examined, rules: Rules, kinds: readonly FindingKind[] = FINDING_KINDS): Steps<Sorted> {
  const found: Finding[] = [];
  for (const finder of FINDERS) {
    if (!finder.kinds.some((k) => kinds.includes(k))) continue;
    found.push(...finder.find(examined, rules).filter((f) => kinds.includes(f.kind)));
    yield;
  }
  return suppress(found.sort(bySeverity), examined, rules.suppress);
}

function bySeverity(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind) ||
    b.files.length - a.files.length ||
    compare(a.evidence[0]!.path, b.evidence[0]!.path) ||
    a.evidence[0]!.line - b.evidence[0]!.line ||
    compare(a.key, b.key)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
