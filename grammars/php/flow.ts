/** What PHP binds: a function has one scope, and its variables begin with their first assignment (PHP manual, "Variable scope"). */
import type { Node } from 'web-tree-sitter';
import { type Bound, childOf, type FlowSpec, named } from '../../src/syntax/flow/spec.js';

/** Functions of PHP that change a variable which they are given. */
const BY_REFERENCE =
  /^(preg_match(_all)?|preg_replace(_callback)?|(a|k|r|u|ar|kr|ua|uk|nat|natcase|array_multi)?sort|array_(push|pop|shift|unshift|splice|walk(_recursive)?)|end|reset|next|prev|current|each|shuffle|settype|parse_str|exec|system|passthru|str_i?replace|similar_text|sscanf|fscanf|stream_select|openssl_\w+|curl_multi_exec|getimagesize|mb_parse_str|is_callable|headers_sent)$/;

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'assignment_expression':
      return [{ node: field('left'), as: 'write' }];
    case 'augmented_assignment_expression':
      return [{ node: field('left'), as: 'update' }];
    case 'reference_assignment_expression':
      return [
        { node: field('right'), as: 'update', lent: true },
        { node: field('left'), as: 'write', lent: true },
      ];
    case 'update_expression':
      return [{ node: field('argument'), as: 'update' }];
    case 'unset_statement':
      return named(node).map((n) => ({ node: n, as: 'update' }));
    case 'foreach_statement': {
      const body = field('body');
      const target = named(node).filter((n) => n.id !== body?.id && n.type !== 'comment')[1] ?? null;
      return [{ node: target, as: 'write', before: body, lent: target?.descendantsOfType('by_ref').length !== 0 }];
    }
    case 'catch_clause':
      return [{ node: field('name'), as: 'write', before: field('body') }];
    case 'static_variable_declaration':
      return [{ node: field('name'), as: 'write', lent: true }];
    case 'argument': {
      const called = node.parent?.parent?.childForFieldName('function')?.text ?? '';
      return BY_REFERENCE.test(called) ? [{ node: childOf(node, 'variable_name'), as: 'update', lent: false }] : [];
    }
    case 'anonymous_function': {
      const uses = childOf(node, 'anonymous_function_use_clause');
      const captured = (uses ? named(uses) : []).map(
        (n): Bound => ({ node: n, as: 'capture', before: field('body'), lent: n.type === 'by_ref' }),
      );
      return [...captured, { node: field('parameters'), as: 'declare', before: field('body') }];
    }
    case 'function_definition':
    case 'method_declaration':
    case 'arrow_function':
      return [{ node: field('parameters'), as: 'declare', before: field('body') }];
    default:
      return [];
  }
}

function opaque(node: Node): string | undefined {
  if (node.type === 'dynamic_variable_name') return 'a variable variable may be any name';
  if (node.type === 'goto_statement') return '`goto` may lead anywhere';
  if (/^(include|require)(_once)?_expression$/.test(node.type)) return 'an included file may use any name';
  const called = node.type === 'function_call_expression' ? node.childForFieldName('function')?.text : undefined;
  return called !== undefined && /^(eval|extract|compact|get_defined_vars|parse_str)$/.test(called)
    ? `\`${called}\` may use any name`
    : undefined;
}

export const phpFlow: FlowSpec = {
  lists: new Set(['program', 'compound_statement', 'case_statement', 'default_statement', 'colon_block']),
  functions: new Set(['function_definition', 'method_declaration', 'anonymous_function', 'arrow_function']),
  barriers: new Set(['function_definition', 'method_declaration', 'anonymous_function']),
  scopes: new Set(),
  loops: new Set(['for_statement', 'foreach_statement', 'while_statement', 'do_statement']),
  switches: new Set(['switch_statement']),
  tries: new Set(['try_statement']),
  names: new Set(['variable_name']),
  places: new Set([
    'member_access_expression',
    'nullsafe_member_access_expression',
    'scoped_property_access_expression',
    'subscript_expression',
  ]),
  skips: { simple_parameter: ['type', 'attributes'], variadic_parameter: ['type'], anonymous_function: ['anonymous_function_use_clause'] },
  always: {
    if_statement: ['condition'],
    else_if_clause: ['condition'],
    while_statement: ['condition'],
    for_statement: ['initialize', 'condition'],
    foreach_statement: [],
    do_statement: [],
    switch_statement: ['condition'],
    switch_block: [],
    match_expression: ['condition'],
    match_block: [],
    try_statement: ['finally_clause'],
    catch_clause: [],
    conditional_expression: ['condition'],
  },
  exits: {
    return_statement: 'return',
    break_statement: 'break',
    continue_statement: 'continue',
    throw_expression: 'throw',
    throw_statement: 'throw',
    yield_expression: 'yield',
  },
  self: new Set(['$this']),
  assigns: 'function',
  bound,
  passes: (node) => (node.type === 'global_declaration' ? { names: named(node).map((n) => n.text), to: 'file' } : undefined),
  opaque,
  unseen: (node) => {
    const isKnown = BY_REFERENCE.test(node.parent?.childForFieldName('function')?.text ?? '');
    const isGiven = node.type === 'arguments' && named(node).some((a) => childOf(a, 'variable_name'));
    return isGiven && !isKnown ? 'arguments that a function of the project may take by reference' : undefined;
  },
};
