/** What Swift code says of the types of names: annotations, and initialisers that a resolver can follow. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft } from '../../src/syntax/language.js';

/** A written type without arguments, optionality and existential words; arrays keep "[]"; "" for tuples, functions and dictionaries. */
export function typePath(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'type_identifier':
      return node.text;
    case 'user_type':
      return node.namedChildren.flatMap((c) => (c?.type === 'type_identifier' ? [c.text] : [])).join('.');
    case 'optional_type':
      return typePath(node.childForFieldName('wrapped'));
    case 'existential_type':
    case 'opaque_type':
      return typePath(node.namedChild(0));
    case 'tuple_type': {
      // Parentheses alone make no tuple: (any Foo)?.
      const only = node.namedChildCount === 1 ? node.namedChild(0) : null;
      return typePath(only?.childForFieldName('element') ?? only?.childForFieldName('name'));
    }
    case 'array_type': {
      const element = typePath(node.childForFieldName('name'));
      return element === '' ? '' : `${element}[]`;
    }
    default:
      return '';
  }
}

/** A value as a resolver can follow it: "new Foo", "f()", "a.b().c", "Foo.bar"; "" for anything else. */
export function followable(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'simple_identifier':
      return node.text.startsWith('$') ? '' : node.text;
    case 'self_expression':
      return 'self';
    case 'super_expression':
      return 'super';
    case 'try_expression':
    case 'await_expression':
      return followable(node.childForFieldName('expr'));
    case 'postfix_expression':
      return followable(node.childForFieldName('target'));
    case 'tuple_expression':
      return node.namedChildCount === 1 ? followable(node.namedChild(0)) : '';
    case 'as_expression':
      return made(typePath(node.childForFieldName('name')));
    case 'constructor_expression':
      return made(typePath(node.childForFieldName('constructed_type')));
    case 'line_string_literal':
    case 'multi_line_string_literal':
      return 'new String';
    case 'navigation_expression': {
      const target = followable(node.childForFieldName('target'));
      const name = node.childForFieldName('suffix')?.childForFieldName('suffix')?.text ?? '';
      return target === '' || name === '' ? '' : name === 'self' ? target : `${target}.${name}`;
    }
    case 'call_expression': {
      const called = node.namedChild(0);
      const suffix = node.namedChild(1);
      const brackets = suffix?.namedChild(0)?.child(0)?.type === '[';
      if (called?.type === 'array_literal') return '';
      const value = followable(called);
      return value === '' ? '' : `${value}${brackets ? '[]' : '()'}`;
    }
    default:
      return '';
  }
}

const made = (type: string): string => (type === '' ? '' : `new ${type}`);

const none = (name: Node | null | undefined): BindingDraft[] => (name ? [{ name: name.text, type: '', init: '' }] : []);

export function bindings(node: Node): BindingDraft[] {
  switch (node.type) {
    case 'parameter':
    case 'lambda_parameter': {
      const [name, written] = node.childrenForFieldName('name');
      const type = typePath(written);
      // `Foo...` is an array inside the function.
      const many = node.nextSibling?.type === '...' || node.children.some((c) => c?.type === '...');
      return name ? [{ name: name.text, type: many && type !== '' ? `${type}[]` : type, init: '' }] : [];
    }
    case 'function_declaration':
    case 'protocol_function_declaration': {
      const [name, written] = node.childrenForFieldName('name');
      const type = typePath(written);
      return name && type !== '' ? [{ name: `${name.text}()`, type, init: '' }] : [];
    }
    case 'subscript_declaration': {
      const type = typePath(node.childForFieldName('name'));
      return type === '' ? [] : [{ name: 'subscript()', type, init: '' }];
    }
    case 'property_declaration':
    case 'protocol_property_declaration':
      return properties(node);
    case 'if_statement':
    case 'guard_statement':
    case 'while_statement':
      return unwrapped(node);
    case 'for_statement': {
      const item = node.childForFieldName('item');
      const name = item?.childForFieldName('bound_identifier');
      const over = followable(node.childForFieldName('collection'));
      return name ? [{ name: name.text, type: '', init: over === '' ? '' : `${over}[]` }] : names(item);
    }
    case 'switch_pattern':
      return node.descendantsOfType('pattern').flatMap((p) => {
        const name = p?.childForFieldName('bound_identifier') ?? lone(p);
        const cast = p?.parent?.childForFieldName('name');
        return name ? [{ name: name.text, type: cast?.type === 'user_type' ? typePath(cast) : '', init: '' }] : [];
      });
    case 'catch_block': {
      const error = node.childForFieldName('error');
      const name = error?.descendantsOfType('simple_identifier')[0];
      return [{ name: name?.text ?? 'error', type: typePath(error?.childForFieldName('name')), init: '' }];
    }
    case 'type_parameter':
    case 'associatedtype_declaration': {
      const name = node.namedChildren.find((c) => c?.type === 'type_identifier');
      const bound = node.childrenForFieldName('name').find((c) => c?.type !== 'type_identifier');
      return name ? [{ name: `type ${name.text}`, type: typePath(bound), init: '' }] : [];
    }
    case 'enum_entry': {
      const holder = typePath(node.parent?.parent?.childForFieldName('name'));
      return node
        .childrenForFieldName('name')
        .flatMap((n) => (n?.type === 'simple_identifier' ? [{ name: n.text, type: holder, init: '' }] : []));
    }
    default:
      return [];
  }
}

/** `let a: Foo, b = Foo()`: each name with the annotation or value behind it. */
function properties(node: Node): BindingDraft[] {
  const drafts: { name: string; type: string; init: string }[] = [];
  for (let i = 0; i < node.childCount; i++) {
    const child = node.child(i);
    const field = node.fieldNameForChild(i);
    const last = drafts.at(-1);
    if (field === 'name' && child?.type === 'pattern') {
      const name = child.childForFieldName('bound_identifier');
      drafts.push(...(name ? [{ name: name.text, type: '', init: '' }] : names(child)));
    } else if (child?.type === 'type_annotation' && last) last.type = typePath(child.childForFieldName('name'));
    else if (field === 'value' && last && last.type === '') last.init = followable(child);
  }
  return drafts;
}

/** `if let a = b.c, let d`: what comes behind each bound name; a name alone unwraps what it hides and says nothing new. */
function unwrapped(node: Node): BindingDraft[] {
  const drafts: BindingDraft[] = [];
  for (let i = 0; i < node.childCount; i++) {
    if (node.fieldNameForChild(i) !== 'bound_identifier') continue;
    const value = node.child(i + 1)?.type === '=' ? node.child(i + 2) : null;
    if (value) drafts.push({ name: node.child(i)?.text ?? '', type: '', init: followable(value) });
  }
  for (const c of node.namedChildren) if (c?.type === 'pattern') drafts.push(...names(c));
  return drafts;
}

/** Every name that a pattern binds, without types. */
function names(pattern: Node | null): BindingDraft[] {
  return (pattern?.descendantsOfType('simple_identifier') ?? []).flatMap(none);
}

const lone = (p: Node | null): Node | null => {
  const only = p?.namedChildCount === 1 ? p.namedChild(0) : null;
  return only?.type === 'simple_identifier' && p?.parent?.type === 'pattern' ? only : null;
};
