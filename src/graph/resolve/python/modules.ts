/**
 * From a dotted name to a file, by Python's import rules (The Python Language
 * Reference, "The import system"). The path that imports are looked up on is not
 * written down anywhere, so it is inferred: the workspace, every folder that holds a
 * top-level package, and the folder of the importing file as a script has it.
 */
import { folderOf, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface PythonModule {
  /** The module's file; undefined for a namespace package, which is only a folder. */
  readonly file: WorkspacePath | undefined;
  /** Folder for the names inside a package; "a/b" for a/b/__init__.py, a/b.py and the namespace package a/b alike. */
  readonly inside: string;
}

export class PythonModules {
  readonly #roots: readonly string[];
  readonly #folders = new Set<string>();
  readonly #packages = new Set<string>();

  constructor(private readonly input: ResolveInput) {
    for (const { path, language } of input.entries) {
      if (language !== 'python') continue;
      const folder = folderOf(path);
      if (/^__init__\.pyi?$/.test(nameOf(path))) this.#packages.add(folder);
      for (let at = folder; at !== '' && !this.#folders.has(at); at = folderOf(at)) this.#folders.add(at);
    }
    const tops = [...this.#packages].map(folderOf).filter((f) => !this.#packages.has(f));
    this.#roots = [...new Set(['', ...tops.sort()])];
  }

  /** The module that an absolute name means in `from`; of several roots that have it, the one nearest to the importing file. */
  absolute(name: string, from: WorkspacePath): PythonModule | undefined {
    const parts = name.split('.');
    const here = folderOf(from);
    // A file of a package is not run as a script, so its folder is not on the path.
    const roots = this.#packages.has(here) ? this.#roots : [...this.#roots, here];
    let best: { module: PythonModule; shared: number } | undefined;
    for (const root of roots) {
      const module = this.#at(root, parts);
      if (!module) continue;
      const shared = sharedFolders(module.file ?? `${module.inside}/`, from);
      // A folder alone is a module only where no root has a file of that name.
      if (
        !best ||
        (module.file !== undefined && best.module.file === undefined) ||
        ((module.file === undefined) === (best.module.file === undefined) && shared > best.shared)
      ) {
        best = { module, shared };
      }
    }
    return best?.module;
  }

  /** The module of `from ..a import`, `dots` at least 1. */
  relative(dots: number, name: string, from: WorkspacePath): PythonModule | undefined {
    let folder = folderOf(from);
    for (let i = 1; i < dots; i++) {
      if (folder === '') return undefined;
      folder = folderOf(folder);
    }
    return this.#at(folder, name === '' ? [] : name.split('.'));
  }

  /** A module by its name inside a package. */
  submodule(parent: PythonModule, name: string): WorkspacePath | undefined {
    return this.#file(parent.inside === '' ? name : `${parent.inside}/${name}`);
  }

  /** Whether the first part of a name is a folder or module of the workspace: then a name that is not found is a fault, not a library. */
  isOwn(name: string, from: WorkspacePath): boolean {
    return this.absolute(name.split('.')[0] ?? name, from) !== undefined;
  }

  #at(root: string, parts: readonly string[]): PythonModule | undefined {
    const inside = [root, ...parts].filter((p) => p !== '').join('/');
    const file = this.#file(inside);
    return file !== undefined || this.#folders.has(inside) || inside === '' ? { file, inside } : undefined;
  }

  #file(path: string): WorkspacePath | undefined {
    return [`${path}.py`, `${path}/__init__.py`, `${path}.pyi`, `${path}/__init__.pyi`].find((p) => this.input.has(p));
  }
}

function sharedFolders(a: string, b: string): number {
  const as = a.split('/');
  const bs = b.split('/');
  let n = 0;
  while (n < as.length - 1 && n < bs.length - 1 && as[n] === bs[n]) n++;
  return n;
}
