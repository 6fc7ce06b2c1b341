import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acceptedFile, choiceOf, withFile, withHunk } from '../../src/proposals/choice.js';
import { hunksOf, withHunks } from '../../src/proposals/hunks.js';
import type { PlannedFile } from '../../src/proposals/plan.js';
import { splitLines } from '../../src/proposals/text-lines.js';

const edit = (before: string, after: string): PlannedFile => ({ kind: 'edit', path: 'a.ts', before, after, warnings: [] });

/** Few different lines, so that they stand in many places. */
const text = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('', 'a', 'b', 'c', 'd  '), fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 30 }),
    fc.constantFrom('', 'a', 'end'),
  )
  .map(([lines, last]) => lines.map(([line, end]) => line + end).join('') + last);

describe('Hunks', () => {
  it('are the lines that stand together and change', () => {
    const before = 'one\ntwo\nthree\nfour\nfive\n';
    const after = 'one\nTWO\nthree\nfour\nFIVE\nsix\n';
    assert.deepEqual(hunksOf({ before, after }), [
      { start: 1, end: 2, removed: ['two\n'], added: ['TWO\n'] },
      { start: 4, end: 5, removed: ['five\n'], added: ['FIVE\n', 'six\n'] },
    ]);
    assert.equal(withHunks(before, hunksOf({ before, after }), new Set([1])), 'one\ntwo\nthree\nfour\nFIVE\nsix\n');
  });

  it('are one where two texts have next to nothing in common', () => {
    const [before, after] = ['a', 'b'].map((name) => `begin\n${Array.from({ length: 5_000 }, (_, i) => `${name}${i}\n`).join('')}end`);
    const hunks = hunksOf({ before: before!, after: after! });
    assert.deepEqual(
      hunks.map(({ start, end, added }) => [start, end, added.length]),
      [[1, 5_001, 5_000]],
    );
    assert.equal(withHunks(before!, hunks, new Set([0])), after);
  });

  it('all made are the new text, none made the old one', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const hunks = hunksOf({ before, after });
        assert.equal(withHunks(before, hunks, new Set(hunks.keys())), after);
        assert.equal(withHunks(before, hunks, new Set()), before);
      }),
      { numRuns: 2_000 },
    );
  });

  it('made in any choice give the lines of either side that were chosen, and no others', () => {
    fc.assert(
      fc.property(text, text, fc.array(fc.nat(15)), (before, after, wanted) => {
        const hunks = hunksOf({ before, after });
        const chosen = new Set(wanted.filter((n) => n < hunks.length));
        const { lines, ends } = splitLines(before);
        let expected = '';
        for (let line = 0, next = 0; line <= lines.length; ) {
          const hunk = hunks[next];
          if (hunk?.start === line) {
            expected += (chosen.has(next) ? hunk.added : hunk.removed).join('');
            line = hunk.end;
            next++;
            // Hunks are apart: a line of the file stands between them.
            assert.ok(next === hunks.length || hunks[next]!.start > line);
          } else if (line < lines.length) {
            expected += lines[line]! + ends[line]!;
            line++;
          } else break;
        }
        assert.equal(withHunks(before, hunks, chosen), expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('What is accepted of a file', () => {
  const file = edit('1\n2\n3\n4\n5\n', 'one\n2\n3\n4\nfive\n');

  it('is all of it at first, and nothing of a file that needs consent', () => {
    assert.equal(acceptedFile(choiceOf(file))?.after, file.after);
    assert.equal(acceptedFile(choiceOf({ ...file, consent: 'a manifest' })), undefined);
  });

  it('is the hunks that are taken; without one the file is left as it is', () => {
    const first = withHunk(choiceOf(file), 1, false);
    assert.equal(acceptedFile(first)?.after, 'one\n2\n3\n4\n5\n');
    const none = withHunk(first, 0, false);
    assert.equal(acceptedFile(none), undefined);
    assert.equal(acceptedFile(withFile(none, true))?.after, file.after);
    assert.equal(acceptedFile(withHunk(withFile(choiceOf(file), false), 1, true))?.after, '1\n2\n3\n4\nfive\n');
  });

  it('of a file that is moved may be the move alone', () => {
    const moved: PlannedFile = { ...file, kind: 'move', to: 'b.ts' };
    const bare = withHunk(withHunk(choiceOf(moved), 0, false), 1, false);
    assert.deepEqual([acceptedFile(bare)?.to, acceptedFile(bare)?.after], ['b.ts', file.before]);
    assert.equal(acceptedFile(withFile(bare, false)), undefined);
  });
});
