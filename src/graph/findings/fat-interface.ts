/**
 * Interfaces whose clients fall into groups that have no member in common: each depends on
 * members that only the others need (R. C. Martin, "The Interface Segregation Principle", 1996).
 */
import { counted } from '../../base/count.js';
import { mapSteps, type Steps } from '../../base/steps.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { hasBody } from './bodies.js';
import type { Finding } from './finding.js';
import { groupsOf } from './groups.js';
import type { OwnCode } from './own-code.js';
import { keyOf, type Place } from './place.js';

/** An interface of fewer methods is split for other reasons. */
const METHODS = 6;
/** A group of clients has at least so many files, which use at least so many methods together. */
const CLIENTS = 2;
const USED = 2;

/** Method → files that use it, by the keys of methods. */
type Clients = ReadonlyMap<string, Map<WorkspacePath, number>>;

export function* findFatInterfaces(code: OwnCode): Steps<Finding[]> {
  const { hierarchy } = code;
  const isWide = (t: Place): boolean => t.symbol.kind === 'interface' && hierarchy.methods(t).length >= METHODS && !isFluent(code, t);
  const wide = [...hierarchy.types].filter(isWide);
  const clients = yield* clientsOf(code, wide);
  const found = yield* mapSteps(wide, (type) => {
    const used = hierarchy.methods(type).filter((m) => (clients.get(keyOf(m.path, m.index))?.size ?? 0) > 0 && isAsked(code, m));
    const filesOf = (m: Place): WorkspacePath[] => [...clients.get(keyOf(m.path, m.index))!.keys()];
    const groups = groupsOf(used, (a, b) => filesOf(a).some((f) => clients.get(keyOf(b.path, b.index))!.has(f)));
    const told = groups.filter((g) => g.length >= USED && new Set(g.flatMap(filesOf)).size >= CLIENTS);
    return told.length >= 2 ? [describe(type, told, clients)] : [];
  });
  return found.flat();
}

/** Half of its methods or more give or take the type itself, as a builder's do: each client calls what it has something to say about. */
function isFluent({ hierarchy, lines }: OwnCode, type: Place): boolean {
  const methods = hierarchy.methods(type);
  const name = new RegExp(`(?<![\\w$])${type.symbol.name.replaceAll('$', '\\$')}(?![\\w$])`);
  const ofItself = methods.filter(({ path, symbol }) =>
    lines(path)
      .slice(symbol.nameLine, symbol.signatureEnd + 1)
      .some((line) => name.test(line)),
  );
  return ofItself.length * 2 >= methods.length;
}

/** Whether implementers must write it: what has a body (a factory, a default) costs nobody anything. */
const isAsked = ({ lines, examined }: OwnCode, { path, symbol }: Place): boolean =>
  !hasBody(lines(path), symbol, examined.record(path)?.language);

/** Who uses the methods of these interfaces, outside of their files and of the files of their subtypes. */
function* clientsOf({ examined, paths, hierarchy }: OwnCode, types: readonly Place[]): Steps<Clients> {
  const methods = new Map<string, Map<WorkspacePath, number>>();
  const files = new Set(types.map((t) => t.path));
  const inside = new Map<WorkspacePath, Set<WorkspacePath>>();
  for (const type of types) {
    for (const m of hierarchy.methods(type)) methods.set(keyOf(m.path, m.index), new Map());
    for (const sub of hierarchy.descendants(type)) inside.set(sub.path, (inside.get(sub.path) ?? new Set()).add(type.path));
  }
  for (const path of paths) {
    yield;
    for (const { reference, target, symbol } of examined.graph.links(path).uses) {
      if (!files.has(target) || inside.get(path)?.has(target)) continue;
      const line = examined.record(path)?.references[reference]?.line ?? 0;
      const known = methods.get(keyOf(target, symbol));
      if (known && !known.has(path)) known.set(path, line);
    }
  }
  for (const type of types) {
    const members = new Map(hierarchy.methods(type).map((m) => [m.symbol.name, methods.get(keyOf(m.path, m.index))!]));
    for (const client of new Set([...members.values()].flatMap((files) => [...files.keys()]))) {
      // Whoever uses one member, and names another, may use that too, through a subtype or a value whose type is not known.
      for (const { name, line } of examined.record(client)?.references ?? []) {
        const files = members.get(name);
        if (files && !files.has(client)) files.set(client, line);
      }
    }
    yield;
  }
  return methods;
}

function describe({ path, symbol }: Place, groups: readonly (readonly Place[])[], clients: Clients): Finding {
  const namesOf = (group: readonly Place[]): string => group.map((m) => m.symbol.name).join(', ');
  const linesOf = (group: readonly Place[]): Map<WorkspacePath, number> => {
    const first = new Map<WorkspacePath, number>();
    for (const [file, line] of group.flatMap((m) => [...clients.get(keyOf(m.path, m.index))!]))
      first.set(file, Math.min(line, first.get(file) ?? line));
    return first;
  };
  return {
    kind: 'fat-interface',
    principle: 'interface segregation',
    severity: 'low',
    files: [path],
    evidence: groups.flatMap((group) => [
      { path, line: group[0]!.symbol.nameLine, words: `${namesOf(group)}: used by ${counted(linesOf(group).size, 'file')}` },
      ...[...linesOf(group)]
        .slice(0, 2)
        .map(([file, line]) => ({ path: file, line, words: `uses ${group.length === 1 ? 'it' : 'these'} alone` })),
    ]),
    message: `The clients of ${symbol.name} fall into ${groups.length} groups that use none of each other's members: each could depend on an interface of its own.`,
    key: `fat-interface:${path}#${symbol.name}`,
  };
}
