/** Which of several methods of one name a method overrides, in the languages that tell them apart by what they take. */
import type { OwnCode } from './own-code.js';
import type { Place } from './place.js';
import { headOf, inBrackets, withoutArguments } from './signature/signature.js';

const OVERLOADED: ReadonlySet<string | undefined> = new Set(['java', 'csharp']);

/** Whether both take the same types; a variable may stand for any. Always where a language has no overloads, or a text is not understood. */
export function takesAlike(code: OwnCode, a: Place, b: Place): boolean {
  const own = typesOf(code, a);
  const other = typesOf(code, b);
  if (!own || !other) return true;
  return own.length === other.length && own.every((type, i) => type === other[i] || VARIABLE.test(type) || VARIABLE.test(other[i]!));
}

const VARIABLE = /^(?:[A-Z]\d?|T[A-Z]\w*)(?:\[\])*$/;

/** Types of the parameters, without arguments, packages and annotations. */
function typesOf({ examined, lines }: OwnCode, { path, symbol }: Place): readonly string[] | undefined {
  if (!OVERLOADED.has(examined.record(path)?.language)) return undefined;
  const text = headOf(lines(path), symbol).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  const at = text.search(new RegExp(`\\b${symbol.name.replace(/\W/g, '\\$&')}\\s*[(<]`));
  const list = at < 0 ? undefined : inBrackets(text.slice(at + symbol.name.length), /^\s*(?:<[^()]*>)?\s*$/);
  return list?.parts.map(typeOf);
}

/** "final java.util.Map<K, V> @Nullable ... rest = x" → "Map[]". */
function typeOf(parameter: string): string {
  const declared = withoutArguments(parameter.replace(/\s*=[^=>][\s\S]*$/, ''))
    .replace(/@[\w.]+/g, '')
    .replaceAll('...', '[]')
    .replace(/\?/g, '')
    .trim();
  const type = declared.replace(/\s*[\w$@]+$/, '').replace(/\s+(?=\[)/g, '');
  return /[\w$]+(?:\[\])*$/.exec(type)?.[0] ?? type;
}
