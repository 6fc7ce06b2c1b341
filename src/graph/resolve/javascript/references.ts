/** Joins the references of one file to definitions in others. */
import type { ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { UseLink } from '../../links.js';
import type { SymbolTable } from '../symbol-table.js';
import type { Definition, Exports } from './exports.js';

/** A chain of aliases or base classes longer than this is a ring. */
const MAX_STEPS = 12;

export function joinReferences(file: WorkspacePath, table: SymbolTable, exports: Exports): UseLink[] {
  const join = new Join(file, table, exports);
  return table.record.references.flatMap((r, reference) => {
    const found = join.definitionOf(r);
    return found && found.file !== file
      ? [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved' as const, indirect: true }]
      : [];
  });
}

class Join {
  constructor(
    private readonly file: WorkspacePath,
    private readonly table: SymbolTable,
    private readonly exports: Exports,
  ) {}

  definitionOf({ name, qualifier, within, line }: ReferenceRecord): Definition | undefined {
    if (qualifier === '?') return undefined;
    if (qualifier === '') return this.#bare(this.file, name);
    const holder = this.#path(qualifier.replaceAll('?.', '.').replaceAll('!', '').split('.'), within, line);
    return holder && this.#memberOf(holder, name, 0);
  }

  /** A name as the top of a file knows it; locals and parameters are bindings and are asked first by {@link #path}. */
  #bare(file: WorkspacePath, name: string): Definition | undefined {
    const own = this.exports.table(file)?.top(name)[0];
    return own === undefined ? this.exports.imported(file, name) : { file, symbol: own };
  }

  /** What a dotted path stands for: a module, a class or an object whose type is known. */
  #path(names: readonly string[], within: number, line: number): Definition | undefined {
    const [first = '', ...rest] = names;
    let at: Definition | undefined;
    if (first === 'this') at = this.#enclosingClass(within);
    else {
      const bound = this.table.binding(first, within, line);
      // A parameter without a known type hides what the module calls by its name.
      at = bound ? this.#typeOf(this.file, bound, 0) : this.#bare(this.file, first);
      if (at && !bound) at = this.#valueType(at, 0);
    }
    for (const name of rest) {
      const member = at && this.#memberOf(at, name, 0);
      at = member && this.#valueType(member, 0);
    }
    return at;
  }

  #enclosingClass(within: number): Definition | undefined {
    for (const i of this.table.around(within)) if (this.table.record.symbols[i]?.kind === 'class') return { file: this.file, symbol: i };
    return undefined;
  }

  /** A member by name: of a module, of a class with its bases, of an enum or namespace. */
  #memberOf(holder: Definition, name: string, steps: number): Definition | undefined {
    if (steps > MAX_STEPS) return undefined;
    if (holder.symbol < 0) return this.exports.find(holder.file, name);
    const table = this.exports.table(holder.file);
    const symbol = table?.record.symbols[holder.symbol];
    if (!table || !symbol) return undefined;
    const member = table.members(holder.symbol, name)[0];
    if (member !== undefined) return { file: holder.file, symbol: member };
    const assigned = table
      .top(name)
      .find(
        (i) =>
          table.record.symbols[i]?.mark === `${symbol.name}.${name}` ||
          table.record.symbols[i]?.mark === `${symbol.name}.prototype.${name}`,
      );
    if (assigned !== undefined) return { file: holder.file, symbol: assigned };
    for (const base of symbol.supers ?? []) {
      const at = this.#bare(holder.file, base);
      const found = at && this.#memberOf(at, name, steps + 1);
      if (found) return found;
    }
    return undefined;
  }

  /** The class that the value of a definition belongs to: itself for a class, the written type for a variable or field. */
  #valueType(definition: Definition, steps: number): Definition | undefined {
    const table = this.exports.table(definition.file);
    const symbol = table?.record.symbols[definition.symbol];
    if (!table || !symbol || steps > MAX_STEPS) return definition;
    if (symbol.kind !== 'variable' && symbol.kind !== 'field' && symbol.kind !== 'property') return definition;
    const bound = table.record.bindings.find((b) => b.name === symbol.name && b.line >= symbol.start && b.line <= symbol.end);
    return bound ? this.#typeOf(definition.file, bound, steps + 1) : definition;
  }

  #typeOf(file: WorkspacePath, { type, init }: { readonly type: string; readonly init: string }, steps: number): Definition | undefined {
    if (steps > MAX_STEPS) return undefined;
    const name = type !== '' ? type : /^new (.+)$/.exec(init)?.[1];
    if (name === undefined) return undefined;
    const [first = '', ...rest] = name.split('.');
    let at = this.#bare(file, first);
    for (const part of rest) at = at && this.#memberOf(at, part, 0);
    return at;
  }
}
