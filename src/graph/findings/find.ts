/** All findings of a workspace, most severe first. */
import type { Steps } from '../../base/steps.js';
import { findCycleFindings } from './cycle.js';
import { findDeadExports } from './dead-export.js';
import { findEmptyOverrides } from './empty-override.js';
import { findFatInterfaces } from './fat-interface.js';
import { type Examined, FINDING_KINDS, type Finding, type FindingKind, SEVERITIES } from './finding.js';
import { findGods } from './god-class.js';
import { findHubs } from './hub.js';
import { findIncompatibleOverrides } from './incompatible-override.js';
import { findLayerBreaks } from './layering.js';
import { type OwnCode, readOwnCode } from './own-code.js';
import { findRefusedOverrides } from './refused-override.js';
import type { Rules } from './rules.js';
import { type Sorted, suppress } from './suppress.js';
import { findTypeSwitches } from './type-switch.js';
import { findUnstableDependencies } from './unstable-dependency.js';

/** Each part of the work with the kinds it finds. */
const FINDERS: readonly { readonly kinds: readonly FindingKind[]; find(code: OwnCode, rules: Rules): Steps<Finding[]> }[] = [
  { kinds: ['layering', 'concrete-dependency'], find: findLayerBreaks },
  { kinds: ['cycle'], find: findCycleFindings },
  { kinds: ['unstable-dependency'], find: findUnstableDependencies },
  { kinds: ['hub'], find: findHubs },
  { kinds: ['refused-override'], find: findRefusedOverrides },
  { kinds: ['incompatible-override'], find: findIncompatibleOverrides },
  { kinds: ['empty-override'], find: findEmptyOverrides },
  { kinds: ['fat-interface'], find: findFatInterfaces },
  { kinds: ['god-class', 'god-file'], find: findGods },
  { kinds: ['type-switch'], find: findTypeSwitches },
  { kinds: ['dead-export'], find: findDeadExports },
];

/** Findings of these kinds, by severity, kind and place. Time is linear in the workspace, but for the edges of large cycles. */
export function* findFindings(examined: Examined, rules: Rules, kinds: readonly FindingKind[] = FINDING_KINDS): Steps<Sorted> {
  const found: Finding[] = [];
  const code = yield* readOwnCode(examined);
  for (const finder of FINDERS) {
    if (!finder.kinds.some((k) => kinds.includes(k))) continue;
    found.push(...(yield* finder.find(code, rules)).filter((f) => kinds.includes(f.kind)));
    yield;
  }
  return yield* suppress(found.sort(bySeverity), examined, rules.suppress);
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
