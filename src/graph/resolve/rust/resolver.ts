/** Rust: `mod` and `use` by the language's path rules, and paths written in code. */
import type { FileRecord, ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { FileLinks, ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { type Definition, RustModules } from './modules.js';

export const rustResolver: Resolver = {
  languages: ['rust'],
  manifests: ['Cargo.toml'],
  prepare(input: ResolveInput): PreparedResolver {
    const modules = new RustModules(input);
    return {
      resolve(path) {
        const record = input.record(path);
        return record ? resolveFile(path, record, modules) : NO_LINKS;
      },
    };
  },
};

function resolveFile(path: WorkspacePath, record: FileRecord, modules: RustModules): FileLinks {
  const imports = record.imports.map((use, i): ImportLink => {
    const found = modules.resolve(modules.modulesAt(path, record, use.within), use.specifier.replace(/(^|::)\*$/, ''));
    const local = /^(crate|self|super)\b/.test(use.specifier);
    return {
      import: i,
      targets: found ? [found.file] : [],
      confidence: found ? 'resolved' : 'unresolved',
      external: !found && !local,
      typeOnly: false,
    };
  });
  return { imports: [...imports, ...declaredModules(path, record, modules, imports.length)], uses: joinReferences(path, record, modules) };
}

/** `mod a;` is an import without a record: it is a symbol, and its link follows those of the records. */
function declaredModules(path: WorkspacePath, record: FileRecord, modules: RustModules, first: number): ImportLink[] {
  const targets = record.symbols.flatMap((s, i) => {
    if (s.kind !== 'module' || s.mark?.startsWith('inline')) return [];
    const holder = modules.modulesAt(path, record, record.symbols[i]?.container ?? -1)[0];
    const file = holder && modules.moduleFile(holder, s.name, s.mark ?? '');
    return file === undefined ? [] : [file];
  });
  return targets.map((file, i) => ({ import: first + i, targets: [file], confidence: 'resolved', external: false, typeOnly: false }));
}

function joinReferences(path: WorkspacePath, record: FileRecord, modules: RustModules): UseLink[] {
  return record.references.flatMap((r, reference): UseLink[] => {
    const found = definitionOf(r, path, record, modules);
    return found && found.file !== path
      ? [
          {
            reference,
            target: found.file,
            symbol: found.symbol,
            confidence: 'resolved',
            indirect: !/^(crate|self|super)\b/.test(r.qualifier),
          },
        ]
      : [];
  });
}

function definitionOf(
  { name, qualifier, kind, within }: ReferenceRecord,
  path: WorkspacePath,
  record: FileRecord,
  modules: RustModules,
): Definition | undefined {
  // x.f() and x.f say nothing of x's type; only what a path spells out is certain.
  if (qualifier === '?' || kind === 'member' || qualifier.includes('.')) return undefined;
  if (qualifier === 'Self' || qualifier === 'self') return undefined;
  if (kind === 'value' && qualifier === '') return undefined;
  const found = modules.resolve(modules.modulesAt(path, record, within), qualifier === '' ? name : `${qualifier}::${name}`);
  return found ?? (kind === 'macro' ? modules.macro(name) : undefined);
}
