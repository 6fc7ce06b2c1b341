/** Rust: `mod` and `use` by the language's path rules, and paths written in code. */
import type { FileRecord, ImportRecord, ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { FileLinks, ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { type Definition, type Module, markOf, RustModules } from './modules.js';
import { RustNames, type Space } from './names.js';

export const rustResolver: Resolver = {
  languages: ['rust'],
  manifests: ['Cargo.toml'],
  prepare(input: ResolveInput): PreparedResolver {
    const modules = new RustModules(input);
    const names = new RustNames(modules);
    return {
      resolve(path) {
        const record = input.record(path);
        return record ? resolveFile(path, record, modules, names) : NO_LINKS;
      },
    };
  },
};

function resolveFile(path: WorkspacePath, record: FileRecord, modules: RustModules, names: RustNames): FileLinks {
  const imports = record.imports.map((use, i): ImportLink => {
    const found = names.use(modules.modulesAt(path, record, use.within), use);
    const local = /^(crate|self|super)\b/.test(use.specifier);
    return {
      import: i,
      targets: found ? [found.file] : [],
      confidence: found ? 'resolved' : 'unresolved',
      external: !found && !local,
      typeOnly: false,
    };
  });
  const inBlocks = record.imports.filter((i) => markOf(i, 'block') !== undefined);
  const uses = record.references.flatMap((r, reference): UseLink[] => {
    const at = modules.modulesAt(path, record, r.within);
    const found = isFollowed(r) ? (inBlock(r, record, inBlocks, at, names) ?? definitionOf(r, at, names)) : undefined;
    if (!found || found.file === path) return [];
    const indirect = !/^(\$?crate|self|super)\b/.test(r.qualifier);
    return [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved', indirect }];
  });
  return { imports: [...imports, ...declaredModules(path, record, modules, imports.length)], uses };
}

/** `mod a;` is an import without a record: it is a symbol, and its link follows those of the records. */
function declaredModules(path: WorkspacePath, record: FileRecord, modules: RustModules, first: number): ImportLink[] {
  const targets = record.symbols.flatMap((s) => {
    if (s.kind !== 'module' || markOf(s, 'inline') !== undefined) return [];
    const holder = modules.modulesAt(path, record, s.container)[0];
    const file = holder && modules.moduleFile(holder, s);
    return file === undefined ? [] : [file];
  });
  return targets.map((file, i) => ({ import: first + i, targets: [file], confidence: 'resolved', external: false, typeOnly: false }));
}

/** x.f() and x.f say nothing of x's type; only what a path spells out is certain. */
function isFollowed({ name, qualifier, kind }: ReferenceRecord): boolean {
  if (kind === 'member' || qualifier === '?' || /^(Self|self)$/.test(qualifier) || qualifier.startsWith('Self::')) return false;
  return qualifier !== '' || (kind !== 'value' && name !== 'Self');
}

function definitionOf({ name, qualifier, kind }: ReferenceRecord, at: readonly Module[], names: RustNames): Definition | undefined {
  if (kind === 'macro' && qualifier === '') return names.macro(at, name);
  return names.path(at, qualifier === '' ? name : `${qualifier}::${name}`, spaceOf(kind));
}

/** What a `use` in a function around the reference makes of its first name. */
function inBlock(
  { name, qualifier, kind, within }: ReferenceRecord,
  { symbols }: FileRecord,
  inBlocks: readonly ImportRecord[],
  at: readonly Module[],
  names: RustNames,
): Definition | undefined {
  if (inBlocks.length === 0) return undefined;
  const [first = '', ...rest] = qualifier === '' ? [name] : [...qualifier.split('::'), name];
  for (let around = within; around >= 0; around = symbols[around]?.container ?? -1)
    for (const use of inBlocks) {
      const as = use.names[0]?.as;
      if (use.within !== around || (as !== first && as !== '*')) continue;
      const path = as === '*' ? [use.specifier.replace(/::\*$/, ''), first] : [use.specifier];
      const found = names.path(at, [...path, ...rest].join('::'), spaceOf(kind));
      if (found) return found;
    }
  return undefined;
}

function spaceOf(kind: ReferenceRecord['kind']): Space {
  switch (kind) {
    case 'macro':
      return 'macro';
    case 'call':
    case 'value':
      return 'value';
    default:
      return 'type';
  }
}
