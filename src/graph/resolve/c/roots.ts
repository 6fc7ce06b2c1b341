/**
 * Where a tree's own build files let compilers look for headers: -I in makefiles, configure
 * scripts, compile_flags.txt and compile_commands.json, include_directories of CMake and
 * Meson. Conditions are not weighed: what a build has in some configuration, it has.
 */
import { folderOf, foldersUp, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

export interface BuildFile {
  readonly path: WorkspacePath;
  /** Folders in the order in which it names them; all are in the workspace. */
  readonly roots: readonly string[];
}

/** A build file as it is written. */
interface Written {
  readonly path: WorkspacePath;
  readonly text: string;
  /** What it sets variables to, before anything is put in for those in it. */
  readonly variables: ReadonlyMap<string, readonly string[]>;
}

const MAKE = /^(GNUmakefile|[Mm]akefile(\.\w+)?|.+\.mk|configure\.(ac|in)|compile_flags\.txt)$/;
const CMAKE = /^(CMakeLists\.txt|.+\.cmake)$/;
const MESON = 'meson.build';
const COMMANDS = 'compile_commands.json';

/** Variables that every build sets: for its own folder, and for the top of its project. */
const HERE = /^(abs_)?(srcdir|builddir)$|^(CURDIR|PWD)$|^CMAKE_CURRENT_(SOURCE|BINARY|LIST)_DIR$/;
const TOP = /^(abs_)?top_(srcdir|builddir)$|^(CMAKE|PROJECT)_(SOURCE|BINARY)_DIR$/;
/** What projects call such a variable of their own. */
const ALIKE = /^(src|source|obj|object|build|top|base|root|project)_?(dir|root|path|top)?$/i;
/** What a variable stands for may name others; made-up files could do so without end. */
const MAX_DEPTH = 8;
const MAX_VALUES = 100;

export class IncludeRoots {
  /** By path. */
  readonly all: readonly BuildFile[];
  readonly #beside = new Map<string, BuildFile[]>();
  readonly #folders = new Set<string>();
  readonly #written: readonly Written[];

  constructor(input: ResolveInput) {
    for (const { path } of input.entries) for (const folder of foldersUp(folderOf(path))) this.#folders.add(folder);
    const named = input.entries.filter(({ path }) => /[Mm]ake|\.mk$|^(configure|compile|meson)/.test(nameOf(path)));
    const read = named.flatMap(({ path }) => {
      const name = nameOf(path);
      const relevant = MAKE.test(name) || CMAKE.test(name) || name === MESON || name === COMMANDS;
      const text = relevant ? input.manifest(path) : undefined;
      return text === undefined ? [] : [{ path, text: plain(text, name), variables: new Map<string, string[]>() }];
    });
    for (const { path, text, variables } of read)
      if (nameOf(path) !== COMMANDS) for (const [v, words] of assignments(text)) push(variables, v, words);
    this.#written = read;
    this.all = read.map((file) => ({ path: file.path, roots: this.#rootsOf(file) })).filter((b) => b.roots.length > 0);
    for (const file of this.all) push(this.#beside, folderOf(file.path), [file]);
  }

  /** Build files beside and above a folder, nearest first: they compile what is in it. */
  above(folder: string): BuildFile[] {
    return foldersUp(folder).flatMap((f) => this.#beside.get(f) ?? []);
  }

  /** Build files that name a folder or one around it: what they compile includes what is in it. */
  around(folder: string): BuildFile[] {
    const around = new Set(foldersUp(folder).filter((f) => f !== ''));
    return this.all.filter((b) => b.roots.some((r) => around.has(r)));
  }

  #rootsOf(file: Written): string[] {
    const roots = new Set<string>();
    for (const word of words(file)) {
      for (const path of this.#expand(word, file, 0)) {
        const root = nameOf(file.path) === COMMANDS ? this.#fromOutside(path, file) : this.#inside(path, file);
        if (root !== undefined) roots.add(root);
      }
    }
    return [...roots];
  }

  /** A path as the build file means it. What others include is read in their folders. */
  #inside(path: string, { path: file }: Written): string | undefined {
    const included = /\.(mk|cmake)$/.test(file);
    return foldersUp(folderOf(file))
      .slice(0, included ? undefined : 1)
      .flatMap((f) => joinPath(f, path) ?? [])
      .find((f) => this.#folders.has(f));
  }

  /** An absolute path may be of another machine: the longest end of it that is a folder here. */
  #fromOutside(path: string, file: Written): string | undefined {
    if (!path.startsWith('/')) return this.#inside(path, file);
    const names = path.split('/').filter((n) => n !== '');
    return names.map((_, i) => names.slice(i).join('/')).find((f) => this.#folders.has(f));
  }

  /** A word with every variable replaced by each of its values; "/" at its beginning is the top of the workspace. */
  #expand(word: string, file: Written, depth: number): string[] {
    const found = /\$\{([\w.-]+)\}|\$\(([\w.-]+)\)|@(\w+)@|\$(\w+)/.exec(word);
    if (!found) return /[$@<>%*]/.test(word) ? [] : [word];
    if (depth > MAX_DEPTH) return [];
    const values = this.#valuesOf(found[1] ?? found[2] ?? found[3] ?? found[4] ?? '', file, depth);
    const before = word.slice(0, found.index);
    const behind = word.slice(found.index + found[0].length);
    return values.slice(0, MAX_VALUES).flatMap((v) => this.#expand(`${before}${v}${behind}`, file, depth + 1));
  }

  #valuesOf(name: string, file: Written, depth: number): string[] {
    const folder = folderOf(file.path);
    if (HERE.test(name)) return [`/${folder}/`];
    if (TOP.test(name)) return [`/${this.#top(folder, name.startsWith('CMAKE'))}/`];
    const project = /^(\w+)_(SOURCE|BINARY)_DIR$/.exec(name)?.[1];
    const home = project === undefined ? undefined : this.#written.find((w) => projectOf(w) === project);
    if (home) return [`/${folderOf(home.path)}/`];
    // A file that does not set it has it from one that reads it, or that it reads.
    const own = file.variables.get(name);
    const kind = CMAKE.test(nameOf(file.path));
    const setters = own ? [file] : this.#written.filter((w) => CMAKE.test(nameOf(w.path)) === kind && w.variables.has(name));
    const values = setters.flatMap((w) => w.variables.get(name)!.flatMap((v) => (v.includes(name) ? [] : this.#expand(v, w, depth + 1))));
    if (values.length > 0) return [...new Set(values)];
    return ALIKE.test(name) ? [`/${folder}/`] : [];
  }

  /** The folder of the project around one, the outermost of CMake's. */
  #top(folder: string, outermost: boolean): string {
    const tops = new Set(
      this.#written.flatMap((w) => (projectOf(w) !== undefined || /^configure\./.test(nameOf(w.path)) ? [folderOf(w.path)] : [])),
    );
    const around = foldersUp(folder).filter((f) => tops.has(f));
    return (outermost ? around.at(-1) : around[0]) ?? folder;
  }
}

/** The name that `project(…)` gives; undefined for what is no project of CMake's. */
const projectOf = ({ path, text }: Written): string | undefined =>
  nameOf(path) === 'CMakeLists.txt' ? /^[ \t]*project\s*\(\s*"?([\w.-]*)/im.exec(text)?.[1] : undefined;

/** Text without comments, continued lines joined. */
function plain(text: string, name: string): string {
  return name === COMMANDS ? text : text.replace(/\\\r?\n/g, ' ').replace(/(^|\s)#.*$/gm, '');
}

/** `NAME = words` of make and the shell, `set(NAME words)` and `list(APPEND NAME words)` of CMake. */
function* assignments(text: string): Generator<readonly [name: string, words: readonly string[]]> {
  for (const [, name = '', value = ''] of text.matchAll(/^[ \t]*(?:export |override )?([\w.-]+)[ \t]*(?:\+|\?|:{1,3})?=[ \t]*(.*)$/gm))
    yield [name, split(value)];
  for (const [, name = '', value = ''] of text.matchAll(/\b(?:set|list)\s*\(\s*(?:APPEND\s+|PREPEND\s+)?([\w.-]+)\s([^()]*)\)/gi))
    yield [name, split(value)];
}

/** What a build file names as folders of headers, as it is written. */
function* words({ path, text }: Written): Generator<string> {
  const name = nameOf(path);
  if (name === MESON) {
    for (const [, list = ''] of text.matchAll(/\binclude_directories\s*\(([^()]*)\)/g))
      for (const [, folder = ''] of list.matchAll(/'([^']*)'/g)) yield folder;
  } else if (CMAKE.test(name)) {
    for (const [, target, list = ''] of text.matchAll(/\b(target_)?include_directories\s*\(([^()]*)\)/gi))
      yield* split(list.replace(/\$<BUILD_INTERFACE:([^<>]*)>/g, '$1')).slice(target === undefined ? 0 : 1);
  } else {
    for (const [, flag = ''] of text.matchAll(/(?<![\w-])-(?:I|isystem|iquote)[\s",']*((?:\$\([^()]*\)|[^\s",'`()])+)/g)) yield flag;
  }
}

const split = (list: string): string[] => list.split(/[\s;"']+/).filter((w) => w !== '');

function push<V>(map: Map<string, V[]>, key: string, values: readonly V[]): void {
  const same = map.get(key);
  if (same) same.push(...values);
  else map.set(key, [...values]);
}
