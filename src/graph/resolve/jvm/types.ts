/**
 * What names mean in Java, Kotlin and Scala (Java Language Specification, chapters 6
 * and 8; Kotlin specification, chapter "Scopes and identifiers"; Scala Language
 * Specification, chapter 2): types in the scopes around a place, members with what is
 * inherited, functions and values of packages.
 */
import type { FileRecord, ImportRecord, SymbolRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import { Memo } from '../../asked.js';
import type { SymbolTable } from '../symbol-table.js';
import { type Definition, type Packages, packagesOf, qualify, TYPES } from './packages.js';

/** A symbol whose members count as those of a type: the type itself, what it inherits, their companions. */
interface Place {
  readonly file: WorkspacePath;
  readonly table: SymbolTable;
  readonly symbol: number;
}

/** What names of types mean in a file, by the type around them and the name; "values" of it by name. */
interface Remembered {
  readonly types: Memo<string, Definition | undefined>[];
  readonly outside: Memo<string, Definition | undefined>;
  readonly called: Memo<string, readonly Definition[]>;
  readonly read: Memo<string, readonly Definition[]>;
}

/** Answers are kept for so many files: each asks for the same names again and again. */
const MAX_REMEMBERED = 300;

export class JvmTypes {
  /** By file, then by symbol: base types, all found at the start. Rings of names that lean on one another must not depend on who asks first. */
  readonly #bases = new Map<WorkspacePath, Memo<number, readonly Definition[]>>();
  /** By file, then by symbol: where members are looked for, in this order. Kept from when all bases are known. */
  readonly #lines = new Map<WorkspacePath, Memo<number, readonly Place[]>>();
  readonly #remembered = new Map<WorkspacePath, Remembered>();
  readonly #complete: boolean;

  constructor(private readonly packages: Packages) {
    this.#complete = false;
    for (const [file, { record }] of packages.tables) {
      for (const [symbol, { kind }] of record.symbols.entries()) if (TYPES.has(kind)) this.#basesOf(file, symbol);
    }
    // Answers from before all bases were known.
    this.#remembered.clear();
    this.#complete = true;
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.packages.table(file);
  }

  /** A type by its full name ("a.b.Outer.Inner"); the longest leading part that is a type of a package decides. */
  named(name: string, from: WorkspacePath): Definition | undefined {
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      let at = this.packages.type(name.slice(0, end), from);
      if (!at) continue;
      if (end < name.length) for (const part of name.slice(end + 1).split('.')) at = at && this.memberType(at, part);
      return at;
    }
    return undefined;
  }

  /** The type of a package whose full name begins `name`: what an import of it, of a nested type or of a member leads to. */
  outermost(name: string, from: WorkspacePath): Definition | undefined {
    for (let at = name; at !== ''; at = holderOf(at)) {
      const found = this.packages.type(at, from);
      if (found) return found;
    }
    return undefined;
  }

  /** Whether the workspace has a package of this name, or a part of one. */
  isOwn(name: string): boolean {
    for (let at = name; at !== ''; at = holderOf(at)) if (this.packages.has(at)) return true;
    return false;
  }

  /** What a name written in `file` may be in full: as it stands, and in Scala behind a package around it or an imported one. */
  inFull(name: string, file: WorkspacePath): readonly string[] {
    const record = this.table(file)?.record;
    if (record?.language !== 'scala') return [name];
    if (name.startsWith('_root_.')) return [name.slice('_root_.'.length)];
    const dot = name.indexOf('.');
    const first = dot < 0 ? name : name.slice(0, dot);
    const imported = record.imports.find((i) => i.names[0]?.as === first && i.specifier !== name && !i.specifier.startsWith(`${first}.`));
    return [
      ...(imported && dot >= 0 ? [imported.specifier + name.slice(dot)] : []),
      ...packagesOf(record).map((p) => qualify(p, name)),
      name,
    ];
  }

  /** What a type's name means inside symbol `within` of `file`. */
  find(name: string, file: WorkspacePath, within: number): Definition | undefined {
    const table = this.table(file);
    if (!table) return undefined;
    const dot = name.indexOf('.');
    const first = dot < 0 ? name : name.slice(0, dot);
    let at = this.#simple(first, file, table, within);
    if (dot >= 0) {
      if (!at) at = this.#inFull(name, file);
      else for (const part of name.slice(dot + 1).split('.')) at = at && this.memberType(at, part);
    }
    // Asked last: most names are of libraries, and their files' bindings need not be read.
    return at && this.#hidden(first, table, within) ? undefined : at;
  }

  /** What a simple name means: only the types around a place count, the innermost stands for all of them. */
  #simple(name: string, file: WorkspacePath, table: SymbolTable, within: number): Definition | undefined {
    const { symbols } = table.record;
    let type = within;
    while (type >= 0 && !TYPES.has(symbols[type]!.kind)) type = symbols[type]!.container;
    const { types, outside } = this.#rememberedOf(file);
    let known = types[type + 1];
    if (!known) {
      known = new Memo(this.packages.asked);
      types[type + 1] = known;
    }
    const find = (): Definition | undefined =>
      this.#around(name, file, table, type) ?? outside.of(name, () => this.#outside(name, file, table));
    return known.of(name, find, this.#complete);
  }

  /** One of the types around a place, or nested in one. */
  #around(name: string, file: WorkspacePath, table: SymbolTable, type: number): Definition | undefined {
    for (const scope of table.around(type)) {
      const symbol = table.record.symbols[scope]!;
      if (!TYPES.has(symbol.kind)) continue;
      if (symbol.name === name) return { file, symbol: scope };
      const member = this.memberType({ file, symbol: scope }, name);
      if (member) return member;
    }
    return undefined;
  }

  /** What a name means outside all types of a file: imported, or of its packages. */
  #outside(name: string, file: WorkspacePath, { record }: SymbolTable): Definition | undefined {
    const { imports } = record;
    const explicit = imports.filter((i) => i.names[0]?.as === name);
    for (const i of explicit) {
      const found = this.#inFull(i.specifier, file);
      if (found) return found;
    }
    // A name imported from a library is the library's, whatever the packages here hold.
    if (explicit.length > 0) return undefined;
    for (const home of packagesOf(record)) {
      const beside = this.packages.type(qualify(home, name), file);
      if (beside) return beside;
    }
    for (const i of imports) {
      const found = i.names[0]?.name === '*' ? this.#inFull(`${i.specifier}.${name}`, file) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #rememberedOf(file: WorkspacePath): Remembered {
    let known = this.#remembered.get(file);
    if (!known) {
      if (this.#remembered.size > MAX_REMEMBERED) this.#remembered.clear();
      const { asked } = this.packages;
      known = { types: [], outside: new Memo(asked), called: new Memo(asked), read: new Memo(asked) };
      this.#remembered.set(file, known);
    }
    return known;
  }

  #inFull(name: string, file: WorkspacePath): Definition | undefined {
    for (const full of this.inFull(name, file)) {
      const found = this.named(full, file);
      if (found) return found;
    }
    return undefined;
  }

  /** A type parameter hides every type of its name. */
  #hidden(name: string, table: SymbolTable, within: number): boolean {
    const parameters = table.bindings(`type ${name}`);
    if (parameters.length === 0) return false;
    for (const scope of table.around(within)) if (parameters.some((b) => b.within === scope)) return true;
    return false;
  }

  /** Functions and values that `file` calls by a simple name without being inside what holds them: imported, or of its packages. */
  values(name: string, file: WorkspacePath, call: boolean): readonly Definition[] {
    const record = this.table(file)?.record;
    if (!record) return [];
    const { called, read } = this.#rememberedOf(file);
    return (call ? called : read).of(name, () => this.#values(name, file, call, record));
  }

  #values(name: string, file: WorkspacePath, call: boolean, record: FileRecord): readonly Definition[] {
    const java = record.language === 'java';
    const imports = java ? record.imports.filter((i) => i.mark === 'static') : record.imports;
    for (const i of imports) {
      const found = i.names[0]?.as === name ? this.imported(i, file, call) : [];
      if (found.length > 0) return found;
    }
    if (!java) {
      if (imports.some((i) => i.names[0]?.as === name)) return [];
      for (const home of packagesOf(record)) {
        const found = this.packages.values(qualify(home, name), file);
        if (found.length > 0) return found;
      }
    }
    for (const i of imports) {
      const found = i.names[0]?.name === '*' ? this.#valuesNamed(`${i.specifier}.${name}`, file, call) : [];
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Functions and values that an import of one name brings. */
  imported({ specifier }: ImportRecord, file: WorkspacePath, call: boolean): readonly Definition[] {
    return this.#valuesNamed(specifier, file, call);
  }

  #valuesNamed(name: string, file: WorkspacePath, call: boolean): readonly Definition[] {
    for (const full of this.inFull(name, file)) {
      const found = this.packages.values(full, file);
      if (found.length > 0) return found;
      const holder = this.named(holderOf(full), file);
      const member = holder && this.member(holder, full.slice(full.lastIndexOf('.') + 1), call);
      if (member) return [member];
    }
    return [];
  }

  /** A nested type, its own or inherited. */
  memberType(holder: Definition, name: string): Definition | undefined {
    for (const { file, table, symbol } of this.#lineOf(holder))
      for (const i of table.members(symbol, name)) if (TYPES.has(table.record.symbols[i]!.kind)) return { file, symbol: i };
    return undefined;
  }

  /**
   * A field, property or function by name, its own or inherited; of overloads the first.
   * A property of Kotlin is a getter and a setter for Java, and the other way round.
   */
  member(holder: Definition, name: string, call: boolean): Definition | undefined {
    const plain = this.#memberLike(holder, name, (s) => !TYPES.has(s.kind) && isFunction(s) === call);
    if (plain) return plain;
    const [, property] = call ? (/^(?:get|set|is)(\p{Lu}.*)$/u.exec(name) ?? []) : [];
    if (property !== undefined)
      return this.#memberLike(holder, property[0]!.toLowerCase() + property.slice(1), (s) => s.kind === 'property');
    const capital = name.slice(0, 1).toUpperCase() + name.slice(1);
    return call || this.table(holder.file)?.record.language !== 'java' ? undefined : this.#memberLike(holder, `get${capital}`, isFunction);
  }

  #memberLike(holder: Definition, name: string, fits: (symbol: SymbolRecord) => boolean): Definition | undefined {
    for (const { file, table, symbol } of this.#lineOf(holder))
      for (const i of symbol < 0 ? table.top(name) : table.members(symbol, name))
        if (fits(table.record.symbols[i]!)) return { file, symbol: i };
    return undefined;
  }

  /** Names of a type and of all that it inherits, as they are declared or, of libraries, as written. */
  lineage(holder: Definition): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { table, symbol } of this.#lineOf(holder)) {
      const { name = '', supers = [] } = table.record.symbols[symbol] ?? {};
      for (const n of [name, ...supers]) names.add(n.slice(n.lastIndexOf('.') + 1));
    }
    return names;
  }

  /** A type and, depth first, what it inherits. */
  #lineOf({ file, symbol }: Definition): readonly Place[] {
    const collect = (): readonly Place[] => {
      const line: Place[] = [];
      this.#collect(file, symbol, line, new Set());
      return line;
    };
    return this.#of(this.#lines, file).of(symbol, collect, this.#complete);
  }

  #collect(file: WorkspacePath, symbol: number, line: Place[], seen: Set<string>): void {
    const table = this.table(file);
    const key = `${file}\0${symbol}`;
    if (!table || seen.has(key)) return;
    seen.add(key);
    const places = withCompanions(table, symbol);
    for (const place of places) line.push({ file, table, symbol: place });
    for (const place of places) for (const base of this.#basesOf(file, place)) this.#collect(base.file, base.symbol, line, seen);
  }

  #basesOf(file: WorkspacePath, type: number): readonly Definition[] {
    const { supers = [], container = -1 } = this.table(file)?.record.symbols[type] ?? {};
    if (supers.length === 0) return NONE;
    // A base is named in the scope around the type, not inside it.
    const find = (): readonly Definition[] => supers.flatMap((base) => this.find(base, file, container) ?? []);
    // While they are being looked for there are none: a ring ends here.
    return this.#of(this.#bases, file).ofRing(type, find, NONE);
  }

  /** The answers of a file. */
  #of<V>(answers: Map<WorkspacePath, Memo<number, V>>, file: WorkspacePath): Memo<number, V> {
    let memo = answers.get(file);
    if (!memo) {
      memo = new Memo(this.packages.asked);
      answers.set(file, memo);
    }
    return memo;
  }
}

const NONE: readonly Definition[] = [];

/** A type with the object that holds what belongs to no instance: Kotlin's companion inside it, Scala's beside it. */
function withCompanions(table: SymbolTable, symbol: number): readonly number[] {
  const { symbols, language } = table.record;
  const type = symbols[symbol];
  if (!type || language === 'java') return [symbol];
  const beside = type.container < 0 ? table.top(type.name) : table.members(type.container, type.name);
  const inside = language === 'kotlin' ? table.members(symbol, 'Companion') : [];
  return [symbol, ...inside, ...(language === 'scala' ? beside.filter((i) => i !== symbol && TYPES.has(symbols[i]!.kind)) : [])];
}

export const isFunction = ({ kind }: SymbolRecord): boolean => kind === 'method' || kind === 'function';

const holderOf = (name: string): string => (name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '');
