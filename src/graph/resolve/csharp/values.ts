/**
 * Of what type values are: follows what records say of variables, members and results
 * through calls, indexing, lambdas and await.
 */
import type { BindingRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import { type Definition, isType } from './declarations.js';
import type { Extensions } from './extensions.js';
import type { MemberLookup, Members } from './members.js';
import { type Method, Methods } from './methods.js';
import { type Argument, type Call, readType, readValue, type Step, type TypeText } from './shorthand.js';
import { envIn, NO_ENV, type Type, UNKNOWN } from './type.js';
import type { Types } from './types.js';

export interface Place {
  readonly file: WorkspacePath;
  readonly within: number;
  readonly line: number;
}

/** Where a chain of steps has led so far. */
export type Held =
  | { readonly kind: 'value' | 'type'; readonly type: Type }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'methods'; readonly methods: readonly Method[]; readonly args: readonly Type[] };

/** What following a binding has led to, through how many chains and how deep. */
interface Followed {
  readonly held: Held | undefined;
  readonly count: number;
  readonly depth: number;
}

/** A chain is followed through at most so many others; made-up code can branch without end. */
const MAX_DEPTH = 12;
const MAX_FOLLOWED = 300;
const KEYWORD_TYPES = /^(string|int|long|bool|char|double|decimal|object)$/;

export class Values {
  readonly #types: Types;
  readonly #methods: Methods;
  /** What the bindings of one file hold: references to a variable follow the same chain again and again. */
  readonly #known = new Map<BindingRecord, Followed>();
  #file: WorkspacePath | undefined;
  #followed = 0;
  #deepest = 0;
  #cut = false;

  constructor(
    private readonly lookup: MemberLookup,
    private readonly extensions: Extensions,
  ) {
    this.#types = lookup.types;
    this.#methods = new Methods(lookup);
  }

  /** What is known of a file's bindings is not kept from one resolution to the next. */
  forget(): void {
    this.#file = undefined;
  }

  /** Where a value in shorthand leads as seen from a place; undefined when it cannot be followed. */
  follow(value: string, place: Place): Held | undefined {
    if (place.file !== this.#file) this.#known.clear();
    this.#file = place.file;
    this.#followed = 0;
    return this.#steps(readValue(value), place, 0);
  }

  /** The variable or parameter that a name means at a place. Fields are none: their bindings lie inside their own symbols. */
  local(name: string, { file, within, line }: Place): BindingRecord | undefined {
    return this.#types.table(file)?.binding(name, within, line);
  }

  #steps(steps: readonly Step[], place: Place, depth: number): Held | undefined {
    const [first, ...rest] = steps;
    if (!first) return undefined;
    if (depth > MAX_DEPTH || ++this.#followed > MAX_FOLLOWED) {
      this.#cut = true;
      return undefined;
    }
    this.#deepest = Math.max(this.#deepest, depth);
    let at = this.#begin(first, rest[0], place, depth);
    for (const [i, step] of rest.entries()) at = at && this.#next(at, step, rest[i + 1], place, depth);
    return at;
  }

  #begin(step: Step, next: Step | undefined, place: Place, depth: number): Held | undefined {
    const { file, within } = place;
    if (step.kind === 'made') return asValue(this.lookup.typed(step.type, file, within));
    if (step.kind !== 'name') return undefined;
    const { name } = step;
    if (name === 'this' || name === 'base') return this.#self(place, name === 'base');
    const args = this.#typed(step.args, place);
    const bound = this.local(name, place);
    if (bound)
      return next?.kind === 'call'
        ? (this.#localFunction(name, place) ?? this.#bound(bound, place, depth))
        : this.#bound(bound, place, depth);
    const own = this.lookup.membersAround(name, file, within, callOf(next, args));
    if (own) return this.#members(own, args, depth);
    const meaning = KEYWORD_TYPES.test(name) ? undefined : this.#types.simple(name, args.length, file, within);
    if (meaning?.kind === 'namespace') return meaning;
    if (meaning?.kind === 'parameter') return undefined;
    return { kind: 'type', type: this.lookup.pool.make(meaning?.kind === 'type' ? meaning.type : undefined, name, args) };
  }

  /** What a variable holds. A known answer is taken only where no limit would have cut it short: it is what following again would give. */
  #bound(bound: BindingRecord, { file }: Place, depth: number): Held | undefined {
    const known = this.#known.get(bound);
    if (known && depth + known.depth <= MAX_DEPTH && this.#followed + known.count <= MAX_FOLLOWED) {
      this.#followed += known.count;
      this.#deepest = Math.max(this.#deepest, depth + known.depth);
      return known.held;
    }
    const before = { followed: this.#followed, deepest: this.#deepest, cut: this.#cut };
    this.#deepest = depth;
    this.#cut = false;
    const held = this.#holds(bound, file, depth);
    if (!this.#cut) this.#known.set(bound, { held, count: this.#followed - before.followed, depth: this.#deepest - depth });
    this.#deepest = Math.max(before.deepest, this.#deepest);
    this.#cut ||= before.cut;
    return held;
  }

  #holds({ type, init, within, line }: BindingRecord, file: WorkspacePath, depth: number): Held | undefined {
    const text = readType(type);
    return text ? asValue(this.lookup.typed(text, file, within)) : this.#steps(readValue(init), { file, within, line }, depth + 1);
  }

  #localFunction(name: string, { file, within, line }: Place): Held | undefined {
    const bound = this.local(`${name}()`, { file, within, line });
    if (!bound) return undefined;
    const gives = readType(bound.type);
    const method = {
      place: { file, within: bound.within },
      generics: [],
      takes: [],
      least: 0,
      most: Number.POSITIVE_INFINITY,
      gives,
      env: NO_ENV,
    };
    return { kind: 'methods', methods: [method], args: [] };
  }

  #self({ file, within }: Place, base: boolean): Held | undefined {
    const self = this.lookup.around(file, within)[0];
    if (!self || !base) return asValue(self);
    return asValue(this.lookup.basesOf(self).find((b) => !b.type || this.lookup.kindOf(b.type) !== 'interface'));
  }

  #typed(args: readonly TypeText[], { file, within }: Place): Type[] {
    return args.map((a) => this.lookup.typed(a, file, within) ?? UNKNOWN);
  }

  #next(at: Held, step: Step, next: Step | undefined, place: Place, depth: number): Held | undefined {
    switch (step.kind) {
      case 'member':
        return this.#member(at, step.name, this.#typed(step.args, place), next, place, depth);
      case 'call':
        if (at.kind === 'methods') {
          const typeOf = ({ value }: Argument): Type | undefined => typeIn(this.#steps(value, place, depth + 1));
          return asValue(this.#methods.resultOf(at.methods, at.args, step.given, typeOf));
        }
        return at.kind === 'value' ? asValue(this.#methods.given(at.type)) : undefined;
      case 'parameter': {
        const delegated = next?.kind === 'taken' ? next.n : undefined;
        if (at.kind === 'methods') return asValue(this.#methods.parameterOf(at.methods, at.args, step.n, step.given, delegated));
        return at.kind === 'value'
          ? asValue(this.#methods.parameterOf(this.#methods.constructorsOf(at.type), [], step.n, step.given, delegated))
          : undefined;
      }
      default:
        return at.kind === 'value' ? asValue(this.#inside(at.type, step, depth)) : undefined;
    }
  }

  #inside(type: Type, step: Step, depth: number): Type | undefined {
    switch (step.kind) {
      case 'index':
        return this.#indexed(type, depth);
      case 'element':
        return this.#elementOf(type);
      case 'await':
        return this.lookup.as(type, 'Task')?.args[0];
      case 'part':
        return this.#partOf(type, step.n);
      case 'taken':
        return this.#methods.taken(type, step.n);
      default:
        return undefined;
    }
  }

  /** A member of what a chain has led to; `next` tells how it is called. */
  #member(at: Held, name: string, args: readonly Type[], next: Step | undefined, place: Place, depth: number): Held | undefined {
    if (at.kind === 'methods') return undefined;
    if (at.kind === 'namespace') {
      const inside = this.#types.inside(at, name, args.length, place.file);
      if (inside?.kind === 'namespace') return inside;
      return inside?.kind === 'type' ? { kind: 'type', type: this.lookup.pool.make(inside.type, name, args) } : undefined;
    }
    const { type } = at;
    const call = callOf(next, args);
    const own = this.lookup.members(type, name, call);
    if (own?.found.some((d) => call === undefined || this.lookup.takes(d, call))) return this.#members(own, args, depth);
    const nested = type.type && this.#types.nestedIn(type.type, name, args.length);
    if (nested) return { kind: 'type', type: this.lookup.pool.make(nested, name, args) };
    if (type.name === '()') return asValue(tuplePart(type, name));
    const library = this.lookup.libraryMembers(type, name);
    const [property] = library;
    if (property && !property.member.takes) return asValue(this.lookup.typedByLibrary(property.member.gives, property.env));
    const extended = at.kind === 'value' ? this.extensions.fitting(name, type, place, this.lookup, call) : [];
    const methods = [...extended.map((d) => this.#methods.extending(d, type)), ...library.map((m) => this.#methods.ofLibrary(m))];
    if (methods.length > 0) return { kind: 'methods', methods, args };
    if (own) return this.#members(own, args, depth);
    // A value of a struct or enum that may be null: Nullable<T> is not written in records.
    return name === 'Value' && type.type && /^(struct|enum|record)$/.test(this.lookup.kindOf(type.type)) ? at : undefined;
  }

  #members({ found, owner }: Members, args: readonly Type[], depth: number): Held | undefined {
    const methods = found.filter((d) => this.lookup.isMethod(d)).map((d) => this.#methods.of(d, envIn(owner)));
    if (methods.length > 0) return { kind: 'methods', methods, args };
    return asValue(found[0] && this.#typeOfMember(found[0], owner, depth));
  }

  /** Of what type a field, property, event or enum member is. */
  #typeOfMember({ file, symbol }: Definition, owner: Type, depth: number): Type | undefined {
    const table = this.#types.table(file)!;
    const { name, kind, container, start } = table.record.symbols[symbol]!;
    if (kind === 'enumMember') {
      const type = this.#types.declaredBy(file, container);
      return type && this.lookup.pool.open(type);
    }
    // A record's property is a parameter, which is bound inside the record itself.
    const bound = isType(kind) ? undefined : (table.bindingAt(name, symbol) ?? table.binding(name, container, start));
    const text = bound && readType(bound.type);
    if (text) return this.lookup.typed(text, file, symbol, envIn(owner));
    return typeIn(this.#steps(readValue(bound?.init ?? ''), { file, within: symbol, line: start }, depth + 1));
  }

  #elementOf(type: Type): Type | undefined {
    const sequence = this.lookup.as(type, 'IEnumerable') ?? this.lookup.as(type, 'IAsyncEnumerable');
    if (sequence) return sequence.args[0];
    const own = this.lookup.members(type, 'GetEnumerator', { arity: 0, given: '' });
    const enumerator = own?.found[0] && this.#methods.givenBy(own.found[0], envIn(own.owner));
    const current = enumerator && this.lookup.members(enumerator, 'Current');
    if (current?.found[0]) return this.#typeOfMember(current.found[0], current.owner, 0);
    return enumerator && this.lookup.as(enumerator, 'IEnumerator')?.args[0];
  }

  #indexed(type: Type, depth: number): Type | undefined {
    if (type.name === '[]') return type.args[0];
    const own = this.lookup.members(type, 'this');
    if (own?.found[0]) return this.#typeOfMember(own.found[0], own.owner, depth);
    const [library] = this.lookup.libraryMembers(type, 'this');
    return library && this.lookup.typedByLibrary(library.member.gives, library.env);
  }

  #partOf(type: Type, n: number): Type | undefined {
    if (type.name === '()' || type.name === 'KeyValuePair') return type.args[n];
    const own = this.lookup.members(type, 'Deconstruct');
    if (own)
      return this.#methods.parameterOf(
        own.found.map((d) => this.#methods.of(d, envIn(own.owner))),
        [],
        n,
      );
    return this.#methods.parameterOf(this.#methods.constructorsOf(type), [], n);
  }
}

const asValue = (type: Type | undefined): Held | undefined => (type && type !== UNKNOWN ? { kind: 'value', type } : undefined);

const typeIn = (held: Held | undefined): Type | undefined => (held?.kind === 'value' ? held.type : undefined);

/** How a name is called; undefined where it is not. */
function callOf(next: Step | undefined, args: readonly Type[]): Call | undefined {
  if (next?.kind === 'parameter') return { arity: args.length, given: next.given };
  return next?.kind === 'call' ? { arity: args.length, given: next.given.map(letterOf).join('') } : undefined;
}

function letterOf({ lambda, value }: Argument): string {
  const [only] = value;
  if (lambda) return 'f';
  return value.length === 1 && only?.kind === 'made' && only.type.path[0]?.name === 'string' ? 's' : 'x';
}

/** `pair.Left`, `pair.Item1`. */
function tuplePart({ parts, args }: Type, name: string): Type | undefined {
  const named = parts?.indexOf(name) ?? -1;
  return args[named >= 0 ? named : Number(/^Item(\d)$/.exec(name)?.[1] ?? 0) - 1];
}
