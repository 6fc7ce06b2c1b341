/** What a name means in a Python module: defined there, imported, re-exported by a package, or brought by a star. */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import type { PythonModule, PythonModules } from './modules.js';

/** A definition; symbol -1 is the module itself. */
export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

export class PythonNames {
  readonly #tables = new Map<WorkspacePath, SymbolTable | undefined>();
  readonly #found = new Map<string, Definition | undefined>();

  constructor(
    private readonly input: ResolveInput,
    private readonly modules: PythonModules,
  ) {}

  table(file: WorkspacePath): SymbolTable | undefined {
    if (!this.#tables.has(file)) {
      const record = this.input.record(file);
      this.#tables.set(file, record && new SymbolTable(record));
    }
    return this.#tables.get(file);
  }

  /** The module an import statement names. */
  moduleOf({ specifier }: ImportRecord, file: WorkspacePath): PythonModule | undefined {
    const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
    return dots > 0 ? this.modules.relative(dots, specifier.slice(dots), file) : this.modules.absolute(specifier, file);
  }

  /** The file that `from module import name` reads: the submodule, where the module does not bind the name itself. */
  fromTarget(module: PythonModule, name: string): WorkspacePath | undefined {
    const bound = module.file !== undefined && (this.table(module.file)?.top(name).length ?? 0) > 0;
    return bound ? module.file : (this.modules.submodule(module, name) ?? module.file);
  }

  /** What `name` means at the top of `file`. */
  find(file: WorkspacePath, name: string): Definition | undefined {
    const key = `${file}\0${name}`;
    if (this.#found.has(key)) return this.#found.get(key);
    // Modules that import each other in a ring come back here and find nothing yet.
    this.#found.set(key, undefined);
    const found = this.#find(file, name);
    this.#found.set(key, found);
    return found;
  }

  #find(file: WorkspacePath, name: string): Definition | undefined {
    const table = this.table(file);
    const own = table?.top(name)[0];
    if (own !== undefined) return { file, symbol: own };
    const stars: ImportRecord[] = [];
    for (const i of table?.record.imports ?? []) {
      if (i.names.some((n) => n.as === name)) {
        const found = this.#imported(i, file, name);
        if (found) return found;
      } else if (i.mark === 'from' && i.names[0]?.as === '*') stars.push(i);
    }
    for (const i of stars) {
      const source = this.moduleOf(i, file)?.file;
      const found = source === undefined || source === file ? undefined : this.find(source, name);
      if (found) return found;
    }
    return undefined;
  }

  #imported(i: ImportRecord, file: WorkspacePath, name: string): Definition | undefined {
    if (i.mark === 'from') {
      const module = this.moduleOf(i, file);
      const original = i.names.find((n) => n.as === name)?.name ?? name;
      const target = module && this.fromTarget(module, original);
      if (!module || target === undefined) return undefined;
      if (target !== module.file) return { file: target, symbol: -1 };
      return target === file ? undefined : (this.find(target, original) ?? { file: target, symbol: -1 });
    }
    // import a.b binds a; import a.b as c binds a.b.
    const whole = i.mark === 'as' ? i.specifier : (i.specifier.split('.')[0] ?? i.specifier);
    const target = this.modules.absolute(whole, file)?.file;
    return target === undefined ? undefined : { file: target, symbol: -1 };
  }

  /** A member of a module, or of a class with its bases. */
  member(holder: Definition, name: string, steps = 0): Definition | undefined {
    if (steps > 12) return undefined;
    if (holder.symbol < 0) {
      const submodule = this.modules.submodule({ file: holder.file, inside: holder.file.replace(/(\/__init__)?\.pyi?$/, '') }, name);
      return this.find(holder.file, name) ?? (submodule === undefined ? undefined : { file: submodule, symbol: -1 });
    }
    const table = this.table(holder.file);
    const symbol = table?.record.symbols[holder.symbol];
    if (!table || !symbol) return undefined;
    const own = table.members(holder.symbol, name)[0];
    if (own !== undefined) return { file: holder.file, symbol: own };
    for (const base of symbol.supers ?? []) {
      const at = this.path(holder.file, base.split('.'));
      const found = at && this.member(at, name, steps + 1);
      if (found) return found;
    }
    return undefined;
  }

  /** What a dotted name means at the top of `file`. */
  path(file: WorkspacePath, names: readonly string[]): Definition | undefined {
    const [first = '', ...rest] = names;
    let at = this.find(file, first);
    for (const name of rest) at = at && this.member(at, name);
    return at;
  }
}
