/**
 * Composer packages of the workspace and what their autoloaders do: which file is loaded
 * for a class (composer's ClassLoader: class map, PSR-4, PSR-0, longest prefix first) and
 * which files are loaded always.
 */
import { folderOf, foldersUp, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import { bytesOf, compileGlob } from '../../../workspace/glob.js';
import type { ResolveInput } from '../../links.js';

/** One "autoload" section, with folders and files as workspace paths. */
interface Section {
  readonly psr4: readonly (readonly [prefix: string, folder: string])[];
  readonly psr0: readonly (readonly [prefix: string, folder: string])[];
  readonly classmap: readonly string[];
  readonly excluded: readonly ((file: WorkspacePath) => boolean)[];
  readonly files: readonly WorkspacePath[];
}

export interface Package {
  readonly folder: string;
  readonly name: string;
  readonly requires: readonly string[];
  readonly requiresDev: readonly string[];
  readonly autoload: Section;
  /** This and `requiresDev` count where the package itself is worked on, not where another one requires it. */
  readonly autoloadDev: Section;
}

export class Composer {
  readonly #packages = new Map<string, Package>();
  readonly #byName = new Map<string, Package[]>();
  readonly #loaders = new Map<string, Autoloader>();
  readonly #around = new Map<string, readonly Autoloader[]>();

  constructor(readonly input: ResolveInput) {
    for (const { path } of input.entries) {
      if (nameOf(path) !== 'composer.json') continue;
      const found = readPackage(folderOf(path), input.manifest(path));
      if (!found) continue;
      this.#packages.set(found.folder, found);
      if (found.name !== '') this.#byName.set(found.name, [...(this.#byName.get(found.name) ?? []), found]);
    }
  }

  /** The package that a file belongs to: the nearest composer.json above it. */
  packageOf(file: WorkspacePath): Package | undefined {
    return this.#above(file).next().value ?? undefined;
  }

  /** The autoloaders that may run around a file: that of its own package with all it requires, then those of the packages around that one. */
  loadersOf(file: WorkspacePath): readonly Autoloader[] {
    const folder = folderOf(file);
    let loaders = this.#around.get(folder);
    if (!loaders) {
      loaders = [...this.#above(file)].map((root) => this.#loaderOf(root));
      this.#around.set(folder, loaders);
    }
    return loaders;
  }

  #loaderOf(root: Package): Autoloader {
    let loader = this.#loaders.get(root.folder);
    if (!loader) {
      const required = this.#required(root);
      loader = new Autoloader(root, new Set([root, ...required]), [root.autoloadDev, ...required.map((p) => p.autoload)], this.input);
      this.#loaders.set(root.folder, loader);
    }
    return loader;
  }

  /** Whether whoever required a package would find the class in this file of it. */
  offers(home: Package, name: string, file: WorkspacePath): boolean {
    return new Autoloader(home, new Set([home]), [], this.input).find(name, [file]) === file;
  }

  *#above(file: WorkspacePath): Generator<Package, undefined> {
    for (const folder of foldersUp(folderOf(file))) {
      const at = this.#packages.get(folder);
      if (at) yield at;
    }
    return undefined;
  }

  /** Packages of the workspace that `root` requires, directly or not. */
  #required(root: Package): Package[] {
    const named = (names: readonly string[]): Package[] => names.flatMap((name) => this.#byName.get(name) ?? []);
    const found = new Set<Package>([root, ...named(root.requiresDev)]);
    for (const from of found) for (const required of named(from.requires)) found.add(required);
    found.delete(root);
    return [...found];
  }
}

/** What composer's autoloader does once `root` is installed, with more sections than its own. */
class Autoloader {
  /** Files that are loaded whatever is used. */
  readonly files: ReadonlySet<WorkspacePath>;
  /** Whether it can load any class of its own. */
  readonly loadsClasses: boolean;
  readonly #psr4 = new Map<string, string[]>();
  readonly #psr0: (readonly [prefix: string, folder: string])[] = [];
  readonly #classmaps: Section[] = [];
  readonly #found = new Map<string, WorkspacePath | undefined>();

  constructor(
    readonly root: Package,
    readonly packages: ReadonlySet<Package>,
    more: readonly Section[],
    private readonly input: ResolveInput,
  ) {
    const sections = [root.autoload, ...more];
    for (const section of sections) {
      for (const [prefix, folder] of section.psr4) this.#psr4.set(prefix, [...(this.#psr4.get(prefix) ?? []), folder]);
      this.#psr0.push(...section.psr0);
      if (section.classmap.length > 0) this.#classmaps.push(section);
    }
    this.#psr0.sort(([a], [b]) => b.length - a.length);
    this.files = new Set(sections.flatMap((s) => s.files));
    this.loadsClasses = [root.autoload, root.autoloadDev].some((s) => s.psr4.length + s.psr0.length + s.classmap.length > 0);
  }

  /** The file that is loaded for a class, given where the workspace declares it; undefined when none or not a single one is. */
  find(name: string, declared: readonly WorkspacePath[]): WorkspacePath | undefined {
    if (!this.#found.has(name)) this.#found.set(name, this.#search(name, declared));
    return this.#found.get(name);
  }

  #search(name: string, declared: readonly WorkspacePath[]): WorkspacePath | undefined {
    const mapped = declared.filter((file) => this.#classmaps.some((section) => isMapped(section, file)));
    if (mapped.length > 0) return mapped.length === 1 ? mapped[0] : undefined;
    for (const candidate of this.#candidates(name)) if (this.input.has(candidate)) return candidate;
    return undefined;
  }

  /** Whether the autoloader would look for such a class in the workspace. */
  covers(name: string): boolean {
    for (const prefix of prefixesOf(name)) if (prefix !== '' && this.#psr4.has(prefix)) return true;
    return this.#psr0.some(([prefix]) => prefix !== '' && name.startsWith(prefix));
  }

  *#candidates(name: string): Generator<WorkspacePath> {
    for (const prefix of prefixesOf(name)) {
      for (const folder of this.#psr4.get(prefix) ?? []) yield under(folder, `${name.slice(prefix.length).replaceAll('\\', '/')}.php`);
    }
    const cut = name.lastIndexOf('\\') + 1;
    const path = `${name.slice(0, cut).replaceAll('\\', '/')}${name.slice(cut).replaceAll('_', '/')}.php`;
    for (const [prefix, folder] of this.#psr0) if (name.startsWith(prefix)) yield under(folder, path);
  }
}

const under = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`);

/** "A\B\" and "A\" and "" for the class "A\B\C". */
function* prefixesOf(name: string): Generator<string> {
  for (let cut = name.lastIndexOf('\\'); cut > 0; cut = name.lastIndexOf('\\', cut - 1)) yield name.slice(0, cut + 1);
  yield '';
}

function isMapped({ classmap, excluded }: Section, file: WorkspacePath): boolean {
  return classmap.some((at) => at === '' || file === at || file.startsWith(`${at}/`)) && !excluded.some((excludes) => excludes(file));
}

function readPackage(folder: string, text: string | undefined): Package | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  const manifest = objectOf(raw);
  return {
    folder,
    name: typeof manifest.name === 'string' ? manifest.name.toLowerCase() : '',
    requires: Object.keys(objectOf(manifest.require)).map((name) => name.toLowerCase()),
    requiresDev: Object.keys(objectOf(manifest['require-dev'])).map((name) => name.toLowerCase()),
    autoload: readSection(folder, objectOf(manifest.autoload)),
    autoloadDev: readSection(folder, objectOf(manifest['autoload-dev'])),
  };
}

function readSection(folder: string, raw: Readonly<Record<string, unknown>>): Section {
  const path = (relative: string): string[] => {
    const joined = joinPath(folder, relative.replace(/^\/+/, ''));
    return joined === undefined ? [] : [joined];
  };
  const prefixed = (key: string): [string, string][] =>
    Object.entries(objectOf(raw[key])).flatMap(([prefix, folders]) =>
      stringsOf(folders).flatMap((f) => path(f).map((at): [string, string] => [prefix, at])),
    );
  return {
    psr4: prefixed('psr-4'),
    psr0: prefixed('psr-0'),
    classmap: stringsOf(raw.classmap).flatMap(path),
    excluded: stringsOf(raw['exclude-from-classmap']).map((pattern) => exclusion(folder, pattern)),
    files: stringsOf(raw.files).flatMap(path),
  };
}

/** A pattern of "exclude-from-classmap", from the folder of its package: `**` is any path, `*` any name, and what it matches is excluded with all below. */
function exclusion(folder: string, pattern: string): (file: WorkspacePath) => boolean {
  // Composer's `**/` is one folder at least.
  const glob = compileGlob(bytesOf(pattern.replace(/^\/+|\/+$/g, '').replaceAll('**/', '*/**/')));
  const from = folder === '' ? 0 : folder.length + 1;
  return (file) => file.startsWith(folder) && [file, ...foldersUp(folderOf(file))].some((at) => glob(bytesOf(at.slice(from))));
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

const stringsOf = (value: unknown): string[] => [value].flat().filter((v): v is string => typeof v === 'string');
