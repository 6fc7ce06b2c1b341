/** The module tree of each crate (The Rust Reference, "Modules"). */
import { folderOf, joinPath } from '../../../base/paths.js';
import type { FileRecord, ImportRecord, SymbolRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { madeFrom } from '../made-from.js';
import { EVERY_FEATURE, type Features, holds } from './cfg.js';
import { type Crate, findCrates } from './crates.js';

export interface Module {
  readonly crate: Crate;
  readonly record: FileRecord;
  readonly file: WorkspacePath;
  /** Symbol of an inline module; -1 for a file. */
  readonly scope: number;
  /** Folder that `mod a;` inside it is looked up in. */
  readonly folder: string;
  readonly parent: Module | undefined;
  readonly exported: boolean;
  /** `#[macro_use]`: its macros are those of the module around it too. */
  readonly macroUse: boolean;
  readonly children: Map<string, Module>;
  /** Indices of its items by name, what an ordinary build leaves out last. */
  readonly items: ReadonlyMap<string, readonly number[]>;
  /** Its `use` and `extern crate` declarations by the name they give; "*" for globs. */
  uses(): ReadonlyMap<string, readonly ImportRecord[]>;
}

export interface Definition {
  readonly file: WorkspacePath;
  /** -1 for the module that the file is. */
  readonly symbol: number;
}

const ITEMS = new Set(['struct', 'enum', 'trait', 'type', 'function', 'constant', 'variable', 'macro']);

export class RustModules {
  /** Modules that a file is part of: one per crate that includes it and per inline module. */
  readonly #byFile = new Map<WorkspacePath, Module[]>();
  readonly #roots = new Map<WorkspacePath, Module>();
  /** Macros marked `#[macro_export]`, by crate and name: they stand at the crate's root. */
  readonly #exportedMacros = new Map<Crate, Map<string, Definition>>();

  /** Conditions that macros put on the items they pass through, by the macro's name. */
  readonly #conditions = new Map<string, string>();

  constructor(private readonly input: ResolveInput) {
    for (const { path, language } of input.entries) {
      const record = language === 'rust' ? input.record(path) : undefined;
      for (const s of record?.symbols ?? []) {
        const condition = s.kind === 'macro' ? markOf(s, 'cfg') : undefined;
        if (condition !== undefined && !this.#conditions.has(s.name)) this.#conditions.set(s.name, condition);
      }
    }
    for (const crate of findCrates(input)) {
      this.#exportedMacros.set(crate, new Map());
      const root = this.#load(crate, crate.root, folderOf(crate.root), undefined, undefined, new Set());
      if (root) this.#roots.set(crate.root, root);
    }
  }

  /** The module at the root of a crate. */
  root(file: WorkspacePath): Module | undefined {
    return this.#roots.get(file);
  }

  recordOf(file: WorkspacePath): FileRecord | undefined {
    return this.input.record(file);
  }

  exportedMacro(crate: Crate, name: string): Definition | undefined {
    return this.#exportedMacros.get(crate)?.get(name);
  }

  #load(
    crate: Crate,
    file: WorkspacePath,
    folder: string,
    parent: Module | undefined,
    declared: SymbolRecord | undefined,
    seen: Set<WorkspacePath>,
  ): Module | undefined {
    const record = this.input.record(file);
    if (!record || seen.has(file)) return undefined;
    seen.add(file);
    return this.#build({ crate, record, file, scope: -1, folder, parent }, declared, seen);
  }

  #build(
    place: Pick<Module, 'crate' | 'record' | 'file' | 'scope' | 'folder' | 'parent'>,
    declared: SymbolRecord | undefined,
    seen: Set<WorkspacePath>,
  ): Module {
    const { crate, record, file, scope } = place;
    const items = new Map<string, number[]>();
    const module: Module = {
      ...place,
      exported: declared?.exported ?? true,
      macroUse: markOf(declared, 'macro_use') !== undefined,
      children: new Map(),
      items,
      uses: madeFrom(
        () => record.imports,
        () => this.#usesOf(crate, record, scope),
      ),
    };
    this.#byFile.set(file, [...(this.#byFile.get(file) ?? []), module]);
    const children: [SymbolRecord, Module][] = [];
    for (const [i, s] of record.symbols.entries()) {
      if (s.kind === 'macro' && s.exported && scope === -1) this.#exportMacro(crate, s.name, { file, symbol: i });
      if (s.container !== scope) continue;
      if (ITEMS.has(s.kind)) items.set(s.name, [...(items.get(s.name) ?? []), i]);
      const child = s.kind === 'module' ? this.#child(module, i, s, seen) : undefined;
      if (child) children.push([s, child]);
    }
    for (const name of new Set(children.map(([s]) => s.name))) {
      const [first] = this.#kept(
        crate,
        children.filter(([s]) => s.name === name),
        ([s]) => s,
      );
      if (first) module.children.set(name, first[1]);
    }
    return module;
  }

  /** Of several declarations of one name those that an ordinary build keeps, else those that one with all features does, else all. */
  #kept<T>(crate: Crate, same: readonly T[], marked: (one: T) => { readonly mark?: string }): readonly T[] {
    if (same.length === 1) return same;
    for (const features of [crate.features, EVERY_FEATURE]) {
      const kept = same.filter((one) => this.#isBuilt(features, marked(one)));
      if (kept.length > 0) return kept;
    }
    return same;
  }

  #isBuilt(features: Features, marked: { readonly mark?: string }): boolean {
    const around = markOf(marked, 'in')?.split(' ') ?? [];
    const conditions = [markOf(marked, 'cfg'), ...around.map((name) => this.#conditions.get(name))];
    return conditions.every((c) => c === undefined || holds(c, features));
  }

  /** A module's own `use` declarations, by the name they give. */
  #usesOf(crate: Crate, record: FileRecord, scope: number): Map<string, readonly ImportRecord[]> {
    const uses = new Map<string, ImportRecord[]>();
    for (const use of record.imports) {
      if (markOf(use, 'block') !== undefined || moduleScope(record, use.within) !== scope) continue;
      const name = use.names[0]?.as ?? '';
      uses.set(name, [...(uses.get(name) ?? []), use]);
    }
    const kept = new Map<string, readonly ImportRecord[]>();
    for (const [name, same] of uses) kept.set(name, name === '*' ? same : this.#kept(crate, same, (use) => use));
    return kept;
  }

  #exportMacro(crate: Crate, name: string, definition: Definition): void {
    const macros = this.#exportedMacros.get(crate);
    if (macros && !macros.has(name)) macros.set(name, definition);
  }

  #child(module: Module, index: number, symbol: SymbolRecord, seen: Set<WorkspacePath>): Module | undefined {
    const { crate, record, file, folder } = module;
    const given = markOf(symbol, 'path');
    if (markOf(symbol, 'inline') !== undefined) {
      const inside = joinPath(folder, given ?? symbol.name) ?? folder;
      return this.#build({ crate, record, file, scope: index, folder: inside, parent: module }, symbol, seen);
    }
    const target = this.moduleFile(module, symbol);
    if (target === undefined) return undefined;
    const at = folderOf(target);
    const inside = given !== undefined || target.endsWith('/mod.rs') ? at : at === '' ? symbol.name : `${at}/${symbol.name}`;
    return this.#load(crate, target, inside, module, symbol, seen);
  }

  /** File of `mod name;`, or of the path attribute above it. */
  moduleFile({ file, folder, scope }: Module, symbol: SymbolRecord): WorkspacePath | undefined {
    const given = markOf(symbol, 'path');
    const tries =
      given === undefined
        ? [joinPath(folder, `${symbol.name}.rs`), joinPath(folder, `${symbol.name}/mod.rs`)]
        : [joinPath(scope >= 0 ? folder : folderOf(file), given)];
    return tries.find((t): t is string => t !== undefined && this.input.has(t));
  }

  /** The modules around symbol `within` of a file: one in each crate that has the file. */
  modulesAt(file: WorkspacePath, record: FileRecord, within: number): readonly Module[] {
    const scope = moduleScope(record, within);
    return this.#byFile.get(file)?.filter((m) => m.scope === scope) ?? [];
  }
}

/** Innermost inline module around a symbol, itself included; -1 for the file's own. */
function moduleScope({ symbols }: FileRecord, within: number): number {
  for (let at = within; at >= 0; at = symbols[at]?.container ?? -1)
    if (symbols[at]?.kind === 'module' && markOf(symbols[at], 'inline') !== undefined) return at;
  return -1;
}

/** What a mark's line of this name says; "" for a line that is only the name. */
export function markOf(marked: { readonly mark?: string } | undefined, name: string): string | undefined {
  for (const line of marked?.mark?.split('\n') ?? []) {
    if (line === name) return '';
    if (line.startsWith(`${name} `)) return line.slice(name.length + 1);
  }
  return undefined;
}
