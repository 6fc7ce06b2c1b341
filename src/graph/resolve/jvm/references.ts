/** Joins the references of one file to definitions in others, following declared types through chains of calls and fields. */
import type { ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { UseLink } from '../../links.js';
import type { SymbolTable } from '../symbol-table.js';
import { type Step, stepsOf } from '../values.js';
import { type Definition, nearest } from './packages.js';
import { isFunction, type JvmTypes } from './types.js';

/** How deep initialisers lead from one to the next, and how many one reference may follow in all: made-up code can branch without end. */
const MAX_STEPS = 12;
const MAX_FOLLOWED = 200;
const TYPE_KINDS = new Set(['type', 'new', 'extends', 'annotation']);

/** Kotlin's library functions that give back what they are called on. */
const KEEPING = new Set(['apply', 'also', 'takeIf', 'takeUnless']);

export function joinReferences(file: WorkspacePath, table: SymbolTable, types: JvmTypes): UseLink[] {
  const join = new Join(file, table, types);
  return table.record.references.flatMap((r, reference): UseLink[] => {
    const found = join.definitionsOf(r);
    const best = nearest(found, file);
    if (!best || best.file === file) return [];
    // Overloads over several files: which one is meant is a matter of arguments.
    const confidence = found.every((d) => d.file === best.file) ? 'resolved' : 'named';
    return [{ reference, target: best.file, symbol: best.symbol, confidence, indirect: false }];
  });
}

/** A value's type, with the dimensions that indexing takes off. */
interface Typed {
  /** Undefined for a library's type, of which only the name is known. */
  readonly type: Definition | undefined;
  /** As written where it is used, without dimensions; "" when it was not written. */
  readonly written: string;
  readonly dimensions: number;
  /** What an element is where a type argument says it: List<Foo>. */
  readonly element?: Definition | undefined;
}

class Join {
  /** Java keeps fields, methods and types apart by syntax; Kotlin and Scala call types and read functions. */
  readonly #java: boolean;

  constructor(
    private readonly file: WorkspacePath,
    private readonly table: SymbolTable,
    private readonly types: JvmTypes,
    private readonly followed = { count: 0 },
  ) {
    this.#java = table.record.language === 'java';
  }

  definitionsOf({ name, qualifier, kind, within, line }: ReferenceRecord): readonly Definition[] {
    this.followed.count = 0;
    if (TYPE_KINDS.has(kind)) {
      const written = qualifier === '' ? name : `${qualifier}.${name}`;
      return some(this.types.find(written, this.file, this.#scopeOf(written, within, line)));
    }
    const call = kind === 'call';
    if (qualifier !== '') return this.#behind(qualifier, name, call, within, line);
    if (!(call && this.#java) && this.table.binding(name, within, line)) return [];
    const own = this.#ownMember(name, within, call);
    if (own) return [own];
    const values = this.types.values(name, this.file, call);
    if (values.length > 0 || (call && this.#java)) return values;
    return some(this.types.find(name, this.file, within));
  }

  /** What a type extends is named in the scope around it: its own nested types are not in sight there. */
  #scopeOf(type: string, within: number, line: number): number {
    const symbol = this.table.record.symbols[within];
    return symbol?.supers?.includes(type) && line <= symbol.signatureEnd ? symbol.container : within;
  }

  /** A member of the value or type before the dot. */
  #behind(qualifier: string, name: string, call: boolean, within: number, line: number): readonly Definition[] {
    const holder = this.#follow(stepsOf(qualifier), within, line, 0);
    if (holder && holder.dimensions > 0) return [];
    const member = holder?.type && (this.#member(holder.type, name, call) ?? this.types.memberType(holder.type, name));
    if (member) return [member];
    const extensions = this.#extensions(holder, name, call);
    if (extensions.length > 0 || holder) return extensions;
    // A full name in code: a.b.C.d() begins with a package.
    const path = stepsOf(qualifier);
    const full = path.length > 0 && path.every((s) => s.kind === 'name') && !this.table.binding(path[0]!.name, within, line);
    return full ? some(this.types.find(`${qualifier}.${name}`, this.file, within)) : [];
  }

  #member(holder: Definition, name: string, call: boolean): Definition | undefined {
    const found = this.types.member(holder, name, call) ?? this.types.member(holder, name, true);
    return found ?? (this.#java ? undefined : this.types.member(holder, name, false));
  }

  /** Kotlin's extension functions and properties that the file sees, for a receiver of this type; for one that is not known those that an import names. */
  #extensions(receiver: Typed | undefined, name: string, call: boolean): readonly Definition[] {
    const { language, imports } = this.table.record;
    if (language !== 'kotlin') return [];
    const lineage = receiver?.type ? this.types.lineage(receiver.type) : new Set([last(receiver?.written ?? '')]);
    const imported = imports.some((i) => i.names[0]?.as === name);
    return this.types.values(name, this.file, call).filter((d) => {
      const of = this.types.table(d.file)?.record.symbols[d.symbol]?.mark;
      return of !== undefined && (receiver === undefined ? imported : lineage.has(last(of)));
    });
  }

  /** A field or method of the enclosing types, innermost first. */
  #ownMember(name: string, within: number, call: boolean): Definition | undefined {
    for (const scope of this.table.around(within)) {
      const holder = { file: this.file, symbol: scope };
      const found = this.types.member(holder, name, call) ?? (this.#java ? undefined : this.types.member(holder, name, !call));
      if (found) return found;
    }
    return undefined;
  }

  #follow(path: readonly Step[], within: number, line: number, steps: number): Typed | undefined {
    const [first, ...rest] = path;
    if (!first || steps > MAX_STEPS || ++this.followed.count > MAX_FOLLOWED) return undefined;
    let at = this.#begin(first, within, line, steps);
    let unknown = at === undefined && first.kind === 'name' && !this.table.binding(first.name, within, line);
    for (const [i, step] of rest.entries()) {
      if (unknown && !at) {
        const full = path.slice(0, i + 2);
        unknown = step.kind === 'name';
        const name = full.map((s) => s.name).join('.');
        at = unknown ? typed(this.types.find(name, this.file, within), name) : undefined;
        continue;
      }
      at = at && this.#next(at, step, steps);
    }
    return at;
  }

  #begin({ kind, name }: Step, within: number, line: number, steps: number): Typed | undefined {
    if (kind === 'make') return this.#typed(name, this.file, within);
    if (name === 'this' || name === 'super') return this.#enclosing(within, name === 'super');
    if (kind === 'call') {
      const method = this.#ownMember(name, within, true) ?? nearest(this.types.values(name, this.file, true), this.file);
      return method ? this.#result(method, steps) : this.#java ? undefined : this.#type(name, within);
    }
    const bound = this.table.binding(name, within, line);
    if (bound) {
      if (bound.type === '') return this.#follow(stepsOf(bound.init), bound.within, bound.line, steps + 1);
      const value = this.#typed(bound.type, this.file, bound.within);
      const element = this.table.binding(`${name}[]`, within, line)?.type;
      if (element === undefined) return value;
      const of = this.types.find(element, this.file, bound.within);
      // A library's collection of our type: only its elements are of use.
      return value.type ? { ...value, element: of } : of && { type: of, written: element, dimensions: 1 };
    }
    const value = this.#ownMember(name, within, false) ?? nearest(this.types.values(name, this.file, false), this.file);
    return value ? this.#result(value, steps) : this.#type(name, within);
  }

  #next(holder: Typed, { kind, name }: Step, steps: number): Typed | undefined {
    if (kind === 'index') {
      if (holder.dimensions > 0) return { ...holder, dimensions: holder.dimensions - 1 };
      return holder.element && typed(holder.element, '');
    }
    if (holder.dimensions > 0) return undefined;
    const call = kind === 'call';
    const member =
      (holder.type && (this.#java ? this.types.member(holder.type, name, call) : this.#member(holder.type, name, call))) ??
      nearest(this.#extensions(holder, name, call), this.file);
    if (member) return this.#result(member, steps);
    if (call && KEEPING.has(name) && this.table.record.language === 'kotlin') return holder;
    const nested = holder.type && !(call && this.#java) ? this.types.memberType(holder.type, name) : undefined;
    return typed(nested, name);
  }

  #enclosing(within: number, base: boolean): Typed | undefined {
    for (const scope of this.table.around(within)) {
      const symbol = this.table.record.symbols[scope];
      if (!symbol || !/^(class|interface|enum|record|object|trait)$/.test(symbol.kind)) continue;
      if (!base) return typed({ file: this.file, symbol: scope }, symbol.name);
      const type = symbol.supers?.map((s) => this.types.find(s, this.file, symbol.container)).find((t) => t !== undefined);
      return typed(type, '');
    }
    return undefined;
  }

  /** The type of a field's value or of a method's result, as its own file names it. */
  #result({ file, symbol }: Definition, steps: number): Typed | undefined {
    const table = this.types.table(file);
    const member = table?.record.symbols[symbol];
    if (!table || !member || steps > MAX_STEPS) return undefined;
    if (member.kind === 'enumMember') return this.#holder(file, member.container);
    const bound = table.bindingAt(isFunction(member) ? `${member.name}()` : member.name, symbol);
    if (!bound) return undefined;
    if (bound.type !== '') return this.#typed(bound.type, file, symbol);
    const there = file === this.file ? this : new Join(file, table, this.types, this.followed);
    return there.#follow(stepsOf(bound.init), symbol, bound.line, steps + 1);
  }

  #holder(file: WorkspacePath, symbol: number): Typed | undefined {
    return symbol < 0 ? undefined : typed({ file, symbol }, '');
  }

  #type(name: string, within: number): Typed | undefined {
    return typed(this.types.find(name, this.file, within), name);
  }

  #typed(written: string, file: WorkspacePath, within: number): Typed {
    const name = written.replace(/(\[\])+$/, '');
    return { type: this.types.find(name, file, within), written: name, dimensions: (written.length - name.length) / 2 };
  }
}

const typed = (type: Definition | undefined, written: string): Typed | undefined => type && { type, written, dimensions: 0 };
const some = (definition: Definition | undefined): readonly Definition[] => (definition ? [definition] : []);
const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
