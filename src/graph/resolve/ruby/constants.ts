/**
 * Constants of a tree and Ruby's look-up of them (the Ruby documentation, "Modules and Classes", and Module.nesting):
 * the first segment of a path in each lexical scope outwards, then in the ancestors of the innermost, then in Object;
 * every further segment in the constant before it and that one's ancestors.
 */
import type { SymbolRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { SymbolTable } from '../symbol-table.js';
import type { LoadedFiles, View } from './loaded.js';

/** One place that opens or assigns a constant. */
export interface Opening {
  readonly file: WorkspacePath;
  readonly symbol: number;
  readonly record: SymbolRecord;
  /** Assigned (`A = …`), not opened with class or module. */
  readonly assigned: boolean;
  /** Methods and attributes right inside it. */
  readonly members: number;
}

const HOLDERS = new Set(['class', 'module']);
const MEMBERS = new Set(['method', 'constructor', 'property']);
/** Scopes in each other beyond this are no program: they would only cost. */
const DEEPEST = 64;
const CONSTANT_PATH = /^(::)?[A-Z]\w*(::[A-Z]\w*)*(?=$|\[)/;
const NO_SCOPES: readonly string[] = [];

export class Constants {
  readonly #tables = new Map<WorkspacePath, SymbolTable>();
  /** "A::B" → where it is opened or assigned. */
  #openings = new Map<string, Opening[]>();
  /** For each file, the full names of the scopes that hold at each symbol, innermost first. */
  readonly #scopes = new Map<WorkspacePath, (readonly string[])[]>();
  readonly #parents = new Map<Opening, readonly string[]>();
  readonly #ancestorsSeen = new WeakMap<View, Map<string, readonly string[]>>();
  /** Names whose ancestors are being worked out; an ancestor that needs itself is not found yet. */
  readonly #open = new Set<string>();

  constructor(
    input: ResolveInput,
    private readonly loaded: LoadedFiles,
  ) {
    for (const { path, language } of input.entries) {
      const record = language === 'ruby' ? input.record(path) : undefined;
      if (record) this.#tables.set(path, SymbolTable.of(record));
    }
    // Twice: `class A::B` opens the B of whatever A is seen there, which the first round finds out.
    this.#nameAll((_, outer, name) => [...outer.slice(0, 1), name].join('::'));
    const first = this.#openings;
    this.#nameAll((view, outer, name) => {
      if (!name.includes('::')) return [...outer.slice(0, 1), name].join('::');
      const [head, ...rest] = name.split('::');
      const found = this.#firstSegment(head!, outer, view, first);
      return [found ?? head!, ...rest].join('::');
    });
  }

  table(file: WorkspacePath): SymbolTable | undefined {
    return this.#tables.get(file);
  }

  names(): Iterable<[string, readonly Opening[]]> {
    return this.#openings;
  }

  openings(name: string): readonly Opening[] {
    return this.#openings.get(name) ?? [];
  }

  visible(name: string, view: View): readonly Opening[] {
    const all = this.#openings.get(name);
    return all === undefined ? [] : all.filter((o) => view.sees(o.file));
  }

  /** Full names of the scopes around a place, innermost first. */
  scopesAt(file: WorkspacePath, within: number): readonly string[] {
    return this.#scopes.get(file)?.[within] ?? NO_SCOPES;
  }

  /**
   * Full name of what a path means, or undefined when nothing of the tree that `view` sees defines it. `opening` is the class
   * whose superclass the path is: it is not there yet.
   */
  find(path: string, scopes: readonly string[], view: View, opening?: string): string | undefined {
    const absolute = path.startsWith('::');
    const [head, ...rest] = (absolute ? path.slice(2) : path).split('::');
    let at = this.#firstSegment(head!, absolute ? NO_SCOPES : scopes, view, this.#openings, opening);
    for (const segment of rest) {
      if (at === undefined) return undefined;
      at = this.#member(at, segment, view, new Set());
    }
    return at;
  }

  #firstSegment(
    head: string,
    scopes: readonly string[],
    view: View,
    openings: ReadonlyMap<string, readonly Opening[]>,
    opening?: string,
  ): string | undefined {
    const there = (name: string): boolean => name !== opening && (openings.get(name)?.some((o) => view.sees(o.file)) ?? false);
    for (const scope of scopes) if (there(`${scope}::${head}`)) return `${scope}::${head}`;
    const holder = scopes[0] === undefined ? undefined : this.#ancestors(scopes[0], view).find((a) => there(`${a}::${head}`));
    if (holder !== undefined) return `${holder}::${head}`;
    return there(head) ? head : undefined;
  }

  #member(holder: string, segment: string, view: View, seen: Set<string>): string | undefined {
    if (seen.has(holder)) return undefined;
    seen.add(holder);
    for (const at of [holder, ...this.#ancestors(holder, view)]) {
      const name = `${at}::${segment}`;
      if (this.#openings.get(name)?.some((o) => view.sees(o.file))) return name;
    }
    return undefined;
  }

  /** Modules that it includes and classes that it inherits from, nearest first; what `A = B` or `A = Class.new(B)` stands for. */
  #ancestors(name: string, view: View): readonly string[] {
    if (this.#open.has(name)) return NO_SCOPES;
    const whole = this.#open.size === 0;
    const known = whole ? this.#ancestorsSeen.get(view)?.get(name) : undefined;
    if (known) return known;
    this.#open.add(name);
    const found = new Set<string>();
    for (const opening of this.visible(name, view)) {
      for (const parent of this.#parentsOf(opening)) {
        found.add(parent);
        for (const further of this.#ancestors(parent, view)) found.add(further);
      }
    }
    this.#open.delete(name);
    const all = [...found];
    if (whole) {
      const seen = this.#ancestorsSeen.get(view) ?? new Map<string, readonly string[]>();
      this.#ancestorsSeen.set(view, seen.set(name, all));
    }
    return all;
  }

  #parentsOf(opening: Opening): readonly string[] {
    const known = this.#parents.get(opening);
    if (known) return known;
    const { file, symbol, record } = opening;
    const view = this.loaded.view(file);
    const outer = this.scopesAt(file, record.container);
    const found = (record.supers ?? []).flatMap((base, i) => {
      const path = CONSTANT_PATH.exec(base)?.[0];
      if (path === undefined) return [];
      // A superclass is read outside the class, an included module inside.
      const inside = this.scopesAt(file, symbol);
      if (opening.assigned) return this.find(path, outer, view) ?? [];
      return (i === 0 && record.mark === 'derived' ? this.find(path, outer, view, inside[0]) : this.find(path, inside, view)) ?? [];
    });
    this.#parents.set(opening, found);
    return found;
  }

  #nameAll(fullName: (view: View, outer: readonly string[], name: string) => string): void {
    const openings = new Map<string, Opening[]>();
    for (const [file, { record }] of this.#tables) {
      const view = this.loaded.view(file);
      const scopes: (readonly string[])[] = [];
      const members = new Uint32Array(record.symbols.length);
      for (const { kind, container } of record.symbols) if (container >= 0 && MEMBERS.has(kind)) members[container]! += 1;
      for (const [symbol, s] of record.symbols.entries()) {
        const outer = scopes[s.container] ?? NO_SCOPES;
        const assigned = s.kind === 'constant';
        if (!assigned && !HOLDERS.has(s.kind)) {
          scopes.push(outer);
          continue;
        }
        const name = s.name.startsWith('::') ? s.name.slice(2) : fullName(view, outer, s.name);
        scopes.push(assigned || outer.length >= DEEPEST ? outer : [name, ...outer]);
        const opening: Opening = { file, symbol, record: s, assigned, members: members[symbol]! };
        const same = openings.get(name);
        if (same) same.push(opening);
        else openings.set(name, [opening]);
      }
      this.#scopes.set(file, scopes);
    }
    this.#openings = openings;
  }
}
