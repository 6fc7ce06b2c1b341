/**
 * Modules of a Swift workspace: the targets of its packages (Package.swift), which see
 * all of their own files without an import and the public names of the modules they import.
 */
import { folderOf, joinPath } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

interface Target {
  readonly name: string;
  /** Folder with its sources. */
  readonly folder: string;
}

/** Module of files that no package's target holds. */
const LOOSE = '';

export class SwiftModules {
  /** Longest folder first, so that a target inside another's folder wins. */
  readonly #targets: readonly Target[];
  readonly #names: ReadonlySet<string>;

  constructor(input: ResolveInput) {
    const folders = new Set(input.entries.filter((e) => e.language === 'swift').flatMap((e) => around(e.path)));
    this.#targets = input.entries
      .filter((e) => /(^|\/)Package\.swift$/.test(e.path))
      .flatMap((e) => targetsOf(folderOf(e.path), input.manifest(e.path) ?? '', folders))
      .sort((a, b) => b.folder.length - a.folder.length || (a.name < b.name ? -1 : 1));
    this.#names = new Set(this.#targets.map((t) => t.name));
  }

  /** Name of the module that holds a file, "" where no package says it. */
  of(path: WorkspacePath): string {
    return this.#targets.find((t) => t.folder === '' || path.startsWith(`${t.folder}/`))?.name ?? LOOSE;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }
}

/** Targets that a manifest declares, with their paths or the folders that the package manager looks in by default. */
function targetsOf(root: string, manifest: string, folders: ReadonlySet<string>): Target[] {
  const text = manifest.replace(/\/\/.*$/gm, '');
  const starts = [...text.matchAll(/\.(target|executableTarget|testTarget|macro|plugin)\s*\(/g)];
  return starts.flatMap((start, i) => {
    const body = text.slice(start.index, starts[i + 1]?.index);
    const name = /\bname:\s*"([^"]+)"/.exec(body)?.[1];
    // `.target(name:)` also stands in lists of dependencies, where it has no folder of its own and repeats a target's.
    if (name === undefined) return [];
    const path = /\bpath:\s*"([^"]*)"/.exec(body)?.[1];
    const tries = path === undefined ? DEFAULTS.map((d) => `${d}/${name}`) : [path];
    const folder = tries.map((t) => joinPath(root, t)).find((f) => f !== undefined && (f === '' || folders.has(f)));
    return folder === undefined ? [] : [{ name, folder }];
  });
}

const DEFAULTS = ['Sources', 'Source', 'src', 'srcs', 'Tests', 'Plugins'];

/** Every folder around a path. */
function around(path: WorkspacePath): string[] {
  const up: string[] = [];
  for (let at = folderOf(path); at !== ''; at = folderOf(at)) up.push(at);
  return up;
}
