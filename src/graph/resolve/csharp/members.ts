/** What types hold and inherit, with type arguments put in for parameters: of the workspace by its records, of the library by a table. */
import type { WorkspacePath } from '../../../workspace/entry.js';
import { Memo } from '../../asked.js';
import { type Definition, isType, type TypeDefinition } from './declarations.js';
import { LIBRARY, type LibraryMember, libraryKey } from './library.js';
import { accepts, type Call, readType, type TypeText } from './shorthand.js';
import { type Env, envOf, NO_ENV, type Type, TypePool, UNKNOWN } from './type.js';
import type { Types } from './types.js';

export interface Members {
  readonly found: readonly Definition[];
  /** The type they stand in. */
  readonly owner: Type;
}

/** A member of the library, with what the type parameters around it stand for. */
export interface LibraryFound {
  readonly member: LibraryMember;
  readonly env: Env;
}

/** Types of the library that inherit nothing. */
const PLAIN =
  /^(object|int|long|short|byte|bool|char|double|float|decimal|uint|ulong|DateTime|DateTimeOffset|TimeSpan|Guid|Exception|Attribute|EventArgs)$/;

/** How many types a line of inheritance is followed through. */
const MAX_LINE = 60;

const NO_TYPES: readonly Type[] = [];
const NO_DEFINITIONS: readonly Definition[] = [];
const NO_MEMBERS: readonly Members[] = [];

export class MemberLookup {
  readonly pool = new TypePool();
  readonly #bases: Memo<Type, readonly Type[]>;
  readonly #lines: Memo<Type, readonly Type[]>;
  readonly #identities: Memo<Type, ReadonlySet<TypeDefinition | string>>;
  readonly #own = new Map<TypeDefinition, Memo<string, readonly Definition[]>>();
  readonly #members = new Map<Type, Memo<string, readonly Members[]>>();

  constructor(readonly types: Types) {
    this.#bases = new Memo(types.asked);
    this.#lines = new Memo(types.asked);
    this.#identities = new Memo(types.asked);
  }

  // --- types as they are written

  /** A written type as it is meant inside symbol `within` of a file. */
  typed(text: TypeText, file: WorkspacePath, within: number, env: Env = NO_ENV): Type | undefined {
    const last = text.path.at(-1);
    if (!last || last.name === '') return undefined;
    const args = last.args.length === 0 ? NO_TYPES : last.args.map((a) => this.typed(a, file, within, env) ?? UNKNOWN);
    if (last.name === '[]' || last.name === '()') return this.pool.make(undefined, last.name, args, text.parts);
    const bound = text.path.length === 1 && args.length === 0 ? env.get(last.name) : undefined;
    if (bound) return bound;
    const meaning = this.types.find(text, file, within);
    if (meaning?.kind === 'parameter') {
      const declares = (symbol: number): boolean => this.types.mark({ file, symbol }).generics.includes(last.name);
      const symbol = [...this.types.table(file)!.around(within)].find(declares);
      return this.pool.make(undefined, last.name, NO_TYPES, undefined, symbol === undefined ? undefined : { file, symbol });
    }
    return this.pool.make(meaning?.kind === 'type' ? meaning.type : undefined, last.name, args);
  }

  /** A type as the library's table writes it. */
  typedByLibrary(text: TypeText, env: Env): Type {
    const last = text.path.at(-1)!;
    const bound = last.args.length === 0 ? env.get(last.name) : undefined;
    const args = (): Type[] => last.args.map((a) => this.typedByLibrary(a, env));
    return bound ?? this.pool.make(undefined, last.name, args(), text.parts);
  }

  // --- inheritance

  /** What a type inherits at once. */
  basesOf(type: Type): readonly Type[] {
    return this.#bases.of(type, () => this.#findBases(type));
  }

  #findBases({ type, name, args, parameter }: Type): readonly Type[] {
    if (parameter) return this.#boundsOf(name, parameter);
    if (type) {
      return type.parts.flatMap(({ file, symbol }) => {
        // A parameter that nothing stands for is itself: its bounds go up the line with it.
        const { supers, container } = this.types.table(file)!.record.symbols[symbol]!;
        if (!supers) return NO_TYPES;
        const itself = (n: string): Type => this.pool.make(undefined, n, NO_TYPES, undefined, { file, symbol });
        const env = new Map([...type.generics.map((n) => [n, itself(n)] as const), ...envOf(type.generics, args)]);
        return supers.flatMap((s) => this.typed(readType(s)!, file, container, env) ?? []);
      });
    }
    if (name === '[]') return ['IList', 'IReadOnlyList'].map((n) => this.pool.make(undefined, n, args));
    const known = LIBRARY.get(libraryKey(name, args.length));
    return known?.bases.map((b) => this.typedByLibrary(b, envOf(known.generics, args))) ?? [];
  }

  /** What a type parameter is bound by is what it inherits. Any part of the type may say it. */
  #boundsOf(name: string, { file, symbol }: Definition): Type[] {
    const parts = this.types.declaredBy(file, symbol)?.parts ?? [{ file, symbol }];
    for (const part of parts) {
      const bounds = this.types.mark(part).bounds.get(name);
      if (bounds) return bounds.flatMap((b) => this.typed(b, part.file, part.symbol) ?? []);
    }
    return [];
  }

  /** A type and what it inherits, nearest first. */
  lineOf(type: Type): readonly Type[] {
    return this.#lines.of(type, () => this.#findLine(type));
  }

  #findLine(type: Type): Type[] {
    const all = [type];
    const seen = new Set<unknown>([type.type ?? type.name]);
    for (const at of all) {
      for (const base of this.basesOf(at)) {
        const key = base.type ?? base.name;
        if (seen.has(key) || all.length >= MAX_LINE) continue;
        seen.add(key);
        all.push(base);
      }
    }
    return all;
  }

  /** What a type is, for what takes a base of it: definitions, and keys of library types. */
  identities(type: Type): ReadonlySet<TypeDefinition | string> {
    return this.#identities.of(type, () => new Set(this.lineOf(type).map((t) => t.type ?? libraryKey(t.name, t.args.length))));
  }

  /** Whether something that a type inherits is not known: a library's type beyond the table. */
  isOpen(type: Type): boolean {
    const isKnown = ({ type: own, name, args, parameter }: Type): boolean =>
      own !== undefined || parameter !== undefined || /^(\(\)|\[\])$/.test(name) || LIBRARY.has(libraryKey(name, args.length));
    return !this.lineOf(type).every((t) => isKnown(t) || /^I\p{Lu}/u.test(t.name) || PLAIN.test(t.name));
  }

  /** A type as the generic one of this name that it is or inherits. */
  as(type: Type, name: string): Type | undefined {
    return this.lineOf(type).find((t) => t.name === name && t.args.length > 0);
  }

  /** The types around a place, innermost first. */
  around(file: WorkspacePath, within: number): Type[] {
    return this.types.around(file, within).map((type) => this.pool.open(type));
  }

  kindOf(type: TypeDefinition): string {
    const first = type.parts[0]!;
    return this.types.table(first.file)!.record.symbols[first.symbol]!.kind;
  }

  // --- members

  /**
   * Members of a type by name from the nearest that has some; nested types are none. A call
   * means what may be called so, if anything may.
   */
  members(type: Type, name: string, call?: Call): Members | undefined {
    const all = this.#allMembers(type, name);
    if (call === undefined) return all[0];
    for (const { found, owner } of all) {
      const fit = found.filter((d) => this.takes(d, call));
      if (fit.length > 0) return { found: fit, owner };
    }
    return all[0];
  }

  /** Members by name of a type and of all that it inherits, nearest first. */
  #allMembers(type: Type, name: string): readonly Members[] {
    return this.#memo(this.#members, type).of(name, () => this.#findMembers(type, name));
  }

  #findMembers(type: Type, name: string): readonly Members[] {
    if (type.type && !this.#inherits(type.type, name)) return NO_MEMBERS;
    const all: Members[] = [];
    for (const owner of this.lineOf(type)) {
      const found = owner.type ? this.#membersOf(owner.type, name) : NO_DEFINITIONS;
      if (found.length > 0) all.push({ found, owner });
    }
    return all;
  }

  #inherits(type: TypeDefinition, name: string): boolean {
    for (const t of this.types.lineage(type)) if (this.#membersOf(t, name).length > 0) return true;
    return false;
  }

  /** Members of the types around a place, innermost first, else of those that `using static` opens. */
  membersAround(name: string, file: WorkspacePath, within: number, call?: Call): Members | undefined {
    for (const types of [this.types.around(file, within), this.types.openAt(file, within).types]) {
      for (const type of types) {
        const found = this.members(this.pool.open(type), name, call);
        if (found) return found;
      }
    }
    return undefined;
  }

  /** Whether a member can be called so; of what is no method that is not known. */
  takes(definition: Definition, call: Call): boolean {
    return !this.isMethod(definition) || accepts(this.types.mark(definition), call);
  }

  isMethod({ file, symbol }: Definition): boolean {
    return this.types.table(file)!.record.symbols[symbol]!.kind === 'method';
  }

  #membersOf(type: TypeDefinition, name: string): readonly Definition[] {
    return this.#memo(this.#own, type).of(name, () => {
      const found = type.parts.flatMap(({ file, symbol }) => this.#membersIn(file, symbol, name));
      return found.length > 0 ? found : NO_DEFINITIONS;
    });
  }

  #membersIn(file: WorkspacePath, symbol: number, name: string): readonly Definition[] {
    const table = this.types.table(file)!;
    const found = table.members(symbol, name).filter((m) => {
      const { kind } = table.record.symbols[m]!;
      return !isType(kind) && kind !== 'constructor' && !this.types.mark({ file, symbol: m }).words.has('explicit');
    });
    if (found.length > 0) return found.map((m) => ({ file, symbol: m }));
    // A record's parameters are its properties.
    return table.record.symbols[symbol]!.kind === 'record' && table.bindingIn(symbol, name) ? [{ file, symbol }] : NO_DEFINITIONS;
  }

  /** Members that the library gives a value; LINQ is among them. */
  libraryMembers(type: Type, name: string): LibraryFound[] {
    for (const at of this.lineOf(type)) {
      const known = at.type ? undefined : LIBRARY.get(libraryKey(at.name, at.args.length));
      const found = known?.members.get(name);
      if (known && found) return found.map((member) => ({ member, env: envOf(known.generics, at.args) }));
    }
    return [];
  }

  /** The answers for a key. */
  #memo<K, V>(memos: Map<K, Memo<string, V>>, key: K): Memo<string, V> {
    let memo = memos.get(key);
    if (!memo) {
      memo = new Memo(this.types.asked);
      memos.set(key, memo);
    }
    return memo;
  }
}
