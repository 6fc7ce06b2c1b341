/** What stands in a function, read off its text: records hold names, not statements. */
import type { FileRecord, SymbolRecord } from '../../syntax/record.js';

/** Lines of a definition from its name on, comments and the contents of texts taken out, "\n" between them. Line breaks stay where they were. */
export function codeOf(lines: readonly string[], { nameLine, end }: SymbolRecord, language: string | undefined): string {
  return lines
    .slice(nameLine, end + 1)
    .join('\n')
    .replace(NO_CODE[language ?? ''] ?? BRACES, (match) =>
      /^["'`]/.test(match) ? `""${match.replace(/[^\n]/g, '')}` : match.replace(/[^\n]/g, ''),
    );
}

/** Comments and texts. */
const BRACES = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
/** A quote that opens no character is the sign of a lifetime (Rust) or of a symbol (Scala). */
const WITH_CHARACTERS = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|'(?:\\[^'\n]+|[^'\\\n])'/g;
const NO_CODE: Readonly<Record<string, RegExp>> = {
  python: /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
  ruby: /(?<![^\s;])#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g,
  rust: WITH_CHARACTERS,
  scala: WITH_CHARACTERS,
  swift: WITH_CHARACTERS,
};

/** Exceptions whose name says that a member is not there for callers. */
const REFUSAL =
  '(?:UnsupportedOperationException|NotSupportedException|NotImplementedException|BadMethodCallException|NotImplementedError)';
const REFUSES: Readonly<Record<string, RegExp>> = {
  java: new RegExp(`\\)[^{};]*\\{\\s*throw\\s+new\\s+(?:[\\w.]+\\.)?${REFUSAL}\\b[^;]*;\\s*\\}\\s*$`),
  csharp: new RegExp(`(?:\\)[^{};]*\\{\\s*|=>\\s*)throw\\s+new\\s+(?:[\\w.]+\\.)?${REFUSAL}\\b[^;]*;\\s*\\}?\\s*$`),
  kotlin: new RegExp(`(?:\\)[^{};]*\\{\\s*|=\\s*)(?:throw\\s+(?:[\\w.]+\\.)?${REFUSAL}\\b[^\\n]*|TODO\\([^)]*\\))\\s*\\}?\\s*$`),
  scala: new RegExp(`=\\s*\\{?\\s*(?:\\?\\?\\?|throw\\s+(?:new\\s+)?(?:[\\w.]+\\.)?${REFUSAL}\\b[^\\n]*)\\s*\\}?\\s*$`),
  php: new RegExp(`\\)[^{};]*\\{\\s*throw\\s+new\\s+\\\\?(?:[\\w\\\\]+\\\\)?${REFUSAL}\\b[^;]*;\\s*\\}\\s*$`),
  python: new RegExp(`:\\s*(?:""\\s*)?raise\\s+(?:[\\w.]+\\.)?${REFUSAL}\\b(?:\\([^()]*\\))?\\s*$`),
  ruby: /^[^\n;]*(?:[\n;]|=)\s*(?:raise|fail)[\s(]+(?:::)?NotImplementedError\b(?:[^\n]|[,\\(]\s*\n)*(?:\n\s*\))?(?:\s*end)?\s*$/,
  rust: /^[^{};]*\{\s*(?:unimplemented|todo)!\s*\([^{};]*\);?\s*\}\s*$/,
};

/** Where a language has no such exception, what the text of the error says decides. */
const SAYS = '["\'`][^"\'`\\n]*\\b(?:not\\s+(?:yet\\s+)?(?:supported|implemented)|unsupported|unimplemented)\\b';
const SCRIPT_SAYS = new RegExp(`\\)[^{};]*\\{\\s*throw\\s+new\\s+\\w*Error\\(\\s*${SAYS}[^;]*;?\\s*\\}[\\s;]*$`, 'i');
const SAYS_SO: Readonly<Record<string, RegExp>> = {
  javascript: SCRIPT_SAYS,
  typescript: SCRIPT_SAYS,
  tsx: SCRIPT_SAYS,
  go: new RegExp(`\\)[^{};]*\\{\\s*panic\\(\\s*(?:\\w+\\.\\w+\\(\\s*)?${SAYS}[^;{}]*\\)\\s*\\}\\s*$`, 'i'),
  rust: new RegExp(`^[^{};]*\\{\\s*panic!\\(\\s*${SAYS}[^;]*\\);?\\s*\\}\\s*$`, 'i'),
  swift: new RegExp(`\\)[^{};]*\\{\\s*(?:fatalError|preconditionFailure)\\(\\s*${SAYS}[^;{}]*\\)\\s*\\}\\s*$`, 'i'),
};

/** Words of which each refusal spells one; of Scala's `???` there is none. */
const REFUSAL_WORDS = ['unsupported', 'supported', 'implemented', 'unimplemented', 'todo', 'bad'];

/** Whether a file can hold a method that {@link refuses}: known without its text. */
export const mayRefuse = ({ words, language }: FileRecord): boolean =>
  language === 'scala' || REFUSAL_WORDS.some((word) => words.words.includes(word));

/** Whether all that a method does is to say that it is not supported. */
export function refuses(lines: readonly string[], method: SymbolRecord, language: string | undefined): boolean {
  if (language === undefined || !isShort(lines, method)) return false;
  if (REFUSES[language]?.test(codeOf(lines, method, language)) === true) return true;
  const says = SAYS_SO[language];
  return says?.test(withTexts(lines, method)) === true;
}

/** Lines and characters of a definition whose body has one statement at most; what looks at longer ones may take quadratic time. */
const SHORT = { lines: 30, characters: 4_000 };

function isShort(lines: readonly string[], { nameLine, end }: SymbolRecord): boolean {
  if (end - nameLine > SHORT.lines) return false;
  return lines.slice(nameLine, end + 1).reduce((n, line) => n + line.length + 1, 0) <= SHORT.characters;
}

/** Lines of a definition without comments. */
function withTexts(lines: readonly string[], { nameLine, end }: SymbolRecord): string {
  return lines
    .slice(nameLine, end + 1)
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, '');
}

const EMPTY = /\)[^{};]*\{\s*(?:return;?\s*)?\}[\s;]*$/;
const EMPTIES: Readonly<Record<string, RegExp>> = {
  kotlin: /\)[^{};]*(?:\{\s*(?:return\s*)?\}|=\s*Unit)\s*$/,
  python: /:\s*(?:""\s*)?(?:(?:pass|\.\.\.|return(?:\s+None)?)\s*)?$/,
  ruby: /^[^\n;=]*(?:[\n;]\s*(?:nil\s*)?end|=\s*nil)\s*$/,
  scala: /(?:=\s*(?:\{\s*(?:\(\)\s*)?\}|\(\))|\)\s*\{\s*\})\s*$/,
};

/** Whether a method has a body that does nothing: no statement but comments, `pass`, `...` or a `return` of nothing. */
export function isEmpty(lines: readonly string[], method: SymbolRecord, language: string | undefined): boolean {
  if (!isShort(lines, method)) return false;
  return (EMPTIES[language ?? ''] ?? EMPTY).test(codeOf(lines, method, language));
}

/** Whether a method has a body at all, behind its parameters: known for languages with braces. */
export function hasBody(lines: readonly string[], method: SymbolRecord, language: string | undefined): boolean {
  const code = codeOf(lines, method, language);
  if (language === 'rust') return /\}\s*$/.test(code);
  if (language === 'scala') return /[={]/.test(withoutBrackets(code));
  return /\)[^()]*(\{|=)|=>/.test(code);
}

/** Text without what stands in round and square brackets. */
function withoutBrackets(text: string): string {
  const inner = /\([^()]*\)|\[[^[\]]*\]/g;
  const rest = text.replace(inner, '');
  return rest === text ? text : withoutBrackets(rest);
}
