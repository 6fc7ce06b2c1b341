/**
 * Go. A package is a folder, so an import names no file: its targets are the files of
 * the package that declare what this file uses of it; where nothing is used by name (a
 * blank import), the file that documents the package or bears its name.
 */
import { folderOf, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { GoModules } from './modules.js';
import { GoPackages } from './packages.js';
import { GoJoin } from './references.js';
import { GoScopes } from './scope.js';

export const goResolver: Resolver = {
  languages: ['go'],
  manifests: ['go.mod', 'go.work', 'modules.txt'],
  prepare(input: ResolveInput): PreparedResolver {
    const packages = new GoPackages(input);
    const modules = new GoModules(input, (folder) => packages.holds(folder));
    const join = new GoJoin(new GoScopes(packages, modules));
    return {
      resolve(path) {
        const record = packages.table(path)?.record;
        if (!record) return NO_LINKS;
        const uses = record.references.flatMap((r, reference): UseLink[] => {
          const found = join.definitionOf(r, path);
          return found && found.file !== path
            ? [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved', indirect: false }]
            : [];
        });
        const used = new Set(uses.map((u) => u.target));
        const imports = record.imports.map((i, index) => {
          const folder = modules.folderOfImport(i.specifier, folderOf(path));
          return linkImport(index, folder, folder === undefined ? [] : packages.files(folder), used);
        });
        return { imports, uses };
      },
    };
  },
};

function linkImport(
  index: number,
  folder: string | undefined,
  files: readonly WorkspacePath[],
  used: ReadonlySet<WorkspacePath>,
): ImportLink {
  if (files.length === 0) return { import: index, targets: [], confidence: 'unresolved', external: folder === undefined, typeOnly: false };
  const named = files.filter((f) => used.has(f));
  const own = nameOf(folder ?? '');
  const face = files.find((f) => nameOf(f) === 'doc.go') ?? files.find((f) => nameOf(f) === `${own}.go`) ?? files[0]!;
  return { import: index, targets: named.length > 0 ? named : [face], confidence: 'resolved', external: false, typeOnly: false };
}
