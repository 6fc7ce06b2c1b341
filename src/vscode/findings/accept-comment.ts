/** A comment that accepts a finding at its place, in the syntax of the language. */

/** Text to insert at the beginning of a line, or to put in place of a whole line. */
export type LineEdit =
  | { readonly kind: 'insert'; readonly line: number; readonly text: string }
  | { readonly kind: 'replace'; readonly line: number; readonly text: string };

type Syntax = readonly [open: string, close: string];
const SLASHES: Syntax = ['// ', ''];
const HASH: Syntax = ['# ', ''];
const SYNTAX: ReadonlyMap<string, Syntax> = new Map([
  ...[
    ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'java', 'kotlin', 'csharp', 'go'],
    ...['rust', 'c', 'cpp', 'objective-c', 'php', 'scala', 'swift', 'dart', 'groovy', 'scss', 'less'],
  ].map((id) => [id, SLASHES] as const),
  ...['python', 'ruby', 'shellscript', 'yaml', 'toml', 'makefile', 'perl', 'r', 'elixir'].map((id) => [id, HASH] as const),
  ['css', ['/* ', ' */']],
  ['html', ['<!-- ', ' -->']],
  ['xml', ['<!-- ', ' -->']],
]);

/** One that the line above may have already. */
const IGNORE = /longview-ignore[ \t]+[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*/;

/**
 * The edit that accepts findings of a kind on a line. Undefined where a comment above the line
 * would be none: in a language without comments, in the middle of a statement that a backslash
 * goes on with, in markup inside of code, above the opening tag of PHP.
 * @param lines of the file, without line breaks. @param language as the editor names it. @param line 0-based.
 */
export function acceptByComment(lines: readonly string[], language: string, line: number, kind: string): LineEdit | undefined {
  const text = lines[line];
  const syntax = SYNTAX.get(language);
  if (text === undefined || !syntax) return undefined;
  const above = lines[line - 1];
  for (const [at, comment] of [
    [line, text],
    [line - 1, above ?? ''],
  ] as const) {
    const found = IGNORE.exec(comment);
    if (!found) continue;
    const end = found.index + found[0].length;
    return { kind: 'replace', line: at, text: `${comment.slice(0, end)}, ${kind}${comment.slice(end)}` };
  }
  const isMarkup = (language === 'javascriptreact' || language === 'typescriptreact') && /^\s*[<{]/.test(text);
  const isFirst = line === 0 && (text.startsWith('#!') || (language === 'php' && text.includes('<?')));
  if (isMarkup || isFirst || above?.endsWith('\\')) return undefined;
  const indent = /^[ \t]*/.exec(text)![0];
  return { kind: 'insert', line, text: `${indent}${syntax[0]}longview-ignore ${kind}${syntax[1]}` };
}
