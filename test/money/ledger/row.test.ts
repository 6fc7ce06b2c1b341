import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ReservedRow, readRow, type SettledRow, writeRow } from '../../../src/money/ledger/row.js';
import { microUsd } from '../../../src/money/micro-usd.js';

const attempt = {
  attempt: 'a1',
  request: 'r1',
  number: 1,
  session: 's1',
  workspace: 'w1',
  provider: 'anthropic',
  model: 'claude-opus-5-5',
  action: 'explain',
  reserved: '2026-11-21T12:00:00.000Z',
  day: '2026-11-21',
  worst: microUsd(420_000),
  o200k: 20_000,
  expectedCacheRead: 15_000,
};
const reserved: ReservedRow = {
  kind: 'reserved',
  ...attempt,
  caps: { day: microUsd(5_000_000) },
  deadline: '2026-11-21T12:10:00.000Z',
  owner: { pid: 7, place: 'here' },
};
const settled: SettledRow = {
  kind: 'settled',
  ...attempt,
  at: '2026-11-21T12:00:09.000Z',
  outcome: 'ok',
  usage: { input: 5 },
  cost: { microUsd: microUsd(20) },
};

const strings = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const rows = fc
  .record({ session: strings, model: strings, reason: strings })
  .map(({ session, model, reason }): SettledRow => ({ ...settled, session, model, cost: { unknown: reason } }));

describe('money/ledger/row', () => {
  it('reads what it wrote, on one line', () => {
    for (const row of [reserved, settled]) assert.deepEqual(readRow(writeRow(row)), { kind: 'row', row });
    fc.assert(
      fc.property(rows, (row) => {
        const line = writeRow(row);
        assert.doesNotMatch(line, /[\r\n]/);
        // Through bytes and back, as a file has it.
        assert.deepEqual(readRow(Buffer.from(line).toString()), { kind: 'row', row });
      }),
    );
  });

  it('knows a row that breaks off at any byte, or goes on behind its end, as torn', () => {
    const bytes = Buffer.from(writeRow({ ...settled, session: 'Sitzung “ä”' }));
    for (let length = 0; length < bytes.length; length++)
      assert.deepEqual(readRow(bytes.toString('utf8', 0, length)), { kind: 'torn' }, `${length}`);
    assert.deepEqual(readRow(`${bytes}${bytes}`), { kind: 'torn' });
    assert.deepEqual(readRow(`${bytes.subarray(0, 50)}${bytes}`), { kind: 'torn' });
  });

  it('knows a row as torn in which any byte was changed', () => {
    const bytes = Buffer.from(writeRow(settled));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed[at]! ^= flip;
        assert.equal(readRow(changed.toString()).kind, 'torn');
      }),
    );
  });

  it('takes only rows that have what their kind must have', () => {
    const without = (row: object, key: string) => writeRow({ ...row, [key]: undefined } as unknown as SettledRow);
    for (const key of ['attempt', 'session', 'day', 'at', 'outcome', 'cost', 'kind'])
      assert.deepEqual(readRow(without(settled, key)), { kind: 'foreign' }, key);
    for (const key of ['caps', 'owner', 'deadline']) assert.deepEqual(readRow(without(reserved, key)), { kind: 'foreign' }, key);
    const odd: object[] = [
      { number: -1 },
      { worst: 0.5 },
      { day: 'today' },
      { cost: { microUsd: '1' } },
      { usage: { input: -1 } },
      { kind: 'constructor' },
    ];
    for (const change of odd)
      assert.deepEqual(readRow(writeRow({ ...settled, ...change } as SettledRow)), { kind: 'foreign' }, JSON.stringify(change));
  });

  it('makes something of any line', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => assert.equal(readRow(line).kind, 'torn')));
  });
});
