/** Where a path of the workspace lies on disk. */
import { realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Scan } from './entry.js';

export interface Place {
  /** Folder of the workspace. */
  readonly root: string;
  /** Path below the root. */
  readonly inside: string;
  readonly absolute: string;
}

/** Of a path that need not exist; undefined where it is in none of the workspace's folders. @param path safe to be joined to a folder. */
export function placeIn(roots: Scan['roots'], path: string): Place | undefined {
  const root = roots.find((r) => path.startsWith(r.prefix));
  if (!root) return undefined;
  const inside = path.slice(root.prefix.length);
  return { root: root.folder, inside, absolute: join(root.folder, inside) };
}

/** Whether the folder that a file lies in, or the nearest one that exists, is really below the root, links followed. */
export function isBelowRoot({ absolute, root }: Pick<Place, 'absolute' | 'root'>): boolean {
  const real = realpathSync(root);
  for (let folder = dirname(absolute); ; folder = dirname(folder)) {
    try {
      const found = realpathSync(folder);
      return found === real || found.startsWith(real.endsWith(sep) ? real : real + sep);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || dirname(folder) === folder) return false;
    }
  }
}
