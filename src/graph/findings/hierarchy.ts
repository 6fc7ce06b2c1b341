/** Which types of the project extend or implement which, as far as the languages' own rules say so. */
import type { Steps } from '../../base/steps.js';
import type { FileRecord, SymbolKind, SymbolRecord } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Examined } from './finding.js';
import { GoTypes } from './go-types.js';
import { keyOf, type Place } from './place.js';

const TYPES: ReadonlySet<SymbolKind> = new Set(['class', 'interface', 'trait', 'record', 'struct', 'object', 'enum']);

/** An implementation apart from its type (Rust's `impl A for B`, an extension in Swift) is a type of its own here. */
const isType = ({ kind, supers }: SymbolRecord): boolean => TYPES.has(kind) || (kind === 'impl' && supers !== undefined);

export class Hierarchy {
  /** By "path#index". */
  readonly #types = new Map<string, Place>();
  readonly #supers = new Map<string, readonly Place[]>();
  readonly #ancestors = new Map<string, readonly Place[]>();
  readonly #descendants = new Map<string, readonly Place[]>();
  readonly #children = new Map<string, Place[]>();
  readonly #methods = new Map<string, readonly Place[]>();
  readonly #names = new Map<WorkspacePath, Names>();
  readonly #go: GoTypes;

  private constructor(private readonly examined: Examined) {
    this.#go = new GoTypes(examined);
  }

  static *of(examined: Examined, paths: ReadonlySet<WorkspacePath>): Steps<Hierarchy> {
    const hierarchy = new Hierarchy(examined);
    for (const path of paths) {
      hierarchy.#add(path);
      yield;
    }
    for (const type of hierarchy.types) {
      for (const base of hierarchy.supers(type)) {
        const key = keyOf(base.path, base.index);
        const children = hierarchy.#children.get(key);
        if (children) children.push(type);
        else hierarchy.#children.set(key, [type]);
      }
      yield;
    }
    return hierarchy;
  }

  #add(path: WorkspacePath): void {
    for (const [index, symbol] of this.#symbols(path).entries()) {
      if (isType(symbol)) this.#types.set(keyOf(path, index), { path, index, symbol });
    }
    const record = this.examined.record(path);
    if (record?.language === 'go') this.#go.add(path, record);
  }

  /** All types, in the order of files and lines. */
  get types(): Iterable<Place> {
    return this.#types.values();
  }

  /** Every type of the project above this one, nearest first. */
  ancestors({ path, index }: Place): readonly Place[] {
    const key = keyOf(path, index);
    const known = this.#ancestors.get(key);
    if (known) return known;
    const found = new Map<string, Place>();
    let front = [...this.supers(this.#types.get(key))];
    while (front.length > 0) {
      const fresh = front.filter((t) => !found.has(keyOf(t.path, t.index)));
      for (const t of fresh) found.set(keyOf(t.path, t.index), t);
      front = fresh.flatMap((t) => this.supers(t));
    }
    // A type that is its own ancestor is a mistake in the code.
    found.delete(key);
    const all = [...found.values()];
    this.#ancestors.set(key, all);
    return all;
  }

  /** Every type of the project below this one. */
  descendants(type: Place): readonly Place[] {
    const key = keyOf(type.path, type.index);
    const known = this.#descendants.get(key);
    if (known) return known;
    const found = new Map<string, Place>();
    for (let front = this.#childrenOf(type); front.length > 0; ) {
      const fresh = front.filter((t) => !found.has(keyOf(t.path, t.index)));
      for (const t of fresh) found.set(keyOf(t.path, t.index), t);
      front = fresh.flatMap((t) => this.#childrenOf(t));
    }
    found.delete(key);
    const all = [...found.values()];
    this.#descendants.set(key, all);
    return all;
  }

  #childrenOf({ path, index }: Place): readonly Place[] {
    return this.#children.get(keyOf(path, index)) ?? [];
  }

  /** Types of the project that a type names as its bases. */
  supers(type: Place | undefined): readonly Place[] {
    if (!type) return [];
    const key = keyOf(type.path, type.index);
    const known = this.#supers.get(key) ?? this.#supersOf(type);
    this.#supers.set(key, known);
    return known;
  }

  #supersOf(type: Place): readonly Place[] {
    const { path, index, symbol } = type;
    if (this.#isGo(type)) return this.#go.interfaces(type, (file, name, line) => this.#meant(file, lastName(name), line, line));
    return (symbol.supers ?? []).flatMap((name) => this.typeNamed(path, lastName(name), index, symbol.end) ?? []);
  }

  /** The type that `name` means where `within` or a symbol inside of it uses it. */
  typeNamed(path: WorkspacePath, name: string, within: number, end: number): Place | undefined {
    const meant = this.#meant(path, name, this.#symbols(path)[within]?.start ?? end, end);
    return meant?.path === path && meant.index === within ? undefined : meant;
  }

  /** The type that `name` means in these lines. */
  #meant(path: WorkspacePath, name: string, start: number, end: number): Place | undefined {
    const record = this.examined.record(path);
    if (!record) return undefined;
    const names = this.#namesOf(path, record);
    const used = names.elsewhere.get(name)?.find(({ line }) => line >= start && line <= end);
    return used ? this.#types.get(keyOf(used.path, used.index)) : names.here.get(name);
  }

  /** A type in Go that has methods: they stand outside of it. */
  #isGo({ path, symbol }: Place): boolean {
    return symbol.kind === 'struct' && this.examined.record(path)?.language === 'go';
  }

  /** Methods of a type itself. */
  methods(type: Place): readonly Place[] {
    if (this.#isGo(type)) return this.#go.methods(type);
    const { path, index } = type;
    const key = keyOf(path, index);
    const known = this.#methods.get(key);
    if (known) return known;
    const symbols = this.#symbols(path);
    const found: Place[] = [];
    // What a type holds stands behind it, and ends before it does.
    for (let i = index + 1; i < symbols.length && symbols[i]!.start <= symbols[index]!.end; i++) {
      const symbol = symbols[i]!;
      if (symbol.container === index && symbol.kind === 'method') found.push({ path, index: i, symbol });
    }
    this.#methods.set(key, found);
    return found;
  }

  /** What a method overrides or implements: the method of that name of the nearest type above, of those that `mayBe` it. */
  overridden(type: Place, method: Place, mayBe: (base: Place) => boolean = () => true): Place | undefined {
    for (const above of this.ancestors(type)) {
      const base = this.methods(above).find((m) => m.symbol.name === method.symbol.name && mayBe(m));
      if (base) return base;
    }
    return undefined;
  }

  /** The name of the type that a member is one of. */
  ownerOf({ path, symbol }: Place): string {
    return this.#symbols(path)[symbol.container]?.name ?? symbol.mark ?? '';
  }

  #symbols(path: WorkspacePath): readonly SymbolRecord[] {
    return this.examined.record(path)?.symbols ?? [];
  }

  #namesOf(path: WorkspacePath, record: FileRecord): Names {
    const known = this.#names.get(path);
    if (known) return known;
    const elsewhere = new Map<string, Target[]>();
    for (const { reference, target, symbol: index, confidence } of this.examined.graph.links(path).uses) {
      const used = record.references[reference];
      if (confidence !== 'resolved' || index < 0 || !used) continue;
      const all = elsewhere.get(used.name);
      if (all) all.push({ line: used.line, path: target, index });
      else elsewhere.set(used.name, [{ line: used.line, path: target, index }]);
    }
    const here = new Map<string, Place>();
    for (const [index, { name }] of record.symbols.entries()) {
      const type = here.has(name) ? undefined : this.#types.get(keyOf(path, index));
      if (type && type.symbol.kind !== 'impl') here.set(name, type);
    }
    const names = { elsewhere, here };
    this.#names.set(path, names);
    return names;
  }
}

/** A definition in another file that a line means. */
interface Target {
  readonly line: number;
  readonly path: WorkspacePath;
  readonly index: number;
}

/** What names mean in a file: definitions elsewhere, in the order of references, and the file's own types. */
interface Names {
  readonly elsewhere: ReadonlyMap<string, readonly Target[]>;
  readonly here: ReadonlyMap<string, Place>;
}

/** "a.b.Base<T>" → "Base". */
export function lastName(name: string): string {
  return /([\p{L}\p{N}_$]+)\s*(<.*)?$/su.exec(name)?.[1] ?? name;
}
