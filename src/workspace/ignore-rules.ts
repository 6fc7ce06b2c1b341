/**
 * Nested ignore files in gitignore syntax (gitignore(5)). Of all patterns that name a
 * path the last one of the deepest file decides; what lies in an ignored folder is
 * ignored, whatever a pattern says of it.
 */
import { folderOf, nameOf } from '../base/paths.js';
import { bytesOf, compileGlob, foldCase, type Glob } from './glob.js';

interface Rule {
  readonly negated: boolean;
  readonly folderOnly: boolean;
  /** Compared with the last name alone, for a pattern without a slash before its end. */
  readonly nameOnly: boolean;
  readonly glob: Glob;
}

interface Level {
  /** Folder of the ignore file, "" for the root. */
  readonly folder: string;
  readonly rules: readonly Rule[];
}

export class IgnoreRules {
  /** Verdicts on folders: every file asks for those around it. */
  readonly #folders = new Map<string, boolean>();

  /** @param ignoreCase as core.ignoreCase: letters of ASCII count the same in either case. */
  constructor(
    private readonly ignoreCase = false,
    private readonly levels: readonly Level[] = [],
  ) {}

  get empty(): boolean {
    return this.levels.length === 0;
  }

  /** These rules with those of an ignore file in `folder` ("" for the root) on top. */
  with(folder: string, text: string): IgnoreRules {
    const rules = parseRules(text, this.ignoreCase);
    return rules.length === 0 ? this : new IgnoreRules(this.ignoreCase, [...this.levels, { folder, rules }]);
  }

  /** Whether a path below the root is ignored, by itself or with a folder around it. */
  ignores(path: string, isFolder: boolean): boolean {
    if (this.empty) return false;
    if (isFolder) return this.#ignoresFolder(path);
    return this.#ignoresFolder(folderOf(path)) || this.#matches(path, false);
  }

  #ignoresFolder(path: string): boolean {
    if (path === '') return false;
    let verdict = this.#folders.get(path);
    if (verdict === undefined) {
      verdict = this.#ignoresFolder(folderOf(path)) || this.#matches(path, true);
      this.#folders.set(path, verdict);
    }
    return verdict;
  }

  #matches(path: string, isFolder: boolean): boolean {
    for (let i = this.levels.length - 1; i >= 0; i--) {
      const { folder, rules } = this.levels[i]!;
      if (folder !== '' && !path.startsWith(`${folder}/`)) continue;
      const bytes = bytesOf(folder === '' ? path : path.slice(folder.length + 1));
      const inside = this.ignoreCase ? foldCase(bytes) : bytes;
      const name = nameOf(inside);
      for (let r = rules.length - 1; r >= 0; r--) {
        const rule = rules[r]!;
        if (rule.folderOnly && !isFolder) continue;
        if (rule.glob(rule.nameOnly ? name : inside)) return !rule.negated;
      }
    }
    return false;
  }
}

function parseRules(text: string, ignoreCase: boolean): Rule[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line): Rule[] => {
      if (line.startsWith('#')) return [];
      let pattern = trimBlanks(line.replace(/\r$/, ''));
      const negated = pattern.startsWith('!');
      if (negated) pattern = pattern.slice(1);
      const folderOnly = pattern.endsWith('/');
      if (folderOnly) pattern = pattern.slice(0, -1);
      const nameOnly = !pattern.includes('/');
      const bytes = bytesOf(pattern.startsWith('/') ? pattern.slice(1) : pattern);
      if (bytes === '') return [];
      return [{ negated, folderOnly, nameOnly, glob: compileGlob(ignoreCase ? foldCase(bytes) : bytes) }];
    });
}

/** Without the blanks at the end, save one behind a backslash. */
function trimBlanks(line: string): string {
  let end = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === ' ') continue;
    end = Math.min(i + 1, line.length);
  }
  return line.slice(0, end);
}
