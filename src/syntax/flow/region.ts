/** Which statements lines hold. */
import type { Node } from 'web-tree-sitter';
import type { Lines } from './flow.js';
import type { FlowSpec } from './spec.js';
import { named } from './spec.js';

/** Statements that stand one behind the other, or one expression. Offsets in UTF-16 units. */
export interface Region {
  readonly from: number;
  readonly to: number;
  readonly lines: Lines;
  readonly holds: 'statements' | 'expression';
  /** The innermost node around it. */
  readonly around: Node;
  /** The last one. */
  readonly last: Node;
}

export type RegionResult =
  | { readonly kind: 'region'; readonly region: Region }
  /** The lines are one whole function. */
  | { readonly kind: 'function'; readonly node: Node }
  | { readonly kind: 'cut'; readonly nearest: Lines }
  | { readonly kind: 'nothing'; readonly reason: string };

/** @param source text of the file's lines. */
export function regionOf(root: Node, source: readonly string[], lines: Lines, spec: FlowSpec): RegionResult {
  const trimmed = trimmedRange(source, lines);
  if (!trimmed) return { kind: 'nothing', reason: 'the lines are empty' };
  const { from, to } = trimmed;
  let node = root.descendantForIndex(from, to - 1) ?? root;
  // The outermost node of just these characters, or the list around them.
  while (!spec.lists.has(node.type) && node.parent && isAll(node.parent, from, to)) node = node.parent;
  if (isAll(node, from, to) && node.parent && spec.lists.has(node.parent.type)) node = node.parent;
  if (spec.lists.has(node.type)) {
    const held = statementsIn(node).filter((c) => c.endIndex > from && c.startIndex < to);
    const [first, last] = [held[0], held.at(-1)];
    if (!first || !last) return { kind: 'nothing', reason: 'they hold no statement' };
    // Not the head of what they stand in (`case 1:`, a brace).
    const begins = named(node).find((c) => c.endIndex > from && c.startIndex < to)?.startIndex;
    if (begins === from && last.endIndex <= to) {
      const only = held.length === 1 ? functionIn(first, spec) : undefined;
      if (only) return { kind: 'function', node: only };
      return { kind: 'region', region: regionFrom(first, last, 'statements') };
    }
    if (held.length > 1 && held.some((statement) => functionIn(statement, spec)))
      return { kind: 'nothing', reason: 'they reach into a function' };
    const cut = first.startIndex < from || last.endIndex > to ? undefined : statementAround(node, spec);
    return { kind: 'cut', nearest: linesFrom(cut ?? first, cut ?? last) };
  }
  if (isAll(node, from, to)) {
    const own = functionIn(node, spec);
    if (own) return { kind: 'function', node: own };
    if (isExpression(node)) return { kind: 'region', region: regionFrom(node, node, 'expression') };
  }
  // A function with what stands above it in a list of members: attributes, comments.
  const members = statementsIn(node).filter((c) => c.endIndex > from && c.startIndex < to);
  const only = members.length === 1 ? functionIn(members[0]!, spec) : undefined;
  if (only && only.startIndex >= from && only.endIndex <= to) return { kind: 'function', node: only };
  const statement = statementAround(node, spec);
  return statement
    ? { kind: 'cut', nearest: linesFrom(statement, statement) }
    : { kind: 'nothing', reason: 'they hold no whole statement of a function' };
}

/** The statements from `first` to `last`, which stand in one list. */
export const regionFrom = (first: Node, last: Node, holds: Region['holds']): Region => ({
  from: first.startIndex,
  to: last.endIndex,
  lines: linesFrom(first, last),
  holds,
  around: first.parent ?? first,
  last,
});

export const statementsIn = (list: Node): Node[] => {
  const head = ['value', 'pattern', 'condition'].flatMap((field) => list.childrenForFieldName(field).map((c) => c?.id));
  return named(list).filter((c) => !/comment|^attribute_item$/.test(c.type) && !head.includes(c.id));
};

/** The end of a node that ends with a line break is on the line before. */
export function linesFrom(first: Node, last: Node): Lines {
  const { row, column } = last.endPosition;
  return { start: first.startPosition.row, end: column === 0 && row > last.startPosition.row ? row - 1 : row };
}

/** Offsets of what stands on the lines, without the blanks around it. */
function trimmedRange(source: readonly string[], { start, end }: Lines): { from: number; to: number } | undefined {
  let at = 0;
  for (let i = 0; i < start; i++) at += source[i]!.length + 1;
  const text = source.slice(start, end + 1).join('\n');
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const from = at + text.indexOf(trimmed);
  return { from, to: from + trimmed.length };
}

/** Whether the node is all of it; a comma or semicolon behind it does not count. */
const isAll = (node: Node, from: number, to: number): boolean => node.startIndex === from && node.endIndex <= to && node.endIndex >= to - 1;

/** A function, with what may stand around one alone: `export`, a decorator, a variable that it is given to. */
function functionIn(node: Node, spec: FlowSpec): Node | undefined {
  let at: Node | undefined = node;
  for (let steps = 0; at && steps < 4; steps++) {
    if (spec.functions.has(at.type)) return at;
    const inside: Node[] = named(at).filter((c) => !/comment|decorator|modifier|annotation|identifier|type|name/.test(c.type));
    at = inside.length === 1 ? inside[0] : undefined;
  }
  return undefined;
}

const isExpression = ({ type }: Node): boolean =>
  /expression|call|literal|array|object|string|binary|conditional|template|jsx|tuple|list|dictionary|comprehension/.test(type) &&
  !/statement|pattern|parameter|argument/.test(type);

function statementAround(node: Node, spec: FlowSpec): Node | undefined {
  let at: Node | null = node;
  while (at?.parent && !spec.lists.has(at.parent.type)) at = at.parent;
  return at?.parent ? at : undefined;
}
