/** Symbolic links inside a root: what they lead to is listed where it lies, so none is followed. */
import { lstatSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { folderOf } from '../base/paths.js';
import { codeOf, type Problems } from './problems.js';

/**
 * Which folders of a root are folders, all the way down from the root. A tracked file
 * may lie behind a link that was put in the place of its folder, and whoever opens its
 * path would read what lies outside. Each folder is looked at once.
 */
export class RealFolders {
  readonly #known = new Map<string, boolean>([['', true]]);

  /** @param homes the real paths of all roots: a link that stays among them leads to a file that is listed anyway. */
  constructor(
    private readonly root: string,
    private readonly homes: readonly string[],
    private readonly problems: Pick<Problems, 'report'>,
  ) {}

  has(folder: string): boolean {
    let known = this.#known.get(folder);
    if (known === undefined) {
      known = folder !== '..' && !folder.startsWith('../') && !folder.startsWith('/') && this.has(folderOf(folder)) && this.#look(folder);
      this.#known.set(folder, known);
    }
    return known;
  }

  #look(folder: string): boolean {
    try {
      const stat = lstatSync(join(this.root, folder), { throwIfNoEntry: false });
      if (stat?.isSymbolicLink()) this.reportLink(folder);
      return stat?.isDirectory() === true;
    } catch (error) {
      this.problems.report(folder, 'unreadable', codeOf(error));
      return false;
    }
  }

  /** Says where a link leads when that is not to a place in the workspace. */
  reportLink(path: string): void {
    try {
      const target = realpathSync(join(this.root, path));
      if (!this.homes.some((home) => target === home || target.startsWith(home.endsWith(sep) ? home : home + sep)))
        this.problems.report(path, 'outside-root', 'a symbolic link that leads out of the workspace');
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ELOOP') this.problems.report(path, 'symlink-loop', 'a symbolic link that leads to itself');
      else if (code === 'ENOENT') this.problems.report(path, 'dangling-link', 'a symbolic link that leads nowhere');
      else this.problems.report(path, 'unreadable', code);
    }
  }
}
