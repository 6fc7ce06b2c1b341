/**
 * Signatures in Java, as far as they say what may be null: `@Nullable` and `@NonNull` in their several spellings, and
 * `@NullMarked` (JSpecify) or `@NonNullApi` (Spring) over all that is not annotated. The compiler looks at none of them.
 */
import { folderOf } from '../../../base/paths.js';
import type { FileRecord, SymbolRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { Examined } from '../finding.js';
import type { Place } from '../place.js';
import { type Alternatives, headOf, inBrackets, NO_TYPE, type Parameter, type Signature, withoutArguments } from './signature.js';

const NULLABLE = /@(?:\w+\.)*(?:Nullable|CheckForNull)\b/;
const NON_NULL = /@(?:\w+\.)*(?:NonNull|NotNull|Nonnull)\b/;
const MARKS: ReadonlySet<string> = new Set(['NullMarked', 'NonNullApi']);

/** Undefined where the text is not understood. */
export function javaSignature(lines: readonly string[], examined: Examined, { path, symbol }: Place): Signature | undefined {
  const text = headOf(lines, symbol, symbol.start).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  const at = text.search(new RegExp(`\\b${symbol.name.replace(/\W/g, '\\$&')}\\s*\\(`));
  const list = at < 0 ? undefined : inBrackets(text.slice(at + symbol.name.length));
  if (!list || /\bstatic\b/.test(text.slice(0, at))) return undefined;
  const isMarked = isNullMarked(examined, path, symbol);
  const positional = list.parts.map((part): Parameter => {
    const [, type = '', name = ''] = /^([\s\S]*?)\s*\b([\w$]+)$/.exec(part) ?? [];
    return { name, types: alternatives(type, isMarked), required: true };
  });
  return {
    positional,
    named: [],
    anyPositional: false,
    anyNamed: false,
    result: alternatives(text.slice(0, at), isMarked),
  };
}

/** A type with "null" beside it where it may be that. None of one of which it is not known, of arrays (which the annotation is of, or their elements), and of variables. */
function alternatives(written: string, isMarked: boolean): Alternatives {
  const text = withoutArguments(written);
  const name = /([\w$]+)\s*$/.exec(text)?.[1] ?? '';
  if (!/^[A-Z]\w*[a-z]/.test(name)) return NO_TYPE;
  if (NULLABLE.test(text)) return new Set([name, 'null']);
  return isMarked || NON_NULL.test(text) ? new Set([name]) : NO_TYPE;
}

/** Whether what is not annotated is not null here: its types or its package say so. */
function isNullMarked(examined: Examined, path: WorkspacePath, { container }: SymbolRecord): boolean {
  const record = examined.record(path);
  const folder = folderOf(path);
  const says = (file: FileRecord | undefined, within: number): boolean =>
    file?.references.some((r) => r.within === within && r.kind === 'annotation' && MARKS.has(r.name)) === true;
  for (let at = container; at >= 0; at = record?.symbols[at]?.container ?? -1) if (says(record, at)) return true;
  return says(examined.record(folder === '' ? 'package-info.java' : `${folder}/package-info.java`), -1);
}
