/** Which names of each JavaScript or TypeScript module something asks for: imports, through re-exports, and the world outside. */
import type { Steps } from '../../base/steps.js';
import type { FileRecord, ImportRecord } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Examined } from './finding.js';

export const SCRIPTS: ReadonlySet<string | undefined> = new Set(['javascript', 'typescript', 'tsx']);

/** Names that are asked for; "*" where it cannot be told which. */
export type ModuleDemand = ReadonlyMap<WorkspacePath, ReadonlySet<string>>;

/** @param entries modules that the world outside asks for as a whole. */
export function* moduleDemand({ entries: files, graph, record }: Examined, entries: ReadonlySet<WorkspacePath>): Steps<ModuleDemand> {
  const asked = new Map<WorkspacePath, Set<string>>();
  const reexports = new Map<WorkspacePath, { readonly target: WorkspacePath; readonly statement: ImportRecord }[]>();
  const imported = new Set<WorkspacePath>();
  const open: [WorkspacePath, string][] = [];
  const ask = (path: WorkspacePath, name: string): void => {
    const names = asked.get(path) ?? new Set<string>();
    asked.set(path, names);
    if (names.has(name)) return;
    names.add(name);
    open.push([path, name]);
  };
  for (const { path, language } of files) {
    yield;
    const file = record(path);
    if (!file) continue;
    for (const link of graph.links(path).imports) {
      const statement = file.imports[link.import];
      if (!statement) continue;
      for (const target of link.targets) {
        imported.add(target);
        if (statement.mark === 'reexport') {
          const all = reexports.get(path) ?? [];
          reexports.set(path, all);
          all.push({ target, statement });
        } else for (const name of SCRIPTS.has(language) ? namesTaken(file, statement) : ['*']) ask(target, name);
      }
    }
  }
  for (const { path } of files) if (entries.has(path) || !imported.has(path)) ask(path, '*');
  for (let next = open.pop(), read = 0; next; next = open.pop()) {
    if (read++ % 100 === 0) yield;
    const [path, name] = next;
    for (const { target, statement } of reexports.get(path) ?? []) {
      for (const given of statement.names) {
        if (given.as === '*') {
          if (name !== 'default') ask(target, name);
        } else if (name === '*' || name === given.as) ask(target, given.name);
      }
    }
  }
  return asked;
}

/** What an import takes of its module: its names, or of a whole module the members that stand behind its name; "*" where the module itself goes elsewhere. */
function namesTaken(file: FileRecord, { names, kind }: ImportRecord): string[] {
  if (names.length === 0) return kind === 'import' || kind === 'type' ? [] : ['*'];
  return names.flatMap(({ name, as }) => (name === '*' ? membersOf(file, as) : [name]));
}

function membersOf({ references, exports }: FileRecord, alias: string): string[] {
  if (exports.some((e) => e.name === alias)) return ['*'];
  const bare = references.filter((r) => r.name === alias && r.qualifier === '').reduce((sum, r) => sum + r.count, 0);
  const members = references.filter((r) => r.qualifier === alias || r.qualifier.startsWith(`${alias}.`));
  const behind = members.reduce((sum, r) => sum + r.count, 0);
  // Named oftener than something stands behind it: handed on, or unpacked by other means than a dot.
  return bare > behind ? ['*'] : members.map((r) => (r.qualifier === alias ? r.name : r.qualifier.split('.')[1]!));
}
