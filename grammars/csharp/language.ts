/** C#. */
import type { Node } from 'web-tree-sitter';
import type { ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

/** `using A.B;`, `using static A.B;`, `global using A.B;` (mark global), `using X = A.B;` (named X). */
function imports(node: Node): ImportDraft[] {
  const alias = node.childForFieldName('name')?.text;
  const target = node.namedChildren.findLast((c) => c !== null && c.text !== alias);
  const words = node.children.flatMap((c) => (c && !c.isNamed ? [c.type] : []));
  const marks = ['global', 'static'].filter((w) => words.includes(w)).join(' ');
  return [
    {
      specifier:
        target?.text
          .replace(/^global::/, '')
          .replace(/<.*$/s, '')
          .replace(/\s+/g, '') ?? '',
      kind: 'use',
      names: alias === undefined ? [] : [{ name: '*', as: alias }],
      ...(marks === '' ? {} : { mark: marks }),
    },
  ];
}

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  const modifiers = node.namedChildren.flatMap((c) => (c?.type === 'modifier' ? [c.text] : []));
  draft.exported =
    draft.kind === 'namespace' ||
    draft.kind === 'enumMember' ||
    modifiers.some((m) => m === 'public' || m === 'protected' || m === 'internal') ||
    node.parent?.parent?.type === 'interface_declaration';
  if (modifiers.includes('partial')) draft.mark = 'partial';
  const first = node.childForFieldName('parameters')?.namedChild(0);
  if (modifiers.includes('static') && first?.children.some((c) => c?.text === 'this')) draft.mark = 'extension';
  const bases = node.namedChildren.find((c) => c?.type === 'base_list');
  for (const base of bases?.namedChildren ?? []) {
    if (base && /^(identifier|qualified_name|generic_name|primary_constructor_base_type)$/.test(base.type))
      draft.supers.push(base.text.replace(/[<(].*$/s, '').replace(/\s+/g, ''));
  }
  draft.body ??= node.childForFieldName('accessors') ?? undefined;
  return true;
}

const DECLARED =
  /^(parameter|variable_declarator|type_parameter|name_colon|argument|labeled_statement|catch_declaration|foreach_statement|tuple_element|using_directive|namespace_declaration|from_clause|let_clause)$/;

function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  if (draft.kind !== 'value') return draft;
  const parent = node.parent;
  for (let up = parent; up; up = up.parent)
    if (
      up.type === 'using_directive' ||
      (up.type.endsWith('namespace_declaration') && up.childForFieldName('name')?.startIndex === node.startIndex)
    )
      return undefined;
  if (parent && DECLARED.test(parent.type)) {
    if (parent.childForFieldName('name')?.id === node.id) return undefined;
    if (parent.childForFieldName('type')?.id === node.id) return { ...draft, kind: 'type' };
  }
  if (
    parent &&
    (parent.childForFieldName('type')?.id === node.id ||
      parent.childForFieldName('returns')?.id === node.id ||
      /^(base_list|type_argument_list|nullable_type|array_type|cast_expression|typeof_expression|type_parameter_constraint|is_expression|as_expression|object_creation_expression|constant_pattern|declaration_pattern|catch_declaration)$/.test(
        parent.type,
      ))
  ) {
    return { ...draft, kind: 'type' };
  }
  return draft;
}

export const csharp: LanguageSpec = {
  id: 'csharp',
  name: 'C#',
  extensions: ['.cs', '.csx'],
  grammar: { wasm: 'csharp.wasm', source: 'node_modules/tree-sitter-c-sharp/tree-sitter-c_sharp.wasm' },
  query,
  comments: ['comment'],
  hooks: { imports, symbol, reference },
};
