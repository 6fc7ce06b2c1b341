/** Reads the shorthand in which C# records write types and values (grammars/csharp/values.ts). */

/** A written type: a dotted path with type arguments; arrays are "[]" of their element, tuples "()" of their parts. */
export interface TypeText {
  readonly path: readonly { readonly name: string; readonly args: readonly TypeText[] }[];
  /** Names of a tuple's parts, "" for one without. */
  readonly parts?: readonly string[];
}

export type Step =
  /** The name that a chain begins with. */
  | { readonly kind: 'name'; readonly name: string; readonly args: readonly TypeText[] }
  /** Any value of this type. */
  | { readonly kind: 'made'; readonly type: TypeText }
  | { readonly kind: 'member'; readonly name: string; readonly args: readonly TypeText[] }
  | { readonly kind: 'call'; readonly given: readonly Argument[] }
  | { readonly kind: 'index' | 'element' | 'await' }
  /** The n-th part of a tuple, parameter of a delegate. */
  | { readonly kind: 'part' | 'taken'; readonly n: number }
  /** The n-th parameter of a method that is called with such arguments. */
  | { readonly kind: 'parameter'; readonly n: number; readonly given: string };

/** Steps of an argument, or of what a lambda gives; none for one that cannot be followed. */
export interface Argument {
  readonly lambda: boolean;
  readonly value: readonly Step[];
}

const NAME = /[\p{L}\p{N}_@:]+/uy;

class Reader {
  #at = 0;
  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.#at >= this.text.length;
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  name(): string {
    NAME.lastIndex = this.#at;
    const found = NAME.exec(this.text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  number(): number {
    const found = /^\d+/.exec(this.text.slice(this.#at))?.[0] ?? '';
    this.#at += found.length;
    return Number(found);
  }

  letters(): string {
    const found = /^[fsx]*/.exec(this.text.slice(this.#at))?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  type(): TypeText {
    let type: TypeText = this.take('(') ? this.#tuple() : { path: this.#path() };
    while (this.take('[]')) type = { path: [{ name: '[]', args: [type] }] };
    return type;
  }

  #path(): TypeText['path'] {
    const path = [];
    do path.push({ name: this.name(), args: this.typeArguments() });
    while (this.take('.'));
    return path;
  }

  /** A part's name stands behind a colon, which `name` reads along: "Foo:a"; one type has none and is no tuple. */
  #tuple(): TypeText {
    const args: TypeText[] = [];
    const parts: string[] = [];
    do {
      const type = this.type();
      const last = type.path.at(-1);
      const named = last !== undefined && last.args.length === 0 ? /^([^:]+):([^:]+)$/.exec(last.name) : undefined;
      args.push(named && last ? { path: [...type.path.slice(0, -1), { name: named[1]!, args: [] }] } : type);
      parts.push(named ? named[2]! : this.take(':') ? this.name() : '');
    } while (this.take(','));
    this.take(')');
    return args.length === 1 ? args[0]! : { path: [{ name: '()', args }], parts };
  }

  typeArguments(): TypeText[] {
    if (!this.take('<')) return [];
    const args: TypeText[] = [];
    do args.push(this.type());
    while (this.take(','));
    this.take('>');
    return args;
  }

  /** "(Foo,int?,Bar[]*)". */
  parameters(): Parameters {
    const takes: TypeText[] = [];
    let least = 0;
    let open = false;
    this.take('(');
    while (!this.done && !this.take(')')) {
      takes.push(this.type());
      if (this.take('*')) open = true;
      else if (!this.take('?')) least = takes.length;
      this.take(',');
    }
    return { takes, least, most: open ? Number.POSITIVE_INFINITY : takes.length };
  }

  value(): Step[] {
    const steps: Step[] = [];
    if (this.take('(')) steps.push({ kind: 'made', type: this.#tuple() });
    else {
      const name = this.name();
      if (name === '') return [];
      steps.push({ kind: 'name', name, args: this.typeArguments() });
    }
    for (;;) {
      const step = this.#step();
      if (!step) return steps;
      steps.push(step);
    }
  }

  #step(): Step | undefined {
    if (this.take('.')) return { kind: 'member', name: this.name(), args: this.typeArguments() };
    if (this.take('[]')) return { kind: 'index' };
    if (this.take('*')) return { kind: 'element' };
    if (this.take('!')) return { kind: 'await' };
    if (this.take('$')) return { kind: 'part', n: this.number() };
    if (this.take('~')) return { kind: 'parameter', n: this.number(), given: this.letters() };
    if (this.take('^')) return { kind: 'taken', n: this.number() };
    return this.take('(') ? { kind: 'call', given: this.#given() } : undefined;
  }

  #given(): Argument[] {
    const given: Argument[] = [];
    if (this.take(')')) return given;
    do given.push({ lambda: this.take('=>'), value: this.take('?') ? [] : this.value() });
    while (this.take(','));
    this.take(')');
    return given;
  }
}

/** Types as they were read: records write the same few again and again. */
const read = new Map<string, TypeText>();
const MAX_READ = 20_000;

/** Undefined for an empty text. */
export function readType(text: string): TypeText | undefined {
  if (text === '') return undefined;
  let type = read.get(text);
  if (!type) {
    type = new Reader(text).type();
    if (read.size > MAX_READ) read.clear();
    read.set(text, type);
  }
  return type;
}

const NO_STEPS: readonly Step[] = [];
const values = new Map<string, readonly Step[]>();

/** No steps for what cannot be followed. */
export function readValue(text: string): readonly Step[] {
  if (text === '' || text === '?') return NO_STEPS;
  let value = values.get(text);
  if (!value) {
    value = new Reader(text).value();
    if (values.size > MAX_READ) values.clear();
    values.set(text, value);
  }
  return value;
}

interface Parameters {
  readonly takes: TypeText[];
  readonly least: number;
  readonly most: number;
}

export interface Mark {
  readonly words: ReadonlySet<string>;
  /** Type parameters in their order. */
  readonly generics: readonly string[];
  /** What type parameters are bound by. */
  readonly bounds: ReadonlyMap<string, readonly TypeText[]>;
  /** Types of parameters in their order; undefined where there is no list of them. */
  readonly takes: readonly TypeText[] | undefined;
  /** How many arguments it needs at least, and takes at most. */
  readonly least: number;
  readonly most: number;
}

/** A call as far as overloads are told apart by it. */
export interface Call {
  /** How many type arguments it is given; 0 where they are left to be inferred. */
  readonly arity: number;
  /** A letter for each argument: "f" a lambda, "s" a string, "x" anything else. */
  readonly given: string;
}

/** What no lambda and no string is. */
const NO_LAMBDA = /^(string|int|long|bool|char|double|object|Type|CancellationToken|\[\])$/;
const NO_STRING = /^(Func|Action|Expression|Predicate|int|long|bool|double|Type|CancellationToken)$/;

/** Whether a method may be called so; `receiver`: 1 where its first parameter is what it is called on. */
export function accepts(
  { generics, takes = [], least, most }: Pick<Mark, 'generics' | 'takes' | 'least' | 'most'>,
  { arity, given }: Call,
  receiver = 0,
): boolean {
  const count = given.length + receiver;
  if (count < least || count > most || (arity > 0 && generics.length !== arity)) return false;
  return [...given].every((letter, i) => {
    const name = takes[i + receiver]?.path.at(-1)?.name;
    if (name === undefined || letter === 'x' || generics.includes(name)) return true;
    return !(letter === 'f' ? NO_LAMBDA : NO_STRING).test(name);
  });
}

/** A symbol's mark, taken apart. */
export function readMark(mark: string | undefined): Mark {
  const words = new Set<string>();
  const bounds = new Map<string, TypeText[]>();
  let generics: string[] = [];
  let parameters: Parameters | undefined;
  for (const part of (mark ?? '').split(' ')) {
    const bound = /^(\w+):(.+)$/.exec(part);
    if (part.startsWith('<')) generics = part.slice(1, -1).split(',');
    else if (part.startsWith('(')) parameters = new Reader(part).parameters();
    else if (bound) bounds.set(bound[1]!, [...(bounds.get(bound[1]!) ?? []), new Reader(bound[2]!).type()]);
    else if (part !== '') words.add(part);
  }
  return { words, generics, bounds, takes: parameters?.takes, least: parameters?.least ?? 0, most: parameters?.most ?? 0 };
}
