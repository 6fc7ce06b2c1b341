/** Joins the references of one Java file to definitions in others, following declared types through chains of calls and fields. */
import type { ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { UseLink } from '../../links.js';
import type { SymbolTable } from '../symbol-table.js';
import { type Step, stepsOf } from '../values.js';
import type { Definition, JavaTypes } from './types.js';

const MAX_STEPS = 12;
const TYPE_KINDS = new Set(['type', 'new', 'extends', 'annotation']);

export function joinJava(file: WorkspacePath, table: SymbolTable, types: JavaTypes): UseLink[] {
  const join = new Join(file, table, types);
  return table.record.references.flatMap((r, reference) => {
    const found = join.definitionOf(r);
    return found && found.file !== file
      ? [{ reference, target: found.file, symbol: found.symbol, confidence: 'resolved' as const, indirect: false }]
      : [];
  });
}

/** A value's type, with the dimensions that indexing takes off. */
interface Typed {
  readonly type: Definition;
  readonly dimensions: number;
  /** What an element is where a type argument says it: List<Foo>. */
  readonly element?: Definition | undefined;
}

class Join {
  constructor(
    private readonly file: WorkspacePath,
    private readonly table: SymbolTable,
    private readonly types: JavaTypes,
  ) {}

  definitionOf({ name, qualifier, kind, within, line }: ReferenceRecord): Definition | undefined {
    if (TYPE_KINDS.has(kind)) return this.types.find(qualifier === '' ? name : `${qualifier}.${name}`, this.file, within);
    if (qualifier !== '') {
      const holder = this.#follow(stepsOf(qualifier), within, line, 0);
      if (!holder || holder.dimensions > 0) return undefined;
      return (
        this.types.member(holder.type, name, kind === 'call') ??
        this.types.member(holder.type, name, true) ??
        this.types.memberType(holder.type, name)
      );
    }
    if (kind === 'call') return this.#ownMember(name, within, true) ?? this.#staticImport(name, true);
    if (this.table.binding(name, within, line)) return undefined;
    return this.#ownMember(name, within, false) ?? this.#staticImport(name, false) ?? this.types.find(name, this.file, within);
  }

  /** A field or method of the enclosing types, innermost first. */
  #ownMember(name: string, within: number, call: boolean): Definition | undefined {
    for (const scope of this.table.around(within)) {
      const found = this.types.member({ file: this.file, symbol: scope }, name, call);
      if (found) return found;
    }
    return undefined;
  }

  #staticImport(name: string, call: boolean): Definition | undefined {
    for (const { mark, names, specifier } of this.table.record.imports) {
      if (mark !== 'static' || (names[0]?.name !== name && names[0]?.name !== '*')) continue;
      const holder = this.types.named(names[0]?.name === '*' ? specifier : specifier.slice(0, specifier.lastIndexOf('.')));
      const found = holder && this.types.member(holder, name, call);
      if (found) return found;
    }
    return undefined;
  }

  #follow(path: readonly Step[], within: number, line: number, steps: number): Typed | undefined {
    const [first, ...rest] = path;
    if (!first || steps > MAX_STEPS) return undefined;
    let at = this.#begin(first, within, line, steps);
    for (const [i, step] of rest.entries()) {
      if (!at) {
        // A full name in code: a.b.C.d() begins with a package.
        const full = path.slice(0, i + 2);
        const named = full.every((s) => s.kind === 'name') ? this.types.named(full.map((s) => s.name).join('.')) : undefined;
        at = named && { type: named, dimensions: 0 };
        continue;
      }
      at = this.#next(at, step, steps);
    }
    return at;
  }

  #begin({ kind, name }: Step, within: number, line: number, steps: number): Typed | undefined {
    if (kind === 'make') return this.#typed(name, this.file, within);
    if (name === 'this' || name === 'super') return this.#enclosing(within, name === 'super');
    if (kind === 'call') {
      const method = this.#ownMember(name, within, true) ?? this.#staticImport(name, true);
      return method && this.#result(method, steps);
    }
    const bound = this.table.binding(name, within, line);
    if (bound) {
      if (bound.type === '') return this.#follow(stepsOf(bound.init), bound.within, bound.line, steps + 1);
      const typed = this.#typed(bound.type, this.file, bound.within);
      const element = this.table.binding(`${name}[]`, within, line)?.type;
      return typed
        ? { ...typed, element: element === undefined ? undefined : this.types.find(element, this.file, bound.within) }
        : element === undefined
          ? undefined
          : this.#elementOf(element, bound.within);
    }
    const field = this.#ownMember(name, within, false) ?? this.#staticImport(name, false);
    if (field) return this.#result(field, steps);
    const type = this.types.find(name, this.file, within);
    return type && { type, dimensions: 0 };
  }

  /** A library's collection of our type: only its elements are of use. */
  #elementOf(name: string, within: number): Typed | undefined {
    const element = this.types.find(name, this.file, within);
    return element && { type: element, dimensions: 1 };
  }

  #next(holder: Typed, { kind, name }: Step, steps: number): Typed | undefined {
    if (kind === 'index') {
      if (holder.dimensions > 0) return { type: holder.type, dimensions: holder.dimensions - 1 };
      return holder.element && { type: holder.element, dimensions: 0 };
    }
    if (holder.dimensions > 0) return undefined;
    const member = this.types.member(holder.type, name, kind === 'call');
    if (member) return this.#result(member, steps);
    const nested = kind === 'name' ? this.types.memberType(holder.type, name) : undefined;
    return nested && { type: nested, dimensions: 0 };
  }

  #enclosing(within: number, base: boolean): Typed | undefined {
    for (const scope of this.table.around(within)) {
      const symbol = this.table.record.symbols[scope];
      if (!symbol || !/^(class|interface|enum|record)$/.test(symbol.kind)) continue;
      const type = base
        ? symbol.supers?.map((s) => this.types.find(s, this.file, symbol.container)).find((t) => t !== undefined)
        : { file: this.file, symbol: scope };
      return type && { type, dimensions: 0 };
    }
    return undefined;
  }

  /** The type of a field's value or of a method's result, as its own file names it. */
  #result({ file, symbol }: Definition, steps: number): Typed | undefined {
    const table = this.types.table(file);
    const member = table?.record.symbols[symbol];
    if (!table || !member || steps > MAX_STEPS) return undefined;
    const bound = table.bindingIn(symbol, member.kind === 'method' ? `${member.name}()` : member.name);
    return bound && bound.type !== '' ? this.#typed(bound.type, file, symbol) : undefined;
  }

  #typed(written: string, file: WorkspacePath, within: number): Typed | undefined {
    const name = written.replace(/(\[\])+$/, '');
    const type = this.types.find(name, file, within);
    return type && { type, dimensions: (written.length - name.length) / 2 };
  }
}
