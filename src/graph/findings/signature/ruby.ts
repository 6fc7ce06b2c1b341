/** Signatures in Ruby, which has no types: how many arguments a method takes, and which keywords. */
import type { SymbolRecord } from '../../../syntax/record.js';
import { inBrackets, NO_TYPE, type Parameter, type Signature, splitAt } from './signature.js';

/** Undefined where the text is not understood. */
export function rubySignature(lines: readonly string[], { name, nameLine, signatureEnd, end, mark }: SymbolRecord): Signature | undefined {
  const text = lines
    .slice(nameLine, Math.min(Math.max(signatureEnd, nameLine) + 20, end) + 1)
    .join('\n')
    .replace(/(^|\s)#[^\n]*/g, '$1');
  // Methods of classes are called by the name of the class: they are its own.
  if (mark === 'self') return undefined;
  const head = new RegExp(`\\bdef\\s+${name.replace(/\W/g, '\\$&')}(?=[\\s(;]|$)`).exec(text);
  if (!head) return undefined;
  const rest = text.slice(head.index + head[0].length);
  // Without brackets the parameters end with the line.
  const parts = rest.startsWith('(') ? inBrackets(rest)?.parts : splitAt(/^(?!\s*=)[^\n;]*/.exec(rest)?.[0] ?? '', ',');
  if (!parts) return undefined;
  const positional: Parameter[] = [];
  const named: Parameter[] = [];
  let anyPositional = false;
  let anyNamed = false;
  for (const part of parts) {
    if (part === '...') anyPositional = anyNamed = true;
    else if (part.startsWith('**')) anyNamed ||= part !== '**nil';
    else if (part.startsWith('*')) anyPositional = true;
    else if (!part.startsWith('&')) {
      const [, keyword, value] = /^(\w+):(?!:)\s*([\s\S]*)$/.exec(part) ?? [];
      if (keyword !== undefined) named.push({ name: keyword, types: NO_TYPE, required: value === '' });
      else positional.push({ name: /^\w+/.exec(part)?.[0] ?? part, types: NO_TYPE, required: !part.includes('=') });
    }
  }
  // Keywords that a method has no place for go into a hash at its end.
  const last = positional.at(-1);
  if (last && !last.required && named.length === 0 && HASH.test(last.name)) anyNamed = true;
  // How many are required says how many it takes, wherever the others stand.
  positional.sort((a, b) => Number(b.required) - Number(a.required));
  return { positional, named, anyPositional, anyNamed, result: NO_TYPE };
}

const HASH = /^_*(\w*(options|opts|attributes|attrs|params|hash|config)|args)$/;

/** Whether others than the object itself may call a method: no `private` or `protected` stands before it, alone or above. */
export function isPublicInRuby(lines: readonly string[], { nameLine, name }: SymbolRecord, owner: SymbolRecord | undefined): boolean {
  if (/\b(?:private|protected)\w*\b[^#]*\bdef\b/.test(lines[nameLine] ?? '')) return false;
  const within = indentOf(lines[nameLine] ?? '');
  const from = owner?.nameLine ?? 0;
  const section = lines
    .slice(from + 1, nameLine)
    .filter(
      (line) =>
        /^\s*(?:private|protected|public)\s*(?:#.*)?$/.test(line) &&
        indentOf(line) <= within &&
        indentOf(line) >= indentOf(lines[from] ?? ''),
    )
    .at(-1);
  if (section !== undefined && !section.includes('public')) return false;
  const listed = new RegExp(`^\\s*(?:private|protected)(?:_class_method)?\\b.*:${name.replace(/\W/g, '\\$&')}(?![\\w?!])`);
  return !lines.slice(from + 1, (owner?.end ?? lines.length) + 1).some((line) => listed.test(line));
}

const indentOf = (line: string): number => line.search(/\S/);
