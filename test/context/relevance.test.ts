import assert from 'node:assert/strict';
import { atOnce } from '../../src/base/steps.js';
import type { Focus } from '../../src/context/pack.js';
import { type RankedFile, rankFiles } from '../../src/context/relevance.js';
import type { Snapshot } from '../../src/index/snapshot.js';
import { snapshotOf } from '../workspaces.js';

const ranked = (snapshot: Snapshot, task: string, focus?: Focus): RankedFile[] =>
  atOnce(rankFiles(snapshot, task, focus)).sort((a, b) => best(b) - best(a));

const best = ({ blockScores }: RankedFile): number => Math.max(...blockScores);

const signals = (file: RankedFile | undefined): string[] => file?.terms.map((t) => t.signal) ?? [];

describe('context/relevance', () => {
  let snapshot: Snapshot;
  before(async () => {
    snapshot = await snapshotOf({
      'src/cookie.ts': "import { seal } from './seal';\nexport function parseCookie(text: string) {\n  return seal(text);\n}\n",
      'src/seal.ts': 'export function seal(value: string) {\n  return value;\n}\n',
      'src/session/store.ts': 'export const keep = 1;\n',
      'src/unrelated.ts': 'export const other = 2;\n',
      'test/cookie.test.ts': "import { parseCookie } from '../src/cookie';\nparseCookie('a');\n",
      'notes.md': '# Cookie\n\nHow a cookie is parsed.\n',
    });
  });

  it('gives the best block 1, and 0 to a file that nothing leads to', () => {
    const files = ranked(snapshot, 'Change `parseCookie`');
    assert.deepEqual([files[0]?.path, best(files[0]!)], ['src/cookie.ts', 1]);
    assert.equal(best(files.find((f) => f.path === 'src/unrelated.ts')!), 0);
  });

  it('finds a file by its path, by what uses it and by what it uses', () => {
    const files = ranked(snapshot, 'Keep the session when a cookie is parsed');
    const of = (path: string): string[] => signals(files.find((f) => f.path === path));
    assert.ok(of('src/session/store.ts').includes('path'));
    assert.ok(of('src/seal.ts').includes('graph'));
    assert.ok(of('test/cookie.test.ts').includes('symbols'));
  });

  it('leads from the open file to its test and its imports, without a task', () => {
    const files = ranked(snapshot, '', { path: 'src/cookie.ts', given: true });
    assert.ok(signals(files.find((f) => f.path === 'test/cookie.test.ts')).includes('test pair'));
    assert.ok(signals(files.find((f) => f.path === 'src/seal.ts')).includes('graph, open file'));
  });

  it('puts prose behind code that says the same', () => {
    const order = ranked(snapshot, 'cookie parsed').map((f) => f.path);
    assert.ok(order.indexOf('src/cookie.ts') < order.indexOf('notes.md'));
  });
});
