import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { UndoJournal } from '../../src/proposals/journal.js';
import type { PlannedFile, Present } from '../../src/proposals/plan.js';
import { planUndo, undoRecordOf } from '../../src/proposals/undo.js';
import { useFolders } from '../folders.js';

const NOW = new Date('2026-05-04T03:02:01Z');

/** Files by path, changed by plans. */
class Disk {
  constructor(readonly files: Map<string, string>) {}
  readonly look = async (path: string): Promise<Present> => {
    const text = this.files.get(path);
    return text === undefined ? { kind: 'nothing' } : { kind: 'text', text };
  };
  apply(files: readonly PlannedFile[]): void {
    for (const { path, to, after } of files) {
      if (to !== undefined || after === undefined) this.files.delete(path);
      if (after !== undefined) this.files.set(to ?? path, after);
    }
  }
}

const PLAN: readonly PlannedFile[] = [
  { kind: 'edit', path: 'a', before: 'a\r\n', after: 'A\r\n', warnings: [] },
  { kind: 'create', path: 'b', before: undefined, after: 'b\n', warnings: [] },
  { kind: 'delete', path: 'c', before: 'c\n', after: undefined, warnings: [] },
  { kind: 'move', path: 'd', to: 'e/d', before: 'd\n', after: 'D\n', warnings: [] },
];
const untouched = (): Map<string, string> =>
  new Map([
    ['a', 'a\r\n'],
    ['c', 'c\n'],
    ['d', 'd\n'],
    ['other', 'o'],
  ]);

describe('proposals/undo', () => {
  const newFolder = useFolders();

  it('brings every byte back', async () => {
    const disk = new Disk(untouched());
    disk.apply(PLAN);
    const { files, changedSince } = await planUndo(undoRecordOf('1', NOW, 'change', PLAN), disk.look);
    assert.deepEqual(changedSince, []);
    disk.apply(files);
    assert.deepEqual(disk.files, untouched());
  });

  it('leaves a file alone that has changed since, and names it', async () => {
    const disk = new Disk(untouched());
    disk.apply(PLAN);
    disk.files.set('a', 'later\n').set('c', 'again\n').set('d', 'new\n');
    const { files, changedSince } = await planUndo(undoRecordOf('1', NOW, 'change', PLAN), disk.look);
    assert.deepEqual(changedSince, ['a', 'c', 'e/d']);
    assert.deepEqual(
      files.map((f) => f.path),
      ['b'],
    );
  });

  it('takes back a plan that was broken off at any point', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...PLAN]), async (written) => {
        const disk = new Disk(untouched());
        disk.apply(written);
        const { files, changedSince } = await planUndo(undoRecordOf('1', NOW, 'change', PLAN), disk.look);
        disk.apply(files);
        assert.deepEqual([changedSince, disk.files], [[], untouched()]);
      }),
    );
  });

  it('keeps records over a restart, the newest first, and bears what it cannot read', async () => {
    const folder = join(newFolder().path, 'undo');
    assert.deepEqual(await new UndoJournal(folder).list(), []);
    const records = [1, 2, 3].map((n) => undoRecordOf(`${n}`, new Date(+NOW + n * 1000), `change ${n}`, PLAN));
    for (const record of records) await new UndoJournal(folder).write(record);
    writeFileSync(join(folder, '99990101T000000000Z-x.json'), '{"version": 1, "id": ');
    const journal = new UndoJournal(folder);
    assert.deepEqual(await journal.list(), [...records].reverse());
    await journal.remove(records[2]!);
    assert.deepEqual(
      (await journal.list()).map((r) => r.id),
      ['2', '1'],
    );
    for (let n = 4; n < 70; n++) await journal.write(undoRecordOf(`${n}`, new Date(+NOW + n * 1000), '', []));
    assert.equal(readdirSync(folder).length, 50);
  });

  it('takes back a move of which only one half was made', async () => {
    const disk = new Disk(untouched().set('e/d', 'D\n'));
    const { files, changedSince } = await planUndo(undoRecordOf('1', NOW, 'change', PLAN.slice(3)), disk.look);
    disk.apply(files);
    assert.deepEqual([changedSince, disk.files], [[], untouched()]);
  });

  it('leaves out records that were tampered with: no path of one leads where a proposal may not write', async () => {
    const folder = join(newFolder().path, 'undo');
    const journal = new UndoJournal(folder);
    const file = { path: 'a', before: 'a', after: 'b' };
    const wrong: unknown[] = [
      { ...file, path: '../x' },
      { ...file, path: '/etc/x' },
      { ...file, path: '.git/hooks/pre-commit' },
      { ...file, to: '.GIT/config' },
      { ...file, to: 7 },
      { ...file, before: { length: 3 } },
      { ...file, after: null },
      { ...file, traits: { mode: 0o4755 } },
      { ...file, traits: { mode: '755' } },
      null,
      'a',
    ];
    await journal.write(undoRecordOf('0', NOW, 'good', PLAN));
    for (const [n, one] of wrong.entries())
      writeFileSync(
        join(folder, `2027010${n}T000000000Z-${n}.json`),
        JSON.stringify({ version: 1, id: `${n}`, at: NOW.toISOString(), title: '', files: [file, one] }),
      );
    assert.deepEqual(
      (await journal.list()).map((r) => r.title),
      ['good'],
    );
  });
});
