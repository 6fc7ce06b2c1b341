/** Which types of the project extend or implement which, as far as the languages' own rules say so. */
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
  #below: Map<string, Place[]> | undefined;
  /** File → reference → what it means in another file. */
  readonly #targets = new Map<WorkspacePath, ReadonlyMap<number, Place>>();

  /** @param paths files whose types take part. */
  constructor(
    private readonly examined: Examined,
    paths: ReadonlySet<WorkspacePath>,
  ) {
    for (const path of paths) {
      for (const [index, symbol] of this.#symbols(path).entries()) {
        if (TYPES.has(symbol.kind)) this.#types.set(keyOf(path, index), { path, index, symbol });
      }
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
  descendants({ path, index }: Place): readonly Place[] {
    if (!this.#below) {
      this.#below = new Map();
      for (const type of this.#types.values()) {
        for (const above of this.ancestors(type)) {
          const key = keyOf(above.path, above.index);
          const below = this.#below.get(key);
          if (below) below.push(type);
          else this.#below.set(key, [type]);
        }
      }
    }
    return this.#below.get(keyOf(path, index)) ?? [];
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
  methods({ path, index }: Place): Place[] {
    return this.#symbols(path).flatMap((symbol, i) =>
      symbol.container === index && symbol.kind === 'method' ? [{ path, index: i, symbol }] : [],
    );
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
