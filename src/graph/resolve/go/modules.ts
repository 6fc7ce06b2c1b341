/** Go modules: which folder of the workspace an import path means, seen from a file (Go Modules Reference, "go.mod files", "Workspaces", "Vendoring"). */
import { folderOf, joinPath, nameOf } from '../../../base/paths.js';
import type { ResolveInput } from '../../links.js';

interface Module {
  readonly path: string;
  readonly folder: string;
  /** Module paths that `replace` leads to a folder of the workspace. */
  readonly replaced: readonly Place[];
}

/** Where the packages of a module path are. */
interface Place {
  readonly path: string;
  readonly folder: string;
}

export class GoModules {
  readonly #modules = new Map<string, Module>();
  /** Folders with a vendor/modules.txt: what they import lies in vendor/. */
  readonly #vendoring = new Set<string>();
  /** What a module's files can name, longest path first, by the module's folder. */
  readonly #visible = new Map<string, readonly Place[]>();

  /** @param holds whether a folder has Go files. */
  constructor(
    input: ResolveInput,
    private readonly holds: (folder: string) => boolean,
  ) {
    const workspaces: string[] = [];
    for (const { path } of input.entries) {
      const name = nameOf(path);
      if (name === 'go.mod') this.#read(folderOf(path), input.manifest(path) ?? '');
      else if (name === 'go.work') workspaces.push(path);
      else if (name === 'modules.txt' && nameOf(folderOf(path)) === 'vendor') this.#vendoring.add(folderOf(folderOf(path)));
    }
    for (const module of this.#modules.values()) this.#visible.set(module.folder, [module, ...module.replaced]);
    for (const path of workspaces) this.#join(folderOf(path), input.manifest(path) ?? '');
    for (const [folder, places] of this.#visible)
      this.#visible.set(
        folder,
        [...places].sort((a, b) => b.path.length - a.path.length),
      );
  }

  #read(folder: string, text: string): void {
    const path = directives(text, 'module')[0]?.[0];
    if (path !== undefined) this.#modules.set(folder, { path, folder, replaced: replacements(folder, text) });
  }

  /** Modules that a go.work names together see each other. */
  #join(folder: string, text: string): void {
    const modules = directives(text, 'use').flatMap(([at = '']) => this.#modules.get(inside(folder, at) ?? '\0') ?? []);
    const replaced = replacements(folder, text);
    for (const { folder: of } of modules) this.#visible.set(of, [...replaced, ...modules, ...(this.#visible.get(of) ?? [])]);
  }

  /** Folder of an import path; undefined for the standard library and for what is not in the workspace. */
  folderOfImport(path: string, from: string): string | undefined {
    const home = this.#moduleOf(from);
    if (!home) return undefined;
    const vendored = this.#vendored(path, home.folder);
    if (vendored !== undefined) return vendored;
    for (const { path: prefix, folder } of this.#visible.get(home.folder) ?? []) {
      if (path !== prefix && !path.startsWith(`${prefix}/`)) continue;
      const target = joinPath(folder, `.${path.slice(prefix.length)}`);
      // A folder with a go.mod of its own belongs to another module.
      if (target !== undefined && this.#moduleOf(target)?.folder === folder && this.holds(target)) return target;
    }
    return undefined;
  }

  #vendored(path: string, from: string): string | undefined {
    for (let at = from; ; at = folderOf(at)) {
      const target = this.#vendoring.has(at) ? joinPath(at, `vendor/${path}`) : undefined;
      if (target !== undefined && this.holds(target)) return target;
      if (at === '') return undefined;
    }
  }

  #moduleOf(folder: string): Module | undefined {
    for (let at = folder; ; at = folderOf(at)) {
      const module = this.#modules.get(at);
      if (module || at === '') return module;
    }
  }
}

/** replace example.com/a v1.2.3 => ../a */
function replacements(folder: string, text: string): Place[] {
  return directives(text, 'replace').flatMap((words) => {
    const arrow = words.indexOf('=>');
    const to = words[arrow + 1] ?? '';
    const target = arrow > 0 && /^\.{1,2}(\/|$)/.test(to) ? inside(folder, to) : undefined;
    return target === undefined ? [] : [{ path: words[0] ?? '', folder: target }];
  });
}

/** A relative folder as go.mod and go.work write it: "./a/", "..", ".". */
function inside(folder: string, written: string): string | undefined {
  return joinPath(folder, written.replace(/\/+$/, ''));
}

/** Words of each use of a verb, on a line of its own or in a block. */
function directives(text: string, verb: string): string[][] {
  const found: string[][] = [];
  let within = false;
  for (const line of text.split('\n')) {
    const words = line
      .replace(/\/\/.*$/, '')
      .trim()
      .split(/\s+/)
      .map((w) => w.replace(/^["`](.*)["`]$/, '$1'))
      .filter((w) => w !== '');
    if (within && words[0] === ')') within = false;
    else if (within && words.length > 0) found.push(words);
    else if (words[0] === verb && words[1] === '(') within = true;
    else if (words[0] === verb && words.length > 1) found.push(words.slice(1));
  }
  return found;
}
