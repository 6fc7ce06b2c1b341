/** Members of values whose class is written down: where a method, property or class constant is defined. */
import type { BindingRecord, ReferenceRecord, SymbolRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import { type Definition, isClass, type Source } from './declarations.js';
import type { Found, Lookup } from './lookup.js';

export class Members {
  constructor(private readonly lookup: Lookup) {}

  /** The definition of a member that a reference in `file` names behind a class, a variable or a property. */
  find({ name, qualifier, kind, within, line }: ReferenceRecord, file: WorkspacePath, source: Source): Found | undefined {
    if (qualifier === '?') return undefined;
    const called = kind === 'call';
    const word = qualifier.toLowerCase();
    const own = ownClass(within, source);
    if (word === 'parent') {
      const base = own === undefined ? undefined : this.#parent({ file, symbol: own });
      return base && this.#member(base, name, called);
    }
    const holder = this.#holder(qualifier, within, line, file, source, own);
    return holder && this.#weaker(this.#member(holder, name, called), holder);
  }

  #holder(
    qualifier: string,
    within: number,
    line: number,
    file: WorkspacePath,
    source: Source,
    own: number | undefined,
  ): Found | undefined {
    const here = own === undefined ? undefined : ({ file, symbol: own, confidence: 'resolved' } as const);
    if (['self', 'static', '$this'].includes(qualifier.toLowerCase())) return here;
    if (!qualifier.startsWith('$')) return this.#class(qualifier, line, file, source);
    const property = /^\$this->(\w+)$/.exec(qualifier)?.[1];
    if (property !== undefined) return here && this.#typeOfProperty(here, property);
    const bound = localBinding(qualifier, within, line, source);
    if (!bound) return undefined;
    if (bound.type !== '') return this.#typed(bound.type, bound.line, file, source, here);
    const made = /^new (.+)$/.exec(bound.init)?.[1];
    const type = made === undefined ? undefined : this.#typed(made, bound.line, file, source, here);
    // Another branch may have assigned something else.
    return type && { ...type, confidence: 'named' };
  }

  #class(written: string, line: number, file: WorkspacePath, { names }: Source): Found | undefined {
    const name = names.class(written, line);
    return name === undefined ? undefined : this.lookup.find('class', name, file);
  }

  #typed(written: string, line: number, file: WorkspacePath, source: Source, own: Found | undefined): Found | undefined {
    const word = written.toLowerCase();
    if (word === 'self' || word === 'static') return own;
    return word === 'parent' ? own && this.#parent(own) : this.#class(written, line, file, source);
  }

  /** The class that a typed property holds, wherever the property is declared. */
  #typeOfProperty(holder: Found, property: string): Found | undefined {
    const at = this.#member(holder, property, false);
    const source = at && this.lookup.declarations.source(at.file);
    const bound = source?.table.bindingAt(`$this->${property}`, at?.symbol ?? -1);
    if (!at || !source || !bound) return undefined;
    const symbol = ownClass(at.symbol, source);
    const type = this.#typed(bound.type, bound.line, at.file, source, symbol === undefined ? undefined : { ...at, symbol });
    return this.#weaker(type, at);
  }

  /** A member of a class: its own, of its traits, inherited, or of its interfaces; unknown once a class outside the workspace may have it. */
  #member(holder: Found, name: string, called: boolean, seen = new Set<SymbolRecord>()): Found | undefined {
    const source = this.lookup.declarations.source(holder.file);
    const symbol = this.lookup.declarations.symbol(holder);
    if (!source || !symbol || seen.has(symbol)) return undefined;
    seen.add(symbol);
    const own = ownMember(source, holder.symbol, name, called);
    if (own !== undefined) return { ...holder, symbol: own };
    const bases = this.#bases(holder, source);
    for (const base of bases ?? []) {
      const found = this.#member(base, name, called, seen);
      if (found) return this.#weaker(found, holder);
    }
    return undefined;
  }

  #parent(holder: Definition): Found | undefined {
    const source = this.lookup.declarations.source(holder.file);
    return source && this.#bases(holder, source)?.find((b) => this.lookup.declarations.symbol(b)?.kind === 'class');
  }

  /** Traits, then the parent, then interfaces; undefined when one is not in the workspace. */
  #bases(holder: Definition, source: Source): Found[] | undefined {
    const symbol = source.table.record.symbols[holder.symbol];
    const order = ['trait', 'class', 'interface'];
    const bases: [number, Found][] = [];
    for (const written of symbol?.supers ?? []) {
      const base = this.#class(written, symbol?.nameLine ?? 0, holder.file, source);
      if (!base) return undefined;
      bases.push([order.indexOf(this.lookup.declarations.symbol(base)?.kind ?? ''), base]);
    }
    return bases.sort(([a], [b]) => a - b).map(([, base]) => base);
  }

  /** No surer than the way to it. */
  #weaker(found: Found | undefined, way: Found): Found | undefined {
    return found && way.confidence === 'named' ? { ...found, confidence: 'named' } : found;
  }
}

/** The class around a symbol; undefined in an anonymous one, whose methods stand right inside a function. */
function ownClass(within: number, { table }: Source): number | undefined {
  const { symbols } = table.record;
  for (const at of table.around(within)) {
    const symbol = symbols[at];
    if (isClass(symbol)) return at;
    if (symbol?.kind === 'method' && !isClass(symbols[symbol.container])) return undefined;
  }
  return undefined;
}

/** A member right inside a class, or a property that its constructor promotes. A method and a property may share a name. */
function ownMember({ table }: Source, holder: number, name: string, called: boolean): number | undefined {
  const { symbols } = table.record;
  const fits = (at: number): boolean => (symbols[at]?.kind === 'method' || symbols[at]?.kind === 'constructor') === called;
  const own = table.members(holder, name).find(fits);
  if (own !== undefined || called) return own;
  return table.members(holder, '__construct').flatMap((at) => table.members(at, name))[0];
}

/** What a variable of the same function was last bound to. */
function localBinding(name: string, within: number, line: number, { table }: Source): BindingRecord | undefined {
  const scope = functionAround(within, table);
  return table.bindings(name).findLast((b) => b.line <= line && functionAround(b.within, table) === scope);
}

function functionAround(within: number, table: Source['table']): number {
  for (const at of table.around(within)) {
    const kind = table.record.symbols[at]?.kind;
    if (kind === 'function' || kind === 'method' || kind === 'constructor') return at;
  }
  return -1;
}
