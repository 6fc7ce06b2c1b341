/** Crates of a workspace from its Cargo.toml files: targets with their root files, and the crates that each can name (The Cargo Book, "Cargo Targets", "Specifying Dependencies", "Workspaces"). */
import { parse } from 'smol-toml';
import { folderOf, foldersUp, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface Crate {
  readonly root: WorkspacePath;
  /** Before 2018, paths of `use` begin at the crate's root. */
  readonly edition2015: boolean;
  /** Names of other crates of the workspace, as paths write them → their root files. */
  readonly externs: ReadonlyMap<string, WorkspacePath>;
  /** Features that a build turns on unless told otherwise. */
  readonly features: ReadonlySet<string>;
  /** Its public functions are macros to others. */
  readonly procMacro: boolean;
}

interface Target {
  readonly name?: string;
  readonly path?: string;
  readonly 'proc-macro'?: boolean;
}
/** A dependency: a version, or a table with one or another place to take it from. */
type Dependency = string | { readonly path?: string; readonly package?: string; readonly workspace?: boolean };
type Dependencies = Readonly<Record<string, Dependency>>;
interface DependencyTables {
  readonly dependencies?: Dependencies;
  readonly 'dev-dependencies'?: Dependencies;
  readonly 'build-dependencies'?: Dependencies;
}
interface Manifest extends DependencyTables {
  readonly package?: {
    readonly name?: string;
    readonly build?: string | boolean;
    readonly edition?: string | { readonly workspace?: boolean };
  };
  readonly workspace?: { readonly dependencies?: Dependencies; readonly package?: { readonly edition?: string } };
  readonly target?: Readonly<Record<string, DependencyTables>>;
  readonly patch?: Readonly<Record<string, Dependencies>>;
  readonly features?: Readonly<Record<string, readonly string[]>>;
  readonly lib?: Target;
  readonly bin?: readonly Target[];
  readonly test?: readonly Target[];
  readonly example?: readonly Target[];
  readonly bench?: readonly Target[];
}

/** Files that are roots by their place alone. */
const AUTOMATIC = /^(src\/bin|tests|examples|benches)\/([^/]+\.rs|[^/]+\/main\.rs)$/;

/** Every crate, libraries first, sorted by root. */
export function findCrates(input: ResolveInput): Crate[] {
  const manifests = new Map<string, Manifest>();
  for (const { path } of input.entries) {
    const manifest = nameOf(path) === 'Cargo.toml' ? readManifest(input.manifest(path)) : undefined;
    if (manifest) manifests.set(folderOf(path), manifest);
  }
  const sources = sourcesByPackage(input, manifests);
  const libraries = new Map<WorkspacePath, Crate>();
  const others = new Map<WorkspacePath, Crate>();
  for (const [folder, manifest] of manifests) {
    if (!manifest.package) continue;
    const names = new CrateNames(folder, manifests, input);
    const edition = names.edition();
    const features = defaultFeatures(manifest);
    const add = (to: Map<WorkspacePath, Crate>, file: string, externs: ReadonlyMap<string, WorkspacePath>, procMacro = false): void => {
      const root = joinPath(folder, file);
      if (root === undefined || !input.has(root) || libraries.has(root) || others.has(root)) return;
      to.set(root, { root, edition2015: edition === '2015', externs, features, procMacro });
    };
    const external = names.of('dependencies', 'dev-dependencies');
    add(libraries, manifest.lib?.path ?? 'src/lib.rs', external, manifest.lib?.['proc-macro'] === true);
    const withOwn = new Map([...external, ...names.own()]);
    const { build } = manifest.package;
    if (build !== false) add(others, typeof build === 'string' ? build : 'build.rs', names.of('build-dependencies'));
    add(others, 'src/main.rs', withOwn);
    for (const kind of ['bin', 'test', 'example', 'bench'] as const)
      for (const { path } of list(manifest[kind])) if (path !== undefined) add(others, path, withOwn);
    for (const file of sources.get(folder) ?? []) if (AUTOMATIC.test(file)) add(others, file, withOwn);
  }
  const byRoot = (crates: Map<WorkspacePath, Crate>): Crate[] => [...crates.values()].sort((a, b) => (a.root < b.root ? -1 : 1));
  return [...byRoot(libraries), ...byRoot(others)];
}

/** What the targets of one package call the crates around them. */
class CrateNames {
  readonly #manifest: Manifest;
  /** Folder and manifest of the workspace that the package belongs to. */
  readonly #workspace: readonly [folder: string, Manifest];

  constructor(
    private readonly folder: string,
    private readonly manifests: ReadonlyMap<string, Manifest>,
    private readonly input: ResolveInput,
  ) {
    this.#manifest = manifests.get(folder)!;
    const up = foldersUp(folder).find((f) => manifests.get(f)?.workspace) ?? folder;
    this.#workspace = [up, manifests.get(up)!];
  }

  edition(): string {
    const written = this.#manifest.package?.edition ?? '2015';
    return typeof written === 'string' ? written : (this.#workspace[1].workspace?.package?.edition ?? '2015');
  }

  /** The package's own library, which its other targets can name. */
  own(): readonly [string, WorkspacePath][] {
    const library = this.#library(this.folder);
    return library ? [[library.name, library.root]] : [];
  }

  /** Crates of the workspace in some tables of dependencies. */
  of(...kinds: readonly (keyof DependencyTables)[]): Map<string, WorkspacePath> {
    const found = new Map<string, WorkspacePath>();
    for (const table of [this.#manifest, ...Object.values(this.#manifest.target ?? {})])
      for (const kind of kinds)
        for (const [key, dependency] of Object.entries(table[kind] ?? {})) {
          const folder = this.#folderOf(key, dependency);
          const library = folder === undefined ? undefined : this.#library(folder);
          if (!library) continue;
          const renamed = typeof dependency === 'object' && dependency.package !== undefined;
          found.set(renamed ? key.replaceAll('-', '_') : library.name, library.root);
        }
    return found;
  }

  /** Folder that a dependency is taken from; undefined for one from a registry or repository that nothing here stands in for. */
  #folderOf(key: string, dependency: Dependency): string | undefined {
    const [root, { workspace, patch }] = this.#workspace;
    if (typeof dependency === 'object' && dependency.workspace === true) {
      const shared = workspace?.dependencies?.[key];
      if (shared === undefined) return undefined;
      if (typeof shared === 'object' && shared.path !== undefined) return joinPath(root, shared.path);
      return this.#patched(typeof shared === 'object' ? (shared.package ?? key) : key, root, patch);
    }
    if (typeof dependency === 'object' && dependency.path !== undefined) return joinPath(this.folder, dependency.path);
    return this.#patched(typeof dependency === 'object' ? (dependency.package ?? key) : key, root, patch);
  }

  #patched(name: string, root: string, patches: Manifest['patch']): string | undefined {
    for (const patch of Object.values(patches ?? {}))
      for (const [key, to] of Object.entries(patch))
        if (typeof to === 'object' && to.path !== undefined && (to.package ?? key) === name) return joinPath(root, to.path);
    return undefined;
  }

  #library(folder: string): { name: string; root: WorkspacePath } | undefined {
    const manifest = this.manifests.get(folder);
    const root = joinPath(folder, manifest?.lib?.path ?? 'src/lib.rs');
    const name = manifest?.lib?.name ?? manifest?.package?.name;
    return name === undefined || root === undefined || !this.input.has(root) ? undefined : { name: name.replaceAll('-', '_'), root };
  }
}

function defaultFeatures({ features = {} }: Manifest): Set<string> {
  const on = new Set<string>();
  const add = (name: string): void => {
    if (on.has(name)) return;
    on.add(name);
    for (const inner of list(features[name])) add(inner);
  };
  add('default');
  return on;
}

/** Rust files by the innermost package around them, with paths from there. */
function sourcesByPackage(input: ResolveInput, manifests: ReadonlyMap<string, Manifest>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, language } of input.entries) {
    const home = language === 'rust' ? foldersUp(folderOf(path)).find((f) => manifests.has(f)) : undefined;
    if (home === undefined) continue;
    const file = home === '' ? path : path.slice(home.length + 1);
    const beside = found.get(home);
    if (beside) beside.push(file);
    else found.set(home, [file]);
  }
  return found;
}

function list<T>(written: readonly T[] | undefined): readonly T[] {
  return Array.isArray(written) ? written : [];
}

function readManifest(text: string | undefined): Manifest | undefined {
  try {
    return text === undefined ? undefined : (parse(text) as Manifest);
  } catch {
    // A template or a fixture that is no TOML declares no crate.
    return undefined;
  }
}
