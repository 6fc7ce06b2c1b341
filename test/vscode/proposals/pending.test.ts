import assert from 'node:assert/strict';
import type { Finding } from '../../../src/graph/findings/finding.js';
import type { PlannedFile } from '../../../src/proposals/plan.js';
import { acceptedFiles, chosen, describeAccepted, pendingOf, plannedTexts } from '../../../src/vscode/proposals/pending.js';
import { hunkRows, isChecked, proposalRows, wordsOf } from '../../../src/vscode/proposals/proposal-rows.js';

const SOURCE = { id: 'a', title: 'Wait longer', misread: [], changes: [], requests: [] };
const EDIT: PlannedFile = { kind: 'edit', path: 'src/a.ts', before: '1\n2\n3\n', after: 'one\n2\nthree\n', warnings: [] };
const MOVE: PlannedFile = { kind: 'move', path: 'src/b.ts', to: 'src/c.ts', before: 'b\n', after: 'b\n', warnings: [] };
const MANIFEST: PlannedFile = { ...EDIT, path: 'package.json', consent: 'a manifest' };

describe('A proposal that waits', () => {
  const pending = pendingOf(SOURCE, { files: [EDIT, MANIFEST, MOVE], refused: [] });

  it('is accepted but for files that need consent, and says how much of it is', () => {
    assert.deepEqual(
      acceptedFiles(pending).map(({ path }) => path),
      ['src/a.ts', 'src/b.ts'],
    );
    assert.equal(describeAccepted(pending), '2 of 3 files, 2 of 4 hunks');
    assert.equal(describeAccepted(chosen(pending, 'package.json', undefined, true)), '3 files');
    assert.equal(describeAccepted(chosen(pending, 'src/a.ts', 1, false)), '2 of 3 files, 1 of 4 hunks');
  });

  it('would leave these texts, and none where a file is moved from', () => {
    assert.deepEqual(plannedTexts(chosen(pending, 'src/a.ts', 0, false)), [
      { path: 'src/a.ts', text: '1\n2\nthree\n' },
      { path: 'src/b.ts', text: undefined },
      { path: 'src/c.ts', text: 'b\n' },
    ]);
  });

  it('planned again keeps what was accepted of a file that would change in the same way, consent with it', () => {
    const last = {
      ...chosen(chosen(pending, 'src/a.ts', 0, false), 'package.json', undefined, true),
      consented: new Set(['package.json']),
    };
    const again = pendingOf(SOURCE, { files: [{ ...EDIT }, { ...MANIFEST }, MOVE], refused: [] }, last);
    assert.equal(describeAccepted(again), '3 files, 3 of 4 hunks');
    assert.deepEqual([...again.consented], ['package.json']);
  });

  it('planned again to another text is looked at anew, and consented to anew', () => {
    const last = { ...chosen(pending, 'package.json', undefined, true), consented: new Set(['package.json']) };
    const again = pendingOf(SOURCE, { files: [EDIT, { ...MANIFEST, after: '{}\n' }], refused: [] }, last);
    assert.deepEqual([...again.consented, ...acceptedFiles(again).map(({ path }) => path)], ['src/a.ts']);
  });
});

describe('The rows of a proposal', () => {
  const finding: Finding = {
    ...{ kind: 'cycle', principle: 'acyclic dependencies', severity: 'high', files: ['src/a.ts', 'src/b.ts'], key: 'k' },
    ...{ evidence: [{ path: 'src/a.ts', line: 0, words: '' }], message: 'They depend on each other.' },
  };
  const refused = [{ path: 'src/d.ts', reason: 'The lines to replace are not in the file.', closest: { line: 6, text: 'x' } }];
  const pending = {
    ...pendingOf({ ...SOURCE, misread: [{ line: 9, reason: 'the block has no end' }] }, { files: [EDIT, MANIFEST, MOVE], refused }),
    effects: { gone: [finding], come: [] },
  };

  it('are files, then findings that go or come, then what is refused, with the closest place', () => {
    assert.deepEqual(
      proposalRows(pending).map((row) => {
        const { label, description } = wordsOf(row);
        return `${label}: ${description}`;
      }),
      [
        'src/a.ts: changed',
        'package.json: changed, a manifest',
        'src/b.ts → src/c.ts: moved',
        'Cycle gone: src/a.ts, src/b.ts',
        'src/d.ts: The lines to replace are not in the file. The closest is at line 7.',
        'Line 9 of the answer: the block has no end.',
      ],
    );
  });

  it('of a file with several hunks has one for each, checked where it is accepted', () => {
    const [file] = chosen(pending, 'src/a.ts', 1, false).files;
    const rows = hunkRows(file!);
    assert.deepEqual(
      rows.map((row) => [wordsOf(row).label, wordsOf(row).description, row.kind === 'hunk' && isChecked(row)]),
      [
        ['Line 1', '+1 −1  one', true],
        ['Line 3', '+1 −1  three', false],
      ],
    );
    assert.deepEqual(hunkRows(pending.files[2]!), []);
  });

  it('say all of it to whoever hears them', () => {
    assert.deepEqual(
      proposalRows(pending).map((row) => wordsOf(row).spoken)[3],
      'Cycle gone: src/a.ts, src/b.ts. They depend on each other.',
    );
  });
});
