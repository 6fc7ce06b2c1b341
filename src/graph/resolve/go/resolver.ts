/**
 * Go. A package is a folder, so an import names no file: its targets are the files of
 * the package that declare what this file uses of it; where nothing is used by name (a
 * blank import), the file that documents the package or bears its name.
 */
import { nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { GoPackages } from './packages.js';
import { GoJoin } from './references.js';

export const goResolver: Resolver = {
  languages: ['go'],
  manifests: ['go.mod', 'go.work'],
  prepare(input: ResolveInput): PreparedResolver {
    const packages = new GoPackages(input);
    return {
      resolve(path) {
        const table = packages.table(path);
        if (!table) return NO_LINKS;
        const join = new GoJoin(path, packages);
        const uses = table.record.references.flatMap((r, reference): UseLink[] => {
          const found = join.definitionOf(r);
          return found && found.file !== path
            ? [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved', indirect: false }]
            : [];
        });
        const used = new Set(uses.map((u) => u.target));
        return { imports: table.record.imports.map((i, index) => linkImport(i.specifier, index, packages, used)), uses };
      },
    };
  },
};

function linkImport(specifier: string, index: number, packages: GoPackages, used: ReadonlySet<WorkspacePath>): ImportLink {
  const folder = packages.folderOfImport(specifier);
  const files = folder === undefined ? undefined : packages.imported(folder)?.files;
  if (!files || files.length === 0)
    return { import: index, targets: [], confidence: 'unresolved', external: folder === undefined, typeOnly: false };
  const named = files.filter((f) => used.has(f));
  const own = nameOf(folder ?? '');
  const face = files.find((f) => nameOf(f) === 'doc.go') ?? files.find((f) => nameOf(f) === `${own}.go`) ?? files[0]!;
  return { import: index, targets: named.length > 0 ? named : [face], confidence: 'resolved', external: false, typeOnly: false };
}
