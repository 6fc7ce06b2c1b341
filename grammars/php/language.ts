/** PHP, also between HTML. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';
import { spelledPath } from './paths.js';

const bare = (name: string): string => name.replace(/\s+/g, '').replace(/^\\/, '');

/** `use A\B as C, D\{E, function f};` is one import per name; its mark is "function" or "const" where it is not a class. */
function imports(node: Node): ImportDraft[] {
  if (node.type !== 'namespace_use_declaration') return included(node);
  const kindOf = (n: Node): string =>
    n.childForFieldName('type')?.text ?? n.children.find((c) => c?.type === 'function' || c?.type === 'const')?.type ?? '';
  const group = node.childForFieldName('body') ?? node.namedChildren.find((c) => c?.type === 'namespace_use_group');
  // In `use const A, B` the grammar gives the word to the first clause alone.
  const whole = kindOf(node) || (group ? '' : kindOf(node.namedChildren.find((c) => c?.type === 'namespace_use_clause') ?? node));
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

/** require __DIR__ . '/a.php' is "./a.php" with the mark "file"; a plain literal stands as it is, a constant as "{ROOT}". */
function included(node: Node): ImportDraft[] {
  const found = spelledPath(node.namedChild(0));
  return found ? [{ specifier: found.path, kind: 'require', names: [], ...(found.fromFile ? { mark: 'file' } : {}) }] : [];
}

/**
 * What a variable is made of; a binding without type and initialiser says that the name
 * is taken and nothing is known of it. A namespace is the binding "namespace": it holds
 * from its line to the next one. A constant that spells a path is bound to that.
 */
function bindings(node: Node): BindingDraft[] {
  if (node.type === 'const_element') return inClass(node.parent) ? [] : constant(node.namedChild(0), node.namedChild(1));
  if (node.type === 'arguments') return constant(node.namedChild(0)?.namedChild(0)?.namedChild(0), node.namedChild(1)?.namedChild(0));
  if (node.type === 'namespace_definition') return [{ name: 'namespace', type: node.childForFieldName('name')?.text ?? '', init: '' }];
  if (node.type === 'list_literal') return node.namedChildren.flatMap(variables).map(unknown);
  if (node.type === 'foreach_statement') return variables(node.namedChild(1)).map(unknown);
  if (node.type === 'property_declaration') {
    const type = onlyClass(node);
    // A property is reached as $this->name.
    return type === '' ? [] : node.descendantsOfType('property_element').map((p) => ({ ...unknown(property(p)), type }));
  }
  const name = node.childForFieldName('name') ?? node.childForFieldName('left');
  if (!name) return [];
  const made = node.childForFieldName('right');
  const of = made?.type === 'object_creation_expression' ? made.namedChildren.find((c) => c && CLASS_NAMES.includes(c.type)) : undefined;
  const one = node.type !== 'variadic_parameter';
  const variable = { name: name.text, type: one ? onlyClass(node) : '', init: of ? `new ${of.text}` : '' };
  const promoted = node.type === 'property_promotion_parameter' && variable.type !== '';
  return promoted ? [variable, { ...variable, name: `$this->${name.text.slice(1)}` }] : [variable];
}

function constant(name: Node | null | undefined, value: Node | null | undefined): BindingDraft[] {
  const path = spelledPath(value)?.path;
  return name && path !== undefined && path.length <= LONGEST_PATH ? [{ name: name.text, type: '', init: path }] : [];
}

/** Longer strings are no paths. */
const LONGEST_PATH = 100;

const CLASS_NAMES = ['name', 'qualified_name', 'relative_name'];

const unknown = (name: string): BindingDraft => ({ name, type: '', init: '' });

const property = (element: Node | null): string => `$this->${element?.childForFieldName('name')?.text.slice(1) ?? ''}`;

/** The variables of `$v`, `&$v` and `$k => $v`. */
function variables(node: Node | null): string[] {
  if (node?.type === 'variable_name') return [node.text];
  return node?.type === 'pair' || node?.type === 'by_ref' ? node.namedChildren.flatMap(variables) : [];
}

/** The one class that a written type names beside null and scalars; "" if none or several. */
function onlyClass(node: Node): string {
  const classes = node.childForFieldName('type')?.descendantsOfType('named_type') ?? [];
  return classes.length === 1 ? (classes[0]?.text ?? '') : '';
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
      draft.supers.push(...use.namedChildren.flatMap((c) => (c && CLASS_NAMES.includes(c.type) ? [c.text] : [])));
  }
  const marks = [node.type === 'function_call_expression' ? 'define' : '', isConditional(node) ? 'conditional' : ''].filter(
    (m) => m !== '',
  );
  if (marks.length > 0) draft.mark = marks.join(' ');
  return true;
}

const inClass = (node: Node | null): boolean => node?.parent?.type === 'declaration_list' || node?.parent?.type === 'enum_declaration_list';

/** Nodes that run what they hold whenever the file is loaded; members stand in a `declaration_list`. */
const UNCONDITIONAL = new Set(['program', 'namespace_definition', 'compound_statement', 'expression_statement']);

/** Whether loading the file may leave a class, function or constant undefined: it stands in a branch (`if (!function_exists('f'))`) or in a function. */
function isConditional(node: Node): boolean {
  if (inClass(node)) return false;
  for (let at = node.parent; at; at = at.parent) if (!UNCONDITIONAL.has(at.type)) return true;
  return false;
}

/** Constants of the language itself are no references; what stands right of instanceof is a class. */
function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  if (draft.kind === 'member') {
    const name = draft.name.replace(/^\$/, '');
    return name === 'class' ? undefined : { ...draft, name };
  }
  if (draft.kind !== 'value') return draft;
  if (/^__[A-Z]+__$/i.test(draft.name)) return undefined;
  const instance = node.parent?.type === 'binary_expression' && node.parent.childForFieldName('operator')?.type === 'instanceof';
  return instance ? { ...draft, kind: 'type' } : draft;
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
  hooks: { imports, bindings, symbol, reference },
};
