/** What calls give and take: overloads, type parameters learnt from arguments, delegates. */
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { Definition } from './declarations.js';
import type { LibraryFound, MemberLookup } from './members.js';
import { type Argument, accepts, readType, type TypeText } from './shorthand.js';
import { type Env, envOf, NO_ENV, type Type, UNKNOWN } from './type.js';

/** A method that a name may mean. */
export interface Method {
  /** Where its types are written; undefined for the library's. */
  readonly place: { readonly file: WorkspacePath; readonly within: number } | undefined;
  readonly generics: readonly string[];
  readonly takes: readonly TypeText[];
  /** How many arguments it needs at least, and takes at most. */
  readonly least: number;
  readonly most: number;
  readonly gives: TypeText | undefined;
  /** What the type parameters around it stand for. */
  readonly env: Env;
}

/** Of what type an argument, or what a lambda gives, is. */
export type TypeOfArgument = (argument: Argument) => Type | undefined;

const DELEGATES = /^(Func|Action|Predicate|Comparison|Converter|EventHandler)$/;

export class Methods {
  constructor(private readonly lookup: MemberLookup) {}

  /** A method or, for what its primary constructor takes, a type. */
  of(definition: Definition, env: Env): Method {
    const { file, symbol } = definition;
    const { types } = this.lookup;
    const { generics, takes = [], least, most } = types.mark(definition);
    const table = types.table(file)!;
    const gives = table.bindingAt(`${table.record.symbols[symbol]!.name}()`, symbol)?.type ?? '';
    return { place: { file, within: symbol }, generics, takes, least, most, gives: readType(gives), env };
  }

  ofLibrary({ member: { generics, takes = [], gives }, env }: LibraryFound): Method {
    return { place: undefined, generics, takes, least: 0, most: takes.length, gives, env };
  }

  /** An extension method as its receiver has it: the first parameter taken off. */
  extending(definition: Definition, receiver: Type): Method {
    const method = this.of(definition, NO_ENV);
    const env = new Map<string, Type>();
    this.#learn(method.takes[0], receiver, method, env);
    return { ...method, takes: method.takes.slice(1), least: method.least - 1, most: method.most - 1, env };
  }

  constructorsOf({ type, args }: Type): Method[] {
    if (!type) return [];
    const env = envOf(type.generics, args);
    return type.parts.flatMap(({ file, symbol }) => {
      const table = this.lookup.types.table(file)!;
      const own = table.members(symbol, type.name).filter((m) => table.record.symbols[m]!.kind === 'constructor');
      return [symbol, ...own].map((s) => this.of({ file, symbol: s }, env));
    });
  }

  /** What a call gives: of overloads the first that takes as many arguments, and lambdas where it is given some. */
  resultOf(methods: readonly Method[], args: readonly Type[], given: readonly Argument[], typeOf: TypeOfArgument): Type | undefined {
    const generic = methods.filter((m) => args.length === 0 || m.generics.length === args.length);
    const fit = generic.filter((m) => given.length >= m.least && given.length <= m.most);
    const method = fit.find((m) => given.every((a, i) => suits(a, m, i))) ?? fit[0] ?? generic[0] ?? methods[0];
    if (!method) return undefined;
    const env = new Map(envOf(method.generics, args));
    for (const [i, argument] of args.length === 0 && method.generics.length > 0 ? given.entries() : []) {
      const takes = method.takes[i];
      const type = takes && typeOf(argument);
      if (type) this.#learn(argument.lambda ? resultIn(takes) : takes, type, method, env);
    }
    return this.#in(method, method.gives, env);
  }

  /** What the n-th parameter takes; where a lambda stands for it, of the first overload in which it is a delegate with a `delegated`-th parameter. */
  parameterOf(methods: readonly Method[], args: readonly Type[], n: number, given?: string, delegated?: number): Type | undefined {
    let first: Type | undefined;
    const fit = methods.filter((m) => given !== undefined && accepts(m, { arity: args.length, given }));
    for (const method of fit.length > 0 ? fit : methods) {
      const type = this.#in(method, method.takes[n], envOf(method.generics, args));
      if (type && (delegated === undefined || this.taken(type, delegated))) return type;
      first ??= type;
    }
    return first;
  }

  /** What a method of no parameters gives: GetEnumerator. */
  givenBy(definition: Definition, env: Env): Type | undefined {
    const method = this.of(definition, env);
    return this.#in(method, method.gives, NO_ENV);
  }

  /** What the n-th parameter of a delegate takes. */
  taken(type: Type, n: number): Type | undefined {
    const delegate = unquoted(type);
    const { name, args } = delegate;
    if (delegate.type) {
      const method = this.#signature(delegate);
      return method && this.#in(method, method.takes[n], NO_ENV);
    }
    if (!DELEGATES.test(name) || (name === 'Func' && n >= args.length - 1)) return undefined;
    if (name === 'EventHandler') return n === 1 ? args[0] : undefined;
    return name === 'Comparison' ? args[0] : args[n];
  }

  /** What calling a delegate gives. */
  given(type: Type): Type | undefined {
    const delegate = unquoted(type);
    const method = this.#signature(delegate);
    if (method) return this.#in(method, method.gives, NO_ENV);
    return delegate.name === 'Func' ? delegate.args.at(-1) : undefined;
  }

  #signature({ type, args }: Type): Method | undefined {
    const first = type?.parts[0];
    return type && first && this.lookup.kindOf(type) === 'type' ? this.of(first, envOf(type.generics, args)) : undefined;
  }

  #in({ place, env: outer }: Method, text: TypeText | undefined, env: Env): Type | undefined {
    if (!text) return undefined;
    const all = new Map([...outer, ...env]);
    return place ? this.lookup.typed(text, place.file, place.within, all) : this.lookup.typedByLibrary(text, all);
  }

  /** Learns from a parameter's written type and an argument's what the method's type parameters stand for. */
  #learn(text: TypeText | undefined, type: Type, method: Method, env: Map<string, Type>): void {
    const last = text?.path.at(-1);
    if (!last) return;
    if (last.args.length === 0) {
      if (method.generics.includes(last.name) && !env.has(last.name)) env.set(last.name, type);
      return;
    }
    const same = type.name === last.name && type.args.length === last.args.length ? type : this.lookup.as(type, last.name);
    for (const [i, inner] of last.args.entries()) {
      const arg = same?.args[i];
      if (arg && arg !== UNKNOWN) this.#learn(inner, arg, method, env);
    }
  }
}

/** Whether an argument may stand for a parameter, as far as lambdas and values of a known type go. */
function suits({ lambda, value }: Argument, method: Method, i: number): boolean {
  const last = method.takes[i]?.path.at(-1);
  if (!last || method.generics.includes(last.name)) return true;
  if (lambda) return !/^(string|int|bool|object|Type|\[\])$/.test(last.name);
  return value.length !== 1 || value[0]?.kind !== 'made' || !/^(Func|Action|Expression|Predicate)$/.test(last.name);
}

/** An expression tree is its delegate. */
const unquoted = (type: Type): Type => (type.name === 'Expression' && type.args[0] ? type.args[0] : type);

/** What a written delegate type gives: its last argument. */
function resultIn(text: TypeText): TypeText | undefined {
  const last = text.path.at(-1);
  const delegate = last?.name === 'Expression' ? last.args[0]?.path.at(-1) : last;
  return delegate?.args.at(-1);
}
