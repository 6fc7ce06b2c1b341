/** What colours tell apart: languages, or the main folders. */
import { PLAIN } from './filters.js';
import type { GraphModel } from './model.js';

export type ColourBy = 'folder' | 'language';

export interface Group {
  /** Id of a language or path of a folder; of all others, "other". */
  readonly name: string;
  readonly files: number;
  /** Number of its colour, below {@link COLOURS}; that itself for "other". */
  readonly colour: number;
}

/** Groups with a colour of their own; all others share one. */
export const COLOURS = 7;

export interface Groups {
  /** At most {@link COLOURS} and "other", largest first; "other" last. */
  readonly groups: readonly Group[];
  /** Index in `groups` of each file's. */
  readonly groupOf: Uint8Array;
}

export function groupFiles(model: GraphModel, by: ColourBy): Groups {
  const key = by === 'language' ? (n: number) => model.language(n) ?? PLAIN : mainFolders(model);
  const names = Array.from({ length: model.files }, (_, n) => key(n));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const ordered = [...counts].filter(([name]) => name !== PLAIN).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const own = ordered.slice(0, COLOURS).map(([name, files], colour) => ({ name, files, colour }));
  const others = model.files - own.reduce((sum, g) => sum + g.files, 0);
  const index = new Map(own.map(({ name }, i) => [name, i]));
  return {
    groups: others > 0 ? [...own, { name: PLAIN, files: others, colour: COLOURS }] : own,
    groupOf: Uint8Array.from(names, (name) => index.get(name) ?? own.length),
  };
}

/** Share of all files above which a folder says little and those in it say more. */
const TOO_BIG = 0.4;

/** The folders of the first level, the biggest taken apart until none holds most of the workspace. */
function mainFolders(model: GraphModel): (file: number) => string {
  const { parents, folderOf } = model.columns;
  const files = new Uint32Array(model.folders);
  for (const f of folderOf) files[f]!++;
  for (let f = model.folders - 1; f > 0; f--) files[parents[f]!]! += files[f]!;
  const children: number[][] = Array.from({ length: model.folders }, () => []);
  for (let f = 1; f < model.folders; f++) children[parents[f]!]!.push(f);
  const main = new Set(children[0]!);
  for (;;) {
    const biggest = [...main].sort((a, b) => files[b]! - files[a]! || a - b)[0];
    if (biggest === undefined || files[biggest]! < TOO_BIG * model.files || children[biggest]!.length === 0) break;
    main.delete(biggest);
    for (const f of children[biggest]!) main.add(f);
  }
  const nameOf = parents.reduce<string[]>((names, parent, f) => {
    names.push(main.has(f) ? model.path(model.files + f) : f === 0 ? PLAIN : names[parent]!);
    return names;
  }, []);
  return (n) => nameOf[folderOf[n]!]!;
}
