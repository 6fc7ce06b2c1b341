/** Python: modules and names by the rules of the import system. */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { PythonModules } from './modules.js';
import { PythonNames } from './names.js';
import { PythonValues } from './values.js';

export const pythonResolver: Resolver = {
  languages: ['python'],
  manifests: [],
  prepare(input: ResolveInput): PreparedResolver {
    const modules = new PythonModules(input);
    const names = new PythonNames(input, modules);
    const values = new PythonValues(names);
    return {
      resolve(path) {
        const table = names.table(path);
        if (!table) return NO_LINKS;
        return {
          imports: table.record.imports.map((record, i) => linkImport(record, i, path, modules, names)),
          uses: table.record.references.flatMap((r, reference): UseLink[] => {
            const found = values.definition(r.name, r.qualifier, { file: path, within: r.within, line: r.line });
            return found && found.file !== path
              ? [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved', indirect: true }]
              : [];
          }),
        };
      },
    };
  },
};

function linkImport(record: ImportRecord, index: number, path: WorkspacePath, modules: PythonModules, names: PythonNames): ImportLink {
  const module = names.moduleOf(record, path);
  const targets = new Set<WorkspacePath>();
  if (module && record.mark === 'from') {
    for (const { name } of record.names) {
      const target = name === '*' ? module.file : names.fromTarget(module, name);
      if (target !== undefined) targets.add(target);
    }
  } else if (module?.file !== undefined) targets.add(module.file);
  const external = targets.size === 0 && !record.specifier.startsWith('.') && !modules.isOwn(record.specifier, path);
  return {
    import: index,
    targets: [...targets].sort(),
    confidence: targets.size > 0 ? 'resolved' : 'unresolved',
    external,
    typeOnly: record.kind === 'type',
  };
}
