/**
 * Large types and files that do several jobs: their parts fall into groups that use nothing of each
 * other, so each could be a type or file of its own (single responsibility; R. C. Martin, 2003).
 */
import { counted } from '../../base/count.js';
import type { Steps } from '../../base/steps.js';
import type { FileRecord, SymbolKind } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { type Churn, churnOf } from './churn.js';
import { type Group, type Uses, usesOfDefinitions, usesOfMembers } from './cohesion.js';
import type { Evidence, Finding } from './finding.js';
import type { OwnCode } from './own-code.js';

/** What is large, and which groups are told. */
interface Scale {
  readonly lines: number;
  readonly parts: number;
  /** A group that is told has so many functions and lines at least. */
  readonly groupFunctions: number;
  readonly groupLines: number;
}
const CLASS: Scale = { lines: 300, parts: 15, groupFunctions: 3, groupLines: 45 };
/** Share of the lines of a type that a group has at least: what is smaller is a detail. */
const CLASS_SHARE = 0.15;
const FILE: Scale = { lines: 500, parts: 12, groupFunctions: 3, groupLines: 60 };

/** Commits from which on a file is one that is always being changed. */
const BUSY = 10;

const TYPES: ReadonlySet<SymbolKind> = new Set(['class', 'object', 'struct', 'record']);
const FUNCTIONS: ReadonlySet<SymbolKind> = new Set(['method', 'function', 'class', 'struct', 'impl', 'object', 'record', 'trait', 'macro']);
const STATE: ReadonlySet<SymbolKind> = new Set(['field', 'property', 'variable']);

export function* findGods(code: OwnCode): Steps<Finding[]> {
  const found: Finding[] = [];
  const churn = yield* churnOf(code.examined.history);
  for (const path of code.paths) {
    yield;
    const record = code.examined.record(path);
    if (record?.parse.kind !== 'parsed' || record.lineCount < CLASS.lines) continue;
    const classes = godClasses(code, path, record, churn.get(path));
    found.push(...classes);
    if (classes.length === 0) found.push(...godFiles(code, path, record, churn.get(path)));
  }
  return found;
}

function godClasses(code: OwnCode, path: WorkspacePath, record: FileRecord, churn: Churn | undefined): Finding[] {
  return record.symbols.flatMap((type, index) => {
    if (!TYPES.has(type.kind) || type.end - type.start < CLASS.lines) return [];
    const members = record.symbols.filter((s) => s.container === index && FUNCTIONS.has(s.kind)).length;
    if (members < CLASS.parts) return [];
    // Methods on state that all share are one job, however little they call each other.
    const hasState = (g: Group): boolean => g.symbols.some((i) => STATE.has(record.symbols[i]!.kind));
    const jobs = jobsOf(usesOfMembers(record, code.lines(path), index), 2, (g, total) => {
      return isTold(record, g, CLASS) && g.lines >= total * CLASS_SHARE && hasState(g);
    });
    return jobs ? [describe(path, record, jobs, churn, 'god-class', type.name, type.nameLine)] : [];
  });
}

function godFiles(code: OwnCode, path: WorkspacePath, record: FileRecord, churn: Churn | undefined): Finding[] {
  const definitions = record.symbols.filter((s) => FUNCTIONS.has(s.kind) && s.container < 0).length;
  if (record.lineCount < FILE.lines || definitions < FILE.parts) return [];
  const jobs = jobsOf(usesOfDefinitions(record, code.lines(path)), 3, (g) => isTold(record, g, FILE));
  return jobs ? [describe(path, record, jobs, churn, 'god-file', path, record.symbols[jobs.groups[0]!.symbols[0]!]!.nameLine)] : [];
}

/** Groups that are worth telling, and what all of them share. */
interface Jobs {
  readonly groups: readonly Group[];
  readonly common: readonly string[];
}

/** Jobs where there are at least `least`. */
function jobsOf({ groups, common }: Uses, least: number, isTold: (group: Group, total: number) => boolean): Jobs | undefined {
  const total = groups.reduce((sum, g) => sum + g.lines, 0);
  const told = groups.filter((g) => isTold(g, total));
  return told.length >= least ? { groups: told, common } : undefined;
}

function isTold({ symbols }: FileRecord, group: Group, scale: Scale): boolean {
  const functions = group.symbols.filter((i) => FUNCTIONS.has(symbols[i]!.kind)).map((i) => symbols[i]!.name);
  return group.lines >= scale.groupLines && new Set(functions).size >= scale.groupFunctions;
}

function describe(
  path: WorkspacePath,
  { symbols, lineCount }: FileRecord,
  { groups, common }: Jobs,
  churn: Churn | undefined,
  kind: 'god-class' | 'god-file',
  name: string,
  line: number,
): Finding {
  const changes =
    churn === undefined ? '' : `; it changed in ${counted(churn.commits, 'commit')}, with ${counted(churn.others, 'other file')}`;
  const but = common.length === 0 ? '' : ` but for ${few(common)}`;
  const what = kind === 'god-class' ? 'members' : 'definitions';
  return {
    kind,
    principle: 'single responsibility',
    severity: (churn?.commits ?? 0) >= BUSY ? 'medium' : 'low',
    files: [path],
    evidence: [
      ...(kind === 'god-class' ? [{ path, line, words: `${name} begins` }] : []),
      ...groups.map((g): Evidence => ({ path, line: symbols[g.symbols[0]!]!.nameLine, words: `a group: ${listed(g, symbols)}` })),
    ],
    message: `${name} has ${groups.length} groups of ${what} that use nothing of each other${but}, of ${groups.map((g) => g.lines).join(', ')} lines${kind === 'god-file' ? ` in ${lineCount}` : ''}${changes}.`,
    key: `${kind}:${path}${kind === 'god-class' ? `#${name}` : ''}`,
  };
}

const listed = ({ symbols: group }: Group, symbols: FileRecord['symbols']): string => few([...new Set(group.map((i) => symbols[i]!.name))]);

/** The first of some names. */
const few = (names: readonly string[]): string =>
  names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
