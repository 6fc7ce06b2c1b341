/** What Rust binds (The Rust Reference, "Patterns" and "Scopes"). */
import type { Node } from 'web-tree-sitter';
import type { Bound, FlowSpec } from '../../src/syntax/flow/spec.js';

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'let_declaration':
      return [{ node: field('pattern'), as: 'declare', holds: 'after', bare: field('value') === null }];
    case 'let_condition':
      return [{ node: field('pattern'), as: 'declare', holds: 'after' }];
    case 'assignment_expression':
      return [{ node: field('left'), as: 'write' }];
    case 'compound_assignment_expr':
      return [{ node: field('left'), as: 'update' }];
    case 'reference_expression':
      return node.namedChildren.some((c) => c?.type === 'mutable_specifier') ? [{ node: field('value'), as: 'update', lent: true }] : [];
    case 'for_expression':
      return [{ node: field('pattern'), as: 'declare', before: field('body') }];
    case 'match_arm':
      return [{ node: field('pattern')?.namedChild(0) ?? null, as: 'declare', before: field('pattern') }];
    case 'parameter':
      return [{ node: field('pattern'), as: 'declare' }];
    case 'closure_parameters':
      return node.namedChildren.filter((c) => c?.type !== 'parameter').map((pattern) => ({ node: pattern, as: 'declare' }));
    case 'function_item':
      return [{ node: field('name'), as: 'declare', holds: 'around', definition: true, before: field('name') }];
    default:
      return [];
  }
}

/** Macros that read what they name, and do nothing else with it. */
const PLAIN =
  /^(?:\w+::)*(?:e?print(?:ln)?|format|format_args|write(?:ln)?|panic|todo|unimplemented|unreachable|vec|matches|dbg|(?:debug_)?assert(?:_eq|_ne)?|trace|debug|info|warn|error|log|bail|ensure|anyhow)$/;

function unseen(node: Node): string | undefined {
  if (node.type !== 'macro_invocation') return undefined;
  const name = node.childForFieldName('macro')?.text ?? '';
  return PLAIN.test(name) ? undefined : `the macro ${name}! (line ${node.startPosition.row + 1}) beyond the names in it`;
}

export const rustFlow: FlowSpec = {
  lists: new Set(['source_file', 'block']),
  functions: new Set(['function_item', 'closure_expression', 'async_block']),
  barriers: new Set(['function_item']),
  scopes: new Set(['block', 'if_expression', 'while_expression', 'for_expression', 'match_arm']),
  loops: new Set(['for_expression', 'while_expression', 'loop_expression']),
  switches: new Set(),
  tries: new Set(),
  names: new Set(['identifier', 'shorthand_field_identifier']),
  places: new Set([
    'field_expression',
    'index_expression',
    'unary_expression',
    'call_expression',
    'scoped_identifier',
    'scoped_type_identifier',
    'method_call_expression',
    'range_pattern',
  ]),
  skips: {
    tuple_struct_pattern: ['type'],
    struct_pattern: ['type'],
    parameter: ['type'],
    macro_invocation: ['macro'],
    scoped_identifier: ['name', 'path'],
    loop_expression: ['label'],
    while_expression: ['label'],
    for_expression: ['label'],
    break_expression: ['label'],
    continue_expression: ['label'],
  },
  always: {
    if_expression: ['condition'],
    while_expression: ['condition'],
    for_expression: ['value'],
    loop_expression: [],
    match_expression: ['value'],
    match_arm: [],
    let_declaration: ['value', 'pattern', 'type'],
    let_chain: [],
    macro_invocation: [],
  },
  exits: {
    return_expression: 'return',
    try_expression: 'return',
    break_expression: 'break',
    continue_expression: 'continue',
    await_expression: 'await',
    yield_expression: 'yield',
  },
  self: new Set(['self']),
  constant: /^[A-Z]/,
  bound,
  isTail: (statement) => !/^(let_declaration|.*_item|.*_definition)$/.test(statement.type) && !statement.text.endsWith(';'),
  inText: (node) =>
    node.type === 'string_content' && node.parent?.parent?.type === 'token_tree'
      ? [...node.text.matchAll(/\{([A-Za-z_]\w*)(?::[^}]*)?\}/g)].map(([, name]) => name!)
      : [],
  unseen,
};
