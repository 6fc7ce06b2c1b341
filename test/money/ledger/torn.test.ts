import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readHistory } from '../../../src/money/ledger/reader.js';
import { Folder } from '../../folders.js';
import { budgets, ClockedLedger, granted, order, paid } from './orders.js';

describe('money/ledger after a crash', () => {
  const folder = new Folder();
  after(() => folder.remove());
  let copies = 0;
  let bytes: Buffer;
  const names: string[] = [];

  /** Three settled requests, as they lie on the disk. */
  before(async () => {
    const path = join(folder.path, 'whole');
    const ledger = new ClockedLedger(path);
    for (const request of ['r1', 'r2', 'r3']) {
      const reservation = granted(await ledger.reserve(order({ request }), budgets({ day: 10 })));
      await ledger.settle(reservation, paid(100));
      names.push(reservation.row.attempt);
    }
    bytes = readFileSync(join(path, '2026-11.jsonl'));
  });

  function copyOf(content: Uint8Array): string {
    const path = join(folder.path, `copy-${copies++}`);
    mkdirSync(path);
    writeFileSync(join(path, '2026-11.jsonl'), content);
    return path;
  }

  it('cut at any byte, it keeps every row before the cut, takes no part of the next, and goes on', async () => {
    const ends = [...bytes.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (cut) => {
        const path = copyOf(bytes.subarray(0, cut));
        const whole = [...ends, bytes.length].filter((end) => end > 0 && end <= cut).length;
        // The first row opens the segment; then each request has two.
        const settledBefore = Math.max(0, Math.floor((whole - 1) / 2));
        const ledger = new ClockedLedger(path);
        assert.equal((await ledger.today()).known, settledBefore * 100);
        const open = Math.max(0, whole - 1) % 2;
        assert.equal((await ledger.today()).reserved, open * 1_000_000);
        await ledger.settle(granted(await ledger.reserve(order({ request: 'after' }), budgets({ day: 10 }))), paid(7));
        for (const each of [ledger, new ClockedLedger(path)]) assert.equal((await each.today()).known, settledBefore * 100 + 7);
        const { entries, damage } = await readHistory(path);
        assert.deepEqual(
          entries.filter(({ kind, request }) => kind === 'settled' && request !== 'after').map(({ attempt }) => attempt),
          names.slice(0, settledBefore),
        );
        const torn = cut > 1 && !ends.includes(cut) && !ends.includes(cut - 1) && cut !== bytes.length;
        assert.deepEqual(
          damage.map(({ kind }) => kind),
          torn ? ['torn'] : [],
        );
      }),
      { numRuns: 150 },
    );
  });

  it('with any bytes among its rows, it keeps all the others', async () => {
    const rubbish = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(400).map((n) => bytes.subarray(1, 1 + n)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(7), rubbish), { maxLength: 4 }), async (inserts) => {
        const lines = bytes.toString('latin1').split('\n');
        for (const [at, what] of inserts)
          lines.splice(Math.min(at, lines.length), 0, Buffer.from(what).toString('latin1').replaceAll('\n', ' '));
        const path = copyOf(Buffer.from(lines.join('\n'), 'latin1'));
        assert.equal((await new ClockedLedger(path).today()).known, 300);
        const { entries } = await readHistory(path);
        assert.deepEqual(
          entries.map(({ attempt }) => attempt),
          names,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('reads what is longer than a portion, with a line that is longer than several', async () => {
    const path = copyOf(bytes);
    const ledger = new ClockedLedger(path);
    for (let i = 0; i < 150; i++) await ledger.settle(granted(await ledger.reserve(order({ request: `more ${i}` }))), paid(1));
    const lines = readFileSync(join(path, '2026-11.jsonl'), 'utf8').split('\n');
    lines.splice(100, 0, 'x'.repeat(300_000));
    const copy = copyOf(Buffer.from(lines.join('\n')));
    assert.equal((await new ClockedLedger(copy).today()).known, 450);
    const { entries, damage } = await readHistory(copy);
    assert.deepEqual([entries.length, damage.map((d) => d.bytes)], [153, [300_000]]);
  });

  it('a row that is still being written is waited for', async () => {
    const path = copyOf(bytes.subarray(0, bytes.length - 20));
    const reader = new ClockedLedger(path);
    const before = await reader.today();
    assert.deepEqual([before.known, before.reserved], [200, 1_000_000]);
    assert.deepEqual(reader.damage, []);
    writeFileSync(join(path, '2026-11.jsonl'), bytes);
    assert.equal((await reader.today()).known, 300);
  });
});
