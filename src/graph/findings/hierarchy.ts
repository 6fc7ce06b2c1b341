/** Which types of the project extend or implement which, as far as the languages' own rules say so. */
import type { Steps } from '../../base/steps.js';
import type { FileRecord, SymbolKind, SymbolRecord } from '../../syntax/record.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Examined } from './finding.js';

const TYPES: ReadonlySet<SymbolKind> = new Set(['class', 'interface', 'trait', 'record', 'struct', 'object', 'enum']);

/** A type or member of the project. */
export interface Place {
  readonly path: WorkspacePath;
  /** Index in the record's `symbols`. */
  readonly index: number;
  readonly symbol: SymbolRecord;
}

export class Hierarchy {
  /** By "path#index". */
  readonly #types = new Map<string, Place>();
  readonly #supers = new Map<string, readonly Place[]>();
  readonly #ancestors = new Map<string, readonly Place[]>();
  readonly #children = new Map<string, Place[]>();
  readonly #methods = new Map<string, readonly Place[]>();
  /** File → reference → what it means in another file. */
  readonly #targets = new Map<WorkspacePath, ReadonlyMap<number, Place>>();

  private constructor(private readonly examined: Examined) {}

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
      if (TYPES.has(symbol.kind)) this.#types.set(keyOf(path, index), { path, index, symbol });
    }
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
    const found = new Map<string, Place>();
    for (let front = this.#childrenOf(type); front.length > 0; ) {
      const fresh = front.filter((t) => !found.has(keyOf(t.path, t.index)));
      for (const t of fresh) found.set(keyOf(t.path, t.index), t);
      front = fresh.flatMap((t) => this.#childrenOf(t));
    }
    found.delete(keyOf(type.path, type.index));
    return [...found.values()];
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

  #supersOf({ path, index, symbol }: Place): Place[] {
    return (symbol.supers ?? []).flatMap((name) => this.typeNamed(path, lastName(name), index, symbol.end) ?? []);
  }

  /** The type that `name` means where `within` or a symbol inside of it uses it. */
  typeNamed(path: WorkspacePath, name: string, within: number, end: number): Place | undefined {
    const record = this.examined.record(path);
    if (!record) return undefined;
    const { start } = record.symbols[within]!;
    const targets = this.#targetsOf(path, record);
    for (const [i, r] of record.references.entries()) {
      if (r.name !== name || r.line < start || r.line > end) continue;
      const target = targets.get(i);
      if (target) return this.#types.get(keyOf(target.path, target.index));
    }
    const here = record.symbols.findIndex((s, i) => s.name === name && this.#types.has(keyOf(path, i)));
    return here < 0 || here === within ? undefined : this.#types.get(keyOf(path, here));
  }

  /** Methods that stand in a type itself. */
  methods({ path, index }: Place): readonly Place[] {
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

  /** What a method overrides or implements: the method of that name of the nearest type above. */
  overridden(type: Place, method: Place): Place | undefined {
    for (const above of this.ancestors(type)) {
      const base = this.methods(above).find((m) => m.symbol.name === method.symbol.name);
      if (base) return base;
    }
    return undefined;
  }

  /** The name of the type that a member stands in. */
  ownerOf({ path, symbol }: Place): string {
    return this.#symbols(path)[symbol.container]?.name ?? '';
  }

  #symbols(path: WorkspacePath): readonly SymbolRecord[] {
    return this.examined.record(path)?.symbols ?? [];
  }

  #targetsOf(path: WorkspacePath, record: FileRecord): ReadonlyMap<number, Place> {
    const known = this.#targets.get(path);
    if (known) return known;
    const targets = new Map<number, Place>();
    for (const { reference, target, symbol: index, confidence } of this.examined.graph.links(path).uses) {
      const symbol = this.#symbols(target)[index];
      if (confidence === 'resolved' && symbol && record.references[reference]) targets.set(reference, { path: target, index, symbol });
    }
    this.#targets.set(path, targets);
    return targets;
  }
}

export const keyOf = (path: WorkspacePath, index: number): string => `${path}#${index}`;

/** "a.b.Base<T>" → "Base". */
export function lastName(name: string): string {
  return /([\p{L}\p{N}_$]+)\s*(<.*)?$/su.exec(name)?.[1] ?? name;
}
