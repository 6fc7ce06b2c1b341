/** What `longview action` is asked about: a file, lines or a symbol of it, a cycle, a finding, or what git says has changed. */
import type { ListedAction, Target, TargetKind } from '../actions/action.js';
import { changeFor } from '../actions/change-for.js';
import { atOnce } from '../base/steps.js';
import { findFindings } from '../graph/findings/find.js';
import { FINDING_KINDS } from '../graph/findings/finding.js';
import type { Snapshot } from '../index/snapshot.js';
import { readChange } from '../workspace/change.js';
import { type CommandContext, CommandError, EXIT } from './command.js';
import { rulesOf } from './findings.js';
import { findFile } from './workspace.js';

/** Reads FILE, FILE:FIRST-LAST, FILE#SYMBOL, FILE,FILE… (a loop) or the key of a finding; nothing is the workspace. Throws a CommandError. */
export async function readTarget(
  named: string | undefined,
  action: ListedAction,
  snapshot: Snapshot,
  context: CommandContext,
): Promise<Target> {
  if (action.takes.includes('change') && named === undefined) return await currentChange(action.id, snapshot, context);
  if (named === undefined) {
    if (action.takes.includes('workspace')) return { kind: 'workspace' };
    throw new CommandError(`${action.title} needs a target: ${formsOf(action.takes).join(', ')}.`, EXIT.usage);
  }
  if (FINDING_KINDS.some((kind) => named.startsWith(`${kind}:`))) return findingOf(named, snapshot);
  const files = named.split(',');
  if (files.length > 1) return { kind: 'cycle', files: files.map((f) => findFile(snapshot, f.trim(), context)) };
  if (snapshot.has(named)) return { kind: 'file', path: named };
  const [, file, first, last = first] = /^(.+):(\d+)(?:-(\d+))?$/.exec(named) ?? [];
  if (file !== undefined) return linesOf(snapshot, findFile(snapshot, file, context), Number(first), Number(last));
  const hash = named.lastIndexOf('#');
  if (hash > 0) return { kind: 'symbol', path: findFile(snapshot, named.slice(0, hash), context), symbol: named.slice(hash + 1) };
  return { kind: 'file', path: findFile(snapshot, named, context) };
}

async function currentChange(action: string, { roots }: Snapshot, { signal }: CommandContext): Promise<Target> {
  const change = await changeFor(action, (scope) => readChange(roots, scope, signal));
  if (change.kind === 'failed') throw new CommandError(change.reason);
  return change;
}

function linesOf(snapshot: Snapshot, path: string, first: number, last: number): Target {
  const count = snapshot.record(path)?.lineCount ?? 0;
  if (first < 1 || last < first || last > count)
    throw new CommandError(`${path} has lines 1 to ${count}, not ${first} to ${last}.`, EXIT.usage);
  return { kind: 'lines', path, lines: { start: first - 1, end: last - 1 } };
}

function findingOf(key: string, snapshot: Snapshot): Target {
  const { shown, suppressed } = atOnce(findFindings(snapshot, rulesOf(snapshot)));
  const finding = [...shown, ...suppressed].find((f) => f.key === key);
  if (!finding) throw new CommandError(`There is no finding "${key}". longview findings --json lists the keys.`);
  return { kind: 'finding', finding };
}

/** How a target of each kind is written. */
const FORMS: Readonly<Record<TargetKind, string>> = {
  workspace: 'nothing',
  file: 'FILE',
  lines: 'FILE:FIRST-LAST',
  symbol: 'FILE#SYMBOL',
  cycle: 'FILE,FILE…',
  finding: 'the key of a finding',
  change: 'nothing',
};

export const formsOf = (takes: readonly TargetKind[]): string[] => [...new Set(takes.map((kind) => FORMS[kind]))];
