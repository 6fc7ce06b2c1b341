/** Look-ups over one record that resolvers of many languages need. */
import type { BindingRecord, FileRecord } from '../../syntax/record.js';

const NONE: readonly number[] = [];
const NO_BINDINGS: readonly BindingRecord[] = [];
const tables = new WeakMap<FileRecord, SymbolTable>();

/**
 * Built as far as it is asked: most files of a workspace are only asked for their definitions, if at all.
 * A record that is renewed in function bodies (`graph/prepared.ts`) keeps its definitions, and has other bindings.
 */
export class SymbolTable {
  #definitions: Definitions | undefined;
  #bindings: Bindings | undefined;

  constructor(readonly record: FileRecord) {}

  /** The table of a record, the same one for as long as the record lives. */
  static of(record: FileRecord): SymbolTable {
    let table = tables.get(record);
    if (!table) {
      table = new SymbolTable(record);
      tables.set(record, table);
    }
    return table;
  }

  /** Symbols of this name at the top of the file. */
  top(name: string): readonly number[] {
    return this.#defined().top.get(name) ?? NONE;
  }

  /** Symbols of this name right inside another one. */
  members(container: number, name: string): readonly number[] {
    return this.#defined().members.get(container)?.get(name) ?? NONE;
  }

  /** The symbols around a place, innermost first, from `within` itself. */
  *around(within: number): Generator<number> {
    for (let at = within; at >= 0; at = this.record.symbols[at]?.container ?? -1) yield at;
  }

  /** What `name` is bound to as seen from inside `within`: the last binding at or before `line` in the innermost scope that has one. */
  binding(name: string, within: number, line: number): BindingRecord | undefined {
    const all = this.#present().named(name);
    if (!all) return undefined;
    for (const scope of [...this.around(within), -1]) {
      const here = all.filter((b) => b.within === scope);
      if (here.length > 0) return here.filter((b) => b.line <= line).at(-1) ?? here[0];
    }
    return undefined;
  }

  /** The binding called `name` that stands right inside `scope`: what a field's own record says of its type, or a function's of its result ("f()"). */
  bindingIn(scope: number, name: string): BindingRecord | undefined {
    return this.bindingsIn(scope).find((b) => b.name === name);
  }

  /** The binding called `name` that belongs to a symbol: right inside it, or on its lines where several symbols share one. */
  bindingAt(name: string, symbol: number): BindingRecord | undefined {
    const { start, end } = this.record.symbols[symbol] ?? { start: 0, end: -1 };
    return this.bindingIn(symbol, name) ?? this.bindings(name).find((b) => b.line >= start && b.line <= end);
  }

  /** Every binding of this name, by line. */
  bindings(name: string): readonly BindingRecord[] {
    return this.#present().named(name) ?? NO_BINDINGS;
  }

  /** Bindings right inside `scope`. */
  bindingsIn(scope: number): readonly BindingRecord[] {
    return this.#present().within(scope) ?? NO_BINDINGS;
  }

  /** Asks the record every time: it takes down who reads it (`prepared.ts`). */
  #defined(): Definitions {
    const { symbols } = this.record;
    this.#definitions ??= definitionsIn(symbols);
    return this.#definitions;
  }

  #present(): Bindings {
    const { bindings } = this.record;
    if (this.#bindings?.all !== bindings) this.#bindings = new Bindings(bindings);
    return this.#bindings;
  }
}

interface Definitions {
  readonly top: ReadonlyMap<string, number[]>;
  /** By container. */
  readonly members: ReadonlyMap<number, ReadonlyMap<string, number[]>>;
}

function definitionsIn(symbols: FileRecord['symbols']): Definitions {
  const top = new Map<string, number[]>();
  const members = new Map<number, Map<string, number[]>>();
  for (const [i, { name, container }] of symbols.entries()) {
    let of = top;
    if (container >= 0) {
      of = members.get(container) ?? new Map();
      members.set(container, of);
    }
    add(of, name, i);
  }
  return { top, members };
}

class Bindings {
  #byName: Map<string, BindingRecord[]> | undefined;
  #byScope: Map<number, BindingRecord[]> | undefined;

  constructor(readonly all: readonly BindingRecord[]) {}

  named(name: string): readonly BindingRecord[] | undefined {
    if (!this.#byName) {
      this.#byName = new Map();
      for (const b of this.all) add(this.#byName, b.name, b);
    }
    return this.#byName.get(name);
  }

  within(scope: number): readonly BindingRecord[] | undefined {
    if (!this.#byScope) {
      this.#byScope = new Map();
      for (const b of this.all) add(this.#byScope, b.within, b);
    }
    return this.#byScope.get(scope);
  }
}

function add<K, V>(to: Map<K, V[]>, key: K, value: V): void {
  const same = to.get(key);
  if (same) same.push(value);
  else to.set(key, [value]);
}
