/**
 * What a tsconfig.json or jsconfig.json says about module names: `baseUrl` and
 * `paths`, through `extends` and project references.
 */
import { parse } from 'jsonc-parser';
import { folderOf, foldersUp, joinPath } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface PathOptions {
  /** Folder that bare names are tried under; undefined when not set. */
  readonly baseUrl: string | undefined;
  /** Patterns with at most one "*", each with its substitutions as workspace paths, in order. */
  readonly paths: readonly { readonly pattern: string; readonly substitutions: readonly string[] }[];
}

interface Raw {
  readonly extends?: string | readonly string[];
  readonly references?: readonly { readonly path?: string }[];
  readonly compilerOptions?: { readonly baseUrl?: string; readonly paths?: Readonly<Record<string, readonly string[]>> };
}

const NONE: PathOptions = { baseUrl: undefined, paths: [] };

export class TsConfigs {
  readonly #parsed = new Map<WorkspacePath, PathOptions>();
  readonly #nearest = new Map<string, PathOptions>();

  /** @param packageFolder folder of a workspace package by its name, for `extends: "@acme/tsconfig/base.json"`. */
  constructor(
    private readonly input: ResolveInput,
    private readonly packageFolder: (name: string) => string | undefined,
  ) {}

  /** Options for a file: those of the nearest configuration above it. */
  optionsFor(file: WorkspacePath): PathOptions {
    const folder = folderOf(file);
    let found = this.#nearest.get(folder);
    if (!found) {
      found = this.#find(folder);
      this.#nearest.set(folder, found);
    }
    return found;
  }

  #find(folder: string): PathOptions {
    for (const up of foldersUp(folder)) {
      for (const name of ['tsconfig.json', 'jsconfig.json']) {
        const path = joinPath(up, name) ?? name;
        if (this.input.has(path)) return this.#read(path, []);
      }
    }
    return NONE;
  }

  #read(path: WorkspacePath, chain: readonly WorkspacePath[]): PathOptions {
    const known = this.#parsed.get(path);
    if (known) return known;
    if (chain.includes(path)) return NONE;
    const text = this.input.manifest(path);
    const raw = (text === undefined ? undefined : parse(text, [], { allowTrailingComma: true })) as Raw | undefined;
    if (typeof raw !== 'object' || raw === null) return NONE;
    const options = this.#options(raw, path, [...chain, path]);
    this.#parsed.set(path, options);
    return options;
  }

  #options(raw: Raw, path: WorkspacePath, chain: readonly WorkspacePath[]): PathOptions {
    const folder = folderOf(path);
    let { baseUrl, paths } = this.#inherited(raw, folder, chain);
    const own = raw.compilerOptions;
    if (typeof own?.baseUrl === 'string') baseUrl = joinPath(folder, own.baseUrl);
    if (typeof own?.paths === 'object' && own.paths !== null) {
      const base = typeof own.baseUrl === 'string' ? (baseUrl ?? folder) : (baseUrl ?? folder);
      paths = Object.entries(own.paths).map(([pattern, to]) => ({
        pattern,
        substitutions: (Array.isArray(to) ? to : []).flatMap((s) => joinPath(base, String(s)) ?? []),
      }));
    }
    // A solution file ("files": [], only references) leaves the options to the projects it names.
    if (baseUrl === undefined && paths.length === 0) {
      for (const reference of raw.references ?? []) {
        const target = this.#file(folder, String(reference.path ?? ''));
        const options = target === undefined ? NONE : this.#read(target, chain);
        if (options.paths.length > 0 || options.baseUrl !== undefined) return options;
      }
    }
    return { baseUrl, paths };
  }

  #inherited(raw: Raw, folder: string, chain: readonly WorkspacePath[]): { baseUrl: string | undefined; paths: PathOptions['paths'] } {
    const parents = raw.extends === undefined ? [] : [raw.extends].flat();
    let baseUrl: string | undefined;
    let paths: PathOptions['paths'] = [];
    for (const parent of parents) {
      const target = this.#extended(folder, String(parent));
      const options = target === undefined ? NONE : this.#read(target, chain);
      baseUrl = options.baseUrl ?? baseUrl;
      if (options.paths.length > 0) paths = options.paths;
    }
    return { baseUrl, paths };
  }

  #extended(folder: string, name: string): WorkspacePath | undefined {
    if (name.startsWith('.') || name.startsWith('/')) return this.#file(folder, name);
    const parts = name.split('/');
    const scope = name.startsWith('@') ? 2 : 1;
    const home = this.packageFolder(parts.slice(0, scope).join('/'));
    return home === undefined ? undefined : this.#file(home, parts.slice(scope).join('/') || 'tsconfig.json');
  }

  #file(folder: string, name: string): WorkspacePath | undefined {
    const path = joinPath(folder, name);
    if (path === undefined) return undefined;
    return [path, `${path}.json`, joinPath(path, 'tsconfig.json') ?? path].find((p) => this.input.has(p));
  }
}
