/** What Scala code says of the types of names: annotations, and initialisers that a resolver can follow. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft } from '../../src/syntax/language.js';

/** A written type without arguments; "" for tuples and functions. */
export function typePath(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'type_identifier':
    case 'identifier':
      return node.text;
    case 'stable_type_identifier':
      return node.text.replace(/\s+/g, '');
    case 'generic_type':
    case 'lazy_parameter_type':
    case 'annotated_type':
      return typePath(node.childForFieldName('type') ?? node.namedChild(0));
    case 'applied_constructor_type':
    case 'singleton_type':
      return typePath(node.namedChild(0));
    case 'projected_type': {
      const of = typePath(node.childForFieldName('type'));
      return of === '' ? '' : `${of}.${node.childForFieldName('selector')?.text ?? ''}`;
    }
    case 'compound_type':
      return typePath(node.childForFieldName('base'));
    case 'repeated_parameter_type': {
      const element = typePath(node.childForFieldName('type'));
      return element === '' ? '' : `${element}[]`;
    }
    default:
      return '';
  }
}

/** What iterating gives: the last type argument, as in Seq[X], Map[K, X] and Future[X]. */
function elementPath(node: Node | null | undefined): string {
  return node?.type === 'generic_type' ? typePath(node.childForFieldName('type_arguments')?.namedChildren.at(-1)) : '';
}

/** A value as a resolver can follow it: "new Foo", "f()", "a.b().c", "Foo.Bar"; "" for anything else. */
export function followable(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'identifier':
      return node.text;
    case 'parenthesized_expression':
      return followable(node.namedChild(0));
    case 'string':
    case 'interpolated_string_expression':
      return 'new String';
    case 'instance_expression': {
      const made = typePath(node.namedChildren.find((c) => c?.type !== 'annotation'));
      return made === '' ? '' : `new ${made}`;
    }
    case 'ascription_expression':
      return made(typePath(node.namedChild(1)));
    case 'generic_function':
      return cast(node) || followable(node.childForFieldName('function'));
    case 'field_expression': {
      const value = followable(node.childForFieldName('value'));
      return value === '' ? '' : `${value}.${node.childForFieldName('field')?.text ?? ''}`;
    }
    case 'call_expression': {
      const called = followable(node.childForFieldName('function'));
      return called === '' || called.endsWith('()') || called.startsWith('new ') ? called : `${called}()`;
    }
    default:
      return '';
  }
}

/** `x.asInstanceOf[Foo]` is a Foo. */
function cast(node: Node): string {
  const field = node.childForFieldName('function')?.childForFieldName('field');
  return field?.text === 'asInstanceOf' ? made(typePath(node.childForFieldName('type_arguments')?.namedChild(0))) : '';
}

const made = (type: string): string => (type === '' ? '' : `new ${type}`);

/** A name with its annotation, and what its elements are. */
function declared(name: string, written: Node | null | undefined, init = ''): BindingDraft[] {
  const type = typePath(written);
  const element = elementPath(written);
  return [{ name, type, init: written ? '' : init }, ...(element === '' ? [] : [{ name: `${name}[]`, type: element, init: '' }])];
}

export function bindings(node: Node): BindingDraft[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'parameter':
    case 'class_parameter':
    case 'val_declaration':
    case 'var_declaration':
      return declared(field('name')?.text ?? '', field('type'));
    case 'val_definition':
    case 'var_definition': {
      const pattern = field('pattern');
      if (pattern?.type === 'identifier') return declared(pattern.text, field('type'), followable(field('value')));
      return bound(pattern);
    }
    case 'function_definition':
    case 'function_declaration': {
      const result = field('return_type');
      const drafts = declared(`${field('name')?.text ?? ''}()`, result, followable(field('body')));
      return drafts.filter((d) => d.type !== '' || d.init !== '');
    }
    case 'lambda_expression': {
      const parameters = field('parameters');
      return parameters?.type === 'identifier' ? [{ name: parameters.text, type: '', init: '' }] : [];
    }
    case 'enumerator': {
      const [pattern, value] = node.namedChildren;
      const over = followable(value);
      if (pattern?.type === 'identifier')
        return [
          { name: pattern.text, type: '', init: over === '' ? '' : node.children.some((c) => c?.type === '<-') ? `${over}[]` : over },
        ];
      return bound(pattern);
    }
    case 'case_clause':
      return bound(field('pattern'));
    case 'type_parameters':
      return node
        .childrenForFieldName('name')
        .concat(node.namedChildren.flatMap((c) => c?.childrenForFieldName('name') ?? []))
        .flatMap((n) => (n?.type.endsWith('identifier') ? [{ name: `type ${n.text}`, type: '', init: '' }] : []));
    case 'simple_enum_case': {
      const holder = node.parent?.parent?.parent?.childForFieldName('name')?.text ?? '';
      return [{ name: field('name')?.text ?? '', type: holder, init: '' }];
    }
    case 'self_type': {
      const [name, type] = node.namedChildren;
      return name?.type === 'identifier' && name.text !== 'this' ? [{ name: name.text, type: typePath(type), init: '' }] : [];
    }
    default:
      return [];
  }
}

/** What a pattern binds: names in lower case, with the type where it is written. */
function bound(pattern: Node | null | undefined): BindingDraft[] {
  if (!pattern) return [];
  if (pattern.type === 'typed_pattern') {
    const name = pattern.childForFieldName('pattern');
    return name?.type === 'identifier' ? declared(name.text, pattern.childForFieldName('type')) : [];
  }
  if (pattern.type === 'identifier') return /^[\p{Ll}_]/u.test(pattern.text) ? [{ name: pattern.text, type: '', init: '' }] : [];
  if (pattern.type === 'capture_pattern') {
    const [name, rest] = pattern.namedChildren;
    const type = rest?.type === 'typed_pattern' ? rest.childForFieldName('type') : rest?.childForFieldName('type');
    return [...(name ? declared(name.text, type) : []), ...bound(rest)];
  }
  return pattern.namedChildren.flatMap(bound);
}
