/** What C# binds (C# language specification, 7.7 and 13). */
import type { Node } from 'web-tree-sitter';
import { type Bound, type FlowSpec, named } from '../../src/syntax/flow/spec.js';

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  const has = (token: string): boolean => node.children.some((c) => c?.type === token);
  switch (node.type) {
    case 'variable_declarator': {
      const name = field('name') ?? node.namedChild(0);
      return [{ node: name, as: 'declare', holds: 'after', bare: named(node).length < 2 }];
    }
    case 'assignment_expression':
      // Of an object initializer the names are members.
      if (node.parent?.type === 'initializer_expression') return [];
      return [{ node: field('left'), as: field('operator')?.text === '=' ? 'write' : 'update' }];
    case 'prefix_unary_expression':
    case 'postfix_unary_expression':
      if (has('&')) return [{ node: named(node).at(-1) ?? null, as: 'update', lent: true }];
      return has('++') || has('--') ? [{ node: node.namedChild(0), as: 'update' }] : [];
    case 'argument':
      if (named(node).at(-1)?.type === 'declaration_expression') return [];
      if (has('out')) return [{ node: named(node).at(-1) ?? null, as: 'write' }];
      return has('ref') ? [{ node: named(node).at(-1) ?? null, as: 'update', lent: true }] : [];
    case 'declaration_expression':
    case 'declaration_pattern':
    case 'recursive_pattern':
    case 'var_pattern':
      return [{ node: field('name'), as: 'declare', holds: 'after' }];
    case 'foreach_statement':
      return [{ node: field('left'), as: 'declare', before: field('body') }];
    case 'parameter':
    case 'catch_declaration':
      return [{ node: field('name'), as: 'declare' }];
    case 'parameter_list':
      // `params` has no node of its own.
      return [{ node: field('name'), as: 'declare' }];
    case 'lambda_expression': {
      const only = field('parameters');
      return only?.type === 'implicit_parameter' ? [{ node: only, as: 'declare', before: field('body') }] : [];
    }
    case 'local_function_statement':
      return [{ node: field('name'), as: 'declare', holds: 'around', definition: true, before: field('name') }];
    case 'from_clause':
    case 'let_clause':
    case 'join_clause':
      return [{ node: field('name') ?? node.namedChild(0), as: 'declare' }];
    default:
      return [];
  }
}

const TYPED = ['type', 'returns'];

export const csharpFlow: FlowSpec = {
  lists: new Set(['compilation_unit', 'block', 'switch_section']),
  functions: new Set([
    'method_declaration',
    'constructor_declaration',
    'destructor_declaration',
    'operator_declaration',
    'conversion_operator_declaration',
    'accessor_declaration',
    'local_function_statement',
    'lambda_expression',
    'anonymous_method_expression',
  ]),
  scopes: new Set([
    'block',
    'for_statement',
    'foreach_statement',
    'using_statement',
    'switch_body',
    'switch_expression_arm',
    'catch_clause',
    'query_expression',
    'fixed_statement',
  ]),
  loops: new Set(['for_statement', 'foreach_statement', 'while_statement', 'do_statement']),
  switches: new Set(['switch_statement']),
  tries: new Set(['try_statement']),
  names: new Set(['identifier', 'implicit_parameter']),
  places: new Set(['member_access_expression', 'element_access_expression', 'conditional_access_expression', 'invocation_expression']),
  skips: {
    method_declaration: ['name', ...TYPED],
    constructor_declaration: ['name'],
    member_access_expression: ['name'],
    member_binding_expression: ['name'],
    argument: ['name'],
    variable_declaration: TYPED,
    parameter: TYPED,
    declaration_pattern: TYPED,
    declaration_expression: TYPED,
    foreach_statement: TYPED,
    object_creation_expression: TYPED,
    cast_expression: TYPED,
    catch_declaration: TYPED,
    local_function_statement: TYPED,
    generic_name: ['identifier'],
    goto_statement: ['identifier'],
    labeled_statement: ['identifier'],
  },
  always: {
    if_statement: ['condition'],
    while_statement: ['condition'],
    for_statement: ['initializer', 'condition'],
    foreach_statement: ['right'],
    do_statement: [],
    switch_statement: ['value'],
    switch_body: [],
    switch_expression: ['identifier'],
    switch_expression_arm: [],
    try_statement: ['finally_clause'],
    catch_clause: [],
    conditional_expression: ['condition'],
    conditional_access_expression: ['condition'],
    query_expression: [],
  },
  exits: {
    return_statement: 'return',
    break_statement: 'break',
    continue_statement: 'continue',
    throw_statement: 'throw',
    throw_expression: 'throw',
    await_expression: 'await',
    yield_statement: 'yield',
  },
  self: new Set(['this', 'base']),
  bound,
  opaque: (node) =>
    node.type === 'goto_statement' ? '`goto` may lead anywhere' : node.type === 'preproc_if' ? 'it depends on `#if`' : undefined,
};
