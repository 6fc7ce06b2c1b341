/** Reads a function into the names that it uses, in the order in which it does, each resolved to its variable. */
import type { Node } from 'web-tree-sitter';
import type { ExitKind } from './flow.js';
import type { Bound, FlowSpec } from './spec.js';

/** A node on the way to an occurrence. */
export interface Frame {
  readonly up: Frame | undefined;
  readonly depth: number;
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** It runs whenever the node around it does. */
  readonly always: boolean;
  /** It stands in a list: what follows in that list has it behind it. */
  readonly isStatement: boolean;
  readonly isFunction: boolean;
  /** Of a function that runs where it stands. */
  readonly isBlock: boolean;
  readonly label: string | undefined;
}

export interface Scope {
  readonly frame: Frame;
  readonly up: Scope | undefined;
  readonly variables: Map<string, Variable[]>;
  /** Names that are not looked up here, and where they are. */
  readonly passed: Map<string, 'file' | 'around'>;
}

export interface Variable {
  readonly name: string;
  readonly scope: Scope;
  /** Where it begins to hold. */
  readonly from: number;
  readonly line: number;
  readonly definition: boolean;
  readonly occurrences: Occurrence[];
  /** Declared by what stands here; -1 for one that its first assignment makes. */
  readonly declaredAt: number;
}

export interface Occurrence {
  readonly at: number;
  readonly line: number;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly lent: boolean;
  readonly frame: Frame;
  /** Counts up as the parts of a function are run. */
  readonly order: number;
}

export interface ExitPlace {
  readonly kind: ExitKind;
  readonly at: number;
  readonly line: number;
  readonly frame: Frame;
  readonly label: string | undefined;
}

export interface Walked {
  /** Of every node that is not a name, those around before those inside. */
  readonly frames: readonly Frame[];
  readonly variables: readonly Variable[];
  readonly exits: readonly ExitPlace[];
  /** Assignments to names that the function has passed to the file. */
  readonly globals: readonly { readonly name: string; readonly at: number }[];
  /** Places that name the object of a method. */
  readonly self: readonly { readonly name: string; readonly at: number; readonly line: number }[];
  readonly unseen: readonly { readonly at: number; readonly words: string }[];
  /** Why nothing can be said. */
  readonly opaque: string | undefined;
}

/** Nodes of a function that are looked at: behind that it was not written by hand. */
const MOST_NODES = 60_000;
const MOST_DEPTH = 500;

interface Found {
  readonly name: string;
  readonly scope: Scope;
  readonly occurrence: Occurrence;
  readonly variable: Variable | undefined;
}

/** Reads `root` (a function, or a whole file) and all that is in it. */
export function walk(root: Node, spec: FlowSpec): Walked {
  return new Walk(spec).run(root);
}

class Walk {
  readonly #frames: Frame[] = [];
  readonly #found: Found[] = [];
  readonly #variables: Variable[] = [];
  readonly #exits: ExitPlace[] = [];
  readonly #globals: { name: string; at: number }[] = [];
  readonly #self: { name: string; at: number; line: number }[] = [];
  readonly #unseen: { at: number; words: string }[] = [];
  #opaque: string | undefined;
  #order = 0;
  #nodes = 0;

  constructor(private readonly spec: FlowSpec) {}

  run(root: Node): Walked {
    const frame = this.#frame(root, undefined, true);
    const scope = scopeOf(frame, undefined);
    this.#inside(root, frame, scope, undefined);
    for (const { name, scope: from, occurrence, variable } of this.#found)
      (variable ?? this.#lookUp(name, from, occurrence.at))?.occurrences.push(occurrence);
    return {
      frames: this.#frames,
      variables: this.#variables,
      exits: this.#exits,
      globals: this.#globals,
      self: this.#self,
      unseen: this.#unseen,
      opaque: this.#opaque,
    };
  }

  #frame(node: Node, up: Frame | undefined, always: boolean): Frame {
    const type = this.spec.typeOf?.(node) ?? node.type;
    const isFunction = this.spec.functions.has(type);
    const frame: Frame = {
      up,
      depth: (up?.depth ?? 0) + 1,
      type,
      start: node.startIndex,
      end: node.endIndex,
      always: always && (!isFunction || up === undefined),
      isStatement: up !== undefined && this.spec.lists.has(up.type) && !HANDLER.test(type),
      isFunction,
      isBlock: this.spec.blocks?.has(type) ?? false,
      label: /^label/.test(type) || this.spec.loops.has(type) ? labelOf(node) : undefined,
    };
    this.#frames.push(frame);
    return frame;
  }

  #visit(node: Node, up: Frame, scope: Scope, always: boolean): void {
    this.#nodes++;
    if (this.#nodes > MOST_NODES || up.depth > MOST_DEPTH) this.#opaque ??= 'it is too large';
    if (this.#opaque !== undefined) return;
    const { spec } = this;
    if (spec.names.has(node.type) && !isSelf(node, spec)) {
      if (spec.exit) this.#note(node, up);
      if (spec.isName?.(node) !== false) this.#occurs(node, up, scope, { reads: true, writes: false });
      return;
    }
    const frame = this.#frame(node, up, always);
    // The body of a function has the scope of its parameters.
    const opens = frame.isFunction || (spec.scopes.has(node.type) && !up.isFunction);
    this.#inside(node, frame, opens ? scopeOf(frame, scope) : scope, scope);
  }

  #inside(node: Node, frame: Frame, scope: Scope, around: Scope | undefined): void {
    const { spec } = this;
    this.#note(node, frame);
    const passed = spec.passes?.(node);
    if (passed) {
      const own = functionScope(scope, spec);
      for (const name of passed.names) own.passed.set(name, passed.to);
      return;
    }
    for (const name of spec.inText?.(node) ?? [])
      this.#found.push({ name, scope, occurrence: this.#occurrence(node, frame, { reads: true, writes: false }), variable: undefined });
    for (const name of spec.implicit?.(node) ?? []) this.#imply(name, node, frame, scope);
    const bounds = spec.bound(node).filter((b) => b.node !== null);
    const skipped = spec.skips[node.type];
    const runs = runsOf(node, frame.type, spec);
    const waiting = new Set(bounds);
    const take = (bound: Bound): void => {
      waiting.delete(bound);
      this.#bind(bound, node, frame, scope, around);
    };
    for (const [i, child] of node.children.entries()) {
      if (!child) continue;
      for (const bound of [...waiting]) if (bound.before?.id === child.id) take(bound);
      const own = bounds.filter((b) => b.node?.id === child.id);
      if (own.length > 0 && own.every((b) => b.as !== 'declare' || b.bare !== true)) continue;
      if (own.length > 0) {
        own.forEach(take);
        continue;
      }
      // `this` may be a mere keyword.
      if (!child.isNamed && !isSelf(child, spec)) continue;
      const field = node.fieldNameForChild(i) ?? child.type;
      if (skipped?.includes(field)) continue;
      this.#visit(child, frame, scope, runs === undefined || runs.includes(field));
    }
    for (const bound of [...waiting]) take(bound);
  }

  #note(node: Node, frame: Frame): void {
    const { spec } = this;
    this.#opaque ??= node.isError || node.isMissing ? 'it does not parse' : spec.opaque?.(node);
    const line = node.startPosition.row;
    const exit = spec.exits[node.type] ?? spec.exit?.(node);
    if (exit !== undefined) this.#exits.push({ kind: exit, at: node.startIndex, line, frame, label: labelOf(node) });
    if (isSelf(node, spec)) this.#self.push({ name: node.text, at: node.startIndex, line });
    const words = spec.unseen?.(node);
    if (words !== undefined) this.#unseen.push({ at: node.startIndex, words });
  }

  #bind(bound: Bound, node: Node, at: Frame, scope: Scope, around: Scope | undefined): void {
    const { as, holds = 'scope' } = bound;
    // What a loop gives its variable, it may give it never.
    const isMaybe = this.spec.loops.has(node.type);
    // The name of a function stands outside of it.
    const frame: Frame = isMaybe ? { ...at, up: at, depth: at.depth + 1, always: false } : holds === 'around' ? (at.up ?? at) : at;
    if (as === 'capture') {
      if (around) this.#pattern(bound, bound.node!, frame, around, undefined);
      this.#pattern({ ...bound, as: 'declare' }, bound.node!, frame, scope, { scope, from: scope.frame.start });
      return;
    }
    if (as !== 'declare') {
      this.#pattern(bound, bound.node!, frame, scope, undefined);
      return;
    }
    const owner = holds === 'around' ? around : holds === 'function' ? functionScope(scope, this.spec) : scope;
    // The name of the function that is looked at belongs to what is around it.
    if (!owner) return;
    this.#pattern(bound, bound.node!, frame, owner, { scope: owner, from: holds === 'after' ? node.endIndex : owner.frame.start });
  }

  #pattern(bound: Bound, node: Node, up: Frame, scope: Scope, declared: { scope: Scope; from: number } | undefined): void {
    const { spec } = this;
    if (spec.names.has(node.type)) {
      if (isSelf(node, spec) || (declared && spec.constant?.test(node.text)) || spec.isName?.(node) === false) return;
      const writes = bound.as !== 'capture' && bound.bare !== true;
      const variable = declared ? this.#declare(node, declared.scope, declared.from, bound) : undefined;
      this.#occurs(node, up, scope, { reads: bound.as === 'update' || bound.as === 'capture', writes, lent: bound.lent }, variable);
      return;
    }
    const frame = this.#frame(node, up, true);
    if (spec.places.has(node.type)) {
      this.#inside(node, frame, scope, scope);
      return;
    }
    this.#note(node, frame);
    const reads = spec.skips[node.type];
    for (const [i, child] of node.children.entries()) {
      if (!child?.isNamed) continue;
      const field = node.fieldNameForChild(i) ?? child.type;
      if (reads?.includes(field)) continue;
      // A default value is read, not assigned.
      if (
        /^(right|value|default|default_value|key|type|return_type|condition|size|parameters)$/.test(field) &&
        !isPatternField(node, field)
      )
        this.#visit(child, frame, scope, false);
      else this.#pattern(bound, child, frame, scope, declared);
    }
  }

  #occurs(
    node: Node,
    frame: Frame,
    scope: Scope,
    how: { readonly reads: boolean; readonly writes: boolean; readonly lent?: boolean | undefined },
    variable?: Variable,
  ): void {
    const name = node.text;
    const occurrence = this.#occurrence(node, frame, how);
    const known = variable ?? (how.writes && this.spec.assigns !== undefined ? this.#assigned(node, name, scope) : undefined);
    this.#found.push({ name, scope, occurrence, variable: known });
  }

  #occurrence(node: Node, frame: Frame, how: { reads: boolean; writes: boolean; lent?: boolean | undefined }): Occurrence {
    this.#order++;
    const { startIndex: at, startPosition } = node;
    return { at, line: startPosition.row, reads: how.reads, writes: how.writes, lent: how.lent ?? false, frame, order: this.#order };
  }

  #declare(node: Node, scope: Scope, from: number, { definition = false, reuses = false }: Bound): Variable {
    const name = node.text;
    const same = scope.variables.get(name) ?? [];
    // Declared twice for all of the scope is one variable (`var`, parameters of one name).
    const known = reuses ? same.at(-1) : same.find((v) => v.from === from);
    if (known) return known;
    const variable: Variable = {
      name,
      scope,
      from,
      line: node.startPosition.row,
      definition,
      occurrences: [],
      declaredAt: node.startIndex,
    };
    scope.variables.set(name, [...same, variable]);
    this.#variables.push(variable);
    return variable;
  }

  /** Declares a name that is nowhere written. */
  #imply(name: string, node: Node, frame: Frame, scope: Scope): void {
    const { startIndex, startPosition } = node;
    const variable: Variable = {
      name,
      scope,
      from: startIndex,
      line: startPosition.row,
      definition: false,
      occurrences: [],
      declaredAt: startIndex,
    };
    scope.variables.set(name, [variable]);
    this.#variables.push(variable);
    this.#found.push({ name, scope, occurrence: this.#occurrence(node, frame, { reads: false, writes: true }), variable });
  }

  /** The variable that an assignment makes, where it makes one. */
  #assigned(node: Node, name: string, scope: Scope): Variable | undefined {
    const nearest = this.spec.assigns === 'nearest';
    if (nearest && this.#lookUp(name, scope, node.startIndex)) return undefined;
    const owner = nearest ? scope : functionScope(scope, this.spec);
    const passed = owner.passed.get(name);
    if (passed === 'file') this.#globals.push({ name, at: node.startIndex });
    if (passed) return undefined;
    const same = owner.variables.get(name);
    if (same) return same.at(-1);
    const from = nearest ? node.startIndex : owner.frame.start;
    const variable: Variable = {
      name,
      scope: owner,
      from,
      line: node.startPosition.row,
      definition: false,
      occurrences: [],
      declaredAt: -1,
    };
    owner.variables.set(name, [variable]);
    this.#variables.push(variable);
    return variable;
  }

  #lookUp(name: string, from: Scope, at: number): Variable | undefined {
    for (let scope: Scope | undefined = from; scope; scope = scope.up) {
      const passed = scope.passed.get(name);
      if (passed === 'file') return undefined;
      const found = passed === 'around' ? undefined : scope.variables.get(name)?.findLast((v) => v.from <= at);
      if (found) return found;
      if (this.spec.barriers?.has(scope.frame.type)) return undefined;
    }
    return undefined;
  }
}

const scopeOf = (frame: Frame, up: Scope | undefined): Scope => ({ frame, up, variables: new Map(), passed: new Map() });

/** The scope of the function around, or of the file. */
function functionScope(scope: Scope, { owners }: FlowSpec): Scope {
  let own = scope;
  while (own.up && (!own.frame.isFunction || own.frame.isBlock) && !owners?.has(own.frame.type)) own = own.up;
  return own;
}

/** Parts of a try statement of which a throw leads out of it. */
export const HANDLER = /catch|except|finally|rescue|ensure|else/;

/** Longer than any name of an object. */
const MOST_SELF = 12;

const isSelf = (node: Node, { names, self }: FlowSpec): boolean =>
  (node.namedChildCount === 0 || names.has(node.type)) && node.endIndex - node.startIndex <= MOST_SELF && self.has(node.text);

const SHORT_CIRCUIT = /^(&&|\|\||\?\?|\?:|and|or|&&=|\|\|=|\?\?=)$/;

/** Fields that run whenever the node does; undefined for all. */
function runsOf(node: Node, type: string, { always }: FlowSpec): readonly string[] | undefined {
  const listed = always[type];
  if (listed) return listed;
  const operator = node.childForFieldName('operator')?.type ?? '';
  return SHORT_CIRCUIT.test(operator) ? ['left'] : undefined;
}

/** `{ a: b }` in a pattern assigns its value. */
const isPatternField = ({ type }: Node, field: string): boolean => field === 'value' && /pattern|field/.test(type);

function labelOf(node: Node): string | undefined {
  const label =
    node.childForFieldName('label') ??
    node.namedChildren.find(
      (c) => c !== null && (/label/.test(c.type) || (/^(break|continue|labeled)_/.test(node.type) && c.type === 'identifier')),
    );
  return label?.text.replace(/^'|[:@]+$/g, '');
}
