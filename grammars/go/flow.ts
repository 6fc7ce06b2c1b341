/** What Go binds (The Go Programming Language Specification, "Declarations and scope"). */
import type { Node } from 'web-tree-sitter';
import { type Bound, type FlowSpec, inField, named } from '../../src/syntax/flow/spec.js';
import { BLOCKS, FUNCTIONS } from './scopes.js';

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  const isShort = node.children.some((c) => c?.type === ':=');
  switch (node.type) {
    case 'short_var_declaration':
      return [{ node: field('left'), as: 'declare', holds: 'after', reuses: true }];
    case 'range_clause':
    case 'receive_statement':
      return [isShort ? { node: field('left'), as: 'declare', holds: 'after' } : { node: field('left'), as: 'write' }];
    case 'assignment_statement':
      return [{ node: field('left'), as: field('operator')?.type === '=' ? 'write' : 'update' }];
    case 'inc_statement':
    case 'dec_statement':
      return [{ node: node.namedChild(0), as: 'update' }];
    case 'unary_expression':
      return field('operator')?.type === '&' ? [{ node: field('operand'), as: 'update', lent: true }] : [];
    // Without a value it has the zero value.
    case 'var_spec':
    case 'const_spec':
      return inField(node, 'name').map((name) => ({ node: name, as: 'declare', holds: 'after' }));
    case 'parameter_declaration':
    case 'variadic_parameter_declaration':
      return inField(node, 'name').map((name) => ({ node: name, as: 'declare' }));
    case 'type_switch_statement':
      return [{ node: field('alias'), as: 'declare', before: named(node).find((c) => /case$/.test(c.type)) ?? null }];
    default:
      return [];
  }
}

export const goFlow: FlowSpec = {
  lists: new Set(['source_file', 'statement_list']),
  functions: new Set(FUNCTIONS),
  scopes: new Set([...BLOCKS, 'function_type']),
  loops: new Set(['for_statement']),
  switches: new Set(['expression_switch_statement', 'type_switch_statement', 'select_statement']),
  tries: new Set(),
  names: new Set(['identifier']),
  places: new Set([
    'selector_expression',
    'index_expression',
    'unary_expression',
    'slice_expression',
    'call_expression',
    'composite_literal',
  ]),
  skips: { function_declaration: ['name'] },
  always: {
    if_statement: ['initializer', 'condition'],
    for_statement: ['for_clause'],
    for_clause: ['initializer', 'condition'],
    range_clause: ['right'],
    expression_switch_statement: ['initializer', 'value'],
    type_switch_statement: ['initializer', 'value'],
    select_statement: [],
    communication_case: [],
    expression_case: [],
    labeled_statement: [],
  },
  exits: {
    return_statement: 'return',
    break_statement: 'break',
    continue_statement: 'continue',
    defer_statement: 'defer',
  },
  self: new Set(),
  bound,
  opaque: (node) => (node.type === 'goto_statement' ? '`goto` may lead anywhere' : undefined),
};
