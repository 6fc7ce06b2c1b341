/**
 * Signatures in PHP, as far as PHP itself does not check them: the types of comments (phpDocumentor's
 * `@param` and `@return`). What is written in the code is enforced (PHP manual, "Covariance and contravariance").
 */
import type { SymbolRecord } from '../../../syntax/record.js';
import { type Alternatives, headOf, inBrackets, NO_TYPE, type Parameter, type Signature, splitAt } from './signature.js';

/** Undefined where the text is not understood. */
export function phpSignature(lines: readonly string[], symbol: SymbolRecord): Signature | undefined {
  const { name, nameLine, docStart, start } = symbol;
  const text = headOf(lines, symbol);
  const at = text.search(new RegExp(`\\bfunction\\s+&?\\s*${name}\\s*\\(`, 'i'));
  const list = at < 0 ? undefined : inBrackets(text.slice(at), /^function\s+&?\s*\w+\s*$/i);
  if (!list || /\b(?:static|private)\b/i.test(lines[nameLine]!)) return undefined;
  const doc = lines.slice(docStart, start).join('\n');
  const positional: Parameter[] = [];
  for (const part of list.parts) {
    const [, type = '', rest, parameter, value] = /^([^$]*?)(&?\.\.\.)?&?\$(\w+)\s*(=[\s\S]*)?$/.exec(part) ?? [];
    if (parameter === undefined) return undefined;
    if (rest !== undefined) continue;
    positional.push({
      name: parameter,
      types: type.trim() === '' ? withDefault(typeOf(doc, `@param\\s+(?=.*\\$${parameter}\\b)`), value) : NO_TYPE,
      required: value === undefined,
    });
  }
  const isChecked = /^\s*:/.test(text.slice(at + list.end));
  return {
    positional,
    named: [],
    anyPositional: true,
    anyNamed: true,
    result: isChecked ? NO_TYPE : typeOf(doc, '@return\\s+'),
  };
}

/** What has null for a value of its own takes null, whatever the comment says. */
const withDefault = (types: Alternatives, value: string | undefined): Alternatives =>
  types.size > 0 && /^=\s*null$/i.test(value ?? '') ? new Set([...types, 'null']) : types;

/** The type behind a tag: it ends with the first blank outside of brackets. */
function typeOf(doc: string, tag: string): Alternatives {
  const rest = new RegExp(`${tag}([^\\n]*)`).exec(doc)?.[1] ?? '';
  const text = /^(?:[^\s<({[]|[<({[][^<>(){}[\]]*(?:[<({[][^<>(){}[\]]*[>)}\]][^<>(){}[\]]*)*[>)}\]])+/.exec(rest)?.[0] ?? '';
  if (text === '' || text.startsWith('$') || /^\(.*\bis\b/.test(text)) return NO_TYPE;
  return new Set(text.startsWith('?') ? [text.slice(1), 'null'] : splitAt(text, '|').map((t) => t.replace(/^\\/, '')));
}
