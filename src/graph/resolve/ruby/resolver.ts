/**
 * Ruby: require by path, constants by lexical scope and then by ancestors (the Ruby
 * documentation, "Modules and Classes"). A constant that is opened in many files is
 * defined where convention puts it: app/models/user_post.rb for UserPost.
 */
import { folderOf, joinPath } from '../../../base/paths.js';
import type { ImportRecord, ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';

interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

export const rubyResolver: Resolver = {
  languages: ['ruby'],
  manifests: [],
  prepare(input: ResolveInput): PreparedResolver {
    const constants = new RubyConstants(input);
    const paths = new LoadPaths(input);
    return {
      resolve(path) {
        const table = constants.table(path);
        if (!table) return NO_LINKS;
        return {
          imports: table.record.imports.map((record, i) => linkRequire(record, i, path, paths)),
          uses: table.record.references.flatMap((r, reference): UseLink[] => {
            const found = constants.definitionOf(r, path, table);
            return found && found.file !== path
              ? [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved', indirect: false }]
              : [];
          }),
        };
      },
    };
  },
};

function linkRequire({ specifier, mark }: ImportRecord, index: number, path: WorkspacePath, paths: LoadPaths): ImportLink {
  const relative = mark === 'require_relative' || specifier.startsWith('./') || specifier.startsWith('../');
  const file = relative ? paths.beside(specifier, path) : paths.find(specifier, path);
  return {
    import: index,
    targets: file === undefined ? [] : [file],
    confidence: file === undefined ? 'unresolved' : 'resolved',
    external: file === undefined && !relative,
    typeOnly: false,
  };
}

/** Folders that `require` looks in: lib/ of every gem of the tree, its tests' folders, and the top. */
class LoadPaths {
  readonly #roots: readonly string[];

  constructor(private readonly input: ResolveInput) {
    const roots = new Set(['']);
    for (const { path, language } of input.entries) {
      if (language !== 'ruby') continue;
      const parts = folderOf(path).split('/');
      for (const [i, part] of parts.entries()) if (/^(lib|test|spec|features)$/.test(part)) roots.add(parts.slice(0, i + 1).join('/'));
    }
    this.#roots = [...roots].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  }

  beside(specifier: string, from: WorkspacePath): WorkspacePath | undefined {
    return this.#file(joinPath(folderOf(from), specifier));
  }

  /** Of several roots that have it, the one nearest to the requiring file. */
  find(specifier: string, from: WorkspacePath): WorkspacePath | undefined {
    let best: { file: WorkspacePath; shared: number } | undefined;
    for (const root of this.#roots) {
      const file = this.#file(joinPath(root, specifier));
      if (file === undefined) continue;
      const shared = sharedLength(root, from);
      if (!best || shared > best.shared) best = { file, shared };
    }
    return best?.file;
  }

  #file(path: string | undefined): WorkspacePath | undefined {
    return path === undefined ? undefined : [`${path}.rb`, path].find((p) => this.input.has(p));
  }
}

function sharedLength(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

const HOLDERS = new Set(['class', 'module']);

class RubyConstants {
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  /** "A::B" → where it is opened or assigned, the conventional file first. */
  readonly #named = new Map<string, Definition[]>();

  constructor(input: ResolveInput) {
    for (const { path, language } of input.entries) {
      const record = language === 'ruby' ? input.record(path) : undefined;
      if (!record) continue;
      this.#tables.set(path, new SymbolTable(record));
      for (const [symbol, s] of record.symbols.entries()) {
        if (!HOLDERS.has(s.kind) && s.kind !== 'constant') continue;
        const name = this.#scopes(path, symbol)[0] ?? s.name;
        const own = s.kind === 'constant' ? [...this.#scopes(path, s.container).slice(0, 1), s.name].join('::') : name;
        this.#named.set(own, [...(this.#named.get(own) ?? []), { file: path, symbol }]);
      }
    }
    for (const [name, places] of this.#named) {
      if (places.length > 1)
        this.#named.set(
          name,
          [...places].sort((a, b) => this.#fit(b, name) - this.#fit(a, name) || (a.file < b.file ? -1 : 1)),
        );
    }
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  /** How well a file suits a constant: by the path that convention gives it, then by how much it defines in it. */
  #fit({ file, symbol }: Definition, name: string): number {
    const expected = `${name.split('::').map(underscore).join('/')}.rb`;
    const record = this.#tables.get(file)!.record;
    const body = record.symbols[symbol]!;
    const members = record.symbols.filter((s) => s.container === symbol && !HOLDERS.has(s.kind)).length;
    return (
      (file.endsWith(`/${expected}`) || file === expected ? 1_000 : 0) +
      (/(^|\/)(test|spec|features)\//.test(file) ? -500 : 0) +
      (members > 0 ? 100 : 0) +
      Math.min(99, body.end - body.start)
    );
  }

  /** Full names of the modules around a symbol, innermost first, its own included. */
  #scopes(file: WorkspacePath, within: number): string[] {
    const table = this.#tables.get(file)!;
    const nested = [...table.around(within)].filter((i) => HOLDERS.has(table.record.symbols[i]!.kind)).reverse();
    const out: string[] = [];
    for (const i of nested) {
      const { name } = table.record.symbols[i]!;
      out.unshift(name.startsWith('::') ? name.slice(2) : out.length === 0 ? name : `${out[0]}::${name}`);
    }
    return out;
  }

  definitionOf({ name, qualifier, kind, within }: ReferenceRecord, file: WorkspacePath, table: SymbolTable): Definition | undefined {
    if (kind === 'type') return this.#constant(qualifier === '' ? name : `${qualifier}::${name}`, file, within);
    if (!/^(::)?[A-Z]/.test(qualifier)) return undefined;
    const holder = this.#constant(qualifier, file, within);
    if (!holder || name === 'new') return holder;
    // A class method may stand in any of the files that open the class.
    const full = this.#scopes(holder.file, holder.symbol)[0] ?? '';
    for (const place of this.#named.get(full) ?? []) {
      const member = (place.file === file ? table : this.#tables.get(place.file)!).members(place.symbol, name)[0];
      if (member !== undefined) return { file: place.file, symbol: member };
    }
    return undefined;
  }

  /** A constant path: in each lexical scope outwards, in the ancestors of the innermost, then at the top. */
  #constant(path: string, file: WorkspacePath, within: number): Definition | undefined {
    if (path.startsWith('::')) return this.#at(path.slice(2));
    const scopes = this.#scopes(file, within);
    for (const scope of scopes) {
      const found = this.#at(`${scope}::${path}`);
      if (found) return found;
    }
    const inherited = scopes[0] === undefined ? undefined : this.#inAncestors(scopes[0], path, 0);
    return inherited ?? this.#at(path);
  }

  #inAncestors(holder: string, path: string, steps: number): Definition | undefined {
    if (steps > 8) return undefined;
    for (const { file, symbol } of this.#named.get(holder) ?? []) {
      const record = this.#tables.get(file)!.record.symbols[symbol]!;
      for (const base of record.supers ?? []) {
        const at = this.#constant(base, file, record.container);
        const full = at && this.#scopes(at.file, at.symbol)[0];
        const found =
          full === undefined || full === holder ? undefined : (this.#at(`${full}::${path}`) ?? this.#inAncestors(full, path, steps + 1));
        if (found) return found;
      }
    }
    return undefined;
  }

  /** Where a full name is defined. */
  #at(name: string): Definition | undefined {
    return this.#named.get(name)?.[0];
  }
}

/** "HTTPServer" → "http_server" (ActiveSupport's rule). */
function underscore(name: string): string {
  return name
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
