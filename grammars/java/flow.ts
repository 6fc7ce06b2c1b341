/** What Java binds (The Java Language Specification, 6.3, 14 and 15). */
import type { Node } from 'web-tree-sitter';
import { type Bound, type FlowSpec, inField } from '../../src/syntax/flow/spec.js';

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'variable_declarator':
      return [
        { node: field('name'), as: 'declare', holds: 'after', bare: field('value') === null && node.parent?.type !== 'spread_parameter' },
      ];
    case 'assignment_expression':
      return [{ node: field('left'), as: field('operator')?.type === '=' ? 'write' : 'update' }];
    case 'update_expression':
      return [{ node: node.namedChild(0), as: 'update' }];
    case 'enhanced_for_statement':
      return [{ node: field('name'), as: 'declare', before: field('body') }];
    case 'formal_parameter':
    case 'catch_formal_parameter':
      return [{ node: field('name'), as: 'declare' }];
    case 'resource':
      return [{ node: field('name'), as: 'declare', holds: 'after' }];
    case 'instanceof_expression':
      return [{ node: field('name'), as: 'declare', holds: 'after' }];
    case 'type_pattern':
    case 'record_pattern_component':
      return [{ node: node.namedChildren.at(-1) ?? null, as: 'declare', holds: 'after' }];
    case 'inferred_parameters':
      return node.namedChildren.map((name) => ({ node: name, as: 'declare' }));
    case 'lambda_expression':
      return inField(node, 'parameters')
        .filter(({ type }) => type === 'identifier')
        .map((name) => ({ node: name, as: 'declare', before: field('body') }));
    default:
      return [];
  }
}

const isLabel = (node: Node): boolean =>
  /^(break|continue|labeled)_statement$/.test(node.parent?.type ?? '') && node.parent?.namedChild(0)?.id === node.id;

export const javaFlow: FlowSpec = {
  lists: new Set(['program', 'block', 'switch_block_statement_group', 'constructor_body']),
  functions: new Set([
    'method_declaration',
    'constructor_declaration',
    'compact_constructor_declaration',
    'lambda_expression',
    'static_initializer',
  ]),
  scopes: new Set([
    'block',
    'for_statement',
    'enhanced_for_statement',
    'switch_block',
    'switch_rule',
    'catch_clause',
    'try_with_resources_statement',
    'class_body',
  ]),
  loops: new Set(['for_statement', 'enhanced_for_statement', 'while_statement', 'do_statement']),
  switches: new Set(['switch_expression']),
  tries: new Set(['try_statement', 'try_with_resources_statement']),
  names: new Set(['identifier']),
  places: new Set(['field_access', 'array_access', 'method_invocation']),
  skips: {
    method_declaration: ['name'],
    constructor_declaration: ['name'],
    class_declaration: ['name'],
    field_access: ['field'],
    method_invocation: ['name'],
    method_reference: [],
  },
  always: {
    if_statement: ['condition'],
    while_statement: ['condition'],
    for_statement: ['init', 'condition'],
    enhanced_for_statement: ['value'],
    do_statement: [],
    switch_expression: ['condition'],
    switch_block: [],
    switch_rule: [],
    try_statement: ['finally_clause'],
    try_with_resources_statement: ['resources'],
    catch_clause: [],
    ternary_expression: ['condition'],
    labeled_statement: [],
    class_body: [],
  },
  exits: {
    return_statement: 'return',
    break_statement: 'break',
    continue_statement: 'continue',
    throw_statement: 'throw',
    // It leaves a switch with a value.
    yield_statement: 'break',
  },
  self: new Set(['this', 'super']),
  bound,
  isName: (node) => !isLabel(node) && !(node.parent?.type === 'method_reference' && node.parent.namedChild(0)?.id !== node.id),
};
