/** Go. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

function imports(node: Node): ImportDraft[] {
  const specifier = node.childForFieldName('path')?.text.slice(1, -1) ?? '';
  const alias = node.childForFieldName('name')?.text;
  return [{ specifier, kind: 'package', names: alias === undefined ? [] : [{ name: '*', as: alias }] }];
}

/** The named type of an expression of types: *Foo, []Foo, pkg.Foo, Foo[T] and map[K]Foo all give the name; func and chan give "". */
function typeName(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'type_identifier':
    case 'qualified_type':
      return node.text;
    case 'pointer_type':
    case 'parenthesized_type':
      return typeName(node.namedChild(0));
    case 'generic_type':
      return typeName(node.childForFieldName('type'));
    case 'slice_type':
    case 'array_type': {
      const element = typeName(node.childForFieldName('element'));
      return element === '' ? '' : `[]${element}`;
    }
    case 'map_type': {
      const value = typeName(node.childForFieldName('value'));
      return value === '' ? '' : `[]${value}`;
    }
    case 'parameter_list': {
      // (T, error): the first result is what callers go on with.
      const first = node.namedChild(0);
      return typeName(first?.childForFieldName('type') ?? first);
    }
    default:
      return '';
  }
}

/** A value as a resolver can follow it: "new Foo", "f()", "a.b()", "a.b", "a[]"; "" for anything else. */
function followable(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'unary_expression':
      return followable(node.childForFieldName('operand'));
    case 'parenthesized_expression':
      return followable(node.namedChild(0));
    case 'composite_literal': {
      const type = typeName(node.childForFieldName('type'));
      return type === '' ? '' : `new ${type}`;
    }
    case 'identifier':
      return node.text;
    case 'selector_expression': {
      const operand = followable(node.childForFieldName('operand'));
      return operand === '' || operand.startsWith('new ') ? '' : `${operand}.${node.childForFieldName('field')?.text ?? ''}`;
    }
    case 'call_expression': {
      const callee = node.childForFieldName('function');
      const made = callee?.text === 'new' ? typeName(node.childForFieldName('arguments')?.namedChild(0)) : '';
      if (made !== '') return `new ${made}`;
      const name = followable(callee);
      return name === '' || name.startsWith('new ') ? '' : `${name}()`;
    }
    case 'index_expression': {
      const operand = followable(node.childForFieldName('operand'));
      return operand === '' ? '' : `${operand}[]`;
    }
    case 'type_assertion_expression': {
      const type = typeName(node.childForFieldName('type'));
      return type === '' ? '' : `new ${type}`;
    }
    default:
      return '';
  }
}

function bindings(node: Node): BindingDraft[] {
  const names = (n: Node): string[] => n.childrenForFieldName('name').flatMap((c) => (c ? [c.text] : []));
  switch (node.type) {
    case 'function_declaration':
    case 'method_declaration':
    case 'method_elem':
      return resultBinding(node);
    case 'comment':
      return [{ name: 'go:build', type: '', init: node.text.slice('//go:build '.length) }];
    case 'type_spec':
    case 'type_alias': {
      // What a type is declared by: type Params []Param.
      const type = typeName(node.childForFieldName('type'));
      return type === '' ? [] : [{ name: `type ${node.childForFieldName('name')?.text ?? ''}`, type, init: '' }];
    }
    case 'short_var_declaration': {
      const left = node.childForFieldName('left')?.namedChildren ?? [];
      const right = node.childForFieldName('right')?.namedChildren ?? [];
      return left.flatMap((l, i) =>
        l ? [{ name: l.text, type: '', init: right.length === left.length || i === 0 ? followable(right[i]) : '' }] : [],
      );
    }
    case 'range_clause': {
      const over = followable(node.childForFieldName('right'));
      const left = node.childForFieldName('left')?.namedChildren ?? [];
      return left.flatMap((l, i) => (l ? [{ name: l.text, type: '', init: i === 1 && over !== '' ? `${over}[]` : '' }] : []));
    }
    case 'type_switch_statement': {
      const alias = node.childForFieldName('alias')?.namedChild(0)?.text;
      return alias === undefined ? [] : [{ name: alias, type: '', init: '' }];
    }
    default: {
      const written = node.childForFieldName('type');
      const type = typeName(written);
      const values = node.childForFieldName('value')?.namedChildren ?? [];
      const found = names(node);
      if (node.type === 'field_declaration' && found.length === 0 && type !== '') return [{ name: `embedded ${type}`, type, init: '' }];
      const list = node.type === 'variadic_parameter_declaration' && type !== '' ? `[]${type}` : type;
      return found.map((name, i) => ({ name, type: list, init: written ? '' : followable(values[i]) }));
    }
  }
}

/** What a call gives, under the name "f()" or, for a method, "Receiver.f()". */
function resultBinding(node: Node): BindingDraft[] {
  const type = typeName(node.childForFieldName('result'));
  const name = node.childForFieldName('name')?.text ?? '';
  const receiver = receiverOf(node);
  return type === '' ? [] : [{ name: `${receiver === '' ? '' : `${receiver}.`}${name}()`, type, init: '' }];
}

function receiverOf(node: Node): string {
  return typeName(node.childForFieldName('receiver')?.namedChild(0)?.childForFieldName('type'));
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

function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  if (draft.name === '_') return undefined;
  const parent = node.parent;
  // A key of a composite literal names a field of the literal's type.
  if (parent?.type === 'literal_element' && parent.parent?.type === 'keyed_element' && parent.parent.namedChild(0)?.id === parent.id) {
    const literal = parent.parent.parent?.parent;
    const type = literal?.type === 'composite_literal' ? typeName(literal.childForFieldName('type')) : '';
    return { ...draft, kind: 'member', qualifier: type === '' ? '?' : `new ${type}` };
  }
  if (draft.qualifier === '?') {
    const selector = parent?.type === 'selector_expression' ? followable(parent.childForFieldName('operand')) : '';
    return selector === '' ? draft : { ...draft, qualifier: selector };
  }
  return draft;
}

export const go: LanguageSpec = {
  id: 'go',
  name: 'Go',
  extensions: ['.go'],
  grammar: { wasm: 'go.wasm', source: 'node_modules/tree-sitter-go/tree-sitter-go.wasm' },
  query,
  comments: ['comment'],
  wrappers: ['type_declaration', 'const_declaration', 'var_declaration', 'var_spec_list'],
  hooks: { imports, bindings, symbol, reference },
};
