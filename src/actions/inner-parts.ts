/** How the definitions of one file hang together: which go together by who uses whom, and who outside uses which. */
import { counted } from '../base/count.js';
import { findCommunities, type Tie } from '../graph/communities.js';
import { dependentsOf } from '../graph/neighbours.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord, SymbolKind } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Scene } from './action.js';

/** One definition of the file. */
export interface Part {
  /** Index in the record's `symbols`. */
  readonly symbol: number;
  readonly name: string;
  readonly kind: SymbolKind;
  /** 0-based. */
  readonly start: number;
  readonly end: number;
  /** Names of parts of the same file that it uses. */
  readonly uses: readonly string[];
  /** Other files that use it, sorted. */
  readonly users: readonly WorkspacePath[];
}

export interface InnerParts {
  /** Name of the class whose members the parts are; undefined where they are the definitions at the top of the file. */
  readonly of: string | undefined;
  /** Groups that use each other more than the rest; those of one part last. */
  readonly groups: readonly (readonly Part[])[];
  /** References between groups, by the parts' names: what a split would have to cross. */
  readonly between: readonly { readonly from: string; readonly to: string; readonly count: number }[];
}

/** A file that uses two parts ties them, weakly: less than a reference from one to the other. */
const SHARED_USER = 0.5;
/** Definitions of one name (overloads) are told apart by nobody, and stay together. */
const OVERLOAD = 5;
/** Beyond so many parts of a file, one user says nothing of any pair. */
const MANY = 12;

/** @param container symbol whose members are meant; by default the definitions at the top, of a file with one class alone its members. */
export function innerParts(snapshot: Snapshot, path: WorkspacePath, container?: number): InnerParts {
  const record = snapshot.record(path);
  if (!record) return { of: undefined, groups: [], between: [] };
  const within = container === undefined ? containerOf(record) : classAround(record, container);
  const indices = record.symbols.flatMap((s, i) => (s.container === within ? [i] : []));
  const place = new Map(indices.map((symbol, i) => [symbol, i]));
  const byName = new Map<string, number>();
  const ties: Tie[] = [];
  for (const [i, symbol] of indices.entries()) {
    const { name } = record.symbols[symbol]!;
    const first = byName.get(name);
    if (first === undefined) byName.set(name, i);
    else ties.push({ a: first, b: i, weight: OVERLOAD });
  }
  const uses = indices.map(() => new Map<number, number>());
  for (const { name, qualifier, within: at, count } of record.references) {
    const from = place.get(partAround(record, at, within));
    const to = byName.get(isOwn(qualifier, record, within) ? name : (qualifier.split(/[.:]/, 1)[0] ?? ''));
    if (from === undefined || to === undefined || from === to) continue;
    uses[from]!.set(to, (uses[from]!.get(to) ?? 0) + count);
    ties.push({ a: from, b: to, weight: count });
  }
  const users = indices.map(() => new Set<WorkspacePath>());
  for (const user of dependentsOf(snapshot.graph, path)) {
    const used = new Set<number>();
    for (const link of snapshot.graph.links(user).uses) {
      const part = link.target === path && link.symbol >= 0 ? place.get(partAround(record, link.symbol, within)) : undefined;
      if (part !== undefined) used.add(part);
    }
    for (const part of used) users[part]!.add(user);
    const together = [...used];
    if (together.length > MANY) continue;
    for (const [n, a] of together.entries()) for (const b of together.slice(n + 1)) ties.push({ a, b, weight: SHARED_USER });
  }
  const parts = indices.map((symbol, i): Part => {
    const { name, kind, docStart, end } = record.symbols[symbol]!;
    return {
      symbol,
      name,
      kind,
      start: docStart,
      end,
      uses: [...uses[i]!.keys()].map((to) => record.symbols[indices[to]!]!.name).sort(),
      users: [...users[i]!].sort(),
    };
  });
  const found = findCommunities(parts.length, ties);
  const groupOf = new Map(found.flatMap((group, g) => group.map((i) => [i, g] as const)));
  const between = uses.flatMap((to, from) =>
    [...to]
      .filter(([t]) => groupOf.get(t) !== groupOf.get(from))
      .map(([t, count]) => ({ from: parts[from]!.name, to: parts[t]!.name, count })),
  );
  const groups = found.map((group) => group.map((i) => parts[i]!));
  return {
    of: within < 0 ? undefined : record.symbols[within]!.name,
    groups: [...groups.filter((g) => g.length > 1), ...groups.filter((g) => g.length === 1)],
    between: between.sort((a, b) => b.count - a.count),
  };
}

const HOLDERS: ReadonlySet<SymbolKind> = new Set([
  'class',
  'struct',
  'object',
  'trait',
  'interface',
  'impl',
  'module',
  'namespace',
  'enum',
  'record',
]);

/** The top of the file, or the one holder in which everything of it stands. */
function containerOf({ symbols }: FileRecord): number {
  let at = -1;
  for (;;) {
    const inside = symbols.flatMap((s, i) => (s.container === at ? [i] : []));
    const only = inside.length === 1 ? inside[0]! : undefined;
    if (only === undefined || !HOLDERS.has(symbols[only]!.kind)) return at;
    at = only;
  }
}

/** The innermost holder of members at or around a symbol. */
function classAround({ symbols }: FileRecord, symbol: number): number {
  let at = symbol;
  while (at >= 0 && !(HOLDERS.has(symbols[at]!.kind) && symbols.some((s) => s.container === at))) at = symbols[at]!.container;
  return at;
}

/** The class of a file that has the most lines; undefined where there is none. */
export function largestClass({ symbols }: FileRecord): number | undefined {
  const linesOf = (i: number): number => symbols[i]!.end - symbols[i]!.start;
  const classes = symbols.flatMap((s, i) => (HOLDERS.has(s.kind) && s.kind !== 'module' && s.kind !== 'namespace' ? [i] : []));
  return classes.length === 0 ? undefined : classes.reduce((best, i) => (linesOf(i) > linesOf(best) ? i : best));
}

/** The part that a symbol is, or stands in; -1 for none. */
function partAround({ symbols }: FileRecord, symbol: number, within: number): number {
  let at = symbol;
  while (at >= 0 && symbols[at]!.container !== within) at = symbols[at]!.container;
  return at;
}

/** Whether a name behind this qualifier is one of the parts: bare, of the object itself, or of the class by name. */
function isOwn(qualifier: string, { symbols }: FileRecord, within: number): boolean {
  return qualifier === '' || qualifier === 'this' || qualifier === 'self' || qualifier === 'cls' || qualifier === symbols[within]?.name;
}

/** Parts of a group and users of a part that are shown. */
const SHOWN = 25;
const USERS = 4;

export function tellParts({ evidence }: Scene, path: WorkspacePath, { of, groups, between }: InnerParts): void {
  const several = groups.filter((g) => g.length > 1);
  const single = groups.filter((g) => g.length === 1).flat();
  evidence.say(`${of === undefined ? `Definitions of ${path}` : `Members of ${of} in ${path}`} that use each other, or are used together:`);
  for (const [i, group] of several.entries()) {
    const lines = group.reduce((n, p) => n + p.end - p.start + 1, 0);
    evidence.say(`Group ${i + 1}: ${counted(group.length, 'definition')}, ${counted(lines, 'line')}`);
    for (const part of group.slice(0, SHOWN)) evidence.say(`  ${describe(part)}`);
    if (group.length > SHOWN) evidence.say(`  and ${group.length - SHOWN} more`);
  }
  if (single.length > 0) evidence.say('On their own:');
  for (const part of single.slice(0, SHOWN)) evidence.say(`  ${describe(part)}`);
  if (single.length > SHOWN) evidence.say(`  and ${single.length - SHOWN} more`);
  if (between.length > 0) evidence.say('References from group to group:');
  for (const { from, to, count } of between.slice(0, SHOWN)) evidence.say(`  ${from} uses ${to} (${counted(count, 'time')})`);
}

function describe({ name, kind, start, end, uses, users }: Part): string {
  const by = users.slice(0, USERS).join(', ') + (users.length > USERS ? ` and ${users.length - USERS} more` : '');
  return `${kind} ${name}, lines ${start + 1}-${end + 1}${uses.length === 0 ? '' : `; uses ${uses.slice(0, SHOWN).join(', ')}`}${by === '' ? '' : `; used by ${by}`}`;
}
