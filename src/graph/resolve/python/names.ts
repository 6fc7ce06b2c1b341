/** What a name means in a Python module: defined there, imported, re-exported by a package, or brought by a star. */
import type { BindingRecord, ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import type { PythonModule, PythonModules } from './modules.js';

/** A definition; symbol -1 is the module itself. */
export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
  /** An attribute that a method assigns (self.x = …); `symbol` is that method. */
  readonly attribute?: BindingRecord;
}

export class PythonNames {
  readonly #tables = new Map<WorkspacePath, SymbolTable | undefined>();
  readonly #found = new Map<string, Definition | undefined>();
  readonly #ancestries = new Map<string, readonly Definition[]>();
  readonly #attributes = new WeakMap<readonly BindingRecord[], ReadonlyMap<string, BindingRecord>>();

  constructor(
    private readonly input: ResolveInput,
    private readonly modules: PythonModules,
  ) {}

  table(file: WorkspacePath): SymbolTable | undefined {
    if (!this.#tables.has(file)) {
      const record = this.input.record(file);
      this.#tables.set(file, record && SymbolTable.of(record));
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

  /** A member of a module, or of a class with its bases: what a class body defines (a property among it) before what methods assign to self. */
  member(holder: Definition, name: string): Definition | undefined {
    if (holder.symbol < 0) {
      const submodule = this.modules.submodule({ file: holder.file, inside: holder.file.replace(/(\/__init__)?\.pyi?$/, '') }, name);
      return this.find(holder.file, name) ?? (submodule === undefined ? undefined : { file: submodule, symbol: -1 });
    }
    return (
      firstOf(this.#ancestry(holder), (at) => this.#defined(at, name)) ?? firstOf(this.#ancestry(holder), (at) => this.#assigned(at, name))
    );
  }

  /** A member that a class has from its bases. */
  inherited(holder: Definition, name: string): Definition | undefined {
    const bases = this.#ancestry(holder).slice(1);
    return firstOf(bases, (at) => this.#defined(at, name)) ?? firstOf(bases, (at) => this.#assigned(at, name));
  }

  /** A class and its bases in the workspace, depth first from the left. */
  #ancestry(holder: Definition): readonly Definition[] {
    const key = `${holder.file}\0${holder.symbol}`;
    const known = this.#ancestries.get(key);
    if (known) return known;
    const found: Definition[] = [];
    // A class that is its own base, by some way round, is met here again and stops.
    this.#ancestries.set(key, found);
    found.push(holder);
    for (const base of this.table(holder.file)?.record.symbols[holder.symbol]?.supers ?? []) {
      const at = this.path(holder.file, base.split('.'));
      if (!at || at.symbol < 0) continue;
      for (const a of [...this.#ancestry(at)]) if (!found.some((f) => f.file === a.file && f.symbol === a.symbol)) found.push(a);
    }
    return found;
  }

  #defined({ file, symbol }: Definition, name: string): Definition | undefined {
    const own = this.table(file)?.members(symbol, name)[0];
    return own === undefined ? undefined : { file, symbol: own };
  }

  #assigned({ file, symbol }: Definition, name: string): Definition | undefined {
    const table = this.table(file);
    const attribute = table && this.#attributesOf(table).get(`${symbol} ${name}`);
    return attribute && { file, symbol: attribute.within, attribute };
  }

  /** The first assignment to each attribute of each class of a file, one with a written type before others, by "class name". */
  #attributesOf(table: SymbolTable): ReadonlyMap<string, BindingRecord> {
    const { bindings } = table.record;
    let found = this.#attributes.get(bindings);
    if (!found) {
      const first = new Map<string, BindingRecord>();
      for (const b of bindings) {
        if (!b.name.startsWith('self.')) continue;
        for (const scope of table.around(b.within)) {
          if (table.record.symbols[scope]?.kind !== 'class') continue;
          const key = `${scope} ${b.name.slice('self.'.length)}`;
          const old = first.get(key);
          if (!old || (old.type === '' && b.type !== '')) first.set(key, b);
          break;
        }
      }
      found = first;
      this.#attributes.set(bindings, found);
    }
    return found;
  }

  /** What a dotted name means at the top of `file`. */
  path(file: WorkspacePath, names: readonly string[]): Definition | undefined {
    const [first = '', ...rest] = names;
    let at = this.find(file, first);
    for (const name of rest) at = at && this.member(at, name);
    return at;
  }
}

function firstOf<T, R>(all: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
