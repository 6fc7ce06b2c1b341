/** The module tree of each crate and what paths mean in it (The Rust Reference, "Modules", "Use declarations", "Paths"). */
import { folderOf, joinPath } from '../../../base/paths.js';
import type { FileRecord, ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { findCrates } from './crates.js';

export interface Definition {
  readonly file: WorkspacePath;
  /** -1 for the module that the file is. */
  readonly symbol: number;
}

export interface Module {
  readonly file: WorkspacePath;
  /** Symbol of an inline module; -1 for a file. */
  readonly scope: number;
  /** Folder that `mod a;` inside it is looked up in. */
  readonly folder: string;
  readonly parent: Module | undefined;
  readonly root: Module | undefined;
  readonly children: Map<string, Module>;
  readonly items: Map<string, number>;
  readonly uses: readonly ImportRecord[];
}

/** What a path leads to. */
type Found = { readonly module: Module } | { readonly definition: Definition };

const ITEMS = new Set(['struct', 'enum', 'trait', 'type', 'function', 'constant', 'variable', 'macro']);
/** Re-exports nested deeper than this go round in a ring. */
const MAX_DEPTH = 24;

export class RustModules {
  /** Modules that a file is part of: one per crate that includes it and per inline module. */
  readonly #byFile = new Map<WorkspacePath, Module[]>();
  readonly #libraries = new Map<string, Module>();
  readonly #macros = new Map<string, Definition>();

  constructor(private readonly input: ResolveInput) {
    for (const { name, root } of findCrates(input)) {
      const module = this.#load(root, folderOf(root), undefined, undefined, new Set());
      if (module && name !== undefined && !this.#libraries.has(name)) this.#libraries.set(name, module);
    }
  }

  #load(
    file: WorkspacePath,
    folder: string,
    parent: Module | undefined,
    root: Module | undefined,
    seen: Set<WorkspacePath>,
  ): Module | undefined {
    const record = this.input.record(file);
    if (!record || seen.has(file)) return undefined;
    seen.add(file);
    return this.#build(record, file, -1, folder, parent, root, seen);
  }

  #build(
    record: FileRecord,
    file: WorkspacePath,
    scope: number,
    folder: string,
    parent: Module | undefined,
    root: Module | undefined,
    seen: Set<WorkspacePath>,
  ): Module {
    const module: Module = {
      file,
      scope,
      folder,
      parent,
      root,
      children: new Map(),
      items: new Map(),
      uses: record.imports.filter((i) => moduleScope(record, i.within) === scope),
    };
    this.#byFile.set(file, [...(this.#byFile.get(file) ?? []), module]);
    const top = root ?? module;
    for (const [i, s] of record.symbols.entries()) {
      if (s.container !== scope) continue;
      if (ITEMS.has(s.kind) && !module.items.has(s.name)) module.items.set(s.name, i);
      if (s.kind === 'macro' && s.exported && !this.#macros.has(s.name)) this.#macros.set(s.name, { file, symbol: i });
      if (s.kind !== 'module') continue;
      if (s.mark?.startsWith('inline')) {
        const given = /^inline (.+)$/.exec(s.mark)?.[1];
        module.children.set(s.name, this.#build(record, file, i, joinPath(folder, given ?? s.name) ?? folder, module, top, seen));
        continue;
      }
      const target = this.moduleFile(module, s.name, s.mark ?? '');
      if (target === undefined) continue;
      const inside =
        s.mark || target.endsWith('/mod.rs') ? folderOf(target) : `${folderOf(target) === '' ? '' : `${folderOf(target)}/`}${s.name}`;
      const child = this.#load(target, inside, module, top, seen);
      if (child && !module.children.has(s.name)) module.children.set(s.name, child);
    }
    return module;
  }

  /** File of `mod name;`, or of the path attribute above it. */
  moduleFile({ file, folder, scope }: Module, name: string, given: string): WorkspacePath | undefined {
    const tries =
      given !== ''
        ? [joinPath(scope >= 0 ? folder : folderOf(file), given)]
        : [joinPath(folder, `${name}.rs`), joinPath(folder, `${name}/mod.rs`)];
    return tries.find((t): t is string => t !== undefined && this.input.has(t));
  }

  /** The modules around symbol `within` of a file: one in each crate that has the file. */
  modulesAt(file: WorkspacePath, record: FileRecord, within: number): readonly Module[] {
    const scope = moduleScope(record, within);
    return this.#byFile.get(file)?.filter((m) => m.scope === scope) ?? [];
  }

  /** What a path means in the first of `modules` where it means something. */
  resolve(modules: readonly Module[], path: string): Definition | undefined {
    for (const module of modules) {
      const found = this.#path(module, path.split('::'), 0, new Set());
      if (found) return 'module' in found ? { file: found.module.file, symbol: found.module.scope } : found.definition;
    }
    return undefined;
  }

  macro(name: string): Definition | undefined {
    return this.#macros.get(name);
  }

  #path(module: Module, parts: readonly string[], depth: number, busy: Set<ImportRecord>): Found | undefined {
    if (depth > MAX_DEPTH) return undefined;
    let here: Module | undefined;
    let at = 0;
    const [first = ''] = parts;
    if (first === 'crate' || first === '$crate') {
      here = module.root ?? module;
      at = 1;
    } else if (first === 'self' || first === 'super') {
      here = module;
      if (first === 'self') at = 1;
      for (; parts[at] === 'super'; at++) here = here?.parent;
    } else {
      const found = first === '' ? undefined : this.#name(module, first, depth, busy);
      if (found && 'definition' in found) return found;
      here = found?.module;
      at = 1;
      if (!here) {
        const name = first === '' ? parts[1] : first;
        here = this.#libraries.get(name ?? '');
        at = first === '' ? 2 : 1;
      }
    }
    for (; here && at < parts.length; at++) {
      const found = this.#name(here, parts[at]!, depth, busy);
      if (!found || 'definition' in found) return found;
      here = found.module;
    }
    return here && { module: here };
  }

  /** A name in a module: a child, an item, what a `use` gives that name, or what a glob brings. */
  #name(module: Module, name: string, depth: number, busy: Set<ImportRecord>): Found | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const child = module.children.get(name);
    if (child) return { module: child };
    const item = module.items.get(name);
    if (item !== undefined) return { definition: { file: module.file, symbol: item } };
    const named = module.uses.find((u) => u.names[0]?.as === name);
    if (named) return this.#through(module, named, named.specifier, depth, busy);
    for (const glob of module.uses) {
      if (glob.names[0]?.as !== '*') continue;
      const source = this.#through(module, glob, glob.specifier.replace(/::\*$/, ''), depth, busy);
      if (!source || !('module' in source) || source.module === module) continue;
      const found = this.#name(source.module, name, depth + 1, busy);
      if (found) return found;
    }
    const macro = module.parent === undefined ? this.#macros.get(name) : undefined;
    return macro && { definition: macro };
  }

  #through(module: Module, use: ImportRecord, path: string, depth: number, busy: Set<ImportRecord>): Found | undefined {
    if (busy.has(use)) return undefined;
    busy.add(use);
    const found = this.#path(module, path.split('::'), depth + 1, busy);
    busy.delete(use);
    return found;
  }
}

/** Innermost inline module around a symbol, itself included; -1 for the file's own. */
export function moduleScope({ symbols }: FileRecord, within: number): number {
  for (let at = within; at >= 0; at = symbols[at]?.container ?? -1)
    if (symbols[at]?.kind === 'module' && symbols[at]?.mark?.startsWith('inline')) return at;
  return -1;
}
