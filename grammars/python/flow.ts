/** What Python binds (The Python Language Reference, 4.2, "Naming and binding"). */
import type { Node } from 'web-tree-sitter';
import { type Bound, childOf, type FlowSpec, inField, named } from '../../src/syntax/flow/spec.js';

const FUNCTIONS = ['function_definition', 'lambda'];

function bound(node: Node): Bound[] {
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'assignment':
      // `x: int` alone says what x is, and gives it nothing.
      return field('right') === null ? [] : [{ node: field('left'), as: 'write' }];
    case 'augmented_assignment':
      return [{ node: field('left'), as: 'update' }];
    case 'named_expression':
      return [{ node: field('name'), as: 'write' }];
    case 'for_statement':
      return [{ node: field('left'), as: 'write', before: field('body') }];
    case 'for_in_clause':
      return [{ node: field('left'), as: 'declare' }];
    case 'as_pattern_target':
      return named(node).map((n) => ({ node: n, as: 'write' }));
    case 'delete_statement':
      return named(node).map((n) => ({ node: n, as: 'update' }));
    case 'function_definition':
      return [{ node: field('name'), as: 'declare', holds: 'around', definition: true, before: field('name') }, ...parameters(node)];
    case 'lambda':
      return parameters(node);
    case 'class_definition':
      return [{ node: field('name'), as: 'declare', holds: 'around', definition: true, before: field('name') }];
    case 'import_statement':
    case 'import_from_statement':
      return inField(node, 'name').map((n) => ({ node: importedName(n), as: 'write' }));
    case 'except_clause':
      return [{ node: field('alias'), as: 'write', before: node.namedChildren.at(-1) ?? null }];
    case 'dotted_name':
      return isCapture(node) ? [{ node: node.namedChild(0), as: 'write' }] : [];
    case 'splat_pattern':
      return [{ node: node.namedChild(0), as: 'write' }];
    case 'as_pattern':
      return [{ node: childOf(node, 'identifier'), as: 'write' }].filter(() => node.parent?.type === 'case_pattern') as Bound[];
    default:
      return [];
  }
}

function parameters(node: Node): Bound[] {
  const before = node.childForFieldName('body');
  return [{ node: node.childForFieldName('parameters'), as: 'declare', before }];
}

/** `import a.b` binds a. */
const importedName = (node: Node): Node | null => (node.type === 'aliased_import' ? node.childForFieldName('alias') : node.namedChild(0));

/** A name alone in a pattern of `match` is given what stands there (PEP 634). */
const isCapture = (node: Node): boolean =>
  node.namedChildCount === 1 &&
  node.text !== '_' &&
  /^(case_pattern|union_pattern|list_pattern|tuple_pattern|keyword_pattern|dict_pattern)$/.test(node.parent?.type ?? '');

function opaque(node: Node): string | undefined {
  if (node.type === 'wildcard_import') return '`import *` may bind any name';
  const called = node.type === 'call' ? node.childForFieldName('function')?.text : undefined;
  return called !== undefined && /^(eval|exec|locals|vars)$/.test(called) ? `\`${called}\` may use any name` : undefined;
}

export const pythonFlow: FlowSpec = {
  lists: new Set(['module', 'block']),
  functions: new Set(FUNCTIONS),
  scopes: new Set(['class_definition', 'list_comprehension', 'dictionary_comprehension', 'set_comprehension', 'generator_expression']),
  owners: new Set(['class_definition']),
  loops: new Set(['for_statement', 'while_statement']),
  switches: new Set(),
  tries: new Set(['try_statement']),
  names: new Set(['identifier']),
  places: new Set(['attribute', 'subscript']),
  skips: {
    attribute: ['attribute'],
    keyword_argument: ['name'],
    import_from_statement: ['module_name', 'name'],
    import_statement: ['name'],
    typed_parameter: ['type'],
    typed_default_parameter: ['type'],
    keyword_pattern: ['identifier'],
  },
  always: {
    if_statement: ['condition'],
    while_statement: ['condition'],
    for_statement: ['right'],
    elif_clause: ['condition'],
    match_statement: ['subject'],
    try_statement: [],
    except_clause: [],
    conditional_expression: [],
    list_comprehension: [],
    dictionary_comprehension: [],
    set_comprehension: [],
    generator_expression: [],
    comparison_operator: [],
    assert_statement: [],
  },
  exits: {
    return_statement: 'return',
    break_statement: 'break',
    continue_statement: 'continue',
    raise_statement: 'throw',
    await: 'await',
    yield: 'yield',
  },
  self: new Set(['self', 'cls']),
  assigns: 'function',
  bound,
  passes(node) {
    if (node.type === 'global_statement') return { names: named(node).map((n) => n.text), to: 'file' };
    if (node.type === 'nonlocal_statement') return { names: named(node).map((n) => n.text), to: 'around' };
    return undefined;
  },
  opaque,
};
