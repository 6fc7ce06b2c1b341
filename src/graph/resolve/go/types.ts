/** Types and values of Go as records write them (grammars/go/types.ts), read back. */
import type { Definition } from './packages.js';

export type GoType =
  /** A type that the workspace declares, with its type arguments. */
  | { readonly kind: 'named'; readonly definition: Definition; readonly given: readonly MaybeType[] }
  /** A type of another module or of the language: nothing is known of it but its arguments. */
  | { readonly kind: 'foreign'; readonly name: string; readonly given: readonly MaybeType[] }
  | { readonly kind: 'list'; readonly element: MaybeType }
  | { readonly kind: 'channel'; readonly element: MaybeType }
  | { readonly kind: 'map'; readonly key: MaybeType; readonly element: MaybeType }
  | { readonly kind: 'function'; readonly results: readonly MaybeType[] }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, MaybeType> };
export type MaybeType = GoType | undefined;

/** What a name with type arguments means where the text stands. */
type Naming = (name: string, given: readonly MaybeType[]) => MaybeType;

export function readType(text: string, naming: Naming): MaybeType {
  let at = 0;
  const eat = (part: string): boolean => {
    const here = text.startsWith(part, at);
    if (here) at += part.length;
    return here;
  };
  const word = (): string => {
    const name = /^[\p{L}_][\p{L}\p{N}_.]*/u.exec(text.slice(at))?.[0] ?? '';
    at += name.length;
    return name;
  };
  const listUntil = (end: string): MaybeType[] => {
    const types: MaybeType[] = [];
    while (!eat(end) && at < text.length) {
      types.push(type());
      if (!eat(',') && !text.startsWith(end, at)) at = text.length;
    }
    return types;
  };
  const type = (): MaybeType => {
    if (eat('?')) return undefined;
    if (eat('[]')) return { kind: 'list', element: type() };
    if (eat('chan ')) return { kind: 'channel', element: type() };
    if (eat('func(')) return { kind: 'function', results: listUntil(')') };
    if (eat('map[')) {
      const key = type();
      return eat(']') ? { kind: 'map', key, element: type() } : undefined;
    }
    if (eat('struct{')) {
      const fields = new Map<string, MaybeType>();
      while (!eat('}') && at < text.length) {
        const name = word();
        if (!eat(' ')) return undefined;
        fields.set(name, type());
        eat(';');
      }
      return { kind: 'struct', fields };
    }
    const name = word();
    return name === '' ? undefined : naming(name, eat('[') ? listUntil(']') : []);
  };
  return type();
}

export type Step =
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'name'; readonly name: string }
  /** Which result of a call. */
  | { readonly kind: 'call'; readonly result: number }
  | { readonly kind: 'element' }
  /** What `range` gives: 0 the key, 1 the value. */
  | { readonly kind: 'range'; readonly part: number }
  | { readonly kind: 'given'; readonly types: string };

/** A value's steps from left to right; empty when it cannot be read. */
export function readSteps(value: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < value.length; ) {
    const rest = value.slice(at);
    const name = /^\.?([\p{L}_][\p{L}\p{N}_]*)/u.exec(rest);
    const call = /^\(\)(\d*)/.exec(rest);
    const range = /^\[([01])\]/.exec(rest);
    if (name) {
      steps.push({ kind: 'name', name: name[1]! });
      at += name[0].length;
    } else if (call) {
      steps.push({ kind: 'call', result: Number(call[1]) });
      at += call[0].length;
    } else if (rest.startsWith('[]')) {
      steps.push({ kind: 'element' });
      at += 2;
    } else if (range) {
      steps.push({ kind: 'range', part: Number(range[1]) });
      at += 3;
    } else {
      const inner = bracketed(rest);
      if (inner === undefined) return [];
      steps.push(rest[0] === '(' ? { kind: 'type', type: inner } : { kind: 'given', types: inner });
      at += inner.length + 2;
    }
  }
  return steps;
}

/** What stands between the bracket at the start and the one that closes it. */
function bracketed(text: string): string | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
    if (depth === 0) return i === 0 ? undefined : text.slice(1, i);
  }
  return undefined;
}
