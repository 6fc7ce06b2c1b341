/** Look-ups over one record that resolvers of many languages need. */
import type { BindingRecord, FileRecord } from '../../syntax/record.js';

export class SymbolTable {
  readonly #top = new Map<string, number[]>();
  readonly #members = new Map<number, Map<string, number[]>>();
  readonly #bindings = new Map<string, BindingRecord[]>();
  readonly #within = new Map<number, BindingRecord[]>();

  constructor(readonly record: FileRecord) {
    for (const [i, { name, container }] of record.symbols.entries()) {
      let of = this.#top;
      if (container >= 0) {
        of = this.#members.get(container) ?? new Map();
        this.#members.set(container, of);
      }
      const same = of.get(name);
      if (same) same.push(i);
      else of.set(name, [i]);
    }
    for (const b of record.bindings) {
      const same = this.#bindings.get(b.name);
      if (same) same.push(b);
      else this.#bindings.set(b.name, [b]);
      const beside = this.#within.get(b.within);
      if (beside) beside.push(b);
      else this.#within.set(b.within, [b]);
    }
  }

  /** Symbols of this name at the top of the file. */
  top(name: string): readonly number[] {
    return this.#top.get(name) ?? [];
  }

  /** Symbols of this name right inside another one. */
  members(container: number, name: string): readonly number[] {
    return this.#members.get(container)?.get(name) ?? [];
  }

  /** The symbols around a place, innermost first, from `within` itself. */
  *around(within: number): Generator<number> {
    for (let at = within; at >= 0; at = this.record.symbols[at]?.container ?? -1) yield at;
  }

  /** What `name` is bound to as seen from inside `within`: the last binding at or before `line` in the innermost scope that has one. */
  binding(name: string, within: number, line: number): BindingRecord | undefined {
    const all = this.#bindings.get(name);
    if (!all) return undefined;
    for (const scope of [...this.around(within), -1]) {
      const here = all.filter((b) => b.within === scope);
      if (here.length > 0) return here.filter((b) => b.line <= line).at(-1) ?? here[0];
    }
    return undefined;
  }

  /** The binding called `name` that stands right inside `scope`: what a field's own record says of its type, or a function's of its result ("f()"). */
  bindingIn(scope: number, name: string): BindingRecord | undefined {
    return this.#within.get(scope)?.find((b) => b.name === name);
  }

  /** The binding called `name` that belongs to a symbol: right inside it, or on its lines where several symbols share one. */
  bindingAt(name: string, symbol: number): BindingRecord | undefined {
    const { start, end } = this.record.symbols[symbol] ?? { start: 0, end: -1 };
    return this.bindingIn(symbol, name) ?? this.#bindings.get(name)?.find((b) => b.line >= start && b.line <= end);
  }

  /** Every binding of this name, by line. */
  bindings(name: string): readonly BindingRecord[] {
    return this.#bindings.get(name) ?? [];
  }

  /** Bindings right inside `scope`. */
  bindingsIn(scope: number): readonly BindingRecord[] {
    return this.#within.get(scope) ?? [];
  }
}
