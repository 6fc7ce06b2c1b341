/** What Kotlin binds (Kotlin specification, "Scopes and identifiers"). */
import type { Node } from 'web-tree-sitter';
import { type Bound, childOf, type FlowSpec, named } from '../../src/syntax/flow/spec.js';

const VARIABLES = ['variable_declaration', 'multi_variable_declaration'];

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  const isStep = /^(\+\+|--)$/.test(field('operator')?.type ?? '');
  switch (node.type) {
    case 'property_declaration': {
      const at = node.namedChildren.findIndex((c) => VARIABLES.includes(c?.type ?? ''));
      return [{ node: childOf(node, ...VARIABLES), as: 'declare', holds: 'after', bare: at === node.namedChildCount - 1 }];
    }
    case 'assignment':
      return [{ node: field('left'), as: field('operator')?.type === '=' ? 'write' : 'update' }];
    case 'unary_expression':
      return isStep ? [{ node: field('argument'), as: 'update' }] : [];
    case 'for_statement':
      return [{ node: childOf(node, ...VARIABLES), as: 'declare', before: named(node).at(-1) ?? null }];
    case 'when_subject':
      return [{ node: childOf(node, ...VARIABLES), as: 'declare', holds: 'after' }];
    case 'lambda_parameters':
      return named(node).map((n) => ({ node: n, as: 'declare' }));
    case 'parameter':
    case 'catch_block':
      return [{ node: childOf(node, 'identifier'), as: 'declare', before: childOf(node, 'block') }];
    case 'function_declaration':
      return [{ node: field('name'), as: 'declare', holds: 'around', definition: true, before: field('name') }];
    default:
      return [];
  }
}

/** Whether an identifier stands where a variable can: not a member, not the name of an argument, of a label, of an infix function. */
function isName(node: Node): boolean {
  const { parent } = node;
  const at = parent?.namedChildren.findIndex((c) => c?.id === node.id) ?? 0;
  switch (parent?.type) {
    case 'navigation_expression':
      return at === 0;
    case 'infix_expression':
      return at !== 1;
    case 'value_argument':
      return at === parent.namedChildCount - 1;
    case 'user_type':
    case 'callable_reference':
    case 'labeled_expression':
    case 'return_expression':
      return parent.childForFieldName('label')?.id !== node.id && parent.type === 'return_expression';
    default:
      return !/^(break|continue)$/.test(node.text);
  }
}

function exit(node: Node): 'break' | 'continue' | undefined {
  if (node.type === 'labeled_expression')
    return /^break@/.test(node.text) ? 'break' : /^continue@/.test(node.text) ? 'continue' : undefined;
  return node.type !== 'identifier' || !/^(break|continue)$/.test(node.text) ? undefined : (node.text as 'break' | 'continue');
}

export const kotlinFlow: FlowSpec = {
  lists: new Set(['source_file', 'block', 'lambda_literal']),
  functions: new Set([
    'function_declaration',
    'anonymous_function',
    'lambda_literal',
    'getter',
    'setter',
    'secondary_constructor',
    'anonymous_initializer',
  ]),
  blocks: new Set(['lambda_literal']),
  scopes: new Set(['block', 'for_statement', 'when_expression', 'catch_block', 'class_body']),
  loops: new Set(['for_statement', 'while_statement', 'do_while_statement']),
  switches: new Set(),
  tries: new Set(['try_expression']),
  names: new Set(['identifier']),
  places: new Set(['navigation_expression', 'index_expression', 'call_expression']),
  skips: {
    variable_declaration: ['user_type', 'nullable_type', 'function_type'],
    parameter: ['user_type', 'nullable_type', 'function_type'],
    class_declaration: ['name'],
  },
  always: {
    if_expression: ['condition'],
    while_statement: ['condition'],
    for_statement: [],
    do_while_statement: [],
    when_expression: ['when_subject'],
    when_entry: [],
    try_expression: ['finally_block'],
    catch_block: [],
    class_body: [],
  },
  exits: { return_expression: 'return', throw_expression: 'throw' },
  exit,
  self: new Set(['this', 'super']),
  bound,
  isName,
  implicit: (node) => (node.type === 'lambda_literal' && !childOf(node, 'lambda_parameters') ? ['it'] : []),
  isTail: (statement) => statement.parent?.type === 'lambda_literal',
  inText: (node) => (/string_literal$/.test(node.type) ? [...node.text.matchAll(/\$([A-Za-z_]\w*)/g)].map(([, name]) => name!) : []),
};
