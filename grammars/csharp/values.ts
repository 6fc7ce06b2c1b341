/**
 * What C# code says of the types of names, written down for the resolver in a shorthand
 * of C# itself: a type keeps its arguments and loses nullability ("List<Foo>[]"); a value
 * is a chain of steps,
 *
 *     a.b  f(x,?)  (Foo)   a name; a call with its arguments; any value of type Foo
 *     v[]  v*  v!          an element by index; by iteration; what awaiting gives
 *     v$1                  the second part of a tuple
 *     f~1xf  v^0           what the second parameter of f takes, called with such arguments; the first one of a delegate
 *
 * with "?" for an argument that cannot be followed and "=>v" for a lambda that gives v.
 */
import type { Node, Tree } from 'web-tree-sitter';

/** Chains longer than this are not followed: a fluent one can be as long as its file. */
const MAX_LENGTH = 240;
/** Arguments of calls are kept up to this length; more than that rarely says of what type a call is. */
const MAX_ARGUMENT = 60;

/** A written type; "" where there is none (`var`) or none that leads anywhere. */
export function typeOf(node: Node | null | undefined): string {
  switch (node?.type) {
    case 'identifier':
    case 'predefined_type':
      return node.text;
    case 'generic_name': {
      const list = node.namedChildren.find((c) => c?.type === 'type_argument_list');
      const of = list?.namedChildren.map((c) => typeOf(c) || 'object') ?? [];
      // typeof(List<,>) has commas alone.
      const open = list?.children.filter((c) => c?.type === ',').length ?? 0;
      return `${node.namedChild(0)?.text ?? ''}<${of.length > 0 ? of.join(',') : ','.repeat(open)}>`;
    }
    case 'qualified_name':
      return `${typeOf(node.childForFieldName('qualifier'))}.${typeOf(node.childForFieldName('name'))}`;
    case 'alias_qualified_name': {
      const alias = node.childForFieldName('alias')?.text ?? '';
      return `${alias}::${typeOf(node.childForFieldName('name'))}`;
    }
    case 'nullable_type':
    case 'ref_type':
    case 'scoped_type':
    case 'pointer_type':
      return typeOf(node.childForFieldName('type') ?? node.namedChild(0));
    case 'array_type': {
      const element = typeOf(node.childForFieldName('type'));
      return element === '' ? '' : `${element}[]`;
    }
    case 'tuple_type': {
      const parts = node.namedChildren.map((c) => {
        const name = c?.childForFieldName('name')?.text;
        return `${typeOf(c?.childForFieldName('type')) || 'object'}${name === undefined ? '' : `:${name}`}`;
      });
      return `(${parts.join(',')})`;
    }
    case 'primary_constructor_base_type':
      return typeOf(node.childForFieldName('type') ?? node.namedChild(0));
    default:
      return '';
  }
}

/** How many type arguments stand behind a name: `Foo` is not `Foo<T>`. */
export const arityOf = (generic: Node): number =>
  1 + (generic.namedChildren.find((c) => c?.type === 'type_argument_list')?.children.filter((c) => c?.type === ',').length ?? 0);

/** A value in shorthand; "" for what cannot be followed. */
export function shorthandOf(node: Node | null | undefined): string {
  const value = node ? shorten(node) : '';
  return value.length > MAX_LENGTH ? '' : value;
}

function shorten(node: Node): string {
  switch (node.type) {
    case 'identifier':
      return localName(node);
    case 'this':
    case 'base':
    case 'predefined_type':
      return node.text;
    case 'generic_name':
    case 'qualified_name':
    case 'alias_qualified_name':
      return typeOf(node);
    case 'member_access_expression': {
      const before = shorthandOf(node.childForFieldName('expression'));
      return before === '' ? '' : `${before}.${typeOf(node.childForFieldName('name'))}`;
    }
    case 'conditional_access_expression': {
      const before = shorthandOf(node.childForFieldName('condition'));
      const rest = node.namedChildren.at(-1);
      if (before === '' || !rest) return '';
      if (rest.type === 'element_binding_expression') return `${before}[]`;
      return rest.type === 'member_binding_expression' ? `${before}.${typeOf(rest.childForFieldName('name'))}` : '';
    }
    case 'invocation_expression': {
      const called = node.childForFieldName('function');
      if (called?.text === 'nameof') return '(string)';
      const before = shorthandOf(called);
      return before === '' ? '' : `${before}(${argumentsOf(node)})`;
    }
    case 'element_access_expression':
      return after(node.childForFieldName('expression'), '[]');
    case 'object_creation_expression':
    case 'array_creation_expression':
    case 'cast_expression':
    case 'default_expression':
      return made(node.childForFieldName('type'));
    case 'as_expression':
      return made(node.childForFieldName('right'));
    case 'parenthesized_expression':
    case 'checked_expression':
    case 'ref_expression':
    case 'with_expression':
      return shorthandOf(node.namedChild(0));
    case 'postfix_unary_expression':
      return shorthandOf(node.namedChild(0));
    case 'await_expression':
      return after(node.namedChild(0), '!');
    case 'assignment_expression':
      return shorthandOf(node.childForFieldName('left'));
    case 'binary_expression':
      return node.child(1)?.type === '??'
        ? shorthandOf(node.childForFieldName('left')) || shorthandOf(node.childForFieldName('right'))
        : '';
    case 'conditional_expression':
      return shorthandOf(node.childForFieldName('consequence')) || shorthandOf(node.childForFieldName('alternative'));
    case 'switch_expression': {
      const arms = node.namedChildren.filter((c) => c?.type === 'switch_expression_arm');
      for (const arm of arms) {
        const value = shorthandOf(arm?.namedChildren.at(-1));
        if (value !== '') return value;
      }
      return '';
    }
    case 'query_expression':
      return queryValue(node);
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal':
    case 'interpolated_string_expression':
      return '(string)';
    case 'integer_literal':
      return '(int)';
    case 'boolean_literal':
      return '(bool)';
    case 'character_literal':
      return '(char)';
    case 'typeof_expression':
      return '(Type)';
    default:
      return '';
  }
}

/** A value of a written type. */
export function made(type: Node | null | undefined): string {
  const written = typeOf(type);
  return written === '' ? '' : `(${written})`;
}

export function after(node: Node | null | undefined, step: string): string {
  const value = shorthandOf(node);
  return value === '' ? '' : `${value}${step}`;
}

function argumentsOf(call: Node): string {
  const given = call.childForFieldName('arguments')?.namedChildren.filter((c) => c?.type === 'argument') ?? [];
  return given.map((a) => argument(a?.child(a.childCount - 1))).join(',');
}

/** A letter for each argument of a call: "f" for a lambda, "s" for a string, "x" for anything else. */
export function argumentLetters(call: Node): string {
  const given = call.childForFieldName('arguments')?.namedChildren.filter((c) => c?.type === 'argument') ?? [];
  return given.map((a) => letterOf(a?.namedChildren.at(-1)?.type ?? '')).join('');
}

function letterOf(type: string): string {
  if (type === 'lambda_expression' || type === 'anonymous_method_expression') return 'f';
  return /string/.test(type) ? 's' : 'x';
}

function argument(node: Node | null | undefined): string {
  if (node?.type === 'lambda_expression') {
    const body = node.childForFieldName('body');
    const value = body?.type === 'block' ? shorthandOf(returned(body)) : shorthandOf(body);
    return value === '' || value.length > MAX_ARGUMENT ? '=>?' : `=>${value}`;
  }
  const value =
    node && /^(identifier|member_access_expression|object_creation_expression|await_expression|.*_literal)$/.test(node.type)
      ? shorthandOf(node)
      : '';
  return value === '' || value.length > MAX_ARGUMENT ? '?' : value;
}

/** What the block of a lambda gives where it ends with a return. */
function returned(block: Node): Node | null | undefined {
  const last = block.namedChildren.at(-1);
  return last?.type === 'return_statement' ? last.namedChild(0) : undefined;
}

/** `from x in xs … select v` is xs.Select(x => v). */
function queryValue(query: Node): string {
  const from = query.namedChildren.find((c) => c?.type === 'from_clause');
  const select = query.namedChildren.findLast((c) => c?.type === 'select_clause');
  const source = shorthandOf(from?.namedChildren.at(-1));
  const value = shorthandOf(select?.namedChild(0));
  return source === '' || value === '' ? '' : `${source}.Select(=>${value})`;
}

// --- names that are good for a part of a method only

interface Local {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

const locals = new WeakMap<Tree, ReadonlyMap<string, readonly Local[]>>();

/**
 * A name as values and bindings write it: parameters of lambdas and variables of queries
 * carry the number of theirs ("x@3"), since the next lambda may call another thing `x`.
 */
export function localName(identifier: Node): string {
  const { text, startIndex } = identifier;
  const around = localsOf(identifier.tree)
    .get(text)
    ?.findLast((l) => l.start <= startIndex && startIndex < l.end);
  return around?.name ?? text;
}

function localsOf(tree: Tree): ReadonlyMap<string, readonly Local[]> {
  const known = locals.get(tree);
  if (known) return known;
  const found = new Map<string, Local[]>();
  const holders = tree.rootNode.descendantsOfType(['lambda_expression', 'anonymous_method_expression', 'query_expression']);
  for (const [n, holder] of holders.entries()) {
    if (!holder) continue;
    for (const { text } of holder.type === 'query_expression' ? queryNames(holder) : parameterNames(holder)) {
      const same = found.get(text) ?? [];
      found.set(text, same);
      same.push({ start: holder.startIndex, end: holder.endIndex, name: `${text}@${n}` });
    }
  }
  locals.set(tree, found);
  return found;
}

/** The names of a lambda's parameters, in their order. */
export function parameterNames(lambda: Node): Node[] {
  const list = lambda.childForFieldName('parameters') ?? lambda.namedChildren.find((c) => c?.type === 'parameter_list');
  if (!list) return [];
  if (list.type !== 'parameter_list') return [list];
  return list.namedChildren.flatMap((p) => p?.childForFieldName('name') ?? []);
}

function queryNames(query: Node): Node[] {
  return query.namedChildren.flatMap((c) => {
    if (!c) return [];
    const name = declaredBy(c);
    const into = c.namedChildren.find((j) => j?.type === 'join_into_clause')?.namedChild(0);
    return [...(name ? [name] : []), ...(into ? [into] : [])];
  });
}

/** The variable that a clause of a query brings; `into x` is a bare name among the clauses. */
export function declaredBy(clause: Node): Node | undefined {
  switch (clause.type) {
    case 'from_clause':
      return clause.childForFieldName('name') ?? undefined;
    case 'let_clause':
      return clause.namedChild(0) ?? undefined;
    case 'join_clause':
      return clause.namedChild(clause.childForFieldName('type') ? 1 : 0) ?? undefined;
    case 'identifier':
      return clause;
    default:
      return undefined;
  }
}
