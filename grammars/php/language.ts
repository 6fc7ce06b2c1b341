/** PHP, also between HTML. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

const bare = (name: string): string => name.replace(/\s+/g, '').replace(/^\\/, '');

/** `use A\B as C, D\{E, function f};` is one import per name; its mark is "function" or "const" where it is not a class. */
function imports(node: Node): ImportDraft[] {
  if (node.type !== 'namespace_use_declaration') return included(node);
  const kindOf = (n: Node): string =>
    n.childForFieldName('type')?.text ?? n.children.find((c) => c?.type === 'function' || c?.type === 'const')?.type ?? '';
  const whole = kindOf(node);
  const group = node.childForFieldName('body') ?? node.namedChildren.find((c) => c?.type === 'namespace_use_group');
  const prefix = group ? `${bare(node.namedChildren.find((c) => c?.type === 'namespace_name')?.text ?? '')}\\` : '';
  return (group ?? node).namedChildren.flatMap((clause) => {
    if (clause?.type !== 'namespace_use_clause' && clause?.type !== 'namespace_use_group_clause') return [];
    const named = clause.namedChildren.find((c) => c?.type === 'qualified_name' || c?.type === 'name' || c?.type === 'namespace_name');
    const specifier = prefix + bare(named?.text ?? '');
    const name = specifier.slice(specifier.lastIndexOf('\\') + 1);
    const mark = kindOf(clause) || whole;
    const alias =
      clause.childForFieldName('alias')?.text ??
      clause.namedChildren.find((c) => c?.type === 'namespace_aliasing_clause')?.namedChild(0)?.text;
    return [{ specifier, kind: 'use' as const, names: [{ name, as: alias ?? name }], ...(mark === '' ? {} : { mark }) }];
  });
}

/** require __DIR__ . '/a.php': relative to the file, "./a.php"; a plain literal as it stands. */
function included(node: Node): ImportDraft[] {
  const argument = node.namedChild(0);
  const text = (argument?.type === 'parenthesized_expression' ? argument.namedChild(0) : argument)?.text.replace(/\s+/g, '') ?? '';
  const own = /^(?:__DIR__|dirname\(__FILE__\))\.["']([^"'$]+)["']$/.exec(text)?.[1];
  const plain = /^["']([^"'$]+)["']$/.exec(text)?.[1];
  const specifier = own === undefined ? plain : `.${own.startsWith('/') ? '' : '/'}${own}`;
  return specifier === undefined ? [] : [{ specifier, kind: 'require', names: [] }];
}

function bindings(node: Node): BindingDraft[] {
  const name = (node.childForFieldName('name') ?? node.childForFieldName('left') ?? node.descendantsOfType('variable_name')[0])?.text ?? '';
  const made = node.childForFieldName('right')?.namedChildren.find((c) => c?.type === 'name' || c?.type === 'qualified_name')?.text;
  const types = (node.childForFieldName('type')?.descendantsOfType(['name', 'qualified_name']) ?? []).filter(
    (t) => t?.parent?.type === 'named_type',
  );
  const type = types.length === 1 ? (types[0]?.text ?? '') : '';
  // A property is reached as $this->name.
  const own =
    node.type === 'property_declaration' || node.type === 'property_promotion_parameter'
      ? [{ name: `$this->${name.slice(1)}`, type, init: '' }]
      : [];
  return type === '' && made === undefined ? [] : [{ name, type, init: made === undefined ? '' : `new ${made}` }, ...own];
}

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  draft.name = draft.name.replace(/^\$/, '');
  if (draft.name === '__construct') draft.kind = 'constructor';
  draft.exported = !node.children.some((c) => c?.type === 'visibility_modifier' && c.text === 'private');
  for (const clause of node.namedChildren) {
    if (clause?.type === 'base_clause' || clause?.type === 'class_interface_clause')
      draft.supers.push(...clause.namedChildren.flatMap((c) => (c ? [c.text] : [])));
  }
  for (const use of node.childForFieldName('body')?.namedChildren ?? []) {
    if (use?.type === 'use_declaration')
      draft.supers.push(...use.namedChildren.flatMap((c) => (c?.type === 'name' || c?.type === 'qualified_name' ? [c.text] : [])));
  }
  return true;
}

export const php: LanguageSpec = {
  id: 'php',
  name: 'PHP',
  extensions: ['.php', '.phtml', '.php5', '.php7', '.inc'],
  interpreters: ['php'],
  grammar: { wasm: 'php.wasm', source: 'node_modules/tree-sitter-php/tree-sitter-php.wasm' },
  query,
  comments: ['comment'],
  leading: ['attribute_list'],
  hooks: { imports, bindings, symbol },
};
