import assert from 'node:assert/strict';
import { changesIn, countsOf } from '../../src/proposals/counts.js';
import type { PlannedFile } from '../../src/proposals/plan.js';

const file = (path: string, before: string | undefined, after: string | undefined): PlannedFile => ({
  kind: before === undefined ? 'create' : after === undefined ? 'delete' : 'edit',
  path,
  before,
  after,
  warnings: [],
});

describe('proposals/counts', () => {
  it('counts places that stand apart, and one for a file that is made, deleted or moved as it is', () => {
    assert.equal(changesIn(file('a', 'a\nb\nc\nd\n', 'A\nb\nC\nd\n')), 2);
    assert.equal(changesIn(file('a', 'a\nb\n', 'A\nB\n')), 1);
    for (const [before, after] of [
      [undefined, 'x\n'],
      ['x\n', undefined],
      ['x\n', 'x\n'],
    ] as const)
      assert.equal(changesIn(file('a', before, after)), 1);
  });

  it('says of a plan what was proposed, refused and accepted', () => {
    const files = [file('a', 'a\nb\nc\n', 'A\nb\nC\n'), file('b', undefined, 'b\n')];
    const replacement = { find: 'x', replace: 'y' };
    const proposed = [{ kind: 'edit', path: 'c', replacements: [replacement, replacement, replacement] }] as const;
    assert.deepEqual(countsOf({ files, refused: [{ path: 'c', reason: 'no' }] }, proposed, files.slice(1)), {
      files: { proposed: 3, accepted: 1, refused: 1 },
      changes: { proposed: 6, accepted: 1, refused: 3 },
    });
  });
});
