/** The folders that a workspace is made of, and what their files are called in it. */
import { realpathSync, statSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { codeOf, type Problems } from './problems.js';

export interface Root {
  /** Absolute, as it was given; may itself be a symbolic link. */
  readonly folder: string;
  /** Where it really lies. */
  readonly real: string;
  /** What stands before its files' paths: "" for a single root, else "name/". */
  readonly prefix: string;
  /** Paths of the roots below this one: their files are theirs. */
  readonly inner: readonly string[];
}

/**
 * The roots that can be read, in the order given; one that is given twice counts once.
 * Of several each is called by its last name. Where two share it, the first by absolute
 * path keeps it and the next ones get a number ("app~2"), so that the order in which
 * they are given does not matter.
 */
export function placeRoots(folders: readonly string[], problems: Pick<Problems, 'report'>): Root[] {
  const byPlace = new Map<string, { folder: string; real: string | undefined }>();
  for (const folder of folders) {
    const real = realFolder(folder, problems);
    const place = real ?? folder;
    if (!byPlace.has(place)) byPlace.set(place, { folder, real });
  }
  const given = [...byPlace.values()];
  const prefixes = given.length === 1 ? new Map([[given[0]!.folder, '']]) : nameRoots(given.map((r) => r.folder));
  const readable = given.flatMap(({ folder, real }) => (real === undefined ? [] : [{ folder, real, prefix: prefixes.get(folder)! }]));
  return readable.map((root) => {
    const home = root.real.endsWith(sep) ? root.real : root.real + sep;
    const inner = readable.flatMap(({ real }) =>
      real !== root.real && real.startsWith(home) ? [real.slice(home.length).split(sep).join('/')] : [],
    );
    return { ...root, inner };
  });
}

function realFolder(folder: string, problems: Pick<Problems, 'report'>): string | undefined {
  try {
    const real = realpathSync(folder);
    if (statSync(real).isDirectory()) return real;
    problems.report(folder, 'no-folder', 'this is not a folder');
  } catch (error) {
    const code = codeOf(error);
    problems.report(folder, 'no-folder', code === 'ENOENT' ? 'there is no such folder' : code);
  }
  return undefined;
}

function nameRoots(folders: readonly string[]): Map<string, string> {
  const lastName = (folder: string): string => basename(folder) || 'root';
  const taken = new Set(folders.map(lastName));
  const named = new Set<string>();
  const prefixes = new Map<string, string>();
  for (const folder of [...folders].sort()) {
    let name = lastName(folder);
    if (named.has(name)) {
      let n = 2;
      while (taken.has(`${name}~${n}`)) n++;
      name = `${name}~${n}`;
      taken.add(name);
    }
    named.add(name);
    prefixes.set(folder, `${name}/`);
  }
  return prefixes;
}
