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

/** Files of the same subject on the other side: tests of a source file, sources of a test file. */
export function pairTests(entries: readonly FileEntry[]): Map<WorkspacePath, readonly WorkspacePath[]> {
  const bySubject = new Map<string, { tests: WorkspacePath[]; sources: WorkspacePath[] }>();
  for (const entry of entries) {
    const { path, test } = entry;
    const subject = subjects.get(entry) ?? subjectOf(path);
    subjects.set(entry, subject);
    const of = bySubject.get(subject) ?? { tests: [], sources: [] };
    bySubject.set(subject, of);
    (test ? of.tests : of.sources).push(path);
  }
  const pairs = new Map<WorkspacePath, readonly WorkspacePath[]>();
  for (const { tests, sources } of bySubject.values()) {
    // A name that everything bears ("index", "mod") pairs nothing.
    if (tests.length === 0 || sources.length === 0 || tests.length * sources.length > 40) continue;
    for (const t of tests) pairs.set(t, sources);
    for (const s of sources) pairs.set(s, tests);
  }
  return pairs;
}
