/** Types of a Java workspace by their names, as the language's scoping rules see them (Java Language Specification, chapters 6 and 8). */
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';

export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

const TYPES = new Set(['class', 'interface', 'enum', 'record']);
/** A chain of base types longer than this is a ring. */
const MAX_STEPS = 16;

export class JavaTypes {
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  /** "package.Top" → definition. */
  readonly #top = new Map<string, Definition>();
  readonly #packages = new Set<string>();

  constructor(input: ResolveInput) {
    for (const { path, language } of input.entries) {
      const record = language === 'java' ? input.record(path) : undefined;
      if (!record) continue;
      const table = new SymbolTable(record);
      this.#tables.set(path, table);
      this.#packages.add(record.package);
      for (const [symbol, s] of record.symbols.entries()) {
        const name = qualify(record.package, s.name);
        if (s.container === -1 && TYPES.has(s.kind) && !this.#top.has(name)) this.#top.set(name, { file: path, symbol });
      }
    }
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  /** A type by its full name ("a.b.Outer.Inner"); the longest leading part that is a top-level type decides. */
  named(name: string): Definition | undefined {
    const parts = name.split('.');
    for (let n = parts.length; n > 0; n--) {
      let at = this.#top.get(parts.slice(0, n).join('.'));
      if (!at) continue;
      for (const part of parts.slice(n)) at = at && this.memberType(at, part);
      return at;
    }
    return undefined;
  }

  /** The top-level type whose full name begins `name`: what an import of it, of a nested type or of a static member leads to. */
  outermost(name: string): Definition | undefined {
    const parts = name.split('.');
    for (let n = parts.length; n > 0; n--) {
      const at = this.#top.get(parts.slice(0, n).join('.'));
      if (at) return at;
    }
    return undefined;
  }

  /** Whether the workspace has a package of this name, or a part of one. */
  isOwn(name: string): boolean {
    for (let at = name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') if (this.#packages.has(at)) return true;
    return false;
  }

  /** What a type name means inside symbol `within` of `file`. */
  find(name: string, file: WorkspacePath, within: number, steps = 0): Definition | undefined {
    const table = this.#tables.get(file);
    if (!table || steps > MAX_STEPS) return undefined;
    const [first = '', ...rest] = name.split('.');
    let at = this.#simple(first, file, table, within, steps);
    if (!at) return rest.length > 0 && !this.#hidden(first, table, within) ? this.named(name) : undefined;
    for (const part of rest) at = at && this.memberType(at, part, steps);
    return at;
  }

  #simple(name: string, file: WorkspacePath, table: SymbolTable, within: number, steps: number): Definition | undefined {
    if (this.#hidden(name, table, within)) return undefined;
    for (const scope of table.around(within)) {
      const symbol = table.record.symbols[scope];
      if (!symbol || !TYPES.has(symbol.kind)) continue;
      if (symbol.name === name) return { file, symbol: scope };
      const member = this.memberType({ file, symbol: scope }, name, steps + 1);
      if (member) return member;
    }
    const { imports, package: home } = table.record;
    const explicit = imports.find((i) => i.names[0]?.name === name);
    if (explicit) return this.named(explicit.specifier);
    const beside = this.#top.get(qualify(home, name));
    if (beside) return beside;
    for (const i of imports) {
      const found = i.names[0]?.name === '*' ? this.named(`${i.specifier}.${name}`) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** A type parameter hides every type of its name. */
  #hidden(name: string, table: SymbolTable, within: number): boolean {
    for (const scope of table.around(within)) if (table.bindingIn(scope, `type ${name}`)) return true;
    return false;
  }

  /** A nested type, its own or inherited. */
  memberType(holder: Definition, name: string, steps = 0): Definition | undefined {
    return this.#inherited(holder, steps, (table, symbol) =>
      table.members(symbol, name).find((i) => TYPES.has(table.record.symbols[i]!.kind)),
    );
  }

  /** A field or method by name, its own or inherited; of overloads the first. */
  member(holder: Definition, name: string, call: boolean): Definition | undefined {
    return this.#inherited(holder, 0, (table, symbol) =>
      table
        .members(symbol, name)
        .find((i) => (table.record.symbols[i]!.kind === 'method') === call && !TYPES.has(table.record.symbols[i]!.kind)),
    );
  }

  #inherited(holder: Definition, steps: number, pick: (table: SymbolTable, symbol: number) => number | undefined): Definition | undefined {
    const table = this.#tables.get(holder.file);
    if (!table || steps > MAX_STEPS) return undefined;
    const own = pick(table, holder.symbol);
    if (own !== undefined) return { file: holder.file, symbol: own };
    const symbol = table.record.symbols[holder.symbol];
    for (const base of symbol?.supers ?? []) {
      // A base is named in the scope around the type, not inside it.
      const at = this.find(base, holder.file, symbol?.container ?? -1, steps + 1);
      const found = at && !(at.file === holder.file && at.symbol === holder.symbol) ? this.#inherited(at, steps + 1, pick) : undefined;
      if (found) return found;
    }
    return undefined;
  }
}

const qualify = (home: string, name: string): string => (home === '' ? name : `${home}.${name}`);
