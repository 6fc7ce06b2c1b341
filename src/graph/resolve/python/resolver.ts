/** Python: modules and names by the rules of the import system. */
import type { ImportRecord, ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import type { SymbolTable } from '../symbol-table.js';
import { PythonModules } from './modules.js';
import { type Definition, PythonNames } from './names.js';

export const pythonResolver: Resolver = {
  languages: ['python'],
  manifests: [],
  prepare(input: ResolveInput): PreparedResolver {
    const modules = new PythonModules(input);
    const names = new PythonNames(input, modules);
    return {
      resolve(path) {
        const table = names.table(path);
        if (!table) return NO_LINKS;
        return {
          imports: table.record.imports.map((record, i) => linkImport(record, i, path, modules, names)),
          uses: table.record.references.flatMap((r, reference): UseLink[] => {
            const found = definitionOf(r, path, table, names);
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

function definitionOf(
  { name, qualifier, within, line }: ReferenceRecord,
  file: WorkspacePath,
  table: SymbolTable,
  names: PythonNames,
): Definition | undefined {
  if (qualifier === '?') return undefined;
  if (qualifier === '') return table.binding(name, within, line) && within >= 0 ? undefined : names.find(file, name);
  const holder = holderOf(qualifier, within, line, file, table, names);
  return holder && names.member(holder, name);
}

/** What stands before the dot: self, a variable of known type, a class or a module. */
function holderOf(
  qualifier: string,
  within: number,
  line: number,
  file: WorkspacePath,
  table: SymbolTable,
  names: PythonNames,
): Definition | undefined {
  if (qualifier === 'self' || qualifier === 'cls') {
    for (const i of table.around(within)) if (table.record.symbols[i]?.kind === 'class') return { file, symbol: i };
    return undefined;
  }
  const bound =
    table.binding(qualifier, within, line) ??
    (qualifier.startsWith('self.') ? table.record.bindings.find((b) => b.name === qualifier) : undefined);
  if (!bound) return names.path(file, qualifier.split('.'));
  const type = names.path(file, (bound.type !== '' ? bound.type : bound.init.replace(/\(\)$/, '')).split('.'));
  const kind = type && names.table(type.file)?.record.symbols[type.symbol]?.kind;
  // What a plain function returns is not known; only calling a class makes one of it.
  return kind === 'class' ? type : undefined;
}
