/**
 * From a module name to a file, as the TypeScript compiler finds it with
 * `moduleResolution: bundler` (TypeScript handbook, "Modules - Reference").
 */
import { isBuiltin } from 'node:module';
import { folderOf, joinPath } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { Confidence, ResolveInput } from '../../links.js';
import { mappedTargets, matchStar, type PackageManifest, type Packages } from './packages.js';
import type { TsConfigs } from './tsconfig.js';

export interface ModuleTarget {
  readonly file: WorkspacePath | undefined;
  readonly confidence: Confidence;
  readonly external: boolean;
}

/** Extensions a name without one may have, in the compiler's order, then what bundlers add. */
const EXTENSIONS = ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.json', '.vue', '.svelte'];
/** A JavaScript extension may stand for the TypeScript file it is made from. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts'],
  '.jsx': ['.tsx', '.d.ts'],
  '.mjs': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
};
const OUTSIDE: ModuleTarget = { file: undefined, confidence: 'unresolved', external: true };
const NOWHERE: ModuleTarget = { file: undefined, confidence: 'unresolved', external: false };

export class Modules {
  constructor(
    private readonly input: ResolveInput,
    private readonly packages: Packages,
    private readonly configs: TsConfigs,
  ) {}

  /** Where `specifier` leads from `from`. */
  resolve(specifier: string, from: WorkspacePath): ModuleTarget {
    // Bundlers take "./a.svg?raw" and "a.css#x" for the file before it.
    const name = specifier.startsWith('#') ? specifier : specifier.replace(/[?#].*$/, '');
    if (/^\.{0,2}\//.test(name) || name === '.' || name === '..') {
      return (
        this.#found(this.#file(joinPath(folderOf(from), name.startsWith('/') ? `.${name}` : name))) ??
        this.#built(joinPath(folderOf(from), name)) ??
        NOWHERE
      );
    }
    if (name.startsWith('#')) return this.#internal(name, from);
    const mapped = this.#mapped(name, from);
    if (mapped !== undefined) return mapped;
    return this.#packaged(name);
  }

  #found(file: WorkspacePath | undefined): ModuleTarget | undefined {
    return file === undefined ? undefined : { file, confidence: 'resolved', external: false };
  }

  /** The source of a build output that is not in the tree: dist/a.js from src/a.ts. A guess, so `named`. */
  #built(path: string | undefined): ModuleTarget | undefined {
    const match =
      path === undefined
        ? null
        : /^(.*?)(?:^|\/)(?:dist|lib|build|out)\/(?:(?:esm|cjs|es|types)\/)?(.+?)(?:\.d)?(?:\.[cm]?[jt]sx?)?$/.exec(path);
    if (!match) return undefined;
    const [, home = '', rest = ''] = match;
    for (const source of [`src/${rest}`, rest]) {
      const file = this.#file(joinPath(home, source));
      if (file !== undefined) return { file, confidence: 'named', external: false };
    }
    return undefined;
  }

  /** tsconfig `paths`, then `baseUrl`. */
  #mapped(name: string, from: WorkspacePath): ModuleTarget | undefined {
    const { paths, baseUrl } = this.configs.optionsFor(from);
    let best: { length: number; files: readonly string[] } | undefined;
    for (const { pattern, substitutions } of paths) {
      if (pattern === name) {
        best = { length: Number.POSITIVE_INFINITY, files: substitutions };
        break;
      }
      const star = matchStar(pattern, name);
      const length = pattern.indexOf('*');
      if (star !== undefined && length > (best?.length ?? -1)) best = { length, files: substitutions.map((s) => s.replace('*', star)) };
    }
    for (const path of best?.files ?? []) {
      const found = this.#found(this.#file(path)) ?? this.#built(path);
      if (found) return found;
    }
    return baseUrl === undefined ? undefined : this.#found(this.#file(joinPath(baseUrl, name)));
  }

  #internal(name: string, from: WorkspacePath): ModuleTarget {
    const home = this.packages.around(folderOf(from));
    const target = home ? this.#firstTarget(home, mappedTargets(home.imports, name)) : undefined;
    return target ?? this.#mapped(name, from) ?? NOWHERE;
  }

  #packaged(name: string): ModuleTarget {
    if (isBuiltin(name)) return OUTSIDE;
    const parts = name.split('/');
    const scope = name.startsWith('@') ? 2 : 1;
    const home = this.packages.named(parts.slice(0, scope).join('/'));
    if (!home) return OUTSIDE;
    const sub = parts.slice(scope).join('/');
    const mapped = home.exports === undefined ? [] : mappedTargets(home.exports, sub === '' ? '.' : `./${sub}`);
    return (
      this.#firstTarget(home, mapped) ??
      (sub === ''
        ? (this.#firstTarget(home, home.entries) ?? this.#entryGuess(home))
        : (this.#found(this.#file(joinPath(home.folder, sub))) ??
          this.#built(joinPath(home.folder, sub)) ??
          this.#guess(home, `src/${sub}`))) ??
      NOWHERE
    );
  }

  #firstTarget(home: PackageManifest, targets: readonly string[]): ModuleTarget | undefined {
    const paths = targets.flatMap((t) => (/^[.#/]|^[^/]/.test(t) ? (joinPath(home.folder, t) ?? []) : []));
    for (const path of paths) {
      const found = this.#found(this.#file(path));
      if (found) return found;
    }
    for (const path of paths) {
      const built = this.#built(path);
      if (built) return built;
    }
    return undefined;
  }

  #entryGuess(home: PackageManifest): ModuleTarget | undefined {
    const index = this.#found(this.#withExtension(joinPath(home.folder, 'index') ?? ''));
    return index ?? this.#guess(home, 'src/index') ?? this.#guess(home, 'src/main');
  }

  #guess(home: PackageManifest, path: string): ModuleTarget | undefined {
    const file = this.#file(joinPath(home.folder, path));
    return file === undefined ? undefined : { file, confidence: 'named', external: false };
  }

  /** The file that a path without certain extension stands for. */
  #file(path: string | undefined): WorkspacePath | undefined {
    if (path === undefined) return undefined;
    const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
    if (extension !== undefined) {
      const stem = path.slice(0, -extension.length);
      const source = (SOURCES[extension] ?? []).map((e) => stem + e).find((p) => this.input.has(p));
      if (source !== undefined) return source;
    }
    if (path !== '' && this.input.has(path)) return path;
    return this.#withExtension(path) ?? this.#folder(path);
  }

  #withExtension(path: string): WorkspacePath | undefined {
    return path === '' ? undefined : EXTENSIONS.map((e) => path + e).find((p) => this.input.has(p));
  }

  #folder(path: string): WorkspacePath | undefined {
    for (const entry of this.packages.inFolder(path)?.entries ?? []) {
      const target = joinPath(path, entry);
      // An entry that names its own folder would lead here again.
      const file =
        target === undefined || target === path
          ? undefined
          : this.input.has(target)
            ? target
            : this.#withExtension(target.replace(/\.[cm]?jsx?$/, ''));
      if (file !== undefined) return file;
    }
    return this.#withExtension(path === '' ? 'index' : `${path}/index`);
  }
}
