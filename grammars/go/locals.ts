/** Names that a Go function, block or clause declares for itself (The Go Programming Language Specification, "Declarations and scope"), and values with such names replaced by what they stand for. */
import type { Node } from 'web-tree-sitter';
import type { LocalDraft, LocalsAt } from '../../src/syntax/language.js';
import { BLOCKS, FUNCTIONS } from './scopes.js';
import { headOf, typeText, valueText, withoutStructs } from './types.js';

const SCOPES = new Set<string>([...BLOCKS, ...FUNCTIONS]);
/** Longer values than this are given up: they come from chains that no rule bounds. */
const MAX_VALUE = 200;
/** On the way there may be more: an unnamed struct of which one field is used. */
const MAX_WRITTEN = 4_000;
const MAX_DEPTH = 16;

/** Names in a value that may be types: not members, not fields of an unnamed struct. */
const TYPE_NAMES = /(^|[^\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)(?![\p{L}\p{N}_]|\s)/gu;

/** Marks the value of a local that is a type: what it is declared by. */
const TYPE = 'type ';

export function locals(node: Node): LocalDraft[] {
  switch (node.type) {
    case 'function_declaration':
    case 'method_declaration':
    case 'func_literal':
    case 'function_type':
    case 'method_elem':
      return parameters(node);
    case 'type_parameter_list':
      return node.namedChildren.flatMap((p) => named(p, range(node.parent), () => TYPE + typeText(p?.childForFieldName('type'))));
    case 'type_spec':
    case 'type_alias': {
      const scope = scopeOf(node);
      const declared = (): string => TYPE + typeText(node.childForFieldName('type'));
      return scope ? named(node, { from: node.startIndex, to: scope.endIndex }, declared) : [];
    }
    case 'type_switch_statement':
      return switched(node);
    case 'const_spec':
      return named(node, after(node), () => valueOfType(node.childForFieldName('type')));
    case 'var_spec': {
      const type = node.childForFieldName('type');
      const values = node.childForFieldName('value');
      const names = node.childrenForFieldName('name');
      return names.flatMap((name, i) => local(name, after(node), () => (type ? valueOfType(type) : assigned(values, i, names.length))));
    }
    default:
      return declared(node);
  }
}

/** `a, b := …` of a statement, of a range clause and of a case that receives. */
function declared(node: Node): LocalDraft[] {
  if (!node.children.some((c) => c?.type === ':=')) return [];
  const left = node.childForFieldName('left')?.namedChildren ?? [];
  const right = node.childForFieldName('right') ?? null;
  if (node.type === 'range_clause') {
    const scope = range(node.parent?.childForFieldName('body'));
    return left.flatMap((name, i) => local(name, scope, () => step(valueText(right), `[${i}]`)));
  }
  return left.flatMap((name, i) =>
    local(name, after(node), () =>
      node.type === 'receive_statement' ? (i === 0 ? valueText(right) : '') : assigned(right, i, left.length),
    ),
  );
}

/** Value of the `i`-th of `count` names: its own expression, or one result of a call. */
function assigned(values: Node | null, i: number, count: number): string {
  const given = values?.namedChildren ?? [];
  if (given.length === count) return valueText(given[i]);
  const only = valueText(given[0]);
  // v, ok := m[k], x.(T) and <-c give the value first.
  if (!only.endsWith('()')) return i === 0 ? only : '';
  return i === 0 ? only : only + i;
}

function parameters(node: Node): LocalDraft[] {
  // Without a body, as in a type, names of parameters hold nowhere.
  const scope = range(node.childForFieldName('body'));
  const of = (list: Node | null): LocalDraft[] =>
    (list?.namedChildren ?? []).flatMap((p) =>
      named(p, scope, () => {
        const type = typeText(p?.childForFieldName('type'));
        return type === '' ? '' : p?.type === 'variadic_parameter_declaration' ? `([]${type})` : `(${type})`;
      }),
    );
  const result = node.childForFieldName('result');
  const receiver = node.childForFieldName('receiver');
  return [
    ...of(receiver),
    ...receivedTypes(receiver, range(node)),
    ...of(node.childForFieldName('parameters')),
    ...(result?.type === 'parameter_list' ? of(result) : []),
  ];
}

/** `func (s *Stack[T])` declares T. */
function receivedTypes(receiver: Node | null, scope: Range): LocalDraft[] {
  return receiverTypeParameters(receiver).map((name) => ({ name: name.text, at: name.startIndex, ...scope, value: () => TYPE }));
}

export function receiverTypeParameters(receiver: Node | null): Node[] {
  let type = receiver?.namedChild(0)?.childForFieldName('type') ?? null;
  while (type && type.type !== 'generic_type') type = type.namedChild(0);
  return type?.childForFieldName('type_arguments')?.namedChildren.flatMap((a) => a ?? []) ?? [];
}

/** In each clause of `switch v := x.(type)`, v is of the clause's type when it names one. */
function switched(node: Node): LocalDraft[] {
  const alias = node.childForFieldName('alias')?.namedChild(0) ?? null;
  if (!alias) return [];
  return node.namedChildren.flatMap((clause) => {
    if (clause?.type !== 'type_case' && clause?.type !== 'default_case') return [];
    const types = clause.childrenForFieldName('type');
    return local(alias, range(clause), () =>
      types.length === 1 ? valueOfType(types[0] ?? null) : valueText(node.childForFieldName('value')),
    );
  });
}

type Range = Pick<LocalDraft, 'from' | 'to'>;

const range = (node: Node | null | undefined): Range => ({ from: node?.startIndex ?? 0, to: node?.endIndex ?? 0 });

function after(node: Node): Range {
  return { from: node.endIndex, to: scopeOf(node)?.endIndex ?? 0 };
}

function scopeOf(node: Node): Node | undefined {
  for (let up = node.parent; up; up = up.parent) if (SCOPES.has(up.type)) return up;
  return undefined;
}

function named(node: Node | null, scope: Range, value: () => string): LocalDraft[] {
  return node?.childrenForFieldName('name').flatMap((name) => local(name, scope, value)) ?? [];
}

function local(name: Node | null | undefined, scope: Range, value: () => string): LocalDraft[] {
  return name && /^(type_)?identifier$/.test(name.type) ? [{ name: name.text, at: name.startIndex, ...scope, value }] : [];
}

function valueOfType(type: Node | null): string {
  const text = typeText(type);
  return text === '' ? '' : `(${text})`;
}

const step = (value: string, more: string): string => (value === '' ? '' : value + more);

/** A value with its local names replaced by what they stand for; "" where one stands for nothing that can be followed. */
export function expand(value: string, index: number, at: LocalsAt): string {
  const whole = expandHead(value, index, at, 0);
  return whole.length > MAX_VALUE || whole.includes('struct{') ? '' : whole;
}

function expandHead(value: string, index: number, at: LocalsAt, depth: number): string {
  if (value === '' || depth > MAX_DEPTH || value.length > MAX_WRITTEN) return '';
  const head = headOf(value);
  const inner = head === '' ? undefined : localAt(head, index, at);
  if (!inner) return withoutStructs(expandTypes(value, index, at, depth));
  const stands = inner.value();
  const rest = value.slice(head.length);
  // A local type stands for its values; a call of it is a conversion.
  if (stands.startsWith(TYPE))
    return withoutStructs(`(${expandTypes(stands.slice(TYPE.length), inner.from - 1, at, depth + 1)})${rest.replace(/^\(\)/, '')}`);
  const expanded = expandHead(stands, inner.from - 1, at, depth + 1);
  return expanded === '' ? '' : withoutStructs(expanded + rest);
}

/** The local of a name at a place. `a, err := f()` after `err :=` in the same block declares no new err: any of them that is known tells its type. */
function localAt(name: string, index: number, at: LocalsAt): LocalDraft | undefined {
  const all = at(name, index);
  return all.find((l) => l.to === all[0]?.to && l.value() !== '') ?? all[0];
}

/** The types in a value, with the local ones replaced by what they are declared by. */
function expandTypes(value: string, index: number, at: LocalsAt, depth: number): string {
  return value.replace(TYPE_NAMES, (whole, before: string, name: string) => {
    const [inner] = at(name, index);
    const stands = inner?.value() ?? '';
    if (!inner || !stands.startsWith(TYPE)) return whole;
    const written = stands.slice(TYPE.length);
    const type = depth > MAX_DEPTH || written === '' ? '?' : expandTypes(written, inner.from - 1, at, depth + 1);
    return before + (new RegExp(`\\b${name}\\b`).test(type) ? '?' : type);
  });
}
