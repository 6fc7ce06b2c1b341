/** Which files test which, by the names that test files are given in every language. */
import { nameOf } from '../base/paths.js';
import type { FileEntry, WorkspacePath } from '../workspace/entry.js';

const TEST_AFFIX = /^(test_?|spec_)|([._-]?(tests?|spec|specs|it|e2e|unit))$/i;

/** Name of the code that a file is about: "test_app.py", "app.test.ts", "AppTest.java" and "app.py" give "app". */
export function subjectOf(path: WorkspacePath): string {
  let stem = nameOf(path).replace(/\.\w+$/, '');
  for (let shorter = stem.replace(TEST_AFFIX, ''); shorter !== stem && shorter !== ''; shorter = stem.replace(TEST_AFFIX, ''))
    stem = shorter;
  return stem.toLowerCase().replace(/[._-]/g, '');
}

const subjects = new WeakMap<FileEntry, string>();

function subjectOfEntry(entry: FileEntry): string {
  const subject = subjects.get(entry) ?? subjectOf(entry.path);
  subjects.set(entry, subject);
  return subject;
}

/** Files of the same subject on the other side: tests of a source file, sources of a test file. */
export function pairsOf(entries: readonly FileEntry[], path: WorkspacePath): FileEntry[] {
  const own = entries.find((e) => e.path === path);
  if (!own) return [];
  const subject = subjectOfEntry(own);
  const same = entries.filter((e) => subjectOfEntry(e) === subject);
  const others = same.filter((e) => e.test !== own.test);
  // A name that everything bears ("index", "mod") pairs nothing.
  return others.length * (same.length - others.length) > 40 ? [] : others;
}
