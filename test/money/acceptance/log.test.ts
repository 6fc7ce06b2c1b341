import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { AcceptanceLog } from '../../../src/money/acceptance/log.js';
import { Folder } from '../../folders.js';
import { proposal } from './rows.js';

describe('money/acceptance/log', () => {
  const folder = new Folder();
  after(() => folder.remove());
  let count = 0;
  const fresh = (): AcceptanceLog => new AcceptanceLog(join(folder.path, `log-${count++}`), { durable: false });

  it('says of every proposal what became of it in the end', async () => {
    const log = fresh();
    await log.append(proposal('a', { kind: 'shown' }));
    await log.append(proposal('b', { kind: 'shown' }));
    await log.append(proposal('a', { files: { proposed: 2, accepted: 2, refused: 0 } }));
    await log.append(proposal('c'));
    await log.append({ kind: 'undone', proposal: 'c', at: '2026-12-01T10:00:00.000Z' });
    // A window that was slow to say so.
    await log.append(proposal('a', { kind: 'shown' }));
    const { fates, damaged } = await log.read();
    assert.deepEqual(
      fates.map((f) => [f.proposal, f.state, f.files.accepted]),
      [
        ['a', 'decided', 2],
        ['b', 'open', 1],
        ['c', 'undone', 1],
      ],
    );
    assert.equal(damaged, 0);
    assert.deepEqual(readdirSync(log.folder), ['2026-11.jsonl', '2026-12.jsonl']);
    if (process.platform !== 'win32') assert.equal(statSync(join(log.folder, '2026-11.jsonl')).mode & 0o777, 0o600);
  });

  it('is empty where nothing was written', async () => {
    assert.deepEqual(await fresh().read(), { fates: [], damaged: 0 });
  });

  it('takes nothing that could not be read again', async () => {
    for (const wrong of [
      { files: { proposed: 1, accepted: 2, refused: 0 } },
      { day: 'yesterday' },
      { model: '' },
      { files: { proposed: Number.NaN, accepted: 0, refused: 0 } },
    ])
      await assert.rejects(fresh().append(proposal('a', wrong)), RangeError);
  });

  it('cut at any byte, it keeps every row before the cut and goes on behind it', async () => {
    const whole = fresh();
    for (const id of ['a', 'b', 'c']) await whole.append(proposal(id));
    const bytes = readFileSync(join(whole.folder, '2026-11.jsonl'));
    const ends = [...bytes.entries()].filter(([, b]) => b === 0x0a).map(([at]) => at);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (cut) => {
        const log = fresh();
        mkdirSync(log.folder, { recursive: true });
        writeFileSync(join(log.folder, '2026-11.jsonl'), bytes.subarray(0, cut));
        const before = [...ends.slice(1), bytes.length].filter((end) => end <= cut).length;
        await log.append(proposal('later'));
        const { fates, damaged } = await log.read();
        assert.deepEqual(
          fates.map((f) => f.proposal),
          [...['a', 'b', 'c'].slice(0, before), 'later'],
        );
        assert.ok(damaged <= 1);
      }),
      { numRuns: 150 },
    );
  });

  it('never takes a line that was changed for a row', async () => {
    const whole = fresh();
    await whole.append(proposal('a'));
    const text = readFileSync(join(whole.folder, '2026-11.jsonl'), 'latin1');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: text.indexOf('{'), max: text.lastIndexOf('}') }),
        fc.integer({ min: 32, max: 126 }),
        async (at, code) => {
          const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
          const log = fresh();
          mkdirSync(log.folder, { recursive: true });
          writeFileSync(join(log.folder, '2026-11.jsonl'), changed, 'latin1');
          const { fates } = await log.read();
          assert.equal(fates.length, changed === text ? 1 : 0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps every row of several processes that write at once', async () => {
    const { folder: path } = fresh();
    const writer = join(folder.path, 'writer.cjs');
    await build({ entryPoints: ['test/money/acceptance/writer.ts'], bundle: true, platform: 'node', outfile: writer, logLevel: 'error' });
    const codes = await Promise.all(
      ['p', 'q', 'r'].map((name) => new Promise((done) => fork(writer, [path, name, '60']).on('exit', done))),
    );
    assert.deepEqual(codes, [0, 0, 0]);
    const { fates, damaged } = await new AcceptanceLog(path).read();
    assert.deepEqual([fates.length, damaged], [180, 0]);
  });
});
