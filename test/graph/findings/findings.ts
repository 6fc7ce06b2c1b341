/** Findings of small workspaces in memory, as lines to compare. */
import { atOnce } from '../../../src/base/steps.js';
import { findFindings } from '../../../src/graph/findings/find.js';
import { FINDING_KINDS, type Finding, type FindingKind } from '../../../src/graph/findings/finding.js';
import { NO_RULES, readRules } from '../../../src/graph/findings/rules.js';
import type { Sorted } from '../../../src/graph/findings/suppress.js';
import { snapshotOf } from '../../workspaces.js';

/** All findings of the files; `.longview/rules.json` among them is the rules. */
export async function sortedIn(files: Readonly<Record<string, string>>, ...kinds: FindingKind[]): Promise<Sorted> {
  const read = readRules(files['.longview/rules.json'] ?? '{}');
  const rules = read.kind === 'rules' ? read.rules : NO_RULES;
  return atOnce(findFindings(await snapshotOf(files), rules, kinds.length > 0 ? kinds : FINDING_KINDS));
}

export async function findingsIn(files: Readonly<Record<string, string>>, ...kinds: FindingKind[]): Promise<readonly Finding[]> {
  return (await sortedIn(files, ...kinds)).shown;
}

/** Each finding as "severity kind: path:line words | path:line words", lines from 1. */
export async function shownIn(files: Readonly<Record<string, string>>, ...kinds: FindingKind[]): Promise<string[]> {
  return (await findingsIn(files, ...kinds)).map(
    ({ severity, kind, evidence }) => `${severity} ${kind}: ${evidence.map((e) => `${e.path}:${e.line + 1} ${e.words}`).join(' | ')}`,
  );
}
