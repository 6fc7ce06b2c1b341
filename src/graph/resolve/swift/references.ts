/** Joins the references of one Swift file to definitions in others, following declared types through chains of calls and properties. */
import type { ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { UseLink } from '../../links.js';
import type { SymbolTable } from '../symbol-table.js';
import { type Step, stepsOf } from '../values.js';
import type { Definition, SwiftTypes } from './types.js';

/** How deep initialisers lead from one to the next, and how many one reference may follow in all: made-up code can branch without end. */
const MAX_STEPS = 12;
const MAX_FOLLOWED = 200;

export function joinSwift(file: WorkspacePath, table: SymbolTable, types: SwiftTypes): UseLink[] {
  const join = new Join(file, table, types);
  return table.record.references.flatMap((r, reference) => {
    const found = join.definitionsOf(r);
    // Overloads and branches of #if: which one is meant cannot be told from its name.
    if (found.length === 0 || found.some((d) => d.file === file)) return [];
    const confidence = found.every((d) => d.file === found[0]!.file) ? ('resolved' as const) : ('named' as const);
    return [{ reference, target: found[0]!.file, symbol: found[0]!.symbol, confidence, indirect: false }];
  });
}

/** A value's type by its full name (a library's as written), with the dimensions that indexing takes off. */
interface Typed {
  readonly type: string;
  readonly dimensions: number;
}

class Join {
  constructor(
    private readonly file: WorkspacePath,
    private readonly table: SymbolTable,
    private readonly types: SwiftTypes,
    private readonly followed = { count: 0 },
  ) {}

  definitionsOf({ name, qualifier, kind, within, line }: ReferenceRecord): readonly Definition[] {
    this.followed.count = 0;
    if (kind === 'type') return this.#type(qualifier === '' ? name : `${qualifier}.${name}`, within);
    if (qualifier !== '') {
      const holder = this.#follow(stepsOf(qualifier), within, line, 0);
      if (!holder || holder.dimensions > 0) return [];
      const members = this.types.members(holder.type, name, this.file, kind === 'call');
      return members.length > 0 ? members : this.types.declarations(`${holder.type}.${name}`, this.file);
    }
    if (this.#local(name, within, line)) return [];
    const own = this.#ownMembers(name, within, kind === 'call');
    if (own.length > 0) return own;
    const values = this.types.values(name, this.file);
    return values.length > 0 ? values : this.#type(name, within);
  }

  #type(name: string, within: number): readonly Definition[] {
    const full = this.types.find(name, this.file, within);
    return full === undefined ? [] : this.types.declarations(full, this.file);
  }

  #local(name: string, within: number, line: number): boolean {
    return this.table.binding(name, within, line) !== undefined;
  }

  /** A member of the types around a place, innermost first. */
  #ownMembers(name: string, within: number, called: boolean): readonly Definition[] {
    for (const scope of this.#holders(within)) {
      const found = this.types.members(scope, name, this.file, called);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** The types around a place by full name, innermost first. */
  *#holders(within: number): Generator<string> {
    for (const scope of this.table.around(within)) {
      const kind = this.table.record.symbols[scope]?.kind ?? '';
      if (/^(class|struct|enum|interface|impl)$/.test(kind)) yield this.types.pathOf(this.file, scope);
    }
  }

  #follow(path: readonly Step[], within: number, line: number, steps: number): Typed | undefined {
    const [first, ...rest] = path;
    if (!first || steps > MAX_STEPS || ++this.followed.count > MAX_FOLLOWED) return undefined;
    let at = this.#begin(first, within, line, steps);
    // `Module.Type.member` begins with the module.
    const next = rest[0];
    if (!at && next && this.types.isOwnModule(first.name)) {
      rest.shift();
      at = this.#typed(next.name, within);
    }
    for (const step of rest) at = at && this.#next(at, step, steps);
    return at;
  }

  #begin({ kind, name }: Step, within: number, line: number, steps: number): Typed | undefined {
    if (kind === 'make') return this.#typed(name, within, true);
    if (name === 'self' || name === 'Self' || name === 'super') {
      const holder = this.#holders(within).next().value;
      if (holder === undefined) return undefined;
      const type = name === 'super' ? this.types.lineage(holder, this.file)[1] : holder;
      return type === undefined ? undefined : { type, dimensions: 0 };
    }
    const bound = kind === 'name' ? this.table.binding(name, within, line) : undefined;
    if (bound) {
      if (bound.type !== '') return this.#typed(bound.type, bound.within, true);
      // `if let name = name` reads the name around it.
      return bound.init === name || bound.init.startsWith(`${name}.`) || bound.init.startsWith(`${name}(`)
        ? this.#outer(bound.init, bound.within, steps)
        : this.#follow(stepsOf(bound.init), bound.within, bound.line, steps + 1);
    }
    const member = this.#ownMembers(name, within, kind === 'call')[0] ?? this.types.values(name, this.file)[0];
    if (member) return this.#result(member, steps);
    return this.#typed(name, within);
  }

  /** A value that begins with the name it is bound to: the name's meaning outside the function, a member. */
  #outer(init: string, within: number, steps: number): Typed | undefined {
    const [first, ...rest] = stepsOf(init);
    const member = first && this.#ownMembers(first.name, within, first.kind === 'call')[0];
    let at = member && this.#result(member, steps + 1);
    for (const step of rest) at = at && this.#next(at, step, steps + 1);
    return at;
  }

  #next(holder: Typed, { kind, name }: Step, steps: number): Typed | undefined {
    if (kind === 'index') {
      if (holder.dimensions > 0) return { type: holder.type, dimensions: holder.dimensions - 1 };
      const subscript = this.types.members(holder.type, 'subscript', this.file, true)[0];
      return subscript && this.#result(subscript, steps);
    }
    if (holder.dimensions > 0) return undefined;
    if (name === 'init') return holder;
    const member = this.types.members(holder.type, name, this.file, kind === 'call')[0];
    if (member) return this.#result(member, steps);
    const nested = `${holder.type}.${name}`;
    return this.types.declarations(nested, this.file).length > 0 ? { type: nested, dimensions: 0 } : undefined;
  }

  /** The type of a property's value or of a function's result, as its own file names it. */
  #result({ file, symbol }: Definition, steps: number): Typed | undefined {
    const table = this.types.table(file);
    const member = table?.record.symbols[symbol];
    if (!table || !member || steps > MAX_STEPS) return undefined;
    if (member.kind === 'type' || member.kind === 'class' || member.kind === 'struct' || member.kind === 'enum')
      return { type: this.types.pathOf(file, symbol), dimensions: 0 };
    const called = member.kind === 'function' || member.kind === 'method';
    const bound = table.bindingAt(called ? `${member.name}()` : member.name, symbol);
    if (!bound) return undefined;
    const there = file === this.file ? this : new Join(file, table, this.types, this.followed);
    return bound.type !== '' ? there.#typed(bound.type, symbol, true) : there.#follow(stepsOf(bound.init), symbol, bound.line, steps + 1);
  }

  /** @param written a type annotation, which may name a library's type, for the members that extensions here add to it. */
  #typed(name: string, within: number, written = false): Typed | undefined {
    const plain = name.replace(/(\[\])+$/, '');
    const dimensions = (name.length - plain.length) / 2;
    for (const scope of this.table.around(within)) if (this.table.bindingIn(scope, `type ${plain}`)) return undefined;
    const type = this.types.find(plain, this.file, within);
    return type !== undefined ? { type, dimensions } : written ? { type: plain, dimensions } : undefined;
  }
}
