/**
 * The types of a C# workspace and what their names mean from a place in a file (C# language
 * specification, "Namespace and type names"): members and type parameters of the types
 * around, then namespace by namespace outwards what it holds and what its using directives
 * bring. A partial type is all of its parts; `Foo` and `Foo<T>` are two types.
 */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import { Projects } from './projects.js';
import { qualify, type Scope, Scopes } from './scopes.js';
import { type Mark, readMark, readType, type TypeText } from './shorthand.js';

export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

/** A type of the workspace. */
export interface TypeDefinition {
  readonly name: string;
  /** Names of its type parameters. */
  readonly generics: readonly string[];
  /** Its declarations, sorted by file; one unless it is partial. */
  readonly parts: readonly Definition[];
  /** Projects that compile it. */
  readonly projects: ReadonlySet<number>;
}

/** What a name leads to: a type of the workspace, a namespace of it, a type parameter, or something of a library. */
export type Meaning =
  | { readonly kind: 'type'; readonly type: TypeDefinition }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'parameter' | 'library'; readonly name: string };

/** What a using directive opens. */
export type Opened = Extract<Meaning, { kind: 'type' | 'namespace' }>;

const TYPES: ReadonlySet<string> = new Set(['class', 'interface', 'struct', 'record', 'enum', 'type']);

export class Types {
  readonly projects: Projects;
  readonly scopes: Scopes;
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  readonly #marks = new Map<WorkspacePath, Mark[]>();
  readonly #inside = new Map<string, number[]>();
  /** "A.B.Foo`1" → types of that name, one per project that has its own. */
  readonly #types = new Map<string, TypeDefinition[]>();
  /** "file\0symbol" → the type that it declares a part of. */
  readonly #declared = new Map<string, TypeDefinition>();
  readonly #nested = new Map<TypeDefinition, Map<string, TypeDefinition>>();
  readonly #namespaces = new Map<string, Set<number>>();
  readonly #bases = new Map<TypeDefinition, readonly TypeDefinition[]>();
  readonly #lineages = new Map<TypeDefinition, ReadonlySet<TypeDefinition>>();
  #openedBy = new WeakMap<Scope, readonly Opened[]>();
  readonly #outside = new Map<WorkspacePath, Map<string, Meaning | undefined>>();

  constructor(input: ResolveInput) {
    this.projects = new Projects(input);
    for (const { path, language } of input.entries) {
      const record = language === 'csharp' ? input.record(path) : undefined;
      if (!record) continue;
      this.#tables.set(path, new SymbolTable(record));
      const marks = record.symbols.map((s) => readMark(s.mark));
      this.#marks.set(path, marks);
    }
    this.scopes = new Scopes(this.#tables, this.projects);
    const tops = new Map<string, Definition[]>();
    for (const file of this.#tables.keys()) this.#enter(file, tops);
    for (const [key, parts] of tops) this.#types.set(key, this.#group(parts));
    for (const type of this.#declared.values()) this.basesOf(type);
    // Answers from before all bases were known.
    this.#outside.clear();
    this.#lineages.clear();
    this.#openedBy = new WeakMap();
  }

  /** Takes in the namespaces of a file and the types right inside them. */
  #enter(file: WorkspacePath, tops: Map<string, Definition[]>): void {
    const { record } = this.#tables.get(file)!;
    this.#addNamespace(record.package, file);
    for (const [symbol, { kind, name, container }] of record.symbols.entries()) {
      if (kind === 'namespace') this.#addNamespace(this.scopes.namespaceOf(file, symbol), file);
      if (!TYPES.has(kind)) continue;
      if (container >= 0) add(this.#inside, `${file}\0${container}`, symbol);
      const key = keyOf(name, this.mark({ file, symbol }).generics.length);
      if ((record.symbols[container]?.kind ?? 'namespace') === 'namespace')
        add(tops, qualify(this.scopes.namespaceOf(file, container), key), { file, symbol });
    }
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  get tables(): ReadonlyMap<WorkspacePath, SymbolTable> {
    return this.#tables;
  }

  mark({ file, symbol }: Definition): Mark {
    return this.#marks.get(file)?.[symbol] ?? readMark(undefined);
  }

  declaredBy(file: WorkspacePath, symbol: number): TypeDefinition | undefined {
    return this.#declared.get(`${file}\0${symbol}`);
  }

  #addNamespace(name: string, file: WorkspacePath): void {
    for (let at = name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
      const declaring = this.#namespaces.get(at) ?? new Set();
      this.#namespaces.set(at, declaring);
      for (const p of this.projects.of(file)) declaring.add(p);
    }
  }

  /** Declarations of one full name into types: those that some project compiles together are parts of one. */
  #group(parts: readonly Definition[]): TypeDefinition[] {
    const groups: { projects: Set<number>; parts: Definition[] }[] = [];
    for (const part of parts) {
      const projects = this.projects.of(part.file);
      const same = groups.find((g) => [...projects].some((p) => g.projects.has(p)));
      if (same) {
        same.parts.push(part);
        for (const p of projects) same.projects.add(p);
      } else groups.push({ projects: new Set(projects), parts: [part] });
    }
    return groups.map(({ projects, parts: own }) => this.#define(own, projects));
  }

  #define(parts: readonly Definition[], projects: ReadonlySet<number>): TypeDefinition {
    const first = parts[0]!;
    const { name } = this.#tables.get(first.file)!.record.symbols[first.symbol]!;
    const type: TypeDefinition = { name, generics: this.mark(first).generics, parts, projects };
    const nested = new Map<string, Definition[]>();
    for (const { file, symbol } of parts) {
      this.#declared.set(`${file}\0${symbol}`, type);
      for (const inner of this.#inside.get(`${file}\0${symbol}`) ?? []) {
        const { kind, name: innerName } = this.#tables.get(file)!.record.symbols[inner]!;
        if (TYPES.has(kind)) add(nested, keyOf(innerName, this.mark({ file, symbol: inner }).generics.length), { file, symbol: inner });
      }
    }
    this.#nested.set(type, new Map([...nested].map(([key, own]) => [key, this.#define(own, projects)])));
    return type;
  }

  /** A type right inside a namespace as a file sees it: its own project's before those of projects it refers to. */
  typeIn(namespace: string, name: string, arity: number, from: WorkspacePath): TypeDefinition | undefined {
    const all = this.#types.get(qualify(namespace, keyOf(name, arity)));
    return all && this.#seen(all, from);
  }

  #seen(all: readonly TypeDefinition[], from: WorkspacePath): TypeDefinition | undefined {
    const own = this.projects.of(from);
    for (const t of all) for (const p of own) if (t.projects.has(p)) return t;
    for (const t of all)
      for (const p of own) for (const other of this.projects.project(p).sees) if (t.projects.has(other) && this.#open(t)) return t;
    return undefined;
  }

  /** Whether other projects may name a type: not one that is private to its file. */
  #open(type: TypeDefinition): boolean {
    return !this.mark(type.parts[0]!).words.has('file');
  }

  /** Whether a file sees a namespace of this name, or a part of one. */
  hasNamespace(name: string, from: WorkspacePath): boolean {
    const projects = this.#namespaces.get(name);
    if (!projects) return false;
    for (const p of this.projects.of(from)) for (const seen of this.projects.project(p).sees) if (projects.has(seen)) return true;
    return false;
  }

  /** Whether code in `from` sees what `type` declares. */
  sees(from: WorkspacePath, type: TypeDefinition): boolean {
    for (const p of this.projects.of(from)) for (const seen of this.projects.project(p).sees) if (type.projects.has(seen)) return true;
    return false;
  }

  /** A type nested in another one or in what that inherits. */
  nestedIn(type: TypeDefinition, name: string, arity: number): TypeDefinition | undefined {
    for (const at of this.lineage(type)) {
      const found = this.#nested.get(at)?.get(keyOf(name, arity));
      if (found) return found;
    }
    return undefined;
  }

  /** A type and all that it inherits of the workspace, nearest first. */
  lineage(type: TypeDefinition): ReadonlySet<TypeDefinition> {
    const known = this.#lineages.get(type);
    if (known) return known;
    const all = new Set([type]);
    for (const at of all) for (const base of this.basesOf(at)) all.add(base);
    this.#lineages.set(type, all);
    return all;
  }

  basesOf(type: TypeDefinition): readonly TypeDefinition[] {
    const known = this.#bases.get(type);
    if (known) return known;
    // While they are being looked for there are none: a ring ends here.
    this.#bases.set(type, []);
    const found = type.parts.flatMap(({ file, symbol }) => {
      const { supers = [], container = -1 } = this.#tables.get(file)!.record.symbols[symbol]!;
      return supers.flatMap((written) => {
        const text = readType(written);
        const meaning = text && this.find(text, file, container, symbol);
        return meaning?.kind === 'type' ? [meaning.type] : [];
      });
    });
    this.#bases.set(type, found);
    return found;
  }

  /** What a written type means inside symbol `within` of a file; `inBase`: the type whose list of bases it stands in. */
  find({ path }: TypeText, file: WorkspacePath, within: number, inBase?: number): Meaning | undefined {
    const [first, ...rest] = path;
    if (!first) return undefined;
    const generic = inBase !== undefined && rest.length === 0 && this.mark({ file, symbol: inBase }).generics.includes(first.name);
    if (generic) return { kind: 'parameter', name: first.name };
    let at = this.simple(first.name, first.args.length, file, within);
    for (const { name, args } of rest) at = at && this.inside(at, name, args.length, file);
    return at;
  }

  /** What a name behind a dot means in a namespace or type. */
  inside(holder: Meaning, name: string, arity: number, from: WorkspacePath): Meaning | undefined {
    if (holder.kind === 'type') return asType(this.nestedIn(holder.type, name, arity));
    if (holder.kind !== 'namespace') return undefined;
    const type = this.typeIn(holder.name, name, arity, from);
    if (type) return { kind: 'type', type };
    const full = qualify(holder.name, name);
    return arity === 0 && this.hasNamespace(full, from) ? { kind: 'namespace', name: full } : undefined;
  }

  /** What a simple name means as a type or namespace inside symbol `within`; undefined when nothing of the workspace bears it. */
  simple(name: string, arity: number, file: WorkspacePath, within: number): Meaning | undefined {
    const table = this.#tables.get(file);
    if (!table) return undefined;
    const [alias, aliased] = name.split('::');
    if (aliased !== undefined) {
      if (alias === 'global') return this.inside({ kind: 'namespace', name: '' }, aliased, arity, file);
      const holder = this.simple(alias ?? '', 0, file, within);
      return holder && this.inside(holder, aliased, arity, file);
    }
    for (const at of table.around(within)) {
      if (arity === 0 && this.mark({ file, symbol: at }).generics.includes(name)) return { kind: 'parameter', name };
      const type = this.declaredBy(file, at);
      const nested = type && this.nestedIn(type, name, arity);
      if (nested) return { kind: 'type', type: nested };
    }
    return this.#fromScopes(name, arity, file, within);
  }

  #fromScopes(name: string, arity: number, file: WorkspacePath, within: number): Meaning | undefined {
    const namespace = this.scopes.blockAround(file, within);
    const known = this.#remembered(file);
    const key = `${namespace}:${keyOf(name, arity)}`;
    if (known.has(key)) return known.get(key);
    const scopes = this.scopes.from(file, namespace);
    const found = this.#look(name, arity, file, scopes);
    known.set(key, found);
    return found;
  }

  #look(name: string, arity: number, file: WorkspacePath, scopes: readonly Scope[]): Meaning | undefined {
    for (const [depth, { name: home, usings }] of scopes.entries()) {
      const here = this.inside({ kind: 'namespace', name: home }, name, arity, file);
      if (here) return here;
      const outer = scopes.slice(depth + 1);
      const alias = arity === 0 ? usings.find((u) => u.names[0]?.as === name) : undefined;
      if (alias) return this.#named(alias.specifier, file, outer) ?? { kind: 'library', name };
      for (const holder of this.#opened(scopes[depth]!, outer, file)) {
        const found = holder.kind === 'type' ? this.nestedIn(holder.type, name, arity) : this.typeIn(holder.name, name, arity, file);
        if (found) return { kind: 'type', type: found };
      }
    }
    return undefined;
  }

  /** The namespaces and, for `using static`, the types that the using directives of a scope open. They name them from outside its declaration. */
  #opened(scope: Scope, outer: readonly Scope[], file: WorkspacePath): readonly Opened[] {
    let opened = this.#openedBy.get(scope);
    if (!opened) {
      const plain = scope.usings.filter((u) => u.names.length === 0);
      opened = plain.flatMap(({ specifier, mark }): Opened[] => {
        const found = this.#named(specifier, file, outer);
        const fixed = mark?.includes('static') === true;
        return (found?.kind === 'type' && fixed) || (found?.kind === 'namespace' && !fixed) ? [found] : [];
      });
      this.#openedBy.set(scope, opened);
    }
    return opened;
  }

  /** What a using directive names. */
  named({ specifier, within }: ImportRecord, file: WorkspacePath): Meaning | undefined {
    return this.#named(specifier, file, this.scopes.from(file, this.scopes.blockAround(file, within)));
  }

  /** A full name, or inside a namespace one that begins with what is around it. */
  #named(specifier: string, file: WorkspacePath, outer: readonly Scope[]): Meaning | undefined {
    const path = readType(specifier)?.path ?? [];
    for (const home of [...outer.map((s) => s.name).filter((n) => n !== ''), '']) {
      let at: Meaning | undefined = { kind: 'namespace', name: home };
      for (const { name, args } of path) at = at && this.inside(at, name.replace(/^global::/, ''), args.length, file);
      if (at) return at;
    }
    return undefined;
  }

  /** All that using directives open at a place, with the namespaces around it: where extension methods come from. */
  *openAt(file: WorkspacePath, within: number): Generator<Opened> {
    const scopes = this.scopes.from(file, this.scopes.blockAround(file, within));
    for (const [depth, scope] of scopes.entries()) {
      yield { kind: 'namespace', name: scope.name };
      yield* this.#opened(scope, scopes.slice(depth + 1), file);
    }
  }

  /** Answers for a file, which asks for the same names again and again; those of the last few hundred files are kept. */
  #remembered(file: WorkspacePath): Map<string, Meaning | undefined> {
    let known = this.#outside.get(file);
    if (!known) {
      if (this.#outside.size > 300) this.#outside.clear();
      known = new Map();
      this.#outside.set(file, known);
    }
    return known;
  }
}

const asType = (type: TypeDefinition | undefined): Meaning | undefined => type && { kind: 'type', type };

export const isType = (kind: string): boolean => TYPES.has(kind);

const keyOf = (name: string, arity: number): string => (arity === 0 ? name : `${name}\`${arity}`);

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const same = map.get(key);
  if (same) same.push(value);
  else map.set(key, [value]);
}
