import assert from 'node:assert/strict';
import { atOnce } from '../../../src/base/steps.js';
import { findFindings } from '../../../src/graph/findings/find.js';
import { NO_RULES } from '../../../src/graph/findings/rules.js';
import { snapshotOf } from '../../workspaces.js';
import { findingsIn, sortedIn } from './findings.js';

const ring = { 'a/x.ts': "import '../b/y';\n", 'b/y.ts': "import '../a/x';\n" };
const SAMPLE = {
  ...ring,
  'main.ts': "import { used } from './lib';\nused();\n",
  'lib.ts': 'export const used = () => 1;\nexport class Gone {}\n',
};

describe('graph/findings', () => {
  it('gives every finding a file, a line that is there, and a key of its own', async () => {
    const found = await findingsIn(SAMPLE);
    assert.deepEqual(
      found.map((f) => f.kind),
      ['cycle', 'dead-export'],
    );
    for (const { files, evidence } of found) {
      assert.ok(files.length > 0);
      assert.ok(evidence.length > 0);
      for (const { path, line } of evidence) assert.ok(line < SAMPLE[path as keyof typeof SAMPLE].split('\n').length);
    }
    assert.equal(new Set(found.map((f) => f.key)).size, found.length);
  });

  it('finds the same beside a file that has nothing to do with it', async () => {
    assert.deepEqual(await findingsIn({ ...SAMPLE, 'other/alone.py': 'def f():\n    return 1\n' }), await findingsIn(SAMPLE));
  });

  it('keeps its keys when lines move', async () => {
    const moved = Object.fromEntries(Object.entries(SAMPLE).map(([path, text]) => [path, `// moved\n\n${text}`]));
    assert.deepEqual(
      (await findingsIn(moved)).map((f) => f.key),
      (await findingsIn(SAMPLE)).map((f) => f.key),
    );
  });

  it('finds the same in whatever order files are given', async () => {
    const snapshot = await snapshotOf(SAMPLE);
    const turned = { ...snapshot, entries: [...snapshot.entries].reverse() };
    assert.deepEqual(atOnce(findFindings(turned, NO_RULES)), atOnce(findFindings(snapshot, NO_RULES)));
  });

  it('accepts what a comment on or above the line names', async () => {
    const counts = async (files: Readonly<Record<string, string>>): Promise<[number, number]> => {
      const { shown, suppressed } = await sortedIn(files);
      return [shown.length, suppressed.length];
    };
    assert.deepEqual(await counts(ring), [1, 0]);
    assert.deepEqual(await counts({ ...ring, 'a/x.ts': "import '../b/y'; // longview-ignore cycle\n" }), [0, 1]);
    assert.deepEqual(await counts({ ...ring, 'b/y.ts': "// longview-ignore dead-export, cycle\nimport '../a/x';\n" }), [0, 1]);
    assert.deepEqual(await counts({ ...ring, 'b/y.ts': "// longview-ignore dead-export\nimport '../a/x';\n" }), [1, 0]);
    assert.deepEqual(await counts({ ...ring, 'b/y.ts': "// longview-ignore cycle\n\nimport '../a/x';\n" }), [1, 0]);
  });

  it('accepts what the rules name, when they mean all of its files', async () => {
    const suppressed = async (path: string): Promise<number> => {
      const rules = JSON.stringify({ suppress: [{ kind: 'cycle', path, reason: 'known' }] });
      return (await sortedIn({ ...ring, '.longview/rules.json': rules })).suppressed.length;
    };
    assert.equal(await suppressed('**'), 1);
    assert.equal(await suppressed('a/**'), 0);
  });
});
