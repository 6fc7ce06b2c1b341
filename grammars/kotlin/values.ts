/** What Kotlin code says of the types of names: annotations, and initialisers that a resolver can follow. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft } from '../../src/syntax/language.js';

const TYPES = new Set(['user_type', 'nullable_type', 'non_nullable_type', 'parenthesized_type', 'function_type']);

/** A written type without arguments and nullability; arrays give "[]"; "" for function types. */
export function typePath(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'user_type': {
      const path = node.namedChildren.flatMap((c) => (c?.type === 'identifier' ? [c.text] : [])).join('.');
      if (path !== 'Array') return path;
      const element = elementPath(node);
      return element === '' ? '' : `${element}[]`;
    }
    case 'nullable_type':
    case 'non_nullable_type':
    case 'parenthesized_type':
      return typePath(typeIn(node));
    default:
      return '';
  }
}

/** The type that stands right inside a node: of a parameter, a variable, a receiver. */
export const typeIn = (node: Node | null | undefined): Node | undefined =>
  node?.namedChildren.find((c): c is Node => c !== null && TYPES.has(c.type));

/** What iterating and indexing give: the last type argument, as in List<X> and Map<K, X>. */
function elementPath(node: Node | null | undefined): string {
  if (node?.type === 'nullable_type') return elementPath(typeIn(node));
  const projection = node?.namedChildren.findLast((c) => c?.type === 'type_arguments')?.namedChildren.at(-1);
  return typePath(typeIn(projection));
}

/** A value as a resolver can follow it: "f()", "a.b().c", "Foo.BAR", "new Foo" for a cast; "" for anything else. */
export function followable(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'identifier':
      return node.text;
    case 'this_expression': {
      // `this@Outer` is an Outer.
      const label = firstName(node);
      return label === '' ? 'this' : made(label);
    }
    case 'super_expression':
      return 'super';
    case 'binary_expression':
      return node.child(1)?.type === '?:' ? followable(node.childForFieldName('left')) : '';
    case 'parenthesized_expression':
      return followable(node.namedChild(0));
    case 'unary_expression':
      return node.text.endsWith('!!') ? followable(node.childForFieldName('argument')) : '';
    case 'as_expression':
      return made(typePath(node.childForFieldName('right')));
    case 'string_literal':
    case 'multiline_string_literal':
      return 'new String';
    case 'index_expression': {
      const array = followable(node.namedChild(0));
      return array === '' ? '' : `${array}[]`;
    }
    case 'navigation_expression': {
      const object = followable(node.namedChild(0));
      return object === '' ? '' : `${object}.${node.namedChild(node.namedChildCount - 1)?.text ?? ''}`;
    }
    case 'call_expression': {
      const called = followable(node.namedChild(0));
      return called === '' || called.endsWith('()') ? called : `${called}()`;
    }
    default:
      return '';
  }
}

const made = (type: string): string => (type === '' ? '' : `new ${type}`);

const firstName = (node: Node | null | undefined): string => node?.namedChildren.find((c) => c?.type === 'identifier')?.text ?? '';

/** Last name of a path. */
export const lastName = (node: Node): string => node.namedChildren.findLast((c) => c?.type === 'identifier')?.text ?? '';

export function bindings(node: Node): BindingDraft[] {
  switch (node.type) {
    case 'parameter':
    case 'class_parameter': {
      const drafts = declared(node);
      const many = node.previousNamedSibling?.type === 'parameter_modifiers' && node.previousNamedSibling.text.includes('vararg');
      return many ? drafts.map((d) => ({ ...d, type: d.type === '' ? '' : `${d.type}[]` })) : drafts;
    }
    case 'property_declaration':
      return property(node);
    case 'function_declaration':
      return result(node);
    case 'lambda_parameters':
      return node.descendantsOfType('variable_declaration').flatMap((v) => (v ? declared(v) : []));
    case 'for_statement': {
      const variable = node.namedChildren.find((c) => c?.type === 'variable_declaration');
      const over = followable(variable?.nextNamedSibling);
      if (variable) return declared(variable).map((d) => ({ ...d, init: d.type === '' && over !== '' ? `${over}[]` : '' }));
      return destructured(node);
    }
    case 'when_subject': {
      const variable = node.namedChildren.find((c) => c?.type === 'variable_declaration');
      return variable ? declared(variable).map((d) => ({ ...d, init: d.type === '' ? followable(variable.nextNamedSibling) : '' })) : [];
    }
    case 'catch_block':
      return [{ name: firstName(node), type: typePath(typeIn(node)), init: '' }];
    case 'type_parameter':
      return [{ name: `type ${firstName(node)}`, type: typePath(typeIn(node)), init: '' }];
    case 'enum_entry':
      return [{ name: firstName(node), type: node.parent?.parent?.childForFieldName('name')?.text ?? '', init: '' }];
    default:
      return [];
  }
}

/** A name with its annotation, and what its elements are. */
function declared(node: Node): BindingDraft[] {
  const name = firstName(node);
  const written = typeIn(node);
  const element = elementPath(written);
  return [{ name, type: typePath(written), init: '' }, ...(element === '' ? [] : [{ name: `${name}[]`, type: element, init: '' }])];
}

function property(node: Node): BindingDraft[] {
  const variable = node.namedChildren.find((c) => c?.type === 'variable_declaration');
  if (!variable) return destructured(node);
  const merged = mergedReceiver(node);
  const drafts = declared(variable).map((d) => (merged ? { ...d, name: lastName(merged) + d.name } : d));
  const [own] = drafts;
  if (own?.type !== '') return drafts;
  const getter = node.namedChildren.find((c) => c?.type === 'getter')?.namedChildren.find((c) => c?.type === 'function_body');
  const body = getter?.namedChildCount === 1 ? getter.namedChild(0) : undefined;
  return [{ ...own, init: followable(initialiser(node) ?? delegated(node) ?? body) }, ...drafts.slice(1)];
}

/** The value of `by lazy { … }`. */
function delegated(node: Node): Node | undefined {
  const call = node.namedChildren.find((c) => c?.type === 'property_delegate')?.namedChild(0);
  if (call?.type !== 'call_expression' || call.namedChild(0)?.text !== 'lazy') return undefined;
  const lambda = call.descendantsOfType('lambda_literal')[0];
  return lambda?.namedChild(lambda.namedChildCount - 1) ?? undefined;
}

/**
 * The grammar reads all of `Foo.name` in `val Foo.name: Int` as the receiver and misses
 * the name: the receiver's path with the name at its end; undefined for other properties.
 */
export function mergedReceiver(node: Node): Node | undefined {
  const variable = node.namedChildren.find((c) => c?.type === 'variable_declaration');
  return variable && firstName(variable) === '' ? (node.namedChildren.find((c) => c?.type === 'user_type') ?? undefined) : undefined;
}

/** What stands behind "=". */
function initialiser(node: Node): Node | undefined {
  const at = node.children.findIndex((c) => c?.type === '=');
  return at < 0 ? undefined : (node.child(at + 1) ?? undefined);
}

/** The result of a function: its annotation, else the expression it is. */
function result(node: Node): BindingDraft[] {
  const name = node.childForFieldName('name')?.text ?? '';
  const parameters = node.namedChildren.findIndex((c) => c?.type === 'function_value_parameters');
  const written = node.namedChildren.slice(parameters + 1).find((c) => c !== null && TYPES.has(c.type));
  const type = typePath(written);
  const body = node.namedChildren.find((c) => c?.type === 'function_body');
  const init = written || body?.child(0)?.type !== '=' ? '' : followable(body.namedChild(0));
  const element = elementPath(written);
  return [
    ...(type === '' && init === '' ? [] : [{ name: `${name}()`, type, init }]),
    ...(element === '' ? [] : [{ name: `${name}()[]`, type: element, init: '' }]),
  ];
}

function destructured(node: Node): BindingDraft[] {
  const names = node.namedChildren.find((c) => c?.type === 'multi_variable_declaration');
  return names?.namedChildren.flatMap((v) => (v ? declared(v) : [])) ?? [];
}
