/** Go. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, LocalsAt, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';
import { expand, locals, receiverTypeParameters } from './locals.js';
import { resultTypes, typeText, valueText } from './types.js';

function imports(node: Node): ImportDraft[] {
  const specifier = node.childForFieldName('path')?.text.slice(1, -1) ?? '';
  const alias = node.childForFieldName('name')?.text;
  return [{ specifier, kind: 'package', names: alias === undefined ? [] : [{ name: '*', as: alias }] }];
}

function bindings(node: Node): BindingDraft[] {
  const name = node.childForFieldName('name')?.text ?? '';
  switch (node.type) {
    case 'function_declaration':
      return resultBinding(`${name}()`, node, typeParameters(node));
    case 'method_declaration':
      return resultBinding(
        `${receiverOf(node)}.${name}()`,
        node,
        receiverTypeParameters(node.childForFieldName('receiver')).map((n) => n.text),
      );
    case 'method_elem':
      return resultBinding(`${name}()`, node, []);
    case 'comment':
      return constraint(node);
    case 'type_spec':
    case 'type_alias': {
      // What a type is declared by, and the names of its type parameters: type Stack[T any] []T.
      const declared = node.childForFieldName('type');
      const type = declared?.type === 'struct_type' ? '' : typeText(declared);
      const parameters = typeParameters(node);
      return type === '' && parameters.length === 0 ? [] : [{ name: `type ${name}`, type, init: parameters.join(',') }];
    }
    case 'type_elem': {
      const type = node.parent?.type === 'interface_type' ? typeText(node) : '';
      return type === '' ? [] : [{ name: `embedded ${type}`, type, init: '' }];
    }
    default: {
      const written = node.childForFieldName('type');
      const type = typeText(written);
      const names = node.childrenForFieldName('name').flatMap((c) => (c ? [c.text] : []));
      if (node.type === 'field_declaration' && names.length === 0) return type === '' ? [] : [{ name: `embedded ${type}`, type, init: '' }];
      const values = node.childForFieldName('value')?.namedChildren ?? [];
      return names.map((n, i) => ({ name: n, type, init: written ? '' : values.length === names.length ? valueText(values[i]) : '' }));
    }
  }
}

/** What a call gives, as a type under the name "f()" or, for a method, "Receiver.f()", with the names of type parameters. */
function resultBinding(name: string, node: Node, parameters: readonly string[]): BindingDraft[] {
  const results = resultTypes(node);
  return results.length === 0 ? [] : [{ name, type: `func(${results.join(',')})`, init: parameters.join(',') }];
}

function typeParameters(node: Node): string[] {
  const list = node.childForFieldName('type_parameters')?.namedChildren ?? [];
  return list.flatMap((p) => p?.childrenForFieldName('name').flatMap((c) => (c ? [c.text] : [])) ?? []);
}

/** A build constraint above the package clause; lines of the old form are written in the new one. */
function constraint(node: Node): BindingDraft[] {
  for (let at = node.previousNamedSibling; at; at = at.previousNamedSibling) if (at.type === 'package_clause') return [];
  const [, current, old] = /^\/\/(?:go:build\s+(.*)|\s*\+build\s+(.*))$/.exec(node.text.trim()) ?? [];
  const init =
    current ??
    old
      ?.trim()
      .split(/\s+/)
      .map((all) => `(${all.replaceAll(',', ' && ')})`)
      .join(' || ');
  return init === undefined ? [] : [{ name: 'go:build', type: '', init: `(${init})` }];
}

function receiverOf(node: Node): string {
  return typeText(node.childForFieldName('receiver')?.namedChild(0)?.childForFieldName('type')).replace(/\[.*$/, '');
}

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  const inner = node.childForFieldName('type');
  if (draft.kind === 'type') {
    if (inner?.type === 'struct_type') draft.kind = 'struct';
    if (inner?.type === 'interface_type') draft.kind = 'interface';
    draft.body = inner?.type === 'struct_type' || inner?.type === 'interface_type' ? inner : undefined;
    if (draft.body && draft.body.startPosition.row === node.startPosition.row) draft.body = inner?.namedChild(0) ?? inner ?? undefined;
  }
  if (node.type === 'method_declaration') draft.mark = receiverOf(node);
  if ((draft.kind === 'variable' || draft.kind === 'constant') && draft.name === '_') return false;
  // Fields of a struct written inside a function or another type belong to no named type.
  if (draft.kind === 'field' && node.parent?.parent?.parent?.type !== 'type_spec') return false;
  draft.exported = /^\p{Lu}/u.test(draft.name);
  return true;
}

function reference(draft: ReferenceDraft, node: Node, locals: LocalsAt): ReferenceDraft | undefined {
  if (draft.name === '_') return undefined;
  const { startIndex } = node;
  const parent = node.parent;
  if (parent?.type === 'literal_element' && draft.kind === 'member' && draft.qualifier === '') {
    // A key of a composite literal names a field, or, in a map, a value.
    const literal = expand(literalType(parent.parent?.parent ?? null), startIndex, locals) || '?';
    const kind = locals(draft.name, startIndex).length > 0 ? 'member' : 'value';
    return { ...draft, kind, qualifier: literal };
  }
  if (draft.qualifier === '') return locals(draft.name, startIndex).length > 0 ? undefined : draft;
  const operand = draft.qualifier === '?' ? valueText(parent?.childForFieldName('operand')) : draft.qualifier;
  if (parent?.type === 'qualified_type' && locals(operand, startIndex).length > 0) return undefined;
  return { ...draft, qualifier: expand(operand, startIndex, locals) || '?' };
}

/** The type of a literal's braces, as a value; inner braces without a type are elements of what is around them. */
function literalType(braces: Node | null, depth = 0): string {
  const holder = depth > 8 ? undefined : braces?.parent;
  if (holder?.type === 'composite_literal') return valueText(holder);
  if (holder?.type !== 'literal_element') return '';
  const outer = holder.parent?.type === 'keyed_element' ? holder.parent.parent : holder.parent;
  const list = literalType(outer ?? null, depth + 1);
  return list === '' ? '' : `${list}[]`;
}

export const go: LanguageSpec = {
  id: 'go',
  name: 'Go',
  extensions: ['.go'],
  grammar: { wasm: 'go.wasm', source: 'node_modules/tree-sitter-go/tree-sitter-go.wasm' },
  query,
  comments: ['comment'],
  wrappers: ['type_declaration', 'const_declaration', 'var_declaration', 'var_spec_list'],
  hooks: { imports, bindings, locals, symbol, reference },
};
