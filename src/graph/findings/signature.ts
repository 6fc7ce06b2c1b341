/** What a method takes and gives, as its text says, in Python: an override may differ from its base there. */
import type { SymbolRecord } from '../../syntax/record.js';

export interface Parameter {
  readonly name: string;
  /** Written type; "" for none. */
  readonly type: string;
  readonly required: boolean;
}

export interface Signature {
  /** Taken by place, without the receiver. */
  readonly positional: readonly Parameter[];
  /** Taken by name alone. */
  readonly named: readonly Parameter[];
  /** Takes any number of further ones, by place and by name. */
  readonly anyPositional: boolean;
  readonly anyNamed: boolean;
  /** Written type of the result; "" for none. */
  readonly result: string;
}

/** The signature of a method in Python; undefined where its text is not understood. */
export function signatureOf(lines: readonly string[], { name, nameLine, signatureEnd, start }: SymbolRecord): Signature | undefined {
  // A "#" in a text is taken for a comment, too: what is left has an open quote and is not understood.
  const text = lines
    .slice(nameLine, Math.max(signatureEnd, nameLine) + 1)
    .join('\n')
    .replace(/#[^\n]*/g, '');
  const at = text.indexOf(name) + name.length;
  const list = at < name.length ? undefined : inBrackets(text.slice(at));
  if (!list) return undefined;
  const isStatic = lines.slice(start, nameLine).some((line) => /^\s*@staticmethod\b/.test(line));
  const positional: Parameter[] = [];
  const named: Parameter[] = [];
  let anyPositional = false;
  let anyNamed = false;
  let into = positional;
  for (const part of list.parts) {
    if (part === '/') continue;
    if (part.startsWith('**')) anyNamed = true;
    else if (part.startsWith('*')) {
      anyPositional ||= part !== '*';
      into = named;
    } else {
      const [, name, type = '', value] = /^(\w+)\s*(?::\s*((?:[^=]|==)*?))?\s*(=[\s\S]*)?$/.exec(part) ?? [];
      if (name === undefined) return undefined;
      into.push({ name, type: type.trim(), required: value === undefined });
    }
  }
  const result = /^\s*->\s*([\s\S]*?)\s*:\s*(?:\n|$|"|\.\.\.|pass\b|return\b)/.exec(text.slice(at + list.end))?.[1] ?? '';
  return { positional: isStatic ? positional : positional.slice(1), named, anyPositional, anyNamed, result: result.trim() };
}

/** What stands between the first bracket and its partner, split at commas. */
function inBrackets(text: string): { readonly parts: string[]; readonly end: number } | undefined {
  const open = text.indexOf('(');
  if (open < 0 || text.slice(0, open).trim() !== '') return undefined;
  let end = -1;
  scan(text, open, (char, depth, at) => {
    if (depth > 0 || char !== ')') return true;
    end = at;
    return false;
  });
  return end < 0 ? undefined : { parts: splitList(text.slice(open + 1, end)), end: end + 1 };
}

/** Parts between commas that stand in no bracket and no text, trimmed. */
function splitList(text: string): string[] {
  const cuts = [-1];
  scan(text, 0, (char, depth, at) => {
    if (depth === 0 && char === ',') cuts.push(at);
    return true;
  });
  return cuts.map((cut, i) => text.slice(cut + 1, cuts[i + 1]).trim()).filter((part) => part !== '');
}

/** Walks over text, with the depth of brackets behind each character, until `visit` says false. What stands in quotes is passed over. */
function scan(text: string, from: number, visit: (char: string, depth: number, at: number) => boolean): void {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
      continue;
    }
    if (char === '"' || char === "'") quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    if (!visit(char, depth, at)) return;
  }
}
