/** What C and C++ bind (ISO/IEC 9899, 6.2.1; ISO/IEC 14882, [basic.scope]). */
import type { Node } from 'web-tree-sitter';
import { type Bound, type FlowSpec, inField } from '../../src/syntax/flow/spec.js';

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    // Without a value too, an object or an array can be worked with from here on.
    case 'declaration':
      return inField(node, 'declarator')
        .filter(({ type }) => type !== 'init_declarator' && type !== 'function_declarator')
        .map((declarator) => ({ node: declarator, as: 'declare', holds: 'after' }));
    case 'init_declarator':
      return [{ node: field('declarator'), as: 'declare', holds: 'after' }];
    case 'parameter_declaration':
    case 'optional_parameter_declaration':
      return isParameter(node) ? [{ node: field('declarator'), as: 'declare' }] : [];
    case 'for_range_loop':
      return [{ node: field('declarator'), as: 'declare', before: field('body') }];
    case 'assignment_expression':
      return [{ node: plain(field('left')), as: field('operator')?.type === '=' ? 'write' : 'update' }];
    case 'update_expression':
      return [{ node: plain(field('argument')), as: 'update' }];
    case 'pointer_expression':
      return field('operator')?.type === '&' ? [{ node: plain(field('argument')), as: 'update', lent: true }] : [];
    default:
      return [];
  }
}

/** Of a function with a body, not of a declaration or a type. */
function isParameter(node: Node): boolean {
  let up = node.parent;
  while (up && /declarator|parameter_list/.test(up.type)) up = up.parent;
  return /^(function_definition|lambda_expression|catch_clause)$/.test(up?.type ?? '');
}

const plain = (node: Node | null): Node | null => (node?.type === 'parenthesized_expression' ? plain(node.namedChild(0)) : node);

function opaque(node: Node): string | undefined {
  if (node.type === 'goto_statement') return '`goto` may lead anywhere';
  return /^preproc_(if|ifdef)$/.test(node.type) ? 'it depends on the preprocessor' : undefined;
}

export const cFlow: FlowSpec = {
  lists: new Set(['translation_unit', 'compound_statement', 'case_statement']),
  functions: new Set(['function_definition', 'lambda_expression']),
  scopes: new Set([
    'compound_statement',
    'for_statement',
    'for_range_loop',
    'if_statement',
    'while_statement',
    'switch_statement',
    'catch_clause',
  ]),
  loops: new Set(['for_statement', 'for_range_loop', 'while_statement', 'do_statement']),
  switches: new Set(['switch_statement']),
  tries: new Set(['try_statement']),
  names: new Set(['identifier']),
  places: new Set(['field_expression', 'subscript_expression', 'pointer_expression', 'call_expression', 'qualified_identifier']),
  skips: {
    labeled_statement: ['label'],
    goto_statement: ['label'],
    qualified_identifier: ['name', 'scope'],
  },
  always: {
    if_statement: ['condition'],
    while_statement: ['condition'],
    for_statement: ['initializer', 'condition'],
    for_range_loop: ['right'],
    do_statement: [],
    switch_statement: ['condition'],
    case_statement: [],
    try_statement: [],
    catch_clause: [],
    conditional_expression: ['condition'],
  },
  exits: {
    return_statement: 'return',
    co_return_statement: 'return',
    break_statement: 'break',
    continue_statement: 'continue',
    throw_statement: 'throw',
    co_await_expression: 'await',
    co_yield_statement: 'yield',
  },
  self: new Set(['this']),
  bound,
  opaque,
  unseen: (node) =>
    node.type === 'call_expression' && /^[A-Z][A-Z0-9_]+$/.test(node.childForFieldName('function')?.text ?? '')
      ? `the macro ${node.childForFieldName('function')?.text}`
      : undefined,
};

export const cppFlow: FlowSpec = {
  ...cFlow,
  unseen: (node) =>
    cFlow.unseen?.(node) ??
    (node.type === 'argument_list' && node.namedChildren.some((c) => c?.type === 'identifier')
      ? 'arguments that a call may take by reference'
      : undefined),
};
