/** What Ruby binds: a local variable begins with its first assignment, and blocks see those around them. */
import type { Node } from 'web-tree-sitter';
import { type Bound, childOf, type FlowSpec, named } from '../../src/syntax/flow/spec.js';

const ATTEMPT = 'attempt';

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'assignment':
      return [{ node: field('left'), as: 'write' }];
    case 'operator_assignment':
      return [{ node: field('left'), as: 'update' }];
    case 'for':
      return [{ node: field('pattern'), as: 'write', before: field('body') }];
    case 'method':
    case 'singleton_method':
    case 'lambda':
    case 'block':
    case 'do_block':
      return [{ node: field('parameters'), as: 'declare', before: field('body') }];
    case 'exception_variable':
      return [{ node: node.namedChild(0), as: 'write' }];
    case 'in_clause':
      return [{ node: field('pattern'), as: 'write', before: field('body') }];
    default:
      return [];
  }
}

function opaque(node: Node): string | undefined {
  const called = node.type === 'call' ? node.childForFieldName('method')?.text : node.type === 'identifier' ? node.text : undefined;
  if (called !== undefined && /^(binding|eval|local_variables|instance_eval|class_eval|module_eval)$/.test(called))
    return `\`${called}\` may use any name`;
  if (node.type === 'keyword_pattern' && !node.childForFieldName('value')) return 'a pattern names a variable by its key alone';
  return undefined;
}

export const rubyFlow: FlowSpec = {
  lists: new Set(['program', 'body_statement', 'then', 'else', 'do', 'block_body', 'begin', 'ensure', ATTEMPT]),
  functions: new Set(['method', 'singleton_method', 'lambda', 'block', 'do_block']),
  blocks: new Set(['block', 'do_block']),
  barriers: new Set(['method', 'singleton_method', 'class', 'module']),
  scopes: new Set(['class', 'module']),
  loops: new Set(['for', 'while', 'until', 'while_modifier', 'until_modifier']),
  switches: new Set(),
  tries: new Set([ATTEMPT]),
  names: new Set(['identifier']),
  places: new Set(['call', 'element_reference', 'scope_resolution']),
  skips: { method: ['name'], singleton_method: ['name'], call: ['method'] },
  always: {
    if: ['condition'],
    unless: ['condition'],
    elsif: ['condition'],
    conditional: ['condition'],
    if_modifier: ['condition'],
    unless_modifier: ['condition'],
    while: ['condition'],
    until: ['condition'],
    while_modifier: ['condition'],
    until_modifier: ['condition'],
    for: ['value'],
    case: ['value'],
    case_match: ['value'],
    rescue_modifier: [],
    [ATTEMPT]: ['ensure'],
  },
  exits: { return: 'return', break: 'break', next: 'continue', redo: 'continue', retry: 'continue', yield: 'yield' },
  exit(node) {
    const isRaise =
      node.type === 'identifier'
        ? node.text === 'raise' && node.parent?.type !== 'call'
        : node.type === 'call' && node.childForFieldName('method')?.text === 'raise';
    return isRaise ? 'throw' : undefined;
  },
  self: new Set(['self', 'super']),
  assigns: 'nearest',
  bound,
  typeOf: (node) => (/^(begin|body_statement)$/.test(node.type) && childOf(node, 'rescue') ? ATTEMPT : node.type),
  isTail: (statement) => /^(body_statement|block_body)$/.test(statement.parent?.type ?? ''),
  inText: (node) => (node.type === 'pair' && named(node).length === 1 ? [named(node)[0]!.text] : []),
  opaque,
};
