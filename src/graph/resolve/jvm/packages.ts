/**
 * What the packages of a Java, Kotlin and Scala workspace hold, over all of its source
 * roots: types, and the functions and values that Kotlin and Scala put beside them.
 */
import { nameOf } from '../../../base/paths.js';
import type { FileRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import { type Asked, Index, Names } from '../../asked.js';
import type { PrepareInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import { Modules } from './modules.js';

/** Symbol -1 is the class that Kotlin compiles a file's top-level functions into, as Java names it (FileKt). */
export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

export const TYPES: ReadonlySet<string> = new Set(['class', 'interface', 'enum', 'record', 'object', 'trait', 'type']);

export class Packages {
  readonly asked: Asked;
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  /** "package.Name" → definitions; several where a platform, a build variant or a test has its own. */
  readonly #types: Index<Definition>;
  readonly #values: Index<Definition>;
  readonly #names: Names;
  readonly #modules: Modules;

  constructor(input: PrepareInput) {
    this.asked = input.asked;
    this.#types = new Index(input.asked, 'type');
    this.#values = new Index(input.asked, 'value');
    this.#names = new Names(input.asked, 'package');
    this.#modules = new Modules(input);
    for (const { path, language } of input.entries) {
      if (language !== 'java' && language !== 'kotlin' && language !== 'scala') continue;
      const record = input.record(path);
      if (!record) continue;
      const table = SymbolTable.of(record);
      this.#tables.set(path, table);
      const home = packagesOf(record)[0] ?? '';
      // What a script declares is its own.
      if (/\.(kts|sc|sbt)$/.test(path)) continue;
      this.#names.add(home, path);
      for (const symbol of record.symbols.keys()) this.#place(path, table, symbol, home);
      if (language !== 'kotlin') continue;
      const facade = record.exports.find((e) => e.name === '*')?.as ?? `${nameOf(path).replace(/\.kt$/, '')}Kt`;
      this.#add(this.#types, qualify(home, facade), { file: path, symbol: -1 });
    }
  }

  /** Every file of the three languages, by path. */
  get tables(): ReadonlyMap<WorkspacePath, SymbolTable> {
    return this.#tables;
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  /** A type right inside a package; of several the one nearest to `from`. */
  type(name: string, from: WorkspacePath): Definition | undefined {
    return nearest(this.#seen(this.#types.get(name), from), from);
  }

  /** Functions and values right inside a package: overloads, and versions for several platforms. */
  values(name: string, from: WorkspacePath): readonly Definition[] {
    return this.#seen(this.#values.get(name), from);
  }

  /** Whether the workspace has this very package. */
  has(name: string): boolean {
    return this.#names.has(name);
  }

  #place(file: WorkspacePath, table: SymbolTable, symbol: number, home: string): void {
    const { record } = table;
    const { name, kind, container, mark } = record.symbols[symbol]!;
    const holder = record.symbols[container];
    // What a package object holds belongs to the package.
    const inPackage = holder === undefined || (holder.mark === 'package' && holder.container === -1);
    if (!inPackage) return;
    const around = holder ? qualify(home, holder.name) : home;
    if (mark === 'package') this.#names.add(qualify(around, name), file);
    else this.#add(TYPES.has(kind) ? this.#types : this.#values, qualify(around, name), { file, symbol });
  }

  #add(to: Index<Definition>, name: string, definition: Definition): void {
    to.add(name, definition, definition.file, definition.symbol + 2);
  }

  /** Those that code in `from` can see. Kotlin's private names are their file's. */
  #seen(definitions: readonly Definition[], from: WorkspacePath): readonly Definition[] {
    return definitions.filter(({ file, symbol }) => {
      if (!this.#modules.sees(from, file)) return false;
      const record = file === from ? undefined : this.#tables.get(file)?.record;
      return record?.language !== 'kotlin' || record.symbols[symbol]?.exported !== false;
    });
  }
}

/** Packages whose names a file sees without an import, innermost first. Scala's clauses open one inside the other: `package a.b` and `package c` see a.b.c and a.b. */
export function packagesOf(record: FileRecord): readonly string[] {
  const { language, package: declared } = record;
  if (language !== 'scala') return [declared];
  const opened: string[] = [];
  for (const { kind, specifier } of record.imports) if (kind === 'package') opened.unshift(qualify(opened[0] ?? '', specifier));
  return opened.length > 0 ? opened : [declared];
}

/** Of definitions of one name the one that shares most folders with `from`; of equals the first by path. */
export function nearest(definitions: readonly Definition[], from: WorkspacePath): Definition | undefined {
  let best = definitions[0];
  if (definitions.length < 2) return best;
  let most = -1;
  for (const d of definitions) {
    const shared = sharedFolders(d.file, from);
    if (shared > most) {
      most = shared;
      best = d;
    }
  }
  return best;
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let n = 0;
  while (n < left.length - 1 && left[n] === right[n]) n++;
  return n;
}

export const qualify = (home: string, name: string): string => (home === '' ? name : `${home}.${name}`);
