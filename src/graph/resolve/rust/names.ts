/** What paths mean in a module: `use` declarations, globs, preludes and macros (The Rust Reference, "Use declarations", "Paths", "Names"). */
import type { ImportRecord, SymbolRecord } from '../../../syntax/record.js';
import { type Definition, type Module, markOf, type RustModules } from './modules.js';

/** Where a name is looked up: Rust keeps types (with modules), values and macros apart; a `use` takes all three. */
export type Space = 'type' | 'value' | 'macro' | 'any';

/** What a path leads to. `outside`: something of another project, which hides what globs would bring. */
type Found =
  | { readonly kind: 'module'; readonly module: Module }
  | { readonly kind: 'definition'; readonly definition: Definition }
  | { readonly kind: 'outside' };
const OUTSIDE: Found = { kind: 'outside' };

/** Re-exports nested deeper than this go round in a ring. */
const MAX_DEPTH = 24;

/** One look-up: where it stops going deeper, and the `use` declarations that are being followed. */
interface Trail {
  readonly depth: number;
  readonly busy: ReadonlySet<ImportRecord>;
}
const START: Trail = { depth: 0, busy: new Set() };

export class RustNames {
  constructor(private readonly modules: RustModules) {}

  /** What a path in code means in the first of `modules` where it means something. */
  path(modules: readonly Module[], path: string, space: Space): Definition | undefined {
    for (const module of modules) {
      const found = this.#path(module, path.split('::'), space, START);
      const definition = definitionOf(found);
      if (definition) return definition;
    }
    return undefined;
  }

  /** What a `use` or `extern crate` leads to; the module, for a glob. */
  use(modules: readonly Module[], use: ImportRecord): Definition | undefined {
    for (const module of modules) {
      const definition = definitionOf(this.#through(module, use, 'any', START));
      if (definition) return definition;
    }
    return undefined;
  }

  /** A macro called by its bare name: what the module names so, then macros in textual scope. */
  macro(modules: readonly Module[], name: string): Definition | undefined {
    for (const module of modules) {
      const found = this.#name(module, name, 'macro', module, START);
      if (found?.kind === 'outside') continue;
      const definition = definitionOf(found) ?? this.#textual(module, name);
      if (definition) return definition;
    }
    return undefined;
  }

  #textual(module: Module, name: string): Definition | undefined {
    for (let at: Module | undefined = module; at; at = at.parent) {
      const found = this.#spread(at, name);
      if (found) return found;
    }
    const root = this.modules.root(module.crate.root);
    for (const uses of root?.uses().values() ?? [])
      for (const use of uses) {
        if (markOf(use, 'extern') === undefined || markOf(use, 'macro_use') === undefined) continue;
        const crate = this.#extern(module, use.specifier);
        const found = crate && this.modules.exportedMacro(crate.crate, name);
        if (found) return found;
      }
    return undefined;
  }

  /** A macro of the module, or of a `#[macro_use]` module in it. */
  #spread(module: Module, name: string): Definition | undefined {
    const own = pick(module, name, 'macro');
    if (own !== undefined) return { file: module.file, symbol: own };
    for (const child of module.children.values()) {
      const found = child.macroUse ? this.#spread(child, name) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #path(module: Module, parts: readonly string[], space: Space, trail: Trail, isUse = false): Found | undefined {
    if (trail.depth > MAX_DEPTH) return undefined;
    const [first = ''] = parts;
    const root = this.modules.root(module.crate.root);
    const { edition2015 } = module.crate;
    if (first === 'crate' || first === '$crate') return this.#follow(root, parts.slice(1), space, trail);
    if (first === 'self' || first === 'super') {
      let here: Module | undefined = module;
      let at = first === 'self' ? 1 : 0;
      for (; parts[at] === 'super'; at++) here = here?.parent;
      return this.#follow(here, parts.slice(at), space, trail);
    }
    if (first === '') {
      const inRoot = edition2015 ? this.#follow(root, parts.slice(1), space, trail) : undefined;
      return inRoot ?? this.#follow(this.#extern(module, parts[1] ?? ''), parts.slice(2), space, trail);
    }
    const begin = isUse && edition2015 ? root : module;
    const found = begin && this.#name(begin, first, parts.length === 1 ? space : 'type', module, trail);
    if (found) return this.#onward(found, parts.slice(1), space, trail);
    const macro = isUse && parts.length === 1 && space !== 'type' && space !== 'value' ? this.#textual(module, first) : undefined;
    if (macro) return { kind: 'definition', definition: macro };
    return space === 'macro' && parts.length === 1 ? undefined : this.#follow(this.#extern(module, first), parts.slice(1), space, trail);
  }

  #onward(found: Found, rest: readonly string[], space: Space, trail: Trail): Found {
    if (found.kind === 'module') return this.#follow(found.module, rest, space, trail) ?? OUTSIDE;
    if (found.kind === 'outside' || rest.length === 0) return found;
    return { kind: 'definition', definition: this.#member(found.definition, rest[0]!) };
  }

  #follow(module: Module | undefined, parts: readonly string[], space: Space, trail: Trail): Found | undefined {
    const [first, ...rest] = parts;
    if (!module || first === undefined) return module && { kind: 'module', module };
    const found = this.#name(module, first, rest.length === 0 ? space : 'type', undefined, trail);
    return found && this.#onward(found, rest, space, trail);
  }

  /** A crate by the name that the module's crate has for it. */
  #extern(module: Module, name: string): Module | undefined {
    const { crate } = module;
    const root = this.modules.root(crate.root);
    // extern crate a as b; at the root names b everywhere.
    const declared = root
      ?.uses()
      .get(name)
      ?.find((u) => markOf(u, 'extern') !== undefined);
    if (declared?.specifier === 'self') return root;
    const file = crate.externs.get(declared?.specifier ?? name);
    return file === undefined ? undefined : this.modules.root(file);
  }

  /** A name in a module: a child, an item, what a `use` gives that name, or what a glob brings. `from` is who asks through a glob: it sees what is not public only from inside. */
  #name(module: Module, name: string, space: Space, from: Module | undefined, trail: Trail): Found | undefined {
    if (trail.depth > MAX_DEPTH) return undefined;
    const sees = (exported: boolean): boolean => exported || from === undefined || isInside(from, module);
    const child = space === 'type' || space === 'any' ? module.children.get(name) : undefined;
    if (child && sees(child.exported)) return { kind: 'module', module: child };
    // macro_rules! has no path of its own: see #textual and #rootMacro.
    const item = space === 'macro' ? undefined : pick(module, name, space);
    if (item !== undefined && sees(module.record.symbols[item]!.exported))
      return { kind: 'definition', definition: { file: module.file, symbol: item } };
    let outside = false;
    for (const use of module.uses().get(name) ?? []) {
      if (trail.busy.has(use) || !sees(markOf(use, 'pub') !== undefined)) continue;
      const found = this.#through(module, use, space, trail);
      if (found && found.kind !== 'outside') return found;
      outside = true;
    }
    if (outside && space !== 'macro') return OUTSIDE;
    const macro = module.parent === undefined && (space === 'macro' || space === 'any') ? this.#rootMacro(module, name) : undefined;
    if (macro) return { kind: 'definition', definition: macro };
    return outside ? OUTSIDE : this.#globbed(module, name, space, from, trail);
  }

  #globbed(module: Module, name: string, space: Space, from: Module | undefined, trail: Trail): Found | undefined {
    for (const glob of module.uses().get('*') ?? []) {
      if (trail.busy.has(glob) || (from && from !== module && markOf(glob, 'pub') === undefined && !isInside(from, module))) continue;
      const source = this.#through(module, glob, 'type', trail);
      if (source?.kind === 'definition') {
        const variant = this.#variant(source.definition, name);
        if (variant) return { kind: 'definition', definition: variant };
      }
      if (source?.kind !== 'module' || source.module === module) continue;
      const found = this.#name(source.module, name, space, module, {
        ...trail,
        depth: trail.depth + 1,
        busy: new Set([...trail.busy, glob]),
      });
      if (found && found.kind !== 'outside') return found;
    }
    return undefined;
  }

  #rootMacro(root: Module, name: string): Definition | undefined {
    const exported = this.modules.exportedMacro(root.crate, name);
    if (exported || !root.crate.procMacro) return exported;
    const maker = pick(root, name, 'value');
    return maker === undefined ? undefined : { file: root.file, symbol: maker };
  }

  #through(module: Module, use: ImportRecord, space: Space, { depth, busy }: Trail): Found | undefined {
    const trail = { depth: depth + 1, busy: new Set([...busy, use]) };
    if (markOf(use, 'extern') !== undefined) {
      const crate = use.specifier === 'self' ? this.modules.root(module.crate.root) : this.#extern(module, use.specifier);
      return crate && { kind: 'module', module: crate };
    }
    return this.#path(module, use.specifier.replace(/(^|::)\*$/, '').split('::'), space, trail, true);
  }

  /** A type's variant, or a function of an impl beside it; the type itself where its member is elsewhere. */
  #member(type: Definition, name: string): Definition {
    const variant = this.#variant(type, name);
    if (variant) return variant;
    const symbols = this.modules.recordOf(type.file)?.symbols ?? [];
    const owner = symbols[type.symbol]?.name;
    const member = symbols.findIndex((s) => s.name === name && isMemberOf(symbols, s, type.symbol, owner));
    return member < 0 ? type : { file: type.file, symbol: member };
  }

  #variant({ file, symbol }: Definition, name: string): Definition | undefined {
    const symbols = this.modules.recordOf(file)?.symbols ?? [];
    const index = symbols.findIndex((s) => s.container === symbol && s.kind === 'enumMember' && s.name === name);
    return index < 0 ? undefined : { file, symbol: index };
  }
}

function isMemberOf(symbols: readonly SymbolRecord[], { container }: SymbolRecord, type: number, owner: string | undefined): boolean {
  return container === type || (symbols[container]?.kind === 'impl' && symbols[container]?.name === owner);
}

function definitionOf(found: Found | undefined): Definition | undefined {
  if (found?.kind === 'module') return { file: found.module.file, symbol: found.module.scope };
  return found?.kind === 'definition' ? found.definition : undefined;
}

/** The item of a name in one space. A struct is a type, and its constructor a value. */
function pick({ items, record }: Module, name: string, space: Space): number | undefined {
  return items.get(name)?.find((i) => {
    switch (record.symbols[i]?.kind) {
      case 'macro':
        return space === 'macro';
      case 'function':
      case 'constant':
      case 'variable':
        return space === 'value' || space === 'any';
      case 'struct':
        return space !== 'macro';
      default:
        return space === 'type' || space === 'any';
    }
  });
}

function isInside(module: Module, outer: Module): boolean {
  for (let at: Module | undefined = module; at; at = at.parent) if (at === outer) return true;
  return false;
}
