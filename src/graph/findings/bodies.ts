/** What stands in a function, read off its text: records hold names, not statements. */
import type { FileRecord, SymbolRecord } from '../../syntax/record.js';

/** Lines of a definition from its name on, comments and the contents of texts taken out, "\n" between them. Line breaks stay where they were. */
export function codeOf(lines: readonly string[], { nameLine, end }: SymbolRecord, language: string | undefined): string {
  const text = lines.slice(nameLine, end + 1).join('\n');
  return text.replace(language === 'python' ? PYTHON : BRACES, (match) =>
    /^["'`]/.test(match) ? `""${match.replace(/[^\n]/g, '')}` : match.replace(/[^\n]/g, ''),
  );
}

/** Comments and texts. */
const BRACES = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
const PYTHON = /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/** Exceptions whose name says that a member is not there for callers. */
const REFUSAL =
  '(?:UnsupportedOperationException|NotSupportedException|NotImplementedException|BadMethodCallException|NotImplementedError)';
const REFUSES: Readonly<Record<string, RegExp>> = {
  java: new RegExp(`\\)[^{};]*\\{\\s*throw\\s+new\\s+(?:[\\w.]+\\.)?${REFUSAL}\\b[^;]*;\\s*\\}\\s*$`),
  csharp: new RegExp(`(?:\\)[^{};]*\\{\\s*|=>\\s*)throw\\s+new\\s+(?:[\\w.]+\\.)?${REFUSAL}\\b[^;]*;\\s*\\}?\\s*$`),
  kotlin: new RegExp(`(?:\\)[^{};]*\\{\\s*|=\\s*)(?:throw\\s+(?:[\\w.]+\\.)?${REFUSAL}\\b[^\\n]*|TODO\\([^)]*\\))\\s*\\}?\\s*$`),
  php: new RegExp(`\\)[^{};]*\\{\\s*throw\\s+new\\s+\\\\?(?:[\\w\\\\]+\\\\)?${REFUSAL}\\b[^;]*;\\s*\\}\\s*$`),
  python: new RegExp(`:\\s*(?:""\\s*)?raise\\s+(?:[\\w.]+\\.)?${REFUSAL}\\b(?:\\([^()]*\\))?\\s*$`),
};
/** JavaScript has no such exception: what the text of the error says decides. */
const SCRIPT_REFUSES =
  /\)[^{};]*\{\s*throw\s+new\s+\w*Error\(\s*["'`][^"'`\n]*\b(?:not\s+(?:yet\s+)?(?:supported|implemented)|unsupported|unimplemented)\b[^;]*;?\s*\}[\s;]*$/i;
const EMPTY = /\)[^{};]*\{\s*(?:return;?\s*)?\}[\s;]*$/;
const EMPTY_PYTHON = /:\s*(?:""\s*)?(?:(?:pass|\.\.\.|return)\s*)?$/;

/** Words of which each refusal spells one. */
const REFUSAL_WORDS = ['unsupported', 'supported', 'implemented', 'unimplemented', 'todo', 'bad'];

/** Whether a file can hold a method that {@link refuses}: known without its text. */
export const mayRefuse = ({ words }: FileRecord): boolean => REFUSAL_WORDS.some((word) => words.words.includes(word));

/** Whether all that a method does is to say that it is not supported. Known for Java, Kotlin, C#, PHP, Python, JavaScript and TypeScript. */
export function refuses(lines: readonly string[], method: SymbolRecord, language: string | undefined): boolean {
  // A first line says most: a body of one statement is short.
  if (language === undefined || method.end - method.nameLine > 30) return false;
  if (language === 'javascript' || language === 'typescript' || language === 'tsx') {
    return SCRIPT_REFUSES.test(
      lines
        .slice(method.nameLine, method.end + 1)
        .join('\n')
        .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, ''),
    );
  }
  return REFUSES[language]?.test(codeOf(lines, method, language)) === true;
}

/** Whether a method has a body that does nothing: no statement but comments, `pass`, `...` or a bare `return`. */
export function isEmpty(lines: readonly string[], method: SymbolRecord, language: string | undefined): boolean {
  if (method.end - method.nameLine > 30) return false;
  return (language === 'python' ? EMPTY_PYTHON : EMPTY).test(codeOf(lines, method, language));
}

/** Whether a method has a body at all, behind its parameters: known for languages with braces. */
export function hasBody(lines: readonly string[], method: SymbolRecord, language: string | undefined): boolean {
  return /\)[^()]*(\{|=)|=>/.test(codeOf(lines, method, language));
}
