/** Java. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft, ImportDraft, LanguageSpec, ReferenceDraft, SymbolDraft } from '../../src/syntax/language.js';
import query from './extract.scm';

function imports(node: Node): ImportDraft[] {
  const named = node.namedChildren.find((c) => c?.type === 'scoped_identifier' || c?.type === 'identifier');
  const specifier = named?.text.replace(/\s+/g, '') ?? '';
  const star = node.namedChildren.some((c) => c?.type === 'asterisk');
  const last = star ? '*' : specifier.slice(specifier.lastIndexOf('.') + 1);
  const fixed = node.children.some((c) => c?.type === 'static');
  return [{ specifier, kind: 'import', names: [{ name: last, as: last }], ...(fixed ? { mark: 'static' } : {}) }];
}

/** A written type without arguments and annotations; arrays keep "[]"; primitives and var give "". */
function typeName(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'type_identifier':
      return node.text === 'var' ? '' : node.text;
    case 'scoped_type_identifier':
      return node.text.replace(/<[^<>]*>|@\w+|\s+/g, '');
    case 'generic_type':
      return typeName(node.namedChild(0));
    case 'annotated_type':
      return typeName(node.namedChildren.findLast((c) => c?.type.endsWith('type') || c?.type.endsWith('type_identifier')));
    case 'array_type': {
      const element = typeName(node.childForFieldName('element'));
      return element === '' ? '' : `${element}[]`;
    }
    default:
      return '';
  }
}

/** What `for (X x : list)` and `list.get(0)` give when nothing else says it: the last type argument, as in List<X>, Map<K, X>. */
function elementName(node: Node | null | undefined): string {
  if (node?.type !== 'generic_type') return '';
  return typeName(node.namedChildren.findLast((c) => c?.type === 'type_arguments')?.namedChildren.at(-1));
}

/** A value as a resolver can follow it: "new Foo", "f()", "a.b().c", "Foo.BAR"; "" for anything else. */
export function followable(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'identifier':
    case 'this':
    case 'super':
      return node.text;
    case 'type_identifier':
      return node.text;
    case 'parenthesized_expression':
      return followable(node.namedChild(0));
    case 'cast_expression':
      return made(typeName(node.childForFieldName('type')));
    case 'object_creation_expression':
      return made(typeName(node.childForFieldName('type')));
    case 'class_literal':
      return 'new Class';
    case 'string_literal':
      return 'new String';
    case 'array_access': {
      const array = followable(node.childForFieldName('array'));
      return array === '' ? '' : `${array}[]`;
    }
    case 'field_access': {
      const object = followable(node.childForFieldName('object'));
      return object === '' ? '' : `${object}.${node.childForFieldName('field')?.text ?? ''}`;
    }
    case 'method_invocation': {
      const object = node.childForFieldName('object');
      const name = `${node.childForFieldName('name')?.text ?? ''}()`;
      if (!object) return name;
      const before = followable(object);
      return before === '' ? '' : `${before}.${name}`;
    }
    default:
      return '';
  }
}

const made = (type: string): string => (type === '' ? '' : `new ${type}`);

function bindings(node: Node): BindingDraft[] {
  const written = node.childForFieldName('type');
  switch (node.type) {
    case 'method_declaration':
    case 'annotation_type_element_declaration': {
      const type = typeName(written);
      return type === '' ? [] : [{ name: `${node.childForFieldName('name')?.text ?? ''}()`, type, init: '' }];
    }
    case 'enum_constant': {
      const holder = node.parent?.parent?.childForFieldName('name')?.text ?? '';
      return [{ name: node.childForFieldName('name')?.text ?? '', type: holder, init: '' }];
    }
    case 'lambda_expression': {
      const parameters = node.childForFieldName('parameters');
      const names =
        parameters?.type === 'identifier' ? [parameters] : parameters?.type === 'inferred_parameters' ? parameters.namedChildren : [];
      return names.flatMap((n) => (n ? [{ name: n.text, type: '', init: '' }] : []));
    }
    case 'type_parameter': {
      const bound = node.namedChildren.find((c) => c?.type === 'type_bound')?.namedChild(0);
      return [
        {
          name: `type ${node.namedChildren.find((c) => c?.type === 'type_identifier' || c?.type === 'identifier')?.text ?? ''}`,
          type: typeName(bound),
          init: '',
        },
      ];
    }
    case 'instanceof_expression':
      return [{ name: node.childForFieldName('name')?.text ?? '', type: typeName(node.childForFieldName('right')), init: '' }];
    case 'type_pattern':
    case 'record_pattern_component':
      return [{ name: node.namedChildren.at(-1)?.text ?? '', type: typeName(node.namedChild(0)), init: '' }];
    case 'catch_formal_parameter':
      return [
        {
          name: node.childForFieldName('name')?.text ?? '',
          type: typeName(node.namedChildren.find((c) => c?.type === 'catch_type')?.namedChild(0)),
          init: '',
        },
      ];
    case 'spread_parameter': {
      const type = typeName(node.namedChildren.find((c) => c?.type.includes('type')));
      return [{ name: node.descendantsOfType('identifier').at(-1)?.text ?? '', type: type === '' ? '' : `${type}[]`, init: '' }];
    }
    case 'enhanced_for_statement': {
      const type = typeName(written);
      const over = followable(node.childForFieldName('value'));
      return [{ name: node.childForFieldName('name')?.text ?? '', type, init: type === '' && over !== '' ? `${over}[]` : '' }];
    }
    case 'resource':
    case 'formal_parameter': {
      const name = node.childForFieldName('name')?.text ?? '';
      return name === ''
        ? []
        : [
            { name, type: typeName(written), init: typeName(written) === '' ? followable(node.childForFieldName('value')) : '' },
            ...elements(name, written),
          ];
    }
    default:
      return node.childrenForFieldName('declarator').flatMap((d) => {
        const name = d?.childForFieldName('name')?.text ?? '';
        const type = typeName(written);
        return [{ name, type, init: type === '' ? followable(d?.childForFieldName('value')) : '' }, ...elements(name, written)];
      });
  }
}

function elements(name: string, written: Node | null): BindingDraft[] {
  const type = elementName(written);
  return type === '' ? [] : [{ name: `${name}[]`, type, init: '' }];
}

function symbol(draft: SymbolDraft): boolean {
  const { node } = draft;
  const modifiers = node.namedChildren.find((c) => c?.type === 'modifiers')?.text ?? '';
  draft.exported = !/\bprivate\b/.test(modifiers);
  const fixed = /\bstatic\b/.test(modifiers) || draft.kind === 'enumMember' || draft.kind === 'constant';
  if (fixed) draft.mark = 'static';
  for (const field of ['superclass', 'interfaces']) {
    for (const type of node.childForFieldName(field)?.descendantsOfType(['type_identifier', 'scoped_type_identifier']) ?? []) {
      if (type && isTopType(type)) draft.supers.push(type.text.replace(/<[^<>]*>|\s+/g, ''));
    }
  }
  const list = node.namedChildren.find((c) => c?.type === 'extends_interfaces');
  for (const type of list?.descendantsOfType(['type_identifier', 'scoped_type_identifier']) ?? []) {
    if (type && isTopType(type)) draft.supers.push(type.text.replace(/<[^<>]*>|\s+/g, ''));
  }
  return true;
}

/** Not an argument of a generic type and not a part of a scoped one. */
function isTopType(node: Node): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (up.type === 'type_arguments' || up.type === 'scoped_type_identifier' || up.type === 'annotation') return false;
    if (up.type === 'superclass' || up.type.endsWith('interfaces')) return true;
  }
  return false;
}

function reference(draft: ReferenceDraft, node: Node): ReferenceDraft | undefined {
  const parent = node.parent;
  if (draft.kind === 'value') {
    // Names that are declared, labelled or part of a longer name are not values.
    if (
      parent &&
      /^(import_declaration|package_declaration|scoped_identifier|labeled_statement|break_statement|continue_statement|element_value_pair|formal_parameter|catch_formal_parameter|inferred_parameters|requires_module_directive)$/.test(
        parent.type,
      )
    )
      return undefined;
    if (parent?.type === 'variable_declarator' && parent.childForFieldName('name')?.id === node.id) return undefined;
    if (parent?.type === 'lambda_expression' && parent.childForFieldName('parameters')?.id === node.id) return undefined;
  }
  if (draft.qualifier === '' || !parent) return draft;
  const object = parent.childForFieldName('object') ?? (parent.type === 'method_reference' ? parent.namedChild(0) : null);
  const value = followable(object);
  return { ...draft, qualifier: object ? value || '?' : draft.qualifier };
}

export const java: LanguageSpec = {
  id: 'java',
  name: 'Java',
  extensions: ['.java'],
  grammar: { wasm: 'java.wasm', source: 'node_modules/tree-sitter-java/tree-sitter-java.wasm' },
  query,
  comments: ['line_comment', 'block_comment'],
  hooks: { imports, bindings, symbol, reference },
};
