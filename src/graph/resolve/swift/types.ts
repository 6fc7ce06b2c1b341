/** Types of a Swift workspace: their declarations and extensions over all files, and what a file can see of them. */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import { SwiftModules } from './modules.js';

export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

const TYPES = new Set(['class', 'struct', 'enum', 'interface', 'type']);
/** A chain of base types longer than this is a ring. */
const MAX_STEPS = 16;

export class SwiftTypes {
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  readonly #moduleOf = new Map<WorkspacePath, string>();
  /** "Outer.Inner" → declarations. */
  readonly #types = new Map<string, Definition[]>();
  /** "Outer.Inner" → extensions, also of types that the workspace does not declare. */
  readonly #extensions = new Map<string, Definition[]>();
  /** Functions and variables outside all types. */
  readonly #values = new Map<string, Definition[]>();
  readonly #modules: SwiftModules;
  #lineages: { readonly file: WorkspacePath; readonly byName: Map<string, readonly string[]> } = { file: '', byName: new Map() };

  constructor(input: ResolveInput) {
    this.#modules = new SwiftModules(input);
    for (const { path, language } of input.entries) {
      const record = language === 'swift' ? input.record(path) : undefined;
      if (!record) continue;
      const table = SymbolTable.of(record);
      this.#tables.set(path, table);
      this.#moduleOf.set(path, this.#modules.of(path));
      for (const [symbol, s] of record.symbols.entries()) {
        const definition = { file: path, symbol };
        if (s.kind === 'impl') add(this.#extensions, s.name, definition);
        else if (TYPES.has(s.kind)) add(this.#types, pathOf(table, symbol), definition);
        else if (s.container === -1) add(this.#values, s.name, definition);
      }
    }
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  isOwnModule(name: string): boolean {
    return this.#modules.has(name);
  }

  /** Full name of the type that a symbol declares or extends, with the types around it. */
  pathOf(file: WorkspacePath, symbol: number): string {
    const table = this.#tables.get(file);
    return table ? pathOf(table, symbol) : '';
  }

  /** What a type's name means inside symbol `within` of `file`: its full name; undefined for a type of a library or a type parameter. */
  find(name: string, file: WorkspacePath, within: number, steps = 0): string | undefined {
    const table = this.#tables.get(file);
    if (!table || steps > MAX_STEPS) return undefined;
    const first = name.split('.')[0] ?? '';
    for (const scope of table.around(within)) {
      const symbol = table.record.symbols[scope];
      if (!symbol) continue;
      if (table.bindingIn(scope, `type ${first}`)) return undefined;
      if (!TYPES.has(symbol.kind) && symbol.kind !== 'impl') continue;
      const holder = pathOf(table, scope);
      if (first === 'Self') return holder === '' ? undefined : `${holder}${name.slice('Self'.length)}`;
      const nested = this.#nested(holder, name, file, steps);
      if (nested !== undefined) return nested;
    }
    if (this.declarations(name, file).length > 0) return name;
    // `Module.Type` names the module.
    const rest = name.slice(first.length + 1);
    if (rest !== '' && this.#modules.has(first) && this.declarations(rest, file).length > 0) return rest;
    return rest !== '' && this.declarations(first, file).length > 0 ? this.#nested(first, rest, file, steps) : undefined;
  }

  /** A type inside another one, inside what that one extends, or inside what it conforms to. */
  #nested(holder: string, name: string, file: WorkspacePath, steps: number): string | undefined {
    for (const lineage of this.lineage(holder, file, steps)) {
      for (let at = lineage; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
        const full = `${at}.${name}`;
        if (this.declarations(full, file).length > 0) return full;
      }
    }
    return undefined;
  }

  /** Declarations of a type by its full name that `file` can see. */
  declarations(name: string, file: WorkspacePath): readonly Definition[] {
    return this.#seen(this.#types.get(name), file);
  }

  /** Functions and variables outside all types that `file` can see. */
  values(name: string, file: WorkspacePath): readonly Definition[] {
    return this.#seen(this.#values.get(name), file);
  }

  /** A type and what it inherits and conforms to, nearest first, by full name; names of library types as written. */
  lineage(name: string, file: WorkspacePath, steps = 0): readonly string[] {
    // Asked for at every member; the same file asks again and again.
    if (this.#lineages.file !== file) this.#lineages = { file, byName: new Map() };
    const key = `${steps}\0${name}`;
    let known = this.#lineages.byName.get(key);
    if (!known) {
      known = this.#inherit(name, file, steps);
      this.#lineages.byName.set(key, known);
    }
    return known;
  }

  #inherit(name: string, file: WorkspacePath, steps: number): string[] {
    const names = [name];
    if (steps > MAX_STEPS) return names;
    for (const at of names) {
      for (const d of [...this.declarations(at, file), ...this.#seen(this.#extensions.get(at), file)]) {
        const symbol = this.#tables.get(d.file)?.record.symbols[d.symbol];
        for (const base of symbol?.supers ?? []) {
          const found = this.find(base, d.file, symbol?.container ?? -1, steps + MAX_STEPS) ?? base;
          if (!names.includes(found) && names.length < 64) names.push(found);
        }
      }
    }
    return names;
  }

  /**
   * Members of a type by name: its own before those of its extensions, then what it
   * inherits. Several are overloads. What is called is a function first, anything else
   * a property first.
   */
  members(holder: string, name: string, file: WorkspacePath, called: boolean): readonly Definition[] {
    let others: readonly Definition[] = [];
    for (const at of this.lineage(holder, file)) {
      for (const places of [this.#types.get(at), this.#extensions.get(at)]) {
        const found = this.#seen(places, file).flatMap((d) => this.#inside(d, name, file));
        const fitting = found.filter((d) => this.#isFunction(d) === called);
        if (fitting.length > 0) return fitting;
        if (others.length === 0) others = found;
      }
    }
    return others;
  }

  #inside({ file: there, symbol: holder }: Definition, name: string, file: WorkspacePath): Definition[] {
    const symbols = this.#tables.get(there)?.members(holder, name) ?? [];
    return symbols.flatMap((symbol) => (this.#reaches(file, there, symbol) ? [{ file: there, symbol }] : []));
  }

  #isFunction({ file, symbol }: Definition): boolean {
    return this.#tables.get(file)?.record.symbols[symbol]?.kind === 'method';
  }

  #seen(definitions: readonly Definition[] | undefined, file: WorkspacePath): readonly Definition[] {
    return definitions?.filter((d) => this.#reaches(file, d.file, d.symbol)) ?? [];
  }

  /** Whether `from` sees a definition: of its own module, or of one it imports; a private one in its own file only. */
  #reaches(from: WorkspacePath, to: WorkspacePath, symbol: number): boolean {
    if (from === to) return true;
    if (this.#tables.get(to)?.record.symbols[symbol]?.exported === false) return false;
    const here = this.#moduleOf.get(from);
    const there = this.#moduleOf.get(to) ?? '';
    return here === there || (this.#tables.get(from)?.record.imports.some((i) => moduleOf(i) === there) ?? false);
  }
}

export const moduleOf = ({ specifier }: Pick<ImportRecord, 'specifier'>): string => specifier.split('.')[0] ?? '';

function pathOf(table: SymbolTable, symbol: number): string {
  const names: string[] = [];
  for (const at of table.around(symbol)) {
    const s = table.record.symbols[at];
    if (s && (TYPES.has(s.kind) || s.kind === 'impl')) names.unshift(s.name);
  }
  return names.join('.');
}

function add(to: Map<string, Definition[]>, name: string, definition: Definition): void {
  const same = to.get(name);
  if (same) same.push(definition);
  else to.set(name, [definition]);
}
