/**
 * From a full name to its definition, as seen from a file. `resolved`: the file itself,
 * what it includes, or what composer's autoloader loads. `named`: the only declaration of
 * that name inside the same package or one it requires, in a namespace that is its own.
 */
import { folderOf, foldersUp } from '../../../base/paths.js';
import type { FileRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { BUILTIN_CLASSES, BUILTIN_FUNCTIONS } from './builtins.js';
import { Composer } from './composer.js';
import { Declarations, type Definition, LONGEST_NAME, type NameKind } from './declarations.js';
import { Includes } from './includes.js';

export interface Found extends Definition {
  readonly confidence: 'resolved' | 'named';
}

export class Lookup {
  readonly declarations: Declarations;
  readonly includes: Includes;
  readonly #composer: Composer;
  readonly #always = new Map<string, ReadonlySet<WorkspacePath>>();

  constructor(input: ResolveInput) {
    this.declarations = new Declarations(input);
    this.includes = new Includes(input);
    this.#composer = new Composer(input);
  }

  /** The definition of the first of `names` that has one. */
  first(kind: NameKind, names: readonly string[], from: WorkspacePath): Found | undefined {
    for (const name of names) {
      const found = this.find(kind, name, from);
      if (found) return found;
    }
    return undefined;
  }

  /** The definition of a full name. */
  find(kind: NameKind, name: string, from: WorkspacePath): Found | undefined {
    if (name.length > LONGEST_NAME) return undefined;
    const all = this.declarations.of(kind, name);
    const own = all.find((d) => d.file === from);
    if (own) return { ...own, confidence: 'resolved' };
    if (isBuiltin(kind, name)) return undefined;
    const loaded = all.length > 0 ? this.includes.loadedBy(from) : undefined;
    const definition =
      all.find((d) => loaded?.has(d.file)) ??
      this.#alwaysLoaded(kind, all, from) ??
      (kind === 'class' ? this.#autoloaded(name, all, from) : undefined);
    if (definition) return { ...definition, confidence: 'resolved' };
    const seen = all.filter((d) => this.#mayBeMeant(kind, name, d, from));
    return seen.length === 1 && !this.#standsIn(kind, name, seen[0]!) ? { ...seen[0]!, confidence: 'named' } : undefined;
  }

  /** Whether an autoloader around the file would look for the class in the workspace. */
  isCovered(name: string, from: WorkspacePath): boolean {
    return name.length <= LONGEST_NAME && this.#composer.loadersOf(from).some((loader) => loader.covers(name));
  }

  #autoloaded(name: string, all: readonly Definition[], from: WorkspacePath): Definition | undefined {
    const files = all.map((d) => d.file);
    for (const loader of this.#composer.loadersOf(from)) {
      const file = loader.find(name, files);
      if (file === undefined || file === from) continue;
      const found = all.find((d) => d.file === file);
      if (found) return found;
      if (mayHide(this.declarations.source(file)?.table.record)) return { file, symbol: -1 };
    }
    return undefined;
  }

  #alwaysLoaded(kind: NameKind, all: readonly Definition[], from: WorkspacePath): Definition | undefined {
    if (all.length === 0) return undefined;
    for (const { root, files } of this.#composer.loadersOf(from)) {
      let always = this.#always.get(root.folder);
      if (!always) {
        always = new Set([...files].flatMap((file) => [file, ...this.includes.loadedBy(file)]));
        this.#always.set(root.folder, always);
      }
      // A constant behind `if (!defined(…))` is most often one of PHP's own.
      const found = all.filter((d) => always.has(d.file) && !(kind === 'constant' && this.declarations.isConditional(d)));
      if (found.length > 0) return found.length === 1 ? found[0] : undefined;
    }
    return undefined;
  }

  /** Whether a definition that no rule reaches may be what a file means. */
  #mayBeMeant(kind: NameKind, name: string, { file }: Definition, from: WorkspacePath): boolean {
    const loaders = this.#composer.loadersOf(from);
    const home = this.#composer.packageOf(file);
    const namespace = namespaceOf(name);
    if (namespace !== '' && home) {
      const covering = loaders.filter((loader) => loader.covers(name));
      if (covering.some((loader) => loader.packages.has(home))) return true;
      // A package beside or bundled, that nobody has written down as required.
      if (covering.length === 0 && kind === 'class' && this.#composer.offers(home, name, file)) return true;
    }
    if (home !== loaders[0]?.root) return false;
    const shared = sharedFolder(file, from);
    // Where nothing is autoloaded, everything may have been included by whoever runs the file.
    if (!loaders[0]?.loadsClasses) return !TEST_FOLDER.test(file.slice(shared.length));
    const near = shared.length > loaders[0].root.folder.length;
    return near && (namespace === '' || this.declarations.source(from)?.names.declares(namespace) === true);
  }

  /** Whether it is there for when another one is missing, or in place of a function of PHP. */
  #standsIn(kind: NameKind, name: string, definition: Definition): boolean {
    const short = name.slice(name.lastIndexOf('\\') + 1);
    return this.declarations.isConditional(definition) || (kind === 'function' && isBuiltin(kind, short));
  }
}

/** Whether a file may hold a class that its record does not show: it was not parsed, or it makes an alias of another class. */
function mayHide(record: FileRecord | undefined): boolean {
  if (record?.parse.kind !== 'parsed') return true;
  return record.references.some((r) => r.kind === 'call' && /^\\?class_alias$/i.test(r.name));
}

/** What is defined below is for tests, and stands there in place of something else. */
const TEST_FOLDER = /(^|\/)(tests?|specs?|stubs?|mocks?|fixtures)\//i;

const namespaceOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('\\')));

/** The innermost folder that holds both files. */
function sharedFolder(a: WorkspacePath, b: WorkspacePath): string {
  const around = new Set(foldersUp(folderOf(a)));
  return foldersUp(folderOf(b)).find((folder) => around.has(folder)) ?? '';
}

function isBuiltin(kind: NameKind, name: string): boolean {
  if (kind === 'constant') return false;
  return (kind === 'class' ? BUILTIN_CLASSES : BUILTIN_FUNCTIONS).has(name.toLowerCase());
}
