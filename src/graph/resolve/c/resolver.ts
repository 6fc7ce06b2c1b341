/** C and C++: includes, and uses of what included headers declare and other files define. */
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { Includes } from './includes.js';

export const cResolver: Resolver = {
  languages: ['c', 'cpp'],
  manifests: ['compile_commands.json', 'compile_flags.txt', 'Makefile', '.mk', 'configure.ac', 'CMakeLists.txt', '.cmake', 'meson.build'],
  prepare(input: ResolveInput): PreparedResolver {
    const includes = new Includes(input);
    const definitions = new Definitions(input);
    const links = new Map<WorkspacePath, readonly ImportLink[]>();
    const linksOf = (path: WorkspacePath): readonly ImportLink[] => {
      let found = links.get(path);
      if (!found) {
        found = (input.record(path)?.imports ?? []).map((record, i) =>
          linkInclude(record.specifier, record.kind === 'include', i, path, includes),
        );
        links.set(path, found);
      }
      return found;
    };
    return {
      resolve(path) {
        const record = input.record(path);
        if (!record) return NO_LINKS;
        const visible = reachable(path, linksOf);
        const own = new Set(record.symbols.map((s) => s.name));
        const uses = record.references.flatMap((r, reference): UseLink[] => {
          if (r.qualifier !== '' || own.has(r.name)) return [];
          const found = definitions.find(r.name, visible);
          return found && found.target !== path ? [{ reference, ...found }] : [];
        });
        return { imports: linksOf(path), uses };
      },
    };
  },
};

function linkInclude(specifier: string, quoted: boolean, index: number, path: WorkspacePath, includes: Includes): ImportLink {
  const found = includes.find(specifier, quoted, path);
  return {
    import: index,
    targets: found ? [found.file] : [],
    confidence: found?.confidence ?? 'unresolved',
    external: !found && !quoted,
    typeOnly: false,
  };
}

/** Files that an include of `path` brings in, itself among them. */
function reachable(path: WorkspacePath, linksOf: (path: WorkspacePath) => readonly ImportLink[]): ReadonlySet<WorkspacePath> {
  const seen = new Set([path]);
  const open = [path];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { targets } of linksOf(at)) {
      for (const t of targets) {
        if (seen.has(t)) continue;
        seen.add(t);
        open.push(t);
      }
    }
  }
  return seen;
}

/** Names with external linkage: where they are declared and where they are defined. */
class Definitions {
  readonly #declared = new Map<string, { file: WorkspacePath; symbol: number }[]>();
  readonly #defined = new Map<string, { file: WorkspacePath; symbol: number }[]>();

  constructor(input: ResolveInput) {
    for (const { path, language } of input.entries) {
      if (language !== 'c' && language !== 'cpp') continue;
      for (const [symbol, s] of (input.record(path)?.symbols ?? []).entries()) {
        if (s.kind === 'field' || (s.mark === 'static' && !/\.(h|hh|hpp|hxx|inl|ipp|tpp)$/.test(path))) continue;
        const into = s.mark === 'declaration' ? this.#declared : this.#defined;
        const same = into.get(s.name);
        if (same) same.push({ file: path, symbol });
        else into.set(s.name, [{ file: path, symbol }]);
      }
    }
  }

  /** The definition of a name that `visible` files declare or define. The linker allows one definition of an external name; where the tree has several (one per program), none is chosen. */
  find(name: string, visible: ReadonlySet<WorkspacePath>): Omit<UseLink, 'reference'> | undefined {
    const defined = this.#defined.get(name) ?? [];
    const here = defined.find((d) => visible.has(d.file));
    if (here) return { target: here.file, symbol: here.symbol, confidence: 'resolved', indirect: true };
    if (!(this.#declared.get(name) ?? []).some((d) => visible.has(d.file))) return undefined;
    const only = defined.length === 1 ? defined[0] : undefined;
    return only && { target: only.file, symbol: only.symbol, confidence: 'resolved', indirect: true };
  }
}
