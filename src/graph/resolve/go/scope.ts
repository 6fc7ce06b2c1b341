/** What the names of Go files mean: imports of the file, then names of its package. */
import { folderOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { GoModules } from './modules.js';
import type { Definition, GoPackages } from './packages.js';

interface Imports {
  /** Names that imports bring → folder; undefined for packages that are not in the workspace. */
  readonly named: ReadonlyMap<string, string | undefined>;
  /** Folders of dot imports. */
  readonly dots: readonly string[];
}

export class GoScopes {
  readonly #imports = new Map<WorkspacePath, Imports>();

  constructor(
    readonly packages: GoPackages,
    readonly modules: GoModules,
  ) {}

  importsOf(file: WorkspacePath): Imports {
    const old = this.#imports.get(file);
    if (old) return old;
    const named = new Map<string, string | undefined>();
    const dots: string[] = [];
    for (const { specifier, kind, names } of this.packages.table(file)?.record.imports ?? []) {
      if (kind !== 'package') continue;
      const folder = this.modules.folderOfImport(specifier, folderOf(file));
      const name = names[0]?.as ?? (folder === undefined ? undefined : this.packages.packageName(folder)) ?? customaryName(specifier);
      if (name !== '.') named.set(name, folder);
      else if (folder !== undefined) dots.push(folder);
    }
    const fresh = { named, dots };
    this.#imports.set(file, fresh);
    return fresh;
  }

  /** A bare name: of the package, or of a dot import. An import of that name hides the package's. */
  bare(name: string, file: WorkspacePath): Definition | undefined {
    const { named, dots } = this.importsOf(file);
    if (named.has(name)) return undefined;
    const own = this.packages.own(name, file);
    if (own) return own;
    for (const folder of dots) {
      const found = this.packages.exported(name, folder, file);
      if (found) return found;
    }
    return undefined;
  }
}

/** The name that a package is likely to have: the last part of its path, without a version ("gopkg.in/yaml.v3", "rand/v2"). */
function customaryName(path: string): string {
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  const name = /^v\d+$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? '') : last;
  return name.replace(/\.v\d+$/, '');
}
