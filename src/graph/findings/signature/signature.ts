/** What a method takes and gives, as its text says: in these terms an override is compared with its base, whatever the language. */
import type { SymbolRecord } from '../../../syntax/record.js';

export interface Parameter {
  readonly name: string;
  /** The alternatives of its written type, as written; none where no type is written or nothing certain is known of it. */
  readonly types: Alternatives;
  readonly required: boolean;
}

export type Alternatives = ReadonlySet<string>;

export interface Signature {
  /** Taken by place, without the receiver. */
  readonly positional: readonly Parameter[];
  /** Taken by name alone. */
  readonly named: readonly Parameter[];
  /** Takes any number of further ones, by place and by name. */
  readonly anyPositional: boolean;
  readonly anyNamed: boolean;
  /** The alternatives of its written result. */
  readonly result: Alternatives;
}

export const NO_TYPE: Alternatives = new Set();

/** Characters of a signature: a longer one is no hand's work, and what reads it may take quadratic time. */
const LONGEST = 4_000;

/** Text of a definition from its name, or from a line before that, to the end of its signature; "" for one that is too long to be read. */
export function headOf(
  lines: readonly string[],
  { nameLine, signatureEnd }: Pick<SymbolRecord, 'nameLine' | 'signatureEnd'>,
  from = nameLine,
): string {
  const text = lines.slice(from, Math.max(signatureEnd, nameLine) + 1).join('\n');
  return text.length > LONGEST ? '' : text;
}

/** What stands between the first bracket and its partner, split at commas, with the place behind it. Undefined where anything but `before` stands in front. */
export function inBrackets(text: string, before = /^\s*$/): { readonly parts: string[]; readonly end: number } | undefined {
  const open = text.indexOf('(');
  if (open < 0 || !before.test(text.slice(0, open))) return undefined;
  let end = -1;
  scan(text, open, (char, depth, at) => {
    if (depth > 0 || char !== ')') return true;
    end = at;
    return false;
  });
  return end < 0 ? undefined : { parts: splitAt(text.slice(open + 1, end), ','), end: end + 1 };
}

/** Parts between separators that stand in no bracket and no text, trimmed; empty ones are left out. */
export function splitAt(text: string, separator: ',' | '|'): string[] {
  const cuts = [-1];
  scan(text, 0, (char, depth, at) => {
    if (depth === 0 && char === separator) cuts.push(at);
    return true;
  });
  return cuts.map((cut, i) => text.slice(cut + 1, cuts[i + 1]).trim()).filter((part) => part !== '');
}

/** The first place where one of the characters stands in no bracket and no text; -1 for none. Arrows and comparisons are none. */
export function placeOf(text: string, char: ':' | '='): number {
  let found = -1;
  scan(text, 0, (c, depth, at) => {
    if (depth > 0 || c !== char || /[=<>!:]/.test(text[at - 1] ?? '') || /[=>:]/.test(text[at + 1] ?? '')) return true;
    found = at;
    return false;
  });
  return found;
}

/** Walks over text, with the depth of brackets behind each character, until `visit` says false. What stands in quotes is passed over. */
export function scan(text: string, from: number, visit: (char: string, depth: number, at: number) => boolean): void {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
      continue;
    }
    if (char === '"' || char === "'" || char === '`') quote = char;
    else if ('([{'.includes(char) || (char === '<' && opensType(text, at))) depth++;
    else if (')]}'.includes(char) || (char === '>' && depth > 0 && !'=-'.includes(text[at - 1]!))) depth--;
    if (!visit(char, depth, at)) return;
  }
}

/** Whether "<" stands behind a name, and so before the arguments of a type. */
const opensType = (text: string, at: number): boolean => /[\w?$]/.test(text[at - 1] ?? '') && text[at + 1] !== '<';

/** A written type without what stands in round and angle brackets. */
export function withoutArguments(type: string): string {
  const outer = type.replace(/<[^<>]*>|\([^()]*\)/g, '');
  return outer === type ? type : withoutArguments(outer);
}
