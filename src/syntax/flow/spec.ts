/** What a language brings to the analysis of its flow: which nodes of its grammar bind names, hold statements, or may not run. */
import type { Node } from 'web-tree-sitter';
import type { ExitKind } from './flow.js';

/** A part of a node that is assigned or declared: a name, or a pattern with names in it. */
export interface Bound {
  readonly node: Node | null;
  /** `update` reads the old value; `capture` reads the name outside and declares it inside. */
  readonly as: 'declare' | 'write' | 'update' | 'capture';
  /** Where a declared name holds: in all of the nearest scope, in what follows, in all of the function, or in the scope around the node. */
  readonly holds?: 'scope' | 'after' | 'function' | 'around';
  /** Declared without a value. */
  readonly bare?: boolean;
  /** It happens before this part of the node; at the end of the node unless said. */
  readonly before?: Node | null;
  /** A function or a type. */
  readonly definition?: boolean;
  /** A variable of that name in the very same scope is assigned instead (`:=`). */
  readonly reuses?: boolean;
  /** Its address goes to where it may be changed unseen. */
  readonly lent?: boolean;
}

export interface FlowSpec {
  /** Node types whose children are statements, in order. */
  readonly lists: ReadonlySet<string>;
  /** Node types of functions: what is in them runs at another time, or not at all. */
  readonly functions: ReadonlySet<string>;
  /** Those of them that usually run where they stand, and whose `return` is not their own (blocks of Ruby). */
  readonly blocks?: ReadonlySet<string>;
  /** Functions that do not see the variables around them. */
  readonly barriers?: ReadonlySet<string>;
  /** Node types, other than functions, with names of their own. */
  readonly scopes: ReadonlySet<string>;
  readonly loops: ReadonlySet<string>;
  /** Where `break` ends, besides loops. */
  readonly switches: ReadonlySet<string>;
  readonly tries: ReadonlySet<string>;
  /** Node types of names that may be variables. */
  readonly names: ReadonlySet<string>;
  /** Node types that, assigned to, change what a variable holds and not the variable (members, elements). */
  readonly places: ReadonlySet<string>;
  /** Scopes, other than functions, that what is assigned in them belongs to. */
  readonly owners?: ReadonlySet<string>;
  /** By node type the parts (fields, else types) that name no variable: members, labels, names of arguments. */
  readonly skips: Readonly<Record<string, readonly string[]>>;
  /** By node type the parts that run whenever the node does; what is in the others may not run, or more than once. All run unless said. */
  readonly always: Readonly<Record<string, readonly string[]>>;
  readonly exits: Readonly<Record<string, ExitKind>>;
  /** For exits that their node type does not tell. */
  exit?(node: Node): ExitKind | undefined;
  /** Words that stand for the object of a method, or for what a function cannot take along. */
  readonly self: ReadonlySet<string>;
  /** An assignment declares: in the function, or in the nearest scope where the name is not seen yet. */
  readonly assigns?: 'function' | 'nearest';
  bound(node: Node): readonly Bound[];
  /** Names that a node declares without writing them (`it`). */
  implicit?(node: Node): readonly string[];
  /** Whether a node of {@link names} stands where a variable can; all do unless said. */
  isName?(node: Node): boolean;
  /** Names that a pattern compares with instead of binding them. */
  readonly constant?: RegExp;
  /** A node type of its own for what the grammar does not tell apart. */
  typeOf?(node: Node): string;
  /** Whether a statement that ends a list is the value of what is around it. */
  isTail?(statement: Node): boolean;
  /** Names that belong to the file, or to a function around, from here on. */
  passes?(node: Node): { readonly names: readonly string[]; readonly to: 'file' | 'around' } | undefined;
  /** Further names that a node reads in its text. */
  inText?(node: Node): readonly string[];
  /** Why nothing can be said of a function with this node in it. */
  opaque?(node: Node): string | undefined;
  /** What of a node is not looked into, in words; the rest is. */
  unseen?(node: Node): string | undefined;
}

/** The parts of a node that stand in a field. */
export const inField = (node: Node, field: string): Node[] => node.childrenForFieldName(field).filter((n) => n !== null);

export const named = (node: Node): Node[] => node.namedChildren.filter((n) => n !== null);

export const childOf = (node: Node, ...types: readonly string[]): Node | null => named(node).find((c) => types.includes(c.type)) ?? null;
