/**
 * PHP: names by the rules of namespaces (PHP manual, "Name resolution rules"), classes
 * wherever the workspace declares them. Which file an autoloader would load for a name
 * decides between several (PSR-4 prefixes of composer.json); require and include by path.
 */
import { folderOf, joinPath, nameOf } from '../../../base/paths.js';
import type { ImportRecord, ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';

export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

const CLASSES = new Set(['class', 'interface', 'trait', 'enum']);
const OWN = new Set(['self', 'static', 'parent', '$this']);

export const phpResolver: Resolver = {
  languages: ['php'],
  manifests: ['composer.json'],
  prepare(input: ResolveInput): PreparedResolver {
    const names = new PhpNames(input);
    return {
      resolve(path) {
        const table = names.table(path);
        if (!table) return NO_LINKS;
        return {
          imports: table.record.imports.map((record, i) => linkImport(record, i, path, names, input)),
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

function linkImport(
  { specifier, kind, mark }: ImportRecord,
  index: number,
  path: WorkspacePath,
  names: PhpNames,
  input: ResolveInput,
): ImportLink {
  let file: WorkspacePath | undefined;
  if (kind === 'require') {
    const target = joinPath(specifier.startsWith('.') ? folderOf(path) : '', specifier) ?? '';
    const beside = joinPath(folderOf(path), specifier) ?? '';
    file = [target, beside].find((p) => input.has(p));
  } else file = (mark === 'function' ? names.function(specifier) : mark === 'const' ? undefined : names.class(specifier))?.file;
  const own = kind === 'require' || names.isOwn(specifier);
  return {
    import: index,
    targets: file === undefined ? [] : [file],
    confidence: file === undefined ? 'unresolved' : 'resolved',
    external: file === undefined && !own,
    typeOnly: false,
  };
}

class PhpNames {
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  readonly #classes = new Map<string, Definition[]>();
  readonly #functions = new Map<string, Definition[]>();
  readonly #namespaces = new Set<string>();
  readonly #prefixes: { readonly namespace: string; readonly folder: string }[] = [];

  constructor(input: ResolveInput) {
    for (const { path, language } of input.entries) {
      if (nameOf(path) === 'composer.json') this.#readComposer(path, input.manifest(path));
      const record = language === 'php' ? input.record(path) : undefined;
      if (!record) continue;
      this.#tables.set(path, new SymbolTable(record));
      const home = record.package.toLowerCase();
      this.#namespaces.add(home.split('\\')[0] ?? '');
      for (const [symbol, s] of record.symbols.entries()) {
        const into = CLASSES.has(s.kind) ? this.#classes : s.kind === 'function' && s.container === -1 ? this.#functions : undefined;
        if (!into) continue;
        const name = (home === '' ? s.name : `${home}\\${s.name}`).toLowerCase();
        into.set(name, [...(into.get(name) ?? []), { file: path, symbol }]);
      }
    }
  }

  #readComposer(path: WorkspacePath, text: string | undefined): void {
    let raw: unknown;
    try {
      raw = JSON.parse(text ?? '');
    } catch {
      return;
    }
    const manifest = raw as Record<
      'autoload' | 'autoload-dev',
      Record<'psr-4' | 'psr-0', Record<string, string | string[]> | undefined> | undefined
    > | null;
    for (const section of [manifest?.autoload, manifest?.['autoload-dev']]) {
      for (const [namespace, folders] of Object.entries({ ...section?.['psr-0'], ...section?.['psr-4'] })) {
        for (const folder of [folders].flat())
          this.#prefixes.push({ namespace: namespace.toLowerCase(), folder: joinPath(folderOf(path), folder) ?? '' });
      }
    }
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  /** A class, interface, trait or enum by its full name. */
  class(name: string): Definition | undefined {
    const key = name.toLowerCase();
    const found = this.#classes.get(key) ?? [];
    return found.length < 2 ? found[0] : (found.find((d) => this.#autoloads(key, d.file)) ?? found[0]);
  }

  function(name: string): Definition | undefined {
    return this.#functions.get(name.toLowerCase())?.[0];
  }

  /** Whether an autoloader would look for the name in this file. */
  #autoloads(name: string, file: WorkspacePath): boolean {
    return this.#prefixes.some(
      ({ namespace, folder }) =>
        name.startsWith(namespace) &&
        file.toLowerCase() ===
          `${folder === '' ? '' : `${folder}/`}${name.slice(namespace.length).replaceAll('\\', '/')}.php`.toLowerCase(),
    );
  }

  isOwn(name: string): boolean {
    return name.includes('\\') && this.#namespaces.has(name.split('\\')[0]?.toLowerCase() ?? '');
  }

  definitionOf({ name, qualifier, kind, within, line }: ReferenceRecord, file: WorkspacePath, table: SymbolTable): Definition | undefined {
    if (qualifier === '') return kind === 'call' ? this.#calledFunction(name, table) : this.#written(name, table);
    const holder = this.#holder(qualifier, within, line, file, table);
    return holder && this.#member(holder, name, 0);
  }

  /** A class name as a file writes it. */
  #written(name: string, { record }: SymbolTable): Definition | undefined {
    if (OWN.has(name.toLowerCase())) return undefined;
    if (name.startsWith('\\')) return this.class(name.slice(1));
    const [first = '', ...rest] = name.split('\\');
    const use = record.imports.find(
      (i) => i.kind === 'use' && i.mark === undefined && i.names[0]?.as.toLowerCase() === first.toLowerCase(),
    );
    if (use) return this.class([use.specifier, ...rest].join('\\'));
    return this.class(record.package === '' ? name : `${record.package}\\${name.replace(/^namespace\\/i, '')}`);
  }

  #calledFunction(name: string, { record }: SymbolTable): Definition | undefined {
    if (name.startsWith('\\')) return this.function(name.slice(1));
    const use = record.imports.find((i) => i.mark === 'function' && i.names[0]?.as.toLowerCase() === name.toLowerCase());
    if (use) return this.function(use.specifier);
    // An unqualified function falls back to the global one.
    return (
      this.function(record.package === '' ? name : `${record.package}\\${name}`) ?? (name.includes('\\') ? undefined : this.function(name))
    );
  }

  #holder(qualifier: string, within: number, line: number, file: WorkspacePath, table: SymbolTable): Definition | undefined {
    if (OWN.has(qualifier)) {
      for (const scope of table.around(within)) if (CLASSES.has(table.record.symbols[scope]?.kind ?? '')) return { file, symbol: scope };
      return undefined;
    }
    if (!qualifier.startsWith('$')) return this.#written(qualifier, table);
    const bound =
      table.binding(qualifier, within, line) ??
      (qualifier.startsWith('$this->') ? table.record.bindings.find((b) => b.name === qualifier) : undefined);
    const type = bound?.type || /^new (.+)$/.exec(bound?.init ?? '')?.[1];
    return type === undefined ? undefined : this.#written(type, table);
  }

  /** A member of a class, its own, of its traits or inherited. */
  #member(holder: Definition, name: string, steps: number): Definition | undefined {
    const table = this.#tables.get(holder.file);
    if (!table || steps > 16) return undefined;
    const own = table.members(holder.symbol, name)[0];
    if (own !== undefined) return { file: holder.file, symbol: own };
    for (const base of table.record.symbols[holder.symbol]?.supers ?? []) {
      const at = this.#written(base, table);
      const found = at && this.#member(at, name, steps + 1);
      if (found) return found;
    }
    return undefined;
  }
}
