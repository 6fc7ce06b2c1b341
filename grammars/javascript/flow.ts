/** What JavaScript and TypeScript bind, and what of them may not run (ECMA-262, 14 and 15). */
import type { Node } from 'web-tree-sitter';
import type { Bound, FlowSpec } from '../../src/syntax/flow/spec.js';

const FUNCTIONS = [
  'function_declaration',
  'function_expression',
  'generator_function_declaration',
  'generator_function',
  'arrow_function',
  'method_definition',
  'class_static_block',
];

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'variable_declarator': {
      const holds = node.parent?.type === 'variable_declaration' ? 'function' : 'scope';
      return [{ node: field('name'), as: 'declare', holds, bare: field('value') === null }];
    }
    case 'for_in_statement': {
      const kind = field('kind')?.type;
      const before = field('body');
      if (kind === undefined) return [{ node: field('left'), as: 'write', before }];
      return [{ node: field('left'), as: 'declare', holds: kind === 'var' ? 'function' : 'scope', before }];
    }
    case 'assignment_expression':
      return [{ node: plain(field('left')), as: 'write' }];
    case 'augmented_assignment_expression':
      return [{ node: plain(field('left')), as: 'update' }];
    case 'update_expression':
      return [{ node: plain(field('argument')), as: 'update' }];
    case 'catch_clause':
      return [{ node: field('parameter'), as: 'declare', before: field('body') }];
    case 'function_declaration':
    case 'generator_function_declaration':
      return [{ node: field('name'), as: 'declare', holds: 'around', definition: true, before: field('name') }, ...parameters(node)];
    case 'function_expression':
    case 'generator_function':
      return [{ node: field('name'), as: 'declare', before: field('name') }, ...parameters(node)];
    case 'method_definition':
    case 'arrow_function':
      return parameters(node);
    case 'class_declaration':
    case 'abstract_class_declaration':
      return [{ node: field('name'), as: 'declare', definition: true, before: field('name') }];
    case 'enum_declaration':
      return [{ node: field('name'), as: 'declare', definition: true, before: field('name') }];
    default:
      return [];
  }
}

function parameters(node: Node): Bound[] {
  const before = node.childForFieldName('body');
  const list = node.childForFieldName('parameters') ?? node.childForFieldName('parameter');
  return list ? [{ node: list, as: 'declare', before }] : [];
}

/** `(a) = 1` and `a! += 1` assign to a. */
const plain = (node: Node | null): Node | null =>
  node && /^(parenthesized_expression|non_null_expression)$/.test(node.type) ? plain(node.namedChild(0)) : node;

function opaque(node: Node): string | undefined {
  if (node.type === 'with_statement') return 'a `with` statement may stand for any name';
  const isEval = node.type === 'call_expression' && node.childForFieldName('function')?.text === 'eval';
  return isEval ? '`eval` may use any name' : undefined;
}

export const javascriptFlow: FlowSpec = {
  lists: new Set(['program', 'statement_block', 'switch_case', 'switch_default', 'class_static_block']),
  functions: new Set(FUNCTIONS),
  scopes: new Set(['statement_block', 'for_statement', 'for_in_statement', 'catch_clause', 'switch_body', 'class_body']),
  loops: new Set(['for_statement', 'for_in_statement', 'while_statement', 'do_statement']),
  switches: new Set(['switch_statement']),
  tries: new Set(['try_statement']),
  names: new Set(['identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern']),
  places: new Set(['member_expression', 'subscript_expression']),
  skips: {
    labeled_statement: ['label'],
    break_statement: ['label'],
    continue_statement: ['label'],
    required_parameter: ['type', 'decorator'],
    optional_parameter: ['type', 'decorator'],
    function_type: ['parameters'],
    method_signature: ['parameters'],
  },
  always: {
    if_statement: ['condition'],
    while_statement: ['condition'],
    for_statement: ['initializer', 'condition'],
    for_in_statement: ['right'],
    do_statement: [],
    switch_statement: ['value'],
    switch_body: [],
    switch_case: [],
    try_statement: ['finalizer'],
    catch_clause: [],
    ternary_expression: ['condition'],
    arguments: [],
    class_body: [],
    labeled_statement: [],
  },
  exits: {
    return_statement: 'return',
    break_statement: 'break',
    continue_statement: 'continue',
    throw_statement: 'throw',
    await_expression: 'await',
    yield_expression: 'yield',
  },
  self: new Set(['this', 'super', 'arguments']),
  bound,
  unseen: (node) =>
    node.type === 'for_in_statement' && node.children.some((c) => c?.type === 'await')
      ? `\`for await\` at line ${node.startPosition.row + 1} waits`
      : undefined,
  opaque,
};
