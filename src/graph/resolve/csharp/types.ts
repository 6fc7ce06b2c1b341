/**
 * What names of types mean from a place in a file of C# (C# language specification,
 * "Namespace and type names"): members and type parameters of the types around, then
 * namespace by namespace outwards what it holds and what its using directives bring.
 */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import { Memo } from '../../asked.js';
import type { PrepareInput } from '../../links.js';
import type { SymbolTable } from '../symbol-table.js';
import { Declarations, keyOf, type TypeDefinition } from './declarations.js';
import { qualify, type Scope } from './scopes.js';
import { readType, type TypeText } from './shorthand.js';

/** What a name leads to: a type of the workspace, a namespace of it, a type parameter, or something of a library. */
export type Meaning =
  | { readonly kind: 'type'; readonly type: TypeDefinition }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'parameter' | 'library'; readonly name: string };

/** What a using directive opens. */
type Opened = Extract<Meaning, { kind: 'type' | 'namespace' }>;

/** All that is open at a place: the namespaces around it, what using directives bring. */
export interface Open {
  readonly namespaces: ReadonlySet<string>;
  /** In the order in which they are looked into. */
  readonly types: ReadonlySet<TypeDefinition>;
}

/** What a file has asked for: it will again. By symbol + 1. */
interface Remembered {
  /** Meanings by name, of the type or generic method around. */
  readonly inside: Memo<string, Meaning | undefined>[];
  /** Meanings by name, of the namespace around. */
  readonly outside: Memo<string, Meaning | undefined>[];
  readonly open: Memo<number, Open>;
}

/** Answers are kept for so many files. */
const MAX_REMEMBERED = 300;

export class Types extends Declarations {
  readonly #bases: Memo<TypeDefinition, readonly TypeDefinition[]>;
  readonly #lineages: Memo<TypeDefinition, ReadonlySet<TypeDefinition>>;
  readonly #openedBy: Memo<Scope, readonly Opened[]>;
  readonly #remembered = new Map<WorkspacePath, Remembered>();
  readonly #complete: boolean;

  constructor(input: PrepareInput) {
    super(input);
    this.#bases = new Memo(input.asked);
    this.#lineages = new Memo(input.asked);
    this.#openedBy = new Memo(input.asked);
    this.#complete = false;
    for (const type of this.all) this.basesOf(type);
    // Answers from before all bases were known.
    this.#remembered.clear();
    this.#lineages.clear();
    this.#openedBy.clear();
    this.#complete = true;
  }

  /** A type nested in another one or in what that inherits. */
  nestedIn(type: TypeDefinition, name: string, arity: number): TypeDefinition | undefined {
    for (const at of this.lineage(type)) {
      const found = this.nested(at, keyOf(name, arity));
      if (found) return found;
    }
    return undefined;
  }

  /** A type and all that it inherits of the workspace, nearest first. */
  lineage(type: TypeDefinition): ReadonlySet<TypeDefinition> {
    return this.#lineages.of(type, () => {
      const all = new Set([type]);
      for (const at of all) for (const base of this.basesOf(at)) all.add(base);
      return all;
    });
  }

  basesOf(type: TypeDefinition): readonly TypeDefinition[] {
    const find = (): readonly TypeDefinition[] =>
      type.parts.flatMap(({ file, symbol }) => {
        const { supers = [], container = -1 } = this.table(file)!.record.symbols[symbol]!;
        return supers.flatMap((written) => {
          const text = readType(written);
          const meaning = text && this.find(text, file, container, symbol);
          return meaning?.kind === 'type' ? [meaning.type] : [];
        });
      });
    // While they are being looked for there are none: a ring ends here.
    return this.#bases.ofRing(type, find, []);
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
    // Most names are none of a namespace: told without making the full one.
    if (arity > 0 || !this.isNamespaceName(name)) return undefined;
    const full = qualify(holder.name, name);
    return this.hasNamespace(full, from) ? { kind: 'namespace', name: full } : undefined;
  }

  /** What a simple name means as a type or namespace inside symbol `within`; undefined when nothing of the workspace bears it. */
  simple(name: string, arity: number, file: WorkspacePath, within: number): Meaning | undefined {
    const table = this.table(file);
    if (!table) return undefined;
    const colons = name.indexOf('::');
    if (colons >= 0) {
      const [alias, aliased] = [name.slice(0, colons), name.slice(colons + 2)];
      const holder = alias === 'global' ? GLOBAL : this.simple(alias, 0, file, within);
      return holder && this.inside(holder, aliased, arity, file);
    }
    const key = keyOf(name, arity);
    const home = this.#homeOf(file, table, within);
    const { inside } = this.#rememberedOf(file);
    const find = (): Meaning | undefined => this.#fromTypes(name, arity, file, home) ?? this.#fromScopes(name, arity, file, home);
    return this.#memo(inside, home).of(key, find, this.#complete);
  }

  /** The innermost symbol around a place that a simple name can depend on. */
  #homeOf(file: WorkspacePath, table: SymbolTable, within: number): number {
    for (const at of table.around(within))
      if (
        this.declaredBy(file, at) ||
        this.mark({ file, symbol: at }).generics.length > 0 ||
        table.record.symbols[at]!.kind === 'namespace'
      )
        return at;
    return -1;
  }

  #fromTypes(name: string, arity: number, file: WorkspacePath, home: number): Meaning | undefined {
    for (const at of this.table(file)!.around(home)) {
      if (arity === 0 && this.mark({ file, symbol: at }).generics.includes(name)) return { kind: 'parameter', name };
      const type = this.declaredBy(file, at);
      const nested = type && this.nestedIn(type, name, arity);
      if (nested) return { kind: 'type', type: nested };
    }
    return undefined;
  }

  #fromScopes(name: string, arity: number, file: WorkspacePath, within: number): Meaning | undefined {
    const namespace = this.scopes.blockAround(file, within);
    const { outside } = this.#rememberedOf(file);
    const look = (): Meaning | undefined => this.#look(name, arity, file, this.scopes.from(file, namespace));
    return this.#memo(outside, namespace).of(keyOf(name, arity), look);
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
    return this.#openedBy.of(scope, () => {
      const plain = scope.usings.filter((u) => u.names.length === 0);
      return plain.flatMap(({ specifier, mark }): Opened[] => {
        const found = this.#named(specifier, file, outer);
        const fixed = mark?.includes('static') === true;
        return (found?.kind === 'type' && fixed) || (found?.kind === 'namespace' && !fixed) ? [found] : [];
      });
    });
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

  /** All that is open at a place: where extension methods come from, and members that `using static` brings. */
  openAt(file: WorkspacePath, within: number): Open {
    const namespace = this.scopes.blockAround(file, within);
    const { open } = this.#rememberedOf(file);
    return open.of(namespace, () => {
      const scopes = this.scopes.from(file, namespace);
      const opened = scopes.flatMap((scope, depth) => this.#opened(scope, scopes.slice(depth + 1), file));
      return {
        namespaces: new Set([...scopes.map((s) => s.name), ...opened.flatMap((o) => (o.kind === 'namespace' ? [o.name] : []))]),
        types: new Set(opened.flatMap((o) => (o.kind === 'type' ? [o.type] : []))),
      };
    });
  }

  #memo(memos: Memo<string, Meaning | undefined>[], symbol: number): Memo<string, Meaning | undefined> {
    let memo = memos[symbol + 1];
    if (!memo) {
      memo = new Memo(this.asked);
      memos[symbol + 1] = memo;
    }
    return memo;
  }

  #rememberedOf(file: WorkspacePath): Remembered {
    let known = this.#remembered.get(file);
    if (!known) {
      if (this.#remembered.size > MAX_REMEMBERED) this.#remembered.clear();
      known = { inside: [], outside: [], open: new Memo(this.asked) };
      this.#remembered.set(file, known);
    }
    return known;
  }
}

const GLOBAL: Meaning = { kind: 'namespace', name: '' };

const asType = (type: TypeDefinition | undefined): Meaning | undefined => type && { kind: 'type', type };
