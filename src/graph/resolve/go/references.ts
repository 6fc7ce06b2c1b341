/** Joins the references of one Go file to definitions in others, following the types of variables, fields and results. */
import type { ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import { type Step, stepsOf } from '../values.js';
import type { Definition, GoPackages } from './packages.js';

const MAX_STEPS = 12;

/** A type, with the slices and maps around it. */
interface Typed {
  readonly type: Definition;
  readonly dimensions: number;
}

export class GoJoin {
  /** Names that imports bring → folder. */
  readonly #imports = new Map<string, string>();
  readonly #dots: string[] = [];

  constructor(
    private readonly file: WorkspacePath,
    private readonly packages: GoPackages,
  ) {
    for (const { specifier, names } of packages.table(file)?.record.imports ?? []) {
      const folder = packages.folderOfImport(specifier);
      if (folder === undefined) continue;
      const name = names[0]?.as ?? packages.packageName(folder) ?? specifier.slice(specifier.lastIndexOf('/') + 1);
      if (name === '.') this.#dots.push(folder);
      else this.#imports.set(name, folder);
    }
  }

  definitionOf({ name, qualifier, kind, within, line }: ReferenceRecord): Definition | undefined {
    if (qualifier === '?') return undefined;
    if (qualifier === '') return kind !== 'type' && this.#local(name, within, line) ? undefined : this.#bare(name, this.file);
    const folder = this.#local(qualifier, within, line) ? undefined : this.#imports.get(qualifier);
    if (folder !== undefined) return this.packages.exported(name, folder);
    const holder = this.#follow(stepsOf(qualifier), within, line, 0);
    return holder && holder.dimensions === 0 ? this.#member(holder.type, name, 0) : undefined;
  }

  /** A parameter, result, variable or constant of a function around the place. */
  #local(name: string, within: number, line: number): boolean {
    const bound = this.#table().binding(name, within, line);
    if (!bound || bound.within < 0) return false;
    const holder = this.#table().record.symbols[bound.within];
    return holder?.kind === 'function' || holder?.kind === 'method';
  }

  #table() {
    return this.packages.table(this.file)!;
  }

  #bare(name: string, file: WorkspacePath): Definition | undefined {
    const own = this.packages.own(name, file);
    if (own || file !== this.file) return own;
    for (const folder of this.#dots) {
      const found = this.packages.exported(name, folder);
      if (found) return found;
    }
    return undefined;
  }

  #follow([first, ...rest]: readonly Step[], within: number, line: number, steps: number): Typed | undefined {
    if (!first || steps > MAX_STEPS) return undefined;
    let at: Typed | undefined;
    let next = rest;
    const folder = first.kind === 'name' && !this.#local(first.name, within, line) ? this.#imports.get(first.name) : undefined;
    if (folder !== undefined && rest[0]) {
      const named = this.packages.exported(rest[0].name, folder);
      at = named && this.#valueOf(named, rest[0].kind, steps);
      next = rest.slice(1);
    } else at = this.#begin(first, within, line, steps);
    for (const step of next) at = at && this.#next(at, step, steps);
    return at;
  }

  #begin({ kind, name }: Step, within: number, line: number, steps: number): Typed | undefined {
    if (kind === 'make') return this.#typed(name, this.file);
    if (this.#local(name, within, line)) {
      const bound = this.#table().binding(name, within, line)!;
      if (bound.type !== '') return this.#typed(bound.type, this.file);
      return this.#follow(stepsOf(bound.init), bound.within, bound.line, steps + 1);
    }
    const named = this.#bare(name, this.file);
    return named && this.#valueOf(named, kind, steps);
  }

  #next(holder: Typed, { kind, name }: Step, steps: number): Typed | undefined {
    if (kind === 'index') {
      if (holder.dimensions > 0) return { type: holder.type, dimensions: holder.dimensions - 1 };
      // A named slice: type Params []Param.
      const element = this.#aliased(holder.type);
      return element && element.dimensions > 0 ? { type: element.type, dimensions: element.dimensions - 1 } : undefined;
    }
    const member = holder.dimensions > 0 ? undefined : this.#member(holder.type, name, 0);
    return member && this.#valueOf(member, kind, steps);
  }

  /** A field or method, its own or promoted from an embedded type. */
  #member(type: Definition, name: string, steps: number): Definition | undefined {
    const table = this.packages.table(type.file);
    if (!table || steps > MAX_STEPS) return undefined;
    const own = table.members(type.symbol, name)[0];
    if (own !== undefined) return { file: type.file, symbol: own };
    const method = this.packages.method(type, name, this.file);
    if (method) return method;
    for (const { name: embedded, type: written } of this.#embedded(type)) {
      const at = this.#typed(written, type.file)?.type;
      if (at && embedded.replace(/^embedded .*\./, 'embedded ') === `embedded ${name}`) return undefined;
      const found = at && this.#member(at, name, steps + 1);
      if (found) return found;
    }
    const other = this.#aliased(type);
    return other && other.dimensions === 0 ? this.#member(other.type, name, steps + 1) : undefined;
  }

  #embedded({ file, symbol }: Definition) {
    const table = this.packages.table(file)!;
    const record = table.record.symbols[symbol]!;
    return table.record.bindings.filter((b) => b.name.startsWith('embedded ') && b.line >= record.start && b.line <= record.end);
  }

  /** What a type that is declared by another one stands for. */
  #aliased({ file, symbol }: Definition): Typed | undefined {
    const bound = this.packages.table(file)?.bindingIn(symbol, `type ${this.packages.table(file)?.record.symbols[symbol]?.name}`);
    return bound && this.#typed(bound.type, file);
  }

  /** Type of the value that a definition names: a variable's or field's, a call's result; a type stands for itself. */
  #valueOf({ file, symbol }: Definition, kind: Step['kind'], steps: number): Typed | undefined {
    const table = this.packages.table(file);
    const record = table?.record.symbols[symbol];
    if (!table || !record || steps > MAX_STEPS) return undefined;
    if (record.kind === 'function' || record.kind === 'method') {
      if (kind !== 'call') return undefined;
      const name =
        record.kind === 'method' && record.mark !== undefined && record.container === -1
          ? `${record.mark}.${record.name}()`
          : `${record.name}()`;
      const result = table.bindingIn(symbol, name) ?? table.record.bindings.find((b) => b.name === name && b.line === record.nameLine);
      return result && this.#typed(result.type, file);
    }
    // A call of a type is a conversion.
    if (record.kind === 'struct' || record.kind === 'interface' || record.kind === 'type') return { type: { file, symbol }, dimensions: 0 };
    const bound =
      table.bindingIn(symbol, record.name) ?? table.record.bindings.find((b) => b.name === record.name && b.line === record.nameLine);
    if (!bound) return undefined;
    if (bound.type !== '') return this.#typed(bound.type, file);
    return file === this.file
      ? this.#follow(stepsOf(bound.init), bound.within, bound.line, steps + 1)
      : new GoJoin(file, this.packages).#follow(stepsOf(bound.init), bound.within, bound.line, steps + 1);
  }

  /** A written type as `file` means it. */
  #typed(written: string, file: WorkspacePath): Typed | undefined {
    const name = written.replace(/^(\[\])+/, '');
    const dimensions = (written.length - name.length) / 2;
    const [first = '', second] = name.split('.');
    let type: Definition | undefined;
    if (second === undefined) type = this.#bare(first, file);
    else {
      const folder = file === this.file ? this.#imports.get(first) : new GoJoin(file, this.packages).#imports.get(first);
      type = folder === undefined ? undefined : this.packages.exported(second, folder);
    }
    return type && { type, dimensions };
  }
}
