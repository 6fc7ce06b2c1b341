/** Swift. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';
import { bindings, followable, typePath } from './values.js';

function imports(node: Node): ImportDraft[] {
  const path = node.namedChildren.find((c) => c?.type === 'identifier')?.text.replace(/\s+/g, '') ?? '';
  const module = path.split('.')[0] ?? '';
  // `import struct A.B` brings one declaration, `import A` and `import A.Sub` a module.
  const scoped = node.children.some((c) => c !== null && /^(class|struct|enum|protocol|typealias|func|let|var)$/.test(c.type));
  const name = scoped ? path.slice(path.lastIndexOf('.') + 1) : '*';
  return module === '' ? [] : [{ specifier: path, kind: 'module', names: [{ name, as: name }] }];
}

const MEMBER_HOLDERS = /^(class_body|enum_class_body|protocol_body)$/;

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  const holder = node.parent?.type ?? '';
  const member = MEMBER_HOLDERS.test(holder);
  const modifiers = node.namedChildren.find((c) => c?.type === 'modifiers')?.text ?? '';
  switch (draft.kind) {
    case 'impl':
      draft.name = typePath(node.childForFieldName('name'));
      if (draft.name === '') return false;
      break;
    case 'class': {
      const word = node.childForFieldName('declaration_kind')?.type;
      if (word === 'struct' || word === 'enum') draft.kind = word;
      break;
    }
    case 'constructor':
      draft.name = 'init';
      break;
    case 'function':
      if (member) draft.kind = 'method';
      break;
    case 'property':
      // Locals of functions are not symbols.
      if (!member && holder !== 'source_file') return false;
      if (!member) draft.kind = node.namedChildren.some((c) => c?.text === 'let') ? 'constant' : 'variable';
      draft.body = node.childForFieldName('computed_value') ?? undefined;
      break;
    case 'method':
      if (node.type === 'subscript_declaration')
        draft.body = node.namedChildren.findLast((c) => c?.type === 'computed_property') ?? undefined;
      break;
  }
  // `private(set)` restricts writing only.
  draft.exported = !/\b(private|fileprivate)\b(?!\(set\))/.test(modifiers);
  if (/\b(static|class)\b/.test(modifiers) || draft.kind === 'enumMember') draft.mark = 'static';
  for (const base of node.namedChildren) {
    if (base?.type !== 'inheritance_specifier') continue;
    const name = typePath(base.childForFieldName('inherits_from'));
    if (name !== '') draft.supers.push(name);
  }
  return true;
}

/** Nodes whose simple identifiers are labels, declared names or names of modules: not uses. */
const NOT_USES =
  /^(parameter|lambda_parameter|value_argument_label|enum_entry|enum_type_parameters|tuple_type_item|control_transfer_statement|statement_label|directive|attribute|operator_declaration|precedence_group_declaration|availability_condition|macro_invocation|navigation_suffix|function_declaration|identifier)$/;

function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  const parent = node.parent;
  if (!parent) return draft;
  if (draft.kind === 'type') {
    if (parent.type !== 'user_type') return draft;
    const before = parent.namedChildren.filter((c) => c?.type === 'type_identifier' && c.startIndex < node.startIndex);
    return { ...draft, qualifier: before.map((c) => c?.text ?? '').join('.') };
  }
  if (draft.kind === 'value') {
    if (NOT_USES.test(parent.type) || draft.name.startsWith('$')) return undefined;
    // `.success`: whose member it is stands nowhere.
    if (parent.type === 'prefix_expression' && parent.child(0)?.type === '.') return undefined;
    if (parent.childForFieldName('bound_identifier')?.id === node.id) return undefined;
    if (parent.type === 'pattern' && parent.namedChildCount === 1 && inPattern(parent)) return undefined;
    return draft;
  }
  if (draft.qualifier !== '?') return draft;
  const target = (parent.type === 'navigation_suffix' ? parent.parent : null)?.childForFieldName('target');
  return { ...draft, qualifier: followable(target) || '?' };
}

/** A name that a pattern binds (`for (i, v) in`, `case let .b(z)`), and not an expression that a case compares with. */
function inPattern(node: Node): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (up.type === 'property_declaration' || up.type === 'for_statement') return true;
    if (up.type !== 'pattern') return false;
    if (up.namedChildren.some((c) => c?.type === 'value_binding_pattern')) return true;
  }
  return false;
}

export const swift: LanguageSpec = {
  id: 'swift',
  name: 'Swift',
  extensions: ['.swift'],
  interpreters: ['swift'],
  grammar: { wasm: 'swift.wasm', source: 'grammars/swift/parser/tree-sitter-swift.wasm' },
  query,
  comments: ['comment', 'multiline_comment'],
  leading: ['attribute'],
  hooks: { imports, bindings, symbol, reference },
};
