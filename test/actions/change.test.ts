import assert from 'node:assert/strict';
import type { ChangeTarget } from '../../src/actions/action.js';
import { readDiff } from '../../src/actions/diff.js';
import { snapshotOf } from '../workspaces.js';
import { evidenceOf, planned, refusal } from './plans.js';

const FILES = {
  'src/price.ts':
    'export function round(cents: number) {\n  return Math.ceil(cents);\n}\n\nexport function vat(cents: number) {\n  return cents * 0.2;\n}\n',
  'src/bill.ts':
    "import { round } from './price';\n\nexport function total(all: number[]) {\n  return round(all.reduce((a, b) => a + b, 0));\n}\n",
  'test/bill.test.ts': "import { total } from '../src/bill';\n\nit('adds', () => total([1]));\n",
};
const DIFF = `diff --git a/src/price.ts b/src/price.ts
index 1..2 100644
--- a/src/price.ts
+++ b/src/price.ts
@@ -1,3 +1,3 @@
 export function round(cents: number) {
-  return Math.round(cents);
+  return Math.ceil(cents);
 }
diff --git a/old name.txt b/old name.txt
deleted file mode 100644
--- a/old name.txt
+++ /dev/null
@@ -1 +0,0 @@
-diff --git a/x b/x
diff --git a/.env b/.env
new file
--- /dev/null
+++ b/.env
@@ -0,0 +1,1 @@
+PASSWORD=hunter2
`;
const CHANGE: ChangeTarget = {
  kind: 'change',
  diff: DIFF,
  files: ['.env', 'old name.txt', 'src/price.ts'],
  subjects: ['price: Round half up', 'bill: Add up'],
};

describe('actions about a change', () => {
  it('read a diff file by file: names, what is gone, and the lines that changed', () => {
    const diffs = readDiff(
      `${DIFF}diff --git a/a b/b\nsimilarity index 100%\nrename from a\nrename to b\ndiff --git "a/t\\303\\244b\\t.txt" "b/t\\303\\244b\\t.txt"\nBinary files differ\n`,
    );
    assert.deepEqual(
      diffs.map(({ path, was, gone, changed }) => [path, was, gone, changed]),
      [
        ['src/price.ts', undefined, false, [{ start: 0, end: 1 }]],
        ['old name.txt', undefined, true, [{ start: 0, end: 0 }]],
        ['.env', undefined, false, [{ start: 0, end: 0 }]],
        ['b', 'a', false, []],
        ['täb\t.txt', undefined, false, []],
      ],
    );
  });

  it('a review has the diff, who uses what it touches, and the tests that reach it', async () => {
    const plan = planned(await snapshotOf(FILES), { action: 'review-change', target: CHANGE, drops: ['.env'] });
    const evidence = evidenceOf(plan);
    assert.match(evidence, /^\+ {2}return Math\.ceil\(cents\);$/m);
    assert.match(evidence, /function round of src\/price\.ts, 1 place:\nsrc\/bill\.ts:4 {2}return round\(/);
    assert.match(evidence, /Tests that reach the changed files:\n {2}test\/bill\.test\.ts/);
    assert.ok(!plan.instructions.includes('hunter2') && !plan.files.includes('.env'));
    assert.equal(plan.answers, 'text');
    assert.ok(plan.pack.pins?.some((p) => p.path === 'src/price.ts'));
  });

  it('a commit message has the diff and the subjects before it', async () => {
    const plan = planned(await snapshotOf(FILES), { action: 'commit-message', target: CHANGE });
    assert.match(evidenceOf(plan), /newest first:\n {2}price: Round half up\n {2}bill: Add up\nThe change:\ndiff --git a\/src\/price\.ts/);
    assert.ok(plan.files.includes('.env'), 'the gate is told of every file of which text leaves');
    assert.ok(plan.pack.budget <= 4_000);
  });

  it('refuse where nothing has changed', async () => {
    const nothing: ChangeTarget = { kind: 'change', diff: '', files: [] };
    for (const action of ['review-change', 'commit-message'])
      assert.match(refusal(await snapshotOf(FILES), { action, target: nothing }), /Nothing has changed/);
  });
});
