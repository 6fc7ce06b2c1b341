/** Names that a Rust block, function or arm declares for itself (The Rust Reference, "Scopes"). */
import type { Node } from 'web-tree-sitter';
import type { LocalDraft, LocalsAt, ReferenceDraft } from '../../src/syntax/language.js';

/** What a local is: a variable, which hides values alone, a macro, or any other item. */
const VALUE = 'value';
const MACRO = 'macro';
const ITEM = 'item';

/** Patterns nested deeper are given up. */
const MAX_DEPTH = 24;

export function locals(node: Node): LocalDraft[] {
  switch (node.type) {
    case 'let_declaration':
      return bound(node.childForFieldName('pattern'), node.endIndex, node.parent?.endIndex ?? 0);
    case 'parameter': {
      const holder = node.parent?.parent;
      const body = holder?.childForFieldName('body') ?? holder;
      return bound(node.childForFieldName('pattern'), body?.startIndex ?? 0, body?.endIndex ?? 0);
    }
    case 'closure_parameters': {
      const { startIndex: from, endIndex: to } = node.parent ?? node;
      return node.namedChildren.flatMap((c) => (c?.type === 'parameter' ? [] : bound(c, from, to)));
    }
    case 'match_arm':
      return bound(node.childForFieldName('pattern'), node.startIndex, node.endIndex);
    case 'let_condition': {
      let holder = node.parent;
      while (holder && /^let_chain$|^binary_expression$|^parenthesized_expression$/.test(holder.type)) holder = holder.parent;
      const body = holder?.childForFieldName('consequence') ?? holder?.childForFieldName('body') ?? holder;
      return bound(node.childForFieldName('pattern'), node.endIndex, body?.endIndex ?? 0);
    }
    case 'for_expression': {
      const body = node.childForFieldName('body');
      return bound(node.childForFieldName('pattern'), body?.startIndex ?? 0, body?.endIndex ?? 0);
    }
    case 'type_parameters':
      return node.namedChildren.flatMap((p) => local(p?.childForFieldName('name') ?? p, ITEM, node.parent));
    case 'macro_definition':
      return local(node.childForFieldName('name'), MACRO, node.parent);
    default:
      return local(node.childForFieldName('name'), ITEM, node.parent);
  }
}

function local(name: Node | null, kind: string, scope: Node | null | undefined): LocalDraft[] {
  if (!name || !scope || !/identifier$/.test(name.type)) return [];
  return [{ name: name.text, at: name.startIndex, from: scope.startIndex, to: scope.endIndex, value: () => kind }];
}

/** The variables of a pattern. A name in capitals is a constant or a variant. */
function bound(pattern: Node | null, from: number, to: number, depth = 0): LocalDraft[] {
  if (!pattern || depth > MAX_DEPTH) return [];
  if (pattern.type === 'identifier' || pattern.type === 'shorthand_field_identifier') {
    const name = pattern.text;
    return /^\p{Lu}/u.test(name) ? [] : [{ name, at: pattern.startIndex, from, to, value: () => VALUE }];
  }
  const named = pattern.childForFieldName('type')?.id;
  return pattern.namedChildren.flatMap((c) =>
    c && c.id !== named && /pattern$|identifier$/.test(c.type) ? bound(c, from, to, depth + 1) : [],
  );
}

/** Whether a reference means something that its own function, block or arm declares. */
export function isLocal({ name, qualifier, kind }: ReferenceDraft, index: number, at: LocalsAt): boolean {
  const bare = qualifier === '';
  return at(bare ? name : qualifier.split('::')[0]!, index).some((l) => {
    const local = l.value();
    if (local === MACRO || (bare && kind === 'macro')) return local === MACRO && bare && kind === 'macro';
    return local === ITEM || (bare && (kind === 'call' || kind === 'value'));
  });
}
