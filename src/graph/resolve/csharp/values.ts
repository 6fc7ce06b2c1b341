/**
 * Of what type values are: follows what records say of variables, members and results
 * through calls, indexing, lambdas and await, with type arguments put in for parameters.
 */
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { Extensions } from './extensions.js';
import { LIBRARY, libraryKey } from './library.js';
import { type Argument, readType, readValue, type Step, type TypeText } from './shorthand.js';
import { type Definition, isType, type TypeDefinition, type Types } from './types.js';

/** A type as a value has it. */
export interface Type {
  /** Undefined for a library's. */
  readonly type: TypeDefinition | undefined;
  /** "[]" for arrays, "()" for tuples. */
  readonly name: string;
  readonly args: readonly Type[];
  /** Names of a tuple's parts. */
  readonly parts?: readonly string[] | undefined;
  /** Of a type parameter: where it is declared, which says what it is bound by. */
  readonly parameter?: Definition;
}

export interface Members {
  readonly found: readonly Definition[];
  /** The type they stand in. */
  readonly owner: Type;
}

export interface Place {
  readonly file: WorkspacePath;
  readonly within: number;
  readonly line: number;
}

type Env = ReadonlyMap<string, Type>;

/** A method that a name may mean, from the workspace or the library. */
interface Method {
  readonly definition: Definition | undefined;
  readonly generics: readonly string[];
  readonly takes: readonly TypeText[];
  /** How many arguments it needs at least, and takes at most. */
  readonly least: number;
  readonly most: number;
  readonly gives: TypeText | undefined;
  /** What the type parameters around it stand for. */
  readonly env: Env;
}

/** Where a chain of steps has led so far. */
export type Held =
  | { readonly kind: 'value' | 'type'; readonly type: Type }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'methods'; readonly methods: readonly Method[]; readonly args: readonly Type[]; readonly receiver: Type | undefined };

/** A chain is followed through at most so many others; made-up code can branch without end. */
const MAX_DEPTH = 12;
const MAX_FOLLOWED = 300;
const NO_ENV: Env = new Map();
const DELEGATES = /^(Func|Action|Predicate|Comparison|Converter|EventHandler)$/;

export class Values {
  #followed = 0;

  constructor(
    readonly types: Types,
    private readonly extensions: Extensions,
  ) {}

  /** Where a value in shorthand leads as seen from a place; undefined when it cannot be followed. */
  follow(value: string, place: Place): Held | undefined {
    this.#followed = 0;
    return this.#steps(readValue(value), place, 0);
  }

  #steps(steps: readonly Step[], place: Place, depth: number): Held | undefined {
    if (depth > MAX_DEPTH || ++this.#followed > MAX_FOLLOWED) return undefined;
    let at: Held | undefined;
    for (const [i, step] of steps.entries()) {
      at = i === 0 ? this.#begin(step, place, depth, steps[1]?.kind === 'call') : at && this.#next(at, step, steps[i + 1], place, depth);
      if (!at) return undefined;
    }
    return at;
  }

  #begin(step: Step, place: Place, depth: number, called: boolean): Held | undefined {
    if (step.kind === 'made') return value(this.#typed(step.type, place.file, place.within, NO_ENV));
    if (step.kind !== 'name') return undefined;
    const { name, args } = step;
    if (name === 'this' || name === 'base') return this.#enclosing(place, name === 'base');
    const given = args.flatMap((a) => this.#typed(a, place.file, place.within, NO_ENV) ?? []);
    const table = this.types.table(place.file);
    if (called && table?.binding(`${name}()`, place.within, place.line) && this.#isLocal(name, place)) {
      const bound = table.binding(`${name}()`, place.within, place.line)!;
      const gives = readType(bound.type);
      return {
        kind: 'methods',
        methods: [{ definition: undefined, generics: [], takes: [], least: 0, most: Number.POSITIVE_INFINITY, gives, env: NO_ENV }],
        args: given,
        receiver: undefined,
      };
    }
    const bound = this.#local(name, place);
    if (bound) {
      if (bound.type !== '') return value(this.written(bound.type, { ...place, within: bound.within }));
      return this.#steps(readValue(bound.init), { file: place.file, within: bound.within, line: bound.line }, depth + 1);
    }
    const own = this.ownMembers(name, place);
    if (own) return this.#held(own.found, own.owner, given, undefined, depth);
    if (LIBRARY.get(libraryKey(name, 0)) === undefined && /^(string|int|bool|char|double|object)$/.test(name))
      return { kind: 'type', type: plain(name) };
    const meaning = this.types.simple(name, args.length, place.file, place.within);
    if (meaning?.kind === 'namespace') return meaning;
    if (meaning?.kind === 'parameter') return undefined;
    return { kind: 'type', type: { type: meaning?.kind === 'type' ? meaning.type : undefined, name, args: given } };
  }

  /** The variable or parameter that a name means at a place. Fields are no locals: their bindings lie inside their own symbols. */
  #local(name: string, { file, within, line }: Place) {
    return this.types.table(file)?.binding(name, within, line);
  }

  #isLocal(name: string, place: Place): boolean {
    return this.#local(name, place) !== undefined;
  }

  isLocal(name: string, place: Place): boolean {
    return this.#isLocal(name, place);
  }

  #enclosing({ file, within }: Place, base: boolean): Held | undefined {
    const self = this.#around(file, within)[0];
    if (!self) return undefined;
    const type = base ? this.basesOf(self).find((b) => !b.type || this.#kindOf(b.type) !== 'interface') : self;
    return value(type);
  }

  /** The types around a place, innermost first. */
  #around(file: WorkspacePath, within: number): Type[] {
    return [...(this.types.table(file)?.around(within) ?? [])].flatMap((at) => {
      const type = this.types.declaredBy(file, at);
      return type ? [asOpen(type)] : [];
    });
  }

  #kindOf(type: TypeDefinition): string {
    const first = type.parts[0]!;
    return this.types.table(first.file)!.record.symbols[first.symbol]!.kind;
  }

  /** Members called `name` of the types around a place, their own or inherited, else of those that `using static` opens. */
  ownMembers(name: string, place: Place, given?: number): Members | undefined {
    for (const type of this.#around(place.file, place.within)) {
      const found = this.members(type, name, given);
      if (found) return found;
    }
    for (const open of this.types.openAt(place.file, place.within)) {
      const found = open.kind === 'type' ? this.members(asOpen(open.type), name, given) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /**
   * Members of a type by name from the nearest in its line that has some; nested types are
   * none. A call with `given` arguments means what takes as many, if anything does.
   */
  members(type: Type, name: string, given?: number): Members | undefined {
    if (type.type && ![...this.types.lineage(type.type)].some((t) => this.#membersOf(t, name).length > 0)) return undefined;
    let first: Members | undefined;
    for (const owner of this.#lineage(type)) {
      const found = owner.type ? this.#membersOf(owner.type, name) : [];
      if (found.length === 0) continue;
      const fit = given === undefined ? found : found.filter((d) => this.takes(d, given));
      if (fit.length > 0) return { found: fit, owner };
      first ??= { found, owner };
    }
    return first;
  }

  /** Whether a member can be called with so many arguments; of what is no method that is not known. */
  takes(definition: Definition, given: number): boolean {
    const { kind } = this.types.table(definition.file)!.record.symbols[definition.symbol]!;
    const { least, most } = this.types.mark(definition);
    return kind !== 'method' || (given >= least && given <= most);
  }

  #membersOf(type: TypeDefinition, name: string): Definition[] {
    return type.parts.flatMap(({ file, symbol }) => this.#membersIn(file, symbol, name));
  }

  #membersIn(file: WorkspacePath, symbol: number, name: string): Definition[] {
    const table = this.types.table(file)!;
    const found = table.members(symbol, name).filter((m) => {
      const { kind } = table.record.symbols[m]!;
      return !isType(kind) && kind !== 'constructor' && !this.types.mark({ file, symbol: m }).words.has('explicit');
    });
    if (found.length > 0) return found.map((m) => ({ file, symbol: m }));
    // A record's parameters are its properties.
    return table.record.symbols[symbol]!.kind === 'record' && table.bindingIn(symbol, name) ? [{ file, symbol }] : [];
  }

  /** A type and what it inherits, nearest first. */
  #lineage(type: Type): readonly Type[] {
    const all = [type];
    const seen = new Set<unknown>([type.type ?? type.name]);
    for (const at of all) {
      for (const base of this.basesOf(at)) {
        const key = base.type ?? base.name;
        if (!seen.has(key) && all.length < 60) {
          seen.add(key);
          all.push(base);
        }
      }
    }
    return all;
  }

  basesOf({ type, name, args, parameter }: Type): Type[] {
    if (parameter) return this.#boundsOf(name, parameter);
    if (!type) {
      if (name === '[]')
        return [
          { type: undefined, name: 'IList', args },
          { type: undefined, name: 'IReadOnlyList', args },
        ];
      const known = LIBRARY.get(libraryKey(name, args.length));
      return known?.bases.flatMap((b) => this.#library(b, envOf(known.generics, args)) ?? []) ?? [];
    }
    const env = envOf(type.generics, args);
    return type.parts.flatMap(({ file, symbol }) => {
      const { supers = [], container } = this.types.table(file)!.record.symbols[symbol]!;
      return supers.flatMap((s) => this.#typed(readType(s)!, file, container, env) ?? []);
    });
  }

  /** Names of a type and all that it inherits: definitions, or the names of library types. */
  lineageKeys(type: Type): ReadonlySet<unknown> {
    return new Set(this.#lineage(type).map((t) => t.type ?? libraryKey(t.name, t.args.length)));
  }

  /** A written type as it is meant at a place. */
  written(text: string, { file, within }: Place): Type | undefined {
    const read = readType(text);
    return read && this.#typed(read, file, within, NO_ENV);
  }

  #typed(text: TypeText, file: WorkspacePath, within: number, env: Env): Type | undefined {
    const last = text.path.at(-1);
    if (!last || last.name === '') return undefined;
    const args = last.args.map((a) => this.#typed(a, file, within, env) ?? UNKNOWN);
    if (last.name === '[]' || last.name === '()') return { type: undefined, name: last.name, args, parts: text.parts };
    if (text.path.length === 1 && args.length === 0) {
      const bound = env.get(last.name);
      if (bound) return bound;
    }
    const meaning = this.types.find(text, file, within);
    if (meaning?.kind === 'parameter') {
      const symbol = [...this.types.table(file)!.around(within)].find((s) =>
        this.types.mark({ file, symbol: s }).generics.includes(last.name),
      );
      return { type: undefined, name: last.name, args: [], ...(symbol === undefined ? {} : { parameter: { file, symbol } }) };
    }
    return { type: meaning?.kind === 'type' ? meaning.type : undefined, name: last.name, args };
  }

  /** What a type parameter is bound by is what it inherits. Another part of the type may say it. */
  #boundsOf(name: string, { file, symbol }: Definition): Type[] {
    const parts = this.types.declaredBy(file, symbol)?.parts ?? [{ file, symbol }];
    for (const part of parts) {
      const bounds = this.types.mark(part).bounds.get(name);
      if (bounds) return bounds.flatMap((b) => this.#typed(b, part.file, part.symbol, NO_ENV) ?? []);
    }
    return [];
  }

  #library(text: TypeText, env: Env): Type | undefined {
    const last = text.path.at(-1)!;
    const bound = last.args.length === 0 ? env.get(last.name) : undefined;
    return bound ?? { type: undefined, name: last.name, args: last.args.map((a) => this.#library(a, env) ?? UNKNOWN), parts: text.parts };
  }

  // --- steps

  #next(at: Held, step: Step, after: Step | undefined, place: Place, depth: number): Held | undefined {
    switch (step.kind) {
      case 'member':
        return this.memberOf(at, step.name, place, depth, step.args, after?.kind === 'call' ? after.given.length : undefined);
      case 'call':
        return at.kind === 'methods'
          ? value(this.#result(at, step.given, place, depth))
          : at.kind === 'value'
            ? value(this.#gives(at.type))
            : undefined;
      case 'parameter':
        return value(this.#parameter(at, step.n, after?.kind === 'taken' ? after.n : undefined));
      default:
        return at.kind === 'value' ? value(this.#stepInto(at.type, step, depth)) : undefined;
    }
  }

  #stepInto(type: Type, step: Step, depth: number): Type | undefined {
    switch (step.kind) {
      case 'index':
        return this.#indexed(type, depth);
      case 'element':
        return this.elementOf(type);
      case 'await':
        return this.#as(type, 'Task')?.args[0];
      case 'part':
        return this.#partOf(type, step.n);
      case 'taken':
        return this.#taken(type, step.n);
      default:
        return undefined;
    }
  }

  /** A member of what a chain has led to. */
  memberOf(at: Held, name: string, place: Place, depth = 0, args: readonly TypeText[] = [], count?: number): Held | undefined {
    if (at.kind === 'methods') return undefined;
    const given = args.flatMap((a) => this.#typed(a, place.file, place.within, NO_ENV) ?? []);
    if (at.kind === 'namespace') {
      const inside = this.types.inside(at, name, args.length, place.file);
      if (inside?.kind === 'namespace') return inside;
      return inside?.kind === 'type' ? { kind: 'type', type: { type: inside.type, name, args: given } } : undefined;
    }
    const { type } = at;
    const own = this.members(type, name, count);
    const fits = own && (count === undefined || own.found.some((d) => this.takes(d, count)));
    if (own && fits) return this.#held(own.found, own.owner, given, type, depth);
    const nested = type.type && this.types.nestedIn(type.type, name, args.length);
    if (nested) return { kind: 'type', type: { type: nested, name, args: given } };
    if (type.name === '()') {
      const n = type.parts?.indexOf(name) ?? -1;
      const part = type.args[n >= 0 ? n : Number(/^Item(\d)$/.exec(name)?.[1] ?? 0) - 1];
      return value(part);
    }
    const known = this.#libraryMember(type, name);
    const [first] = known;
    if (first && first.takes.length === 0 && !first.method) return value(first.gives && this.#library(first.gives, first.env));
    const extended = at.kind === 'value' ? this.#extended(type, name, place, count) : [];
    if (own && extended.length === 0) return this.#held(own.found, own.owner, given, type, depth);
    const methods = [...extended, ...known.map((m) => ({ ...m, definition: undefined }))];
    if (methods.length > 0) return { kind: 'methods', methods, args: given, receiver: type };
    // A value of a struct or enum that may be null: Nullable<T> is not written in records.
    return name === 'Value' && type.type && /^(struct|enum|record)$/.test(this.#kindOf(type.type)) ? at : undefined;
  }

  #libraryMember(type: Type, name: string): (Omit<Method, 'definition'> & { readonly method: boolean })[] {
    for (const at of this.#lineage(type)) {
      const known = at.type ? undefined : LIBRARY.get(libraryKey(at.name, at.args.length));
      const found = known?.members.get(name);
      if (!known || !found) continue;
      const env = envOf(known.generics, at.args);
      return found.map(({ generics, takes, gives }) => ({
        generics,
        takes: takes ?? [],
        least: 0,
        most: takes?.length ?? 0,
        gives,
        env,
        method: takes !== undefined,
      }));
    }
    return [];
  }

  /** Whether the library has a member of this name for such a value and so many arguments. */
  isLibrarys(type: Type, name: string, given: number | undefined): boolean {
    return this.#libraryMember(type, name).some((m) => given === undefined || given <= m.most);
  }

  /** Extension methods that a receiver fits, their first parameter taken off. */
  #extended(receiver: Type, name: string, place: Place, count: number | undefined): Method[] {
    return this.extensions.fitting(name, receiver, place, this, count).map((definition) => {
      const method = this.#method(definition, NO_ENV);
      const env = new Map<string, Type>();
      this.#unify(method.takes[0], receiver, method, env);
      return { ...method, takes: method.takes.slice(1), least: method.least - 1, most: method.most - 1, env };
    });
  }

  #held(found: readonly Definition[], owner: Type, args: readonly Type[], receiver: Type | undefined, depth: number): Held | undefined {
    const env = owner.type ? envOf(owner.type.generics, owner.args) : NO_ENV;
    const methods = found.filter(({ file, symbol }) => this.types.table(file)!.record.symbols[symbol]!.kind === 'method');
    if (methods.length > 0) return { kind: 'methods', methods: methods.map((m) => this.#method(m, env)), args, receiver };
    return value(found[0] && this.typeOfMember(found[0], owner, depth));
  }

  /** Of what type a field, property, event or enum member is. */
  typeOfMember({ file, symbol }: Definition, owner: Type, depth = 0): Type | undefined {
    const table = this.types.table(file)!;
    const { name, kind, container, start } = table.record.symbols[symbol]!;
    if (kind === 'enumMember') {
      const type = this.types.declaredBy(file, container);
      return type && asOpen(type);
    }
    // A record's property stands for its parameter.
    const bound = isType(kind) ? undefined : (table.bindingAt(name, symbol) ?? table.binding(name, container, start));
    const text = bound && readType(bound.type);
    if (text) return this.#typed(text, file, symbol, owner.type ? envOf(owner.type.generics, owner.args) : NO_ENV);
    const steps = bound ? readValue(bound.init) : [];
    const held = steps.length > 0 ? this.#steps(steps, { file, within: symbol, line: start }, depth + 1) : undefined;
    return held?.kind === 'value' ? held.type : undefined;
  }

  #method(definition: Definition, env: Env): Method {
    const { file, symbol } = definition;
    const mark = this.types.mark(definition);
    const table = this.types.table(file)!;
    const gives = table.bindingAt(`${table.record.symbols[symbol]!.name}()`, symbol)?.type ?? '';
    const { generics, takes = [], least, most } = mark;
    return { definition, generics, takes, least, most, gives: readType(gives), env };
  }

  #in(method: Method, text: TypeText | undefined, env: Env): Type | undefined {
    if (!text) return undefined;
    const all = new Map([...method.env, ...env]);
    return method.definition ? this.#typed(text, method.definition.file, method.definition.symbol, all) : this.#library(text, all);
  }

  /** What a call gives: of overloads the first that takes as many arguments. */
  #result(
    { methods, args, receiver }: Extract<Held, { kind: 'methods' }>,
    given: readonly Argument[],
    place: Place,
    depth: number,
  ): Type | undefined {
    const generic = methods.filter((m) => args.length === 0 || m.generics.length === args.length);
    const fit = generic.filter((m) => given.length >= m.least && given.length <= m.most);
    const method = fit.find((m) => given.every((a, i) => this.#suits(a, m, i))) ?? fit[0] ?? generic[0] ?? methods[0];
    if (!method) return undefined;
    const env = new Map<string, Type>();
    for (const [i, name] of method.generics.entries()) if (args[i]) env.set(name, args[i]);
    if (args.length === 0 && method.generics.length > 0) {
      for (const [i, { lambda, value: steps }] of given.entries()) {
        const takes = method.takes[i];
        const held = takes && steps.length > 0 ? this.#steps(steps, place, depth + 1) : undefined;
        if (held?.kind !== 'value') continue;
        if (lambda) this.#unify(takes && lastArgument(takes), held.type, method, env);
        else this.#unify(takes, held.type, method, env);
      }
    }
    void receiver;
    if (
      !method.definition &&
      method.gives &&
      method.definition === undefined &&
      method.env === NO_ENV &&
      method.takes.length === 0 &&
      method.generics.length === 0
    )
      return this.#typed(method.gives, place.file, place.within, NO_ENV);
    return this.#in(method, method.gives, env);
  }

  /** Whether an argument may stand for a parameter, as far as lambdas and literals go. */
  #suits({ lambda, value: steps }: Argument, method: Method, i: number): boolean {
    const last = method.takes[i]?.path.at(-1);
    if (!last || method.generics.includes(last.name)) return true;
    if (lambda) return !/^(string|int|bool|object|Type|\[\])$/.test(last.name);
    const [only] = steps;
    return steps.length !== 1 || only?.kind !== 'made' || !/^(Func|Action|Expression|Predicate)$/.test(last.name);
  }

  /** Learns from a parameter's written type and an argument's what the method's type parameters stand for. */
  #unify(text: TypeText | undefined, type: Type, method: Method, env: Map<string, Type>): void {
    const last = text?.path.at(-1);
    if (!last) return;
    if (last.args.length === 0) {
      if (method.generics.includes(last.name) && !env.has(last.name)) env.set(last.name, type);
      return;
    }
    const same = type.name === last.name && type.args.length === last.args.length ? type : this.#as(type, last.name);
    for (const [i, inner] of last.args.entries())
      if (same?.args[i] && same.args[i] !== UNKNOWN) this.#unify(inner, same.args[i], method, env);
  }

  /** A type as the generic one of this name that it is or inherits. */
  #as(type: Type, name: string): Type | undefined {
    return this.#lineage(type).find((t) => t.name === name && t.args.length > 0);
  }

  elementOf(type: Type): Type | undefined {
    const sequence = this.#as(type, 'IEnumerable') ?? this.#as(type, 'IAsyncEnumerable');
    if (sequence) return sequence.args[0];
    const found = this.members(type, 'GetEnumerator')?.found[0];
    const enumerator = found && this.#in(this.#method(found, NO_ENV), this.#method(found, NO_ENV).gives, NO_ENV);
    const current = enumerator && this.members(enumerator, 'Current');
    return current?.found[0]
      ? this.typeOfMember(current.found[0], current.owner)
      : enumerator && this.#as(enumerator, 'IEnumerator')?.args[0];
  }

  #indexed(type: Type, depth: number): Type | undefined {
    if (type.name === '[]') return type.args[0];
    const own = this.members(type, 'this');
    if (own?.found[0]) return this.typeOfMember(own.found[0], own.owner, depth);
    const known = this.#libraryMember(type, 'this')[0];
    return known?.gives && this.#library(known.gives, known.env);
  }

  #partOf(type: Type, n: number): Type | undefined {
    if (type.name === '()' || type.name === 'KeyValuePair') return type.args[n];
    const own = this.members(type, 'Deconstruct')?.found[0];
    if (own) return this.#in(this.#method(own, NO_ENV), this.#method(own, NO_ENV).takes[n], NO_ENV);
    const first = type.type?.parts[0];
    const takes = first && this.types.mark(first).takes?.[n];
    return takes && this.#typed(takes, first.file, first.symbol, envOf(type.type!.generics, type.args));
  }

  /** What the n-th parameter of a method or constructor takes; where it must be a delegate with a `delegated`-th one, of an overload in which it is. */
  #parameter(at: Held, n: number, delegated: number | undefined): Type | undefined {
    if (at.kind === 'value') {
      const made = this.#constructors(at.type);
      return this.#pick(made, n, delegated) ?? (delegated === undefined ? undefined : this.#taken(at.type, n));
    }
    return at.kind === 'methods' ? this.#pick(at.methods, n, delegated, at.args) : undefined;
  }

  #pick(methods: readonly Method[], n: number, delegated: number | undefined, args: readonly Type[] = []): Type | undefined {
    let first: Type | undefined;
    for (const method of methods) {
      const env = new Map(method.generics.flatMap((g, i) => (args[i] ? [[g, args[i]] as const] : [])));
      const type = this.#in(method, method.takes[n], env);
      if (type && (delegated === undefined || this.#taken(type, delegated))) return type;
      first ??= type;
    }
    return first;
  }

  #constructors({ type, args }: Type): Method[] {
    if (!type) return [];
    const env = envOf(type.generics, args);
    return type.parts.flatMap(({ file, symbol }) => {
      const table = this.types.table(file)!;
      const own = table.members(symbol, type.name).filter((m) => table.record.symbols[m]!.kind === 'constructor');
      return [symbol, ...own].map((s) => this.#method({ file, symbol: s }, env));
    });
  }

  #delegate(type: Type): Type {
    return type.name === 'Expression' && type.args[0] ? type.args[0] : type;
  }

  /** What the n-th parameter of a delegate takes. */
  #taken(written: Type, n: number): Type | undefined {
    const type = this.#delegate(written);
    if (type.type) {
      const method = this.#signature(type);
      return method && this.#in(method, method.takes[n], NO_ENV);
    }
    if (!DELEGATES.test(type.name)) return undefined;
    if (type.name === 'EventHandler') return n === 1 ? type.args[0] : undefined;
    if (type.name === 'Comparison') return type.args[0];
    return type.name === 'Func' && n >= type.args.length - 1 ? undefined : type.args[n];
  }

  /** What calling a delegate gives. */
  #gives(written: Type): Type | undefined {
    const type = this.#delegate(written);
    const method = type.type && this.#signature(type);
    return method ? this.#in(method, method.gives, NO_ENV) : type.name === 'Func' ? type.args.at(-1) : undefined;
  }

  #signature({ type, args }: Type): Method | undefined {
    const first = type?.parts[0];
    return type && first && this.#kindOf(type) === 'type' ? this.#method(first, envOf(type.generics, args)) : undefined;
  }
}

const UNKNOWN: Type = { type: undefined, name: '', args: [] };
const plain = (name: string): Type => ({ type: undefined, name, args: [] });
const value = (type: Type | undefined): Held | undefined => (type && type !== UNKNOWN ? { kind: 'value', type } : undefined);

/** A type inside its own declaration: its parameters stand for themselves. */
const asOpen = (type: TypeDefinition): Type => ({ type, name: type.name, args: type.generics.map(() => UNKNOWN) });

const lastArgument = (text: TypeText): TypeText | undefined => {
  const last = text.path.at(-1);
  const of = last?.name === 'Expression' ? last.args[0]?.path.at(-1) : last;
  return of?.args.at(-1);
};

function envOf(generics: readonly string[], args: readonly Type[]): Env {
  return new Map(generics.flatMap((name, i) => (args[i] && args[i] !== UNKNOWN ? [[name, args[i]] as const] : [])));
}
