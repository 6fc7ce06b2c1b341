/** What a module gives to others under which name, through re-exports, stars and CommonJS. */
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import type { Modules } from './modules.js';

/** A definition in a file; symbol -1 is the module itself. */
export interface Definition {
  readonly file: WorkspacePath;
  readonly symbol: number;
}

export class Exports {
  readonly #tables = new Map<WorkspacePath, SymbolTable | undefined>();
  readonly #found = new Map<string, Definition | undefined>();

  constructor(
    private readonly input: ResolveInput,
    private readonly modules: Modules,
  ) {}

  table(file: WorkspacePath): SymbolTable | undefined {
    if (!this.#tables.has(file)) {
      const record = this.input.record(file);
      this.#tables.set(file, record && SymbolTable.of(record));
    }
    return this.#tables.get(file);
  }

  /** The definition that `file` exports as `name`; "*" is the module, or what `module.exports` was set to. */
  find(file: WorkspacePath, name: string): Definition | undefined {
    const key = `${file}\0${name}`;
    if (this.#found.has(key)) return this.#found.get(key);
    // A ring of re-exports comes back here and finds nothing yet.
    this.#found.set(key, undefined);
    const found = this.#find(file, name);
    this.#found.set(key, found);
    return found;
  }

  #find(file: WorkspacePath, name: string): Definition | undefined {
    const table = this.table(file);
    if (!table) return undefined;
    const { symbols, exports } = table.record;
    if (name === '*') {
      const whole = exports.find((e) => e.as === '=' && e.name !== '');
      return (whole && this.#local(file, whole.name)) ?? { file, symbol: -1 };
    }
    const marked =
      name === 'default'
        ? symbols.findIndex((s) => s.container === -1 && s.mark === 'default')
        : (table.top(name).find((i) => symbols[i]?.exported) ?? -1);
    if (marked >= 0) return { file, symbol: marked };
    for (const e of exports) {
      if (e.as === name || (name === 'default' && e.as === '=')) {
        const found = e.name === '' ? { file, symbol: -1 } : this.#local(file, e.name);
        if (found) return found;
      }
    }
    return this.#member(table, file, name) ?? this.#passedOn(file, name);
  }

  /** `module.exports = app` exports what is set on `app`: app.use = function …, and the members of a class or object. */
  #member(table: SymbolTable, file: WorkspacePath, name: string): Definition | undefined {
    const { symbols, exports } = table.record;
    for (const { name: whole, as } of exports) {
      if (as !== '=') continue;
      const set = table.top(name).find((i) => symbols[i]?.mark === `${whole}.${name}` || symbols[i]?.mark === `module.exports.${name}`);
      if (set !== undefined) return { file, symbol: set };
      for (const holder of table.top(whole)) {
        const member = table.members(holder, name)[0];
        if (member !== undefined) return { file, symbol: member };
      }
    }
    return undefined;
  }

  #passedOn(file: WorkspacePath, name: string): Definition | undefined {
    const { imports } = this.table(file)!.record;
    for (const i of imports) {
      if (i.mark !== 'reexport') continue;
      const hit = i.names.find((n) => n.as === name);
      const target = hit ? this.modules.resolve(i.specifier, file).file : undefined;
      if (hit && target !== undefined) return this.find(target, hit.name);
    }
    if (name === 'default') return undefined;
    for (const i of imports) {
      if (i.mark !== 'reexport' || !i.names.some((n) => n.as === '*')) continue;
      const target = this.modules.resolve(i.specifier, file).file;
      const found = target === undefined ? undefined : this.find(target, name);
      if (found) return found;
    }
    return undefined;
  }

  /** A name as the top of `file` knows it: defined there or imported. */
  #local(file: WorkspacePath, name: string): Definition | undefined {
    const own = this.table(file)?.top(name)[0];
    return own === undefined ? this.imported(file, name) : { file, symbol: own };
  }

  /** What a name imported by `file` means, in the file it comes from. */
  imported(file: WorkspacePath, name: string): Definition | undefined {
    for (const i of this.table(file)?.record.imports ?? []) {
      if (i.mark === 'reexport') continue;
      const hit = i.names.find((n) => n.as === name);
      if (!hit) continue;
      const target = this.modules.resolve(i.specifier, file).file;
      return target === undefined ? undefined : (this.find(target, hit.name) ?? { file: target, symbol: -1 });
    }
    return undefined;
  }
}
