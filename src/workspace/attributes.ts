/** What `.gitattributes` files say of files in linguist's terms: gitattributes(5), and "Using gitattributes" of github-linguist/linguist. */
import { nameOf } from '../base/paths.js';
import { bytesOf, compileGlob, type Glob } from './glob.js';

export interface LinguistMarks {
  readonly generated?: boolean;
  readonly vendored?: boolean;
}

interface Rule {
  readonly nameOnly: boolean;
  readonly glob: Glob;
  /** Undefined takes back what an earlier line said. */
  readonly marks: readonly (readonly [mark: keyof LinguistMarks, value: boolean | undefined])[];
}

export class LinguistAttributes {
  readonly #levels: { readonly folder: string; readonly rules: readonly Rule[] }[] = [];

  /** Adds the text of the file in `folder` ("" for the root); outer folders before inner ones. */
  add(folder: string, text: string): void {
    if (!text.includes('linguist-')) return;
    const rules = text.split('\n').flatMap((line) => parseRule(line) ?? []);
    if (rules.length > 0) this.#levels.push({ folder, rules });
  }

  /** The last line of the deepest file that names the path decides, for each mark by itself. */
  of(path: string): LinguistMarks {
    const marks: { generated?: boolean; vendored?: boolean } = {};
    for (const { folder, rules } of this.#levels) {
      if (folder !== '' && !path.startsWith(`${folder}/`)) continue;
      const inside = bytesOf(folder === '' ? path : path.slice(folder.length + 1));
      for (const { nameOnly, glob, marks: set } of rules) {
        if (!glob(nameOnly ? nameOf(inside) : inside)) continue;
        for (const [mark, value] of set) {
          if (value === undefined) delete marks[mark];
          else marks[mark] = value;
        }
      }
    }
    return marks;
  }
}

function parseRule(line: string): Rule | undefined {
  // It does not say how it ends: nothing is tried anew at each of its characters.
  const [, quoted, plain, rest = ''] = /^[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s"]\S*))(.*)/s.exec(line) ?? [];
  const pattern = quoted?.replace(/\\(.)/g, '$1') ?? plain;
  // Negative patterns and those for folders name no file; "[attr]" defines a macro.
  if (pattern === undefined || /^([#!]|\[attr\])|\/$/.test(pattern)) return undefined;
  const marks = [...rest.matchAll(/(?:^|\s)([-!]?)linguist-(generated|vendored)(?:=(\S+))?(?=\s|$)/g)].map(
    ([, sign, mark, value]) => [mark as keyof LinguistMarks, sign === '!' ? undefined : sign !== '-' && value !== 'false'] as const,
  );
  if (marks.length === 0) return undefined;
  return { nameOnly: !pattern.includes('/'), glob: compileGlob(bytesOf(pattern.replace(/^\//, ''))), marks };
}
