/**
 * The types that a C# workspace declares, by namespace and project. A partial type is all
 * of its parts; `Foo` and `Foo<T>` are two types.
 */
import type { WorkspacePath } from '../../../workspace/entry.js';
import { type Askable, type Asked, Index, Names } from '../../asked.js';
import type { PrepareInput } from '../../links.js';
import { madeFrom } from '../made-from.js';
import { SymbolTable } from '../symbol-table.js';
import { Projects } from './projects.js';
import { Scopes } from './scopes.js';
import { type Mark, readMark } from './shorthand.js';

export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

/** A type of the workspace. */
export interface TypeDefinition {
  /** Place in the order in which types were found. */
  readonly id: number;
  readonly name: string;
  /** Names of its type parameters. */
  readonly generics: readonly string[];
  /** Its declarations, sorted by file; one unless it is partial. */
  readonly parts: readonly Definition[];
  /** Projects that compile it. */
  readonly projects: ReadonlySet<number>;
  /** What all of this was found by: its name, and the records of its parts. */
  readonly origin: Askable;
}

/** What is known of a file. */
export interface FileTypes {
  readonly table: SymbolTable;
  readonly marks: () => readonly Mark[];
  /** By symbol: the type that it declares a part of. */
  readonly declared: (TypeDefinition | undefined)[];
}

const TYPES: ReadonlySet<string> = new Set(['class', 'interface', 'struct', 'record', 'enum', 'type']);

export class Declarations {
  readonly asked: Asked;
  readonly projects: Projects;
  readonly scopes: Scopes;
  readonly #files = new Map<WorkspacePath, FileTypes>();
  readonly #inside = new Map<string, number[]>();
  /** By namespace, then by "Foo`1": declarations of types. */
  readonly #types = new Map<string, Index<Definition>>();
  /** Declarations under one key, made into types. */
  readonly #grouped = new Map<readonly Definition[], readonly TypeDefinition[]>();
  readonly #found: TypeDefinition[] = [];
  readonly #nested = new Map<TypeDefinition, Map<string, TypeDefinition>>();
  /** Projects that declare something in a namespace, or in one within it: "number namespace". */
  readonly #namespaces: Names;
  /** Last names of these. */
  readonly #namespaceNames: Names;

  constructor(input: PrepareInput) {
    this.asked = input.asked;
    this.#namespaces = new Names(input.asked, 'namespace');
    this.#namespaceNames = new Names(input.asked, 'name of a namespace');
    this.projects = new Projects(input);
    const marks = new Map<string | undefined, Mark>();
    const markOf = (written: string | undefined): Mark => {
      const mark = marks.get(written) ?? readMark(written);
      marks.set(written, mark);
      return mark;
    };
    for (const { path, language } of input.entries) {
      const record = language === 'csharp' ? input.record(path) : undefined;
      if (!record) continue;
      const marksOf = madeFrom(
        () => record.symbols,
        (symbols) => symbols.map((s) => markOf(s.mark)),
      );
      this.#files.set(path, { table: new SymbolTable(record), marks: marksOf, declared: [] });
    }
    this.scopes = new Scopes(this.#files, this.projects, this.asked);
    const tops = new Map<string, Set<string>>();
    for (const file of this.#files.keys()) this.#enter(file, tops);
    for (const [namespace, keys] of tops) for (const key of keys) this.#group(namespace, key);
  }

  /** Every type, before those nested in it. */
  get all(): readonly TypeDefinition[] {
    return this.#found;
  }

  /** Every file of C#, by path. */
  get files(): ReadonlyMap<WorkspacePath, FileTypes> {
    return this.#files;
  }

  /** Takes in the namespaces of a file and the types right inside them. */
  #enter(file: WorkspacePath, tops: Map<string, Set<string>>): void {
    const { record } = this.table(file)!;
    this.#addNamespace(record.package, file);
    for (const [symbol, { kind, name, container }] of record.symbols.entries()) {
      if (kind === 'namespace') this.#addNamespace(this.scopes.namespaceOf(file, symbol), file);
      if (!TYPES.has(kind)) continue;
      if (container >= 0) add(this.#inside, `${file}\0${container}`, symbol);
      const key = keyOf(name, this.mark({ file, symbol }).generics.length);
      if ((record.symbols[container]?.kind ?? 'namespace') !== 'namespace') continue;
      const namespace = this.scopes.namespaceOf(file, container);
      const keys = tops.get(namespace) ?? new Set();
      tops.set(namespace, keys.add(key));
      this.#in(namespace).add(key, { file, symbol }, file, symbol + 1);
    }
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#files.get(file)?.table;
  }

  mark({ file, symbol }: Definition): Mark {
    return this.#files.get(file)?.marks()[symbol] ?? UNMARKED;
  }

  declaredBy(file: WorkspacePath, symbol: number): TypeDefinition | undefined {
    const type = this.#files.get(file)?.declared[symbol];
    if (type) this.asked.note(type.origin);
    return type;
  }

  /** The types around a place, innermost first. */
  around(file: WorkspacePath, within: number): TypeDefinition[] {
    const types: TypeDefinition[] = [];
    for (const at of this.table(file)?.around(within) ?? []) {
      const type = this.declaredBy(file, at);
      if (type) types.push(type);
    }
    return types;
  }

  #addNamespace(name: string, file: WorkspacePath): void {
    for (let at = name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
      this.#namespaceNames.add(at.slice(at.lastIndexOf('.') + 1), file);
      for (const p of this.projects.of(file)) this.#namespaces.add(`${p} ${at}`, file);
    }
  }

  /** Declarations of one full name into types: those that some project compiles together are parts of one. */
  #group(namespace: string, key: string): void {
    const parts = this.#in(namespace).get(key);
    const origin = this.asked.together(() => {
      for (const part of this.#in(namespace).get(key)) this.mark(part);
    });
    const groups: { projects: Set<number>; parts: Definition[] }[] = [];
    for (const part of parts) {
      const projects = this.projects.of(part.file);
      const same = groups.find((g) => [...projects].some((p) => g.projects.has(p)));
      if (same) {
        same.parts.push(part);
        for (const p of projects) same.projects.add(p);
      } else groups.push({ projects: new Set(projects), parts: [part] });
    }
    this.#grouped.set(
      parts,
      groups.map(({ projects, parts: own }) => this.#define(own, projects, origin)),
    );
  }

  #in(namespace: string): Index<Definition> {
    let types = this.#types.get(namespace);
    if (!types) {
      types = new Index(this.asked, `type of ${namespace}`);
      this.#types.set(namespace, types);
    }
    return types;
  }

  #define(parts: readonly Definition[], projects: ReadonlySet<number>, origin: Askable): TypeDefinition {
    const first = parts[0]!;
    const { name } = this.table(first.file)!.record.symbols[first.symbol]!;
    const type: TypeDefinition = { id: this.all.length, name, generics: this.mark(first).generics, parts, projects, origin };
    this.#found.push(type);
    const nested = new Map<string, Definition[]>();
    for (const { file, symbol } of parts) {
      this.#files.get(file)!.declared[symbol] = type;
      for (const inner of this.#inside.get(`${file}\0${symbol}`) ?? []) {
        const { kind, name: innerName } = this.table(file)!.record.symbols[inner]!;
        if (TYPES.has(kind)) add(nested, keyOf(innerName, this.mark({ file, symbol: inner }).generics.length), { file, symbol: inner });
      }
    }
    this.#nested.set(type, new Map([...nested].map(([key, own]) => [key, this.#define(own, projects, origin)])));
    return type;
  }

  /** A type right inside a namespace as a file sees it: its own project's before those of projects it refers to. */
  typeIn(namespace: string, name: string, arity: number, from: WorkspacePath): TypeDefinition | undefined {
    const declared = this.#in(namespace).get(keyOf(name, arity));
    const all = declared.length === 0 ? undefined : this.#grouped.get(declared);
    if (!all?.[0]) return undefined;
    this.asked.note(all[0].origin);
    return this.#seen(all, from);
  }

  #seen(all: readonly TypeDefinition[], from: WorkspacePath): TypeDefinition | undefined {
    const own = this.projects.of(from);
    for (const t of all) if (meet(t.projects, own)) return t;
    const seen = this.projects.seenFrom(from);
    for (const t of all) if (meet(t.projects, seen) && this.#open(t)) return t;
    return undefined;
  }

  /** Whether other projects may name a type: not one that is private to its file. */
  #open(type: TypeDefinition): boolean {
    return !this.mark(type.parts[0]!).words.has('file');
  }

  /** Whether a file sees a namespace of this name, or a part of one. */
  hasNamespace(name: string, from: WorkspacePath): boolean {
    for (const p of this.projects.seenFrom(from)) if (this.#namespaces.has(`${p} ${name}`)) return true;
    return false;
  }

  /** Whether code in `from` sees what `type` declares. */
  sees(from: WorkspacePath, type: TypeDefinition): boolean {
    return meet(type.projects, this.projects.seenFrom(from));
  }

  /** A type right inside another one. */
  nested(type: TypeDefinition, key: string): TypeDefinition | undefined {
    return this.#nested.get(type)?.get(key);
  }

  /** Whether a namespace of any project ends in this name. */
  isNamespaceName(name: string): boolean {
    return this.#namespaceNames.has(name);
  }
}

const UNMARKED = readMark(undefined);

/** Whether one of `some` is among `others`. */
function meet(some: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  for (const n of some) if (others.has(n)) return true;
  return false;
}

export const isType = (kind: string): boolean => TYPES.has(kind);

export const keyOf = (name: string, arity: number): string => (arity === 0 ? name : `${name}\`${arity}`);

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const same = map.get(key);
  if (same) same.push(value);
  else map.set(key, [value]);
}
