/** Java, Kotlin and Scala: packages, imports and members by the languages' rules. They see one another, so one resolver answers for all. */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, PrepareInput, Resolver } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { Packages } from './packages.js';
import { joinReferences } from './references.js';
import { JvmTypes } from './types.js';

export const jvmResolver: Resolver = {
  languages: ['java', 'kotlin', 'scala'],
  manifests: ['.gradle', '.gradle.kts'],
  keyed: true,
  prepare(input: PrepareInput): PreparedResolver {
    const packages = new Packages(input);
    const types = new JvmTypes(packages);
    return {
      resolve(path) {
        const table = types.table(path);
        if (!table) return NO_LINKS;
        const imports = table.record.imports.map((record, i) => linkImport(record, i, path, types, packages));
        return { imports, uses: joinReferences(path, table, types) };
      },
    };
  },
};

/** An import leads to the file of the type or function it names; a star import of a package to none of its own: what it brings shows as uses. */
function linkImport(record: ImportRecord, index: number, from: WorkspacePath, types: JvmTypes, packages: Packages): ImportLink {
  const { specifier, kind, names, mark } = record;
  // A package clause opens a package and brings nothing from elsewhere.
  if (kind === 'package') return { import: index, targets: [], confidence: 'resolved', external: false, typeOnly: false };
  const java = types.table(from)?.record.language === 'java';
  const star = names[0]?.name === '*';
  const full = types.inFull(specifier, from);
  const values = java || star ? [] : types.imported(record, from, true);
  const type = star && java && mark !== 'static' ? types.named : types.outermost;
  const target = full.map((name) => type.call(types, name, from)).find((t) => t !== undefined);
  const files = values.length > 0 ? values.map((v) => v.file) : target ? [target.file] : [];
  const known = files.length > 0 || full.some((name) => packages.has(name));
  const first = specifier.split('.')[0] ?? '';
  const isOwn = (): boolean =>
    types.isOwn(specifier) || full.some((name) => packages.has(name.slice(0, name.length - specifier.length) + first));
  return {
    import: index,
    targets: [...new Set(files)].sort(),
    confidence: known ? 'resolved' : 'unresolved',
    external: !known && !isOwn(),
    typeOnly: false,
  };
}
