/** What the names in C# code are bound to: parameters, variables, members and the results of methods. */
import type { Node } from 'web-tree-sitter';
import type { BindingDraft } from '../../src/syntax/language.js';
import { after, argumentLetters, declaredBy, localName, parameterNames, shorthandOf, typeOf } from './values.js';

export function bindings(node: Node): BindingDraft[] {
  const name = node.childForFieldName('name');
  const type = typeOf(node.childForFieldName('type'));
  switch (node.type) {
    case 'parameter':
      // A lambda's parameter without a type is bound with its lambda.
      return name && type !== '' ? [bound(name, type)] : [];
    case 'parameter_list':
      // `params Foo[] more` stands in the list itself.
      return name && type !== '' ? [bound(name, type)] : [];
    case 'variable_declarator':
      return variable(node);
    case 'declaration_expression':
    case 'declaration_pattern':
    case 'recursive_pattern':
      return name ? [bound(name, type, type === '' ? tested(node) : '')] : [];
    case 'catch_declaration':
      return name ? [bound(name, type)] : [];
    case 'foreach_statement': {
      const left = node.childForFieldName('left');
      return left ? pattern(left, type, after(node.childForFieldName('right'), '*')) : [];
    }
    case 'lambda_expression':
    case 'anonymous_method_expression': {
      const taken = delegateOf(node);
      return parameterNames(node).flatMap((p, i) =>
        p.parent?.childForFieldName('type') && p.parent.type === 'parameter' ? [] : [bound(p, '', taken === '' ? '' : `${taken}^${i}`)],
      );
    }
    case 'from_clause':
    case 'let_clause':
    case 'join_clause': {
      const declared = declaredBy(node);
      const source = node.type === 'join_clause' ? declared?.nextNamedSibling : node.namedChildren.at(-1);
      return declared ? [bound(declared, type, after(source, node.type === 'let_clause' ? '' : '*'))] : [];
    }
    case 'join_into_clause':
      return node.namedChildren.flatMap((c) => (c ? [bound(c, '', '')] : []));
    case 'query_expression':
      return node.namedChildren.flatMap((c) => (c?.type === 'identifier' ? [bound(c, '', '')] : []));
    case 'method_declaration':
      return name ? [{ name: `${name.text}()`, type: typeOf(node.childForFieldName('returns')), init: '' }] : [];
    case 'local_function_statement':
      return name
        ? [
            { name: name.text, type: '', init: '' },
            { name: `${name.text}()`, type, init: '' },
          ]
        : [];
    case 'delegate_declaration':
      return name ? [{ name: `${name.text}()`, type, init: '' }] : [];
    case 'indexer_declaration':
      return [{ name: 'this', type, init: '' }];
    default:
      return name ? [{ name: name.text, type, init: '' }] : [];
  }
}

const bound = (name: Node, type: string, init = ''): BindingDraft => ({ name: localName(name), type, init: type === '' ? init : '' });

function variable(node: Node): BindingDraft[] {
  const type = typeOf(node.parent?.childForFieldName('type'));
  const left = node.childForFieldName('name') ?? node.namedChild(0);
  const value = node.namedChildCount > 1 ? node.namedChildren.at(-1) : undefined;
  return left ? pattern(left, type, shorthandOf(value)) : [];
}

/** `var (a, (b, c)) = value` takes the value apart. */
function pattern(left: Node, type: string, value: string): BindingDraft[] {
  if (left.type !== 'tuple_pattern') return left.type === 'identifier' ? [bound(left, type, value)] : [];
  return left.namedChildren.flatMap((part, i) => (part ? pattern(part, '', value === '' ? '' : `${value}$${i}`) : []));
}

/** What `var x` stands for where it is not initialised: an out argument, a part of a tuple, what a pattern tests. */
function tested(node: Node): string {
  const holder = node.parent;
  if (node.type === 'declaration_expression' && holder?.type === 'argument') {
    const list = holder.parent;
    const place = indexIn(list, holder);
    const outer = list?.parent;
    if (list?.type === 'tuple_expression')
      return outer?.type === 'assignment_expression' ? after(outer.childForFieldName('right'), `$${place}`) : '';
    return outer?.type === 'invocation_expression' ? after(outer.childForFieldName('function'), `~${place}${argumentLetters(outer)}`) : '';
  }
  return holder ? testedBy(node) : '';
}

/** The value that a pattern is tried on. */
export function testedBy(pattern: Node): string {
  const holder = pattern.parent;
  switch (holder?.type) {
    case 'is_pattern_expression':
      return shorthandOf(holder.childForFieldName('expression'));
    case 'switch_expression_arm':
      return shorthandOf(holder.parent?.namedChild(0));
    case 'switch_section':
      return shorthandOf(holder.parent?.parent?.childForFieldName('value'));
    case 'negated_pattern':
    case 'and_pattern':
    case 'or_pattern':
    case 'parenthesized_pattern':
      return testedBy(holder);
    case 'subpattern': {
      const property = holder.namedChildCount > 1 ? holder.namedChild(0) : undefined;
      const clause = holder.parent;
      const whole = clause?.parent;
      if (!clause || whole?.type !== 'recursive_pattern') return '';
      const type = typeOf(whole.childForFieldName('type'));
      const before = type === '' ? testedBy(whole) : `(${type})`;
      if (before === '') return '';
      return property && property.id !== pattern.id ? `${before}.${property.text}` : `${before}$${indexIn(clause, holder)}`;
    }
    default:
      return '';
  }
}

/** What a lambda is given to: a parameter, a variable or the result of what is around it. */
function delegateOf(lambda: Node): string {
  const holder = lambda.parent;
  switch (holder?.type) {
    case 'argument': {
      const list = holder.parent;
      const call = list?.parent;
      const place = indexIn(list, holder);
      if (call?.type === 'invocation_expression') return after(call.childForFieldName('function'), `~${place}${argumentLetters(call)}`);
      const type = call?.type === 'object_creation_expression' ? typeOf(call.childForFieldName('type')) : '';
      return type === '' || !call ? '' : `(${type})~${place}${argumentLetters(call)}`;
    }
    case 'variable_declarator': {
      const type = typeOf(holder.parent?.childForFieldName('type'));
      return type === '' ? '' : `(${type})`;
    }
    case 'cast_expression':
    case 'property_declaration':
      return `(${typeOf(holder.childForFieldName('type'))})`;
    case 'assignment_expression':
      return shorthandOf(holder.childForFieldName('left'));
    case 'parenthesized_expression':
      return delegateOf(holder);
    case 'arrow_expression_clause':
    case 'return_statement': {
      const method = enclosing(holder);
      const type = typeOf(method?.childForFieldName('returns') ?? method?.childForFieldName('type'));
      return type === '' ? '' : `(${type})`;
    }
    default:
      return '';
  }
}

function enclosing(node: Node): Node | undefined {
  for (let up = node.parent; up; up = up.parent) {
    if (/^(method_declaration|local_function_statement|property_declaration|operator_declaration|indexer_declaration)$/.test(up.type))
      return up;
    if (/_declaration$|lambda_expression|anonymous_method_expression/.test(up.type) && up.type !== 'accessor_declaration') return undefined;
  }
  return undefined;
}

const indexIn = (list: Node | null | undefined, item: Node): number =>
  list?.namedChildren.filter((c) => c?.type === item.type).findIndex((c) => c?.id === item.id) ?? 0;
