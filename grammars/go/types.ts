/**
 * Types and values of Go as records write them, for the resolver to follow.
 *
 * A type: `Foo`, `pkg.Foo`, `Foo[A,B]`, `[]T` (slices, arrays), `map[K]V`, `chan T`, `func(A,B)`
 * (its results alone), `struct{a T;b U}`; "?" inside one for what cannot be said. Pointers are left out.
 *
 * A value: a name or `(T)`, a value of type T, and then `.name`, `()` or `()1` for a call's first
 * or second result, `[]` for an element, `[0]` and `[1]` for what `range` gives, `[A,B]` for type arguments.
 */
import type { Node } from 'web-tree-sitter';

/** Types and values nested deeper are given up. */
const MAX_DEPTH = 24;

/** A written type; "" for one that cannot be said. */
export function typeText(node: Node | null | undefined, depth = 0): string {
  if (depth > MAX_DEPTH) return '';
  const inner = (of: Node | null | undefined): string => typeText(of, depth + 1);
  switch (node?.type) {
    case 'type_identifier':
    case 'qualified_type':
    case 'identifier':
      return node.text;
    case 'selector_expression':
      // new(pkg.T)
      return /^[\p{L}\p{N}_]+\.[\p{L}\p{N}_]+$/u.test(node.text) ? node.text : '';
    case 'pointer_type':
    case 'parenthesized_type':
    case 'negated_type':
      return inner(node.namedChild(0));
    case 'type_elem':
    case 'type_constraint':
      return node.namedChildCount === 1 ? inner(node.namedChild(0)) : '';
    case 'generic_type': {
      const name = inner(node.childForFieldName('type'));
      const given = node.childForFieldName('type_arguments')?.namedChildren ?? [];
      return name === '' ? '' : `${name}[${given.map((a) => inner(a) || '?').join(',')}]`;
    }
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type':
      return around('[]', inner(node.childForFieldName('element')));
    case 'channel_type':
      return around('chan ', inner(node.childForFieldName('value')));
    case 'map_type':
      return `map[${inner(node.childForFieldName('key')) || '?'}]${inner(node.childForFieldName('value')) || '?'}`;
    case 'function_type':
    case 'func_literal':
      return `func(${resultTypes(node, depth + 1).join(',')})`;
    case 'struct_type':
      return `struct{${fieldTypes(node, depth + 1).join(';')}}`;
    default:
      return '';
  }
}

const around = (prefix: string, type: string): string => (type === '' ? '' : prefix + type);

/** Types of a function's results, one for each. */
export function resultTypes(node: Node, depth = 0): string[] {
  const result = node.childForFieldName('result');
  if (!result) return [];
  if (result.type !== 'parameter_list') return [typeText(result, depth) || '?'];
  return result.namedChildren.flatMap((p) => {
    const type = typeText(p?.childForFieldName('type'), depth) || '?';
    const names = p?.childrenForFieldName('name').length ?? 0;
    return Array.from({ length: Math.max(1, names) }, () => type);
  });
}

function fieldTypes(struct: Node, depth: number): string[] {
  return (struct.namedChild(0)?.namedChildren ?? []).flatMap((field) => {
    if (field?.type !== 'field_declaration') return [];
    const type = typeText(field.childForFieldName('type'), depth);
    return type === '' ? [] : field.childrenForFieldName('name').map((name) => `${name?.text ?? ''} ${type}`);
  });
}

/** A value that can be followed; "" for anything else. */
export function valueText(node: Node | null | undefined, depth = 0): string {
  if (depth > MAX_DEPTH) return '';
  const inner = (of: Node | null | undefined): string => valueText(of, depth + 1);
  switch (node?.type) {
    case 'identifier':
      return node.text;
    case 'unary_expression': {
      const operand = inner(node.childForFieldName('operand'));
      return operand !== '' && node.child(0)?.type === '<-' ? `${operand}[]` : operand;
    }
    case 'parenthesized_expression':
      return inner(node.namedChild(0));
    case 'composite_literal':
    case 'type_assertion_expression':
    case 'func_literal': {
      const type = typeText(node.type === 'func_literal' ? node : node.childForFieldName('type'));
      return type === '' ? '' : `(${type})`;
    }
    case 'type_conversion_expression': {
      // f[T](x), a call of a generic function, has the same form as a conversion.
      const type = node.childForFieldName('type');
      const text = typeText(type);
      return text === '' ? '' : type?.type === 'generic_type' ? `${text}()` : `(${text})`;
    }
    case 'selector_expression':
      return after(inner(node.childForFieldName('operand')), `.${node.childForFieldName('field')?.text ?? ''}`);
    case 'index_expression':
      return after(inner(node.childForFieldName('operand')), '[]');
    case 'slice_expression':
      return inner(node.childForFieldName('operand'));
    case 'call_expression':
      return callText(node, inner);
    default:
      return '';
  }
}

const after = (value: string, step: string): string => (value === '' ? '' : value + step);

function callText(node: Node, inner: (of: Node | null | undefined) => string): string {
  const callee = node.childForFieldName('function');
  const first = node.childForFieldName('arguments')?.namedChild(0);
  if (callee?.type === 'identifier') {
    if (callee.text === 'new' || callee.text === 'make') {
      const made = typeText(first);
      return made === '' ? '' : `(${made})`;
    }
    if (callee.text === 'append') return inner(first);
  }
  return after(inner(callee), '()');
}

const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_]*/u;
const STRUCT_VALUE = /^\(struct\{([^{}]*)\}\)\.([\p{L}_][\p{L}\p{N}_]*)/u;
const ELEMENT_VALUE = /^\(\[\](struct\{[^{}]*\})\)\[1?\]/;
const MAP_VALUE = /^\(map\[[^\]]*\](struct\{[^{}]*\})\)\[1?\]/;

/** Name that a value begins with; "" where it begins with a type. */
export function headOf(value: string): string {
  return value.startsWith('(') ? '' : (IDENTIFIER.exec(value)?.[0] ?? '');
}

/** A value with elements and members of an unnamed struct at its front looked up. */
export function withoutStructs(value: string): string {
  let at = value.replace(ELEMENT_VALUE, '($1)').replace(MAP_VALUE, '($1)');
  const inner = STRUCT_VALUE.exec(at);
  if (inner) {
    const field = inner[1]!.split(';').find((f) => f.startsWith(`${inner[2]} `));
    at = field === undefined ? '' : `(${field.slice(inner[2]!.length + 1)})${at.slice(inner[0].length)}`;
  }
  return at;
}
