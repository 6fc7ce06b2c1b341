/**
 * C#: types by namespace (C# language specification, "Namespace and type names"): the
 * enclosing types and namespaces outwards, each with its using directives; global usings
 * hold in the whole tree. A partial type is all of its parts; a use of it leads to the
 * part that has the member, else to the one with most of it.
 */
import type { ImportRecord, ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';

interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

const TYPES = new Set(['class', 'interface', 'struct', 'record', 'enum', 'type']);

export const csharpResolver: Resolver = {
  languages: ['csharp'],
  manifests: [],
  prepare(input: ResolveInput): PreparedResolver {
    const names = new CSharpNames(input);
    return {
      resolve(path) {
        const table = names.table(path);
        if (!table) return NO_LINKS;
        return {
          imports: table.record.imports.map((record, i) => linkUsing(record, i, names)),
          uses: table.record.references.flatMap((r, reference): UseLink[] => {
            const found = names.definitionOf(r, path, table);
            return found && found.file !== path
              ? [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved', indirect: false }]
              : [];
          }),
        };
      },
    };
  },
};

/** A using directive opens a namespace, which is no file; what it brings shows as uses. One of a type leads to the type. */
function linkUsing({ specifier }: ImportRecord, index: number, names: CSharpNames): ImportLink {
  const type = names.type(specifier);
  const known = type !== undefined || names.hasNamespace(specifier);
  return {
    import: index,
    targets: type ? [type.file] : [],
    confidence: known ? 'resolved' : 'unresolved',
    external: !known,
    typeOnly: false,
  };
}

class CSharpNames {
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  /** Full name → its parts, the largest first. */
  readonly #types = new Map<string, Definition[]>();
  readonly #namespaces = new Set<string>();
  readonly #global: ImportRecord[] = [];

  constructor(input: ResolveInput) {
    for (const { path, language } of input.entries) {
      const record = language === 'csharp' ? input.record(path) : undefined;
      if (!record) continue;
      const table = new SymbolTable(record);
      this.#tables.set(path, table);
      this.#global.push(...record.imports.filter((i) => i.mark?.includes('global')));
      this.#addNamespace(record.package);
      for (const [symbol, s] of record.symbols.entries()) {
        const name = this.#scopes(table, symbol)[0] ?? '';
        if (s.kind === 'namespace') this.#addNamespace(name);
        else if (TYPES.has(s.kind)) this.#types.set(name, [...(this.#types.get(name) ?? []), { file: path, symbol }]);
      }
    }
    const size = ({ file, symbol }: Definition): number => this.#tables.get(file)!.record.symbols[symbol]!.tokens;
    for (const parts of this.#types.values()) if (parts.length > 1) parts.sort((a, b) => size(b) - size(a) || (a.file < b.file ? -1 : 1));
  }

  #addNamespace(name: string): void {
    for (let at = name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') this.#namespaces.add(at);
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  type(name: string): Definition | undefined {
    return this.#types.get(name)?.[0];
  }

  hasNamespace(name: string): boolean {
    return this.#namespaces.has(name);
  }

  /** Full names of the types and namespaces around a symbol, innermost first, its own included. */
  #scopes(table: SymbolTable, within: number): string[] {
    const { record } = table;
    const nested = [...table.around(within)]
      .filter((i) => TYPES.has(record.symbols[i]!.kind) || record.symbols[i]!.kind === 'namespace')
      .reverse();
    const out = spread(record.package);
    for (const i of nested)
      for (const part of record.symbols[i]!.name.split('.')) out.unshift(out.length === 0 ? part : `${out[0]}.${part}`);
    return out;
  }

  definitionOf({ name, qualifier, kind, within }: ReferenceRecord, file: WorkspacePath, table: SymbolTable): Definition | undefined {
    if (qualifier === '') {
      const type = this.#find(name, table, within) ?? (kind === 'annotation' ? this.#find(`${name}Attribute`, table, within) : undefined);
      return type ?? (kind === 'call' || kind === 'value' ? this.#inherited(name, file, table, within) : undefined);
    }
    if (qualifier === '?' || qualifier === 'this' || qualifier === 'base') return undefined;
    const holder = this.#find(qualifier, table, within);
    if (!holder) return this.#find(`${qualifier}.${name}`, table, within);
    return this.#member(holder, name, 0) ?? undefined;
  }

  /** A type name, dotted or not, as a place in a file means it. */
  #find(name: string, table: SymbolTable, within: number): Definition | undefined {
    const [first = '', ...rest] = name.replace(/^global::/, '').split('.');
    const alias = table.record.imports.find((i) => i.names[0]?.as === first);
    if (alias) return this.type([alias.specifier, ...rest].join('.'));
    const scopes = this.#scopes(table, within);
    const plain = [first, ...rest].join('.');
    for (const scope of scopes) {
      const found = this.type(`${scope}.${plain}`);
      if (found) return found;
    }
    const top = this.type(plain);
    if (top) return top;
    for (const { specifier, mark, names } of [...table.record.imports, ...this.#global]) {
      if (names.length > 0 || mark?.includes('static')) continue;
      // A using inside a namespace may name another one relative to it.
      for (const home of ['', ...scopes.map((s) => `${s}.`)]) {
        const found = this.hasNamespace(`${home}${specifier}`) ? this.type(`${home}${specifier}.${plain}`) : undefined;
        if (found) return found;
      }
    }
    return undefined;
  }

  /** A member that an enclosing type has from a base or another part, or that `using static` brings. */
  #inherited(name: string, file: WorkspacePath, table: SymbolTable, within: number): Definition | undefined {
    for (const scope of table.around(within)) {
      if (!TYPES.has(table.record.symbols[scope]!.kind)) continue;
      const found = this.#member({ file, symbol: scope }, name, 0);
      if (found) return found;
    }
    for (const { specifier, mark } of [...table.record.imports, ...this.#global]) {
      const type = mark?.includes('static') ? this.type(specifier) : undefined;
      const found = type && this.#member(type, name, 0);
      if (found) return found;
    }
    return undefined;
  }

  #member(holder: Definition, name: string, steps: number): Definition | undefined {
    const table = this.#tables.get(holder.file);
    if (!table || steps > 12) return undefined;
    const parts = this.#types.get(this.#scopes(table, holder.symbol)[0] ?? '') ?? [holder];
    for (const { file, symbol } of [holder, ...parts]) {
      const own = this.#tables.get(file)!.members(symbol, name)[0];
      if (own !== undefined) return { file, symbol: own };
    }
    for (const { file, symbol } of parts) {
      const of = this.#tables.get(file)!;
      for (const base of of.record.symbols[symbol]!.supers ?? []) {
        const at = this.#find(base, of, of.record.symbols[symbol]!.container);
        const found = at && this.#member(at, name, steps + 1);
        if (found) return found;
      }
    }
    return undefined;
  }
}

/** "A.B.C" → ["A.B.C", "A.B", "A"]. */
function spread(name: string): string[] {
  const out: string[] = [];
  for (const part of name.split('.').filter((p) => p !== '')) out.unshift(out.length === 0 ? part : `${out[0]}.${part}`);
  return out;
}
