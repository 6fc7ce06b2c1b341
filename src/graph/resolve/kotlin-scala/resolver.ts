/**
 * Kotlin and Scala: top-level names by package, with imports, star imports and the own
 * package, together with the Java types beside them. Members are not followed: their
 * receivers' types are mostly inferred, and a guess would be no edge worth having.
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

const SHARED = new Set(['kotlin', 'scala', 'java']);

export const kotlinScalaResolver: Resolver = {
  languages: ['kotlin', 'scala'],
  manifests: [],
  prepare(input: ResolveInput): PreparedResolver {
    const names = new PackageNames(input);
    return {
      resolve(path) {
        const record = input.record(path);
        if (!record) return NO_LINKS;
        const table = new SymbolTable(record);
        return {
          imports: record.imports.map((i, index) => linkImport(i, index, names)),
          uses: record.references.flatMap((r, reference): UseLink[] => {
            const found = definitionOf(r, table, names);
            return found && found.file !== path
              ? [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved', indirect: false }]
              : [];
          }),
        };
      },
    };
  },
};

function linkImport({ specifier, names: [name] }: ImportRecord, index: number, names: PackageNames): ImportLink {
  const star = name?.name === '*';
  const target = names.outermost(specifier);
  const known = target !== undefined || (star && names.hasPackage(specifier));
  return {
    import: index,
    targets: target ? [target.file] : [],
    confidence: known ? 'resolved' : 'unresolved',
    external: !known && !names.hasPackage(specifier),
    typeOnly: false,
  };
}

function definitionOf({ name, qualifier, within, line }: ReferenceRecord, table: SymbolTable, names: PackageNames): Definition | undefined {
  if (qualifier !== '' || table.top(name).length > 0 || table.binding(name, within, line)) return undefined;
  const { imports, package: home } = table.record;
  const explicit = imports.find((i) => i.names[0]?.as === name);
  if (explicit) return names.named(explicit.specifier);
  // A member of an enclosing class hides what the package calls by its name.
  for (const scope of table.around(within)) if (table.members(scope, name).length > 0) return undefined;
  const own = names.named(home === '' ? name : `${home}.${name}`);
  if (own) return own;
  for (const i of imports) {
    const found = i.names[0]?.name === '*' ? names.named(`${i.specifier}.${name}`) : undefined;
    if (found) return found;
  }
  return undefined;
}

class PackageNames {
  readonly #named = new Map<string, Definition>();
  readonly #packages = new Set<string>();

  constructor(input: ResolveInput) {
    for (const { path, language, test } of input.entries) {
      const record = language !== undefined && SHARED.has(language) ? input.record(path) : undefined;
      if (!record) continue;
      this.#packages.add(record.package);
      for (const [symbol, s] of record.symbols.entries()) {
        const name = record.package === '' ? s.name : `${record.package}.${s.name}`;
        // Of several (expect and actual, one per platform) the first that is not a test's.
        if (
          s.container === -1 &&
          (!this.#named.has(name) || (!test && input.entries.find((e) => e.path === this.#named.get(name)?.file)?.test))
        )
          this.#named.set(name, { file: path, symbol });
      }
    }
  }

  named(name: string): Definition | undefined {
    return this.#named.get(name);
  }

  /** The top-level name that `name` begins with: a nested class or a member is its holder's. */
  outermost(name: string): Definition | undefined {
    for (let at = name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
      const found = this.#named.get(at);
      if (found) return found;
    }
    return undefined;
  }

  hasPackage(name: string): boolean {
    for (let at = name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') if (this.#packages.has(at)) return true;
    return false;
  }
}
