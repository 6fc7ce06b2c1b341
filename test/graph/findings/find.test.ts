import assert from 'node:assert/strict';
import fc from 'fast-check';
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

/** One small finding of each kind that needs no large tree. */
const KINDS: Readonly<Record<string, string>> = {
  ...SAMPLE,
  'm/Machine.java':
    'package m;\npublic interface Machine {\n  void print();\n  void staple();\n  void scan();\n  void crop();\n  void fax();\n  void stop();\n}\n',
  'm/A.java': 'package m;\nclass A { void run(Machine m) { m.print(); m.staple(); } }\n',
  'm/B.java': 'package m;\nclass B { void run(Machine m) { m.staple(); } }\n',
  'm/C.java': 'package m;\nclass C { void run(Machine m) { m.scan(); m.crop(); } }\n',
  'm/D.java': 'package m;\nclass D { void run(Machine m) { m.crop(); } }\n',
  'm/Printer.java':
    'package m;\nclass Printer implements Machine {\n  public void print() { out(); }\n  public void staple() { }\n  public void scan() { }\n  public void fax() { throw new UnsupportedOperationException(); }\n}\n',
  'store.py': 'class Store:\n    def get(self, key):\n        return 1\n',
  'remote.py': 'from store import Store\n\nclass Remote(Store):\n    def get(self):\n        return 2\n',
  'shape.py':
    'class Shape: pass\nclass A(Shape): pass\nclass B(Shape): pass\nclass C(Shape): pass\n\ndef area(s):\n    return isinstance(s, A) or isinstance(s, B) or isinstance(s, C)\n',
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

  it('finds the same, line by line, in whatever files begin with lines that say nothing', async () => {
    const found = await findingsIn(KINDS);
    assert.deepEqual([...new Set(found.map((f) => f.kind))].sort(), [
      'cycle',
      'dead-export',
      'empty-override',
      'fat-interface',
      'incompatible-override',
      'refused-override',
      'type-switch',
    ]);
    const paths = Object.keys(KINDS);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: paths.length, maxLength: paths.length }), async (above) => {
        const moved = Object.fromEntries(paths.map((path, i) => [path, `${'\n'.repeat(above[i]!)}${KINDS[path]}`]));
        const expected = found.map((f) => ({
          ...f,
          evidence: f.evidence.map((e) => ({ ...e, line: e.line + above[paths.indexOf(e.path)]! })),
        }));
        assert.deepEqual(await findingsIn(moved), expected);
      }),
      { numRuns: 20 },
    );
  });

  it('finds the same in whatever order files are given', async () => {
    const snapshot = await snapshotOf(KINDS);
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
