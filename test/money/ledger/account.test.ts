import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CAP_SCOPES, type CapScope, tallyKey } from '../../../src/money/budgets.js';
import { Account, type Entry, tallyOfEntry } from '../../../src/money/ledger/account.js';
import type { ReservedRow, Row } from '../../../src/money/ledger/row.js';
import { microUsd } from '../../../src/money/micro-usd.js';
import { addTally, chargeOf, NOTHING } from '../../../src/money/tally.js';

/** A step of one of many attempts: to reserve, or to end in one of the ways it can. */
const steps = fc.array(
  fc.record({
    id: fc.nat(12),
    kind: fc.constantFrom('reserved', 'reserved', 'settled', 'settled', 'released', 'lost'),
    worst: fc.integer({ min: 0, max: 100 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    known: fc.boolean(),
    caps: fc.dictionary(fc.constantFrom(...CAP_SCOPES), fc.nat(200).map(microUsd), { noNullPrototype: true }),
  }),
  { maxLength: 60 },
);

/** Every attempt's fields are its own function of its number, so that all its rows agree. */
function rowsOf(all: typeof steps extends fc.Arbitrary<infer T> ? T : never): Row[] {
  const worstOf = new Map<number, number>();
  return all.map(({ id, kind, worst, share, known, caps }): Row => {
    if (!worstOf.has(id)) worstOf.set(id, worst);
    const most = worstOf.get(id)!;
    const at = '2026-11-21T12:00:00.000Z';
    const attempt = {
      attempt: `a${id}`,
      request: `r${id % 5}`,
      number: 1,
      session: `s${id % 3}`,
      workspace: `w${id % 2}`,
      provider: id % 2 === 0 ? 'anthropic' : 'openai',
      model: 'm',
      action: 'ask',
      reserved: at,
      day: id % 4 === 0 ? '2026-11-20' : '2026-11-21',
      worst: microUsd(most),
      o200k: 1,
      expectedCacheRead: 0,
    };
    if (kind === 'reserved') return { kind, ...attempt, caps, deadline: at, owner: { pid: 1, place: 'p' } };
    if (kind !== 'settled') return { kind, ...attempt, at };
    return { kind, ...attempt, at, outcome: 'ok', cost: known ? { microUsd: microUsd(Math.round(most * share)) } : { unknown: 'cut' } };
  });
}

describe('money/ledger/account', () => {
  it('grants no reservation that passes a cap, in any order of events', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const account = new Account();
        for (const row of rowsOf(all)) {
          const isNew = row.kind === 'reserved' && !account.attempts.has(row.attempt);
          account.apply(row);
          // What is free passes no cap, not even one that others, without that cap, have passed.
          if (!isNew || row.worst === 0 || account.attempts.get(row.attempt)?.kind !== 'reserved') continue;
          for (const [scope, limit] of Object.entries(row.caps) as [CapScope, number][]) {
            assert.ok(chargeOf(account.tallyOf(tallyKey(scope, row))) <= limit, scope);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('its tallies are the sums of its attempts', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const entries = new Map<string, Entry>();
        const account = new Account(entries);
        for (const row of rowsOf(all)) account.apply(row);
        for (const scope of CAP_SCOPES) {
          const sums = new Map<string, typeof NOTHING>();
          for (const entry of entries.values()) {
            const key = tallyKey(scope, entry);
            sums.set(key, addTally(sums.get(key) ?? NOTHING, tallyOfEntry(entry)));
          }
          for (const [key, sum] of sums) assert.deepEqual(account.tallyOf(key), sum);
        }
        assert.deepEqual(
          [...account.open.keys()].sort(),
          [...entries.values()]
            .filter((e) => e.kind === 'reserved')
            .map((e) => e.attempt)
            .sort(),
        );
      }),
    );
  });

  it('who begins at a new segment comes to the same verdicts as who has read everything', () => {
    fc.assert(
      fc.property(steps, steps, (before, behind) => {
        const all = new Account();
        for (const row of rowsOf(before)) all.apply(row);
        const opened = all.carry(new Date('2026-12-01T00:00:00.000Z'));
        all.apply({ kind: 'sealed', at: '2026-12-01T00:00:00.000Z', next: '2026-12' });
        all.turn();
        const fresh = new Account();
        for (const account of [all, fresh]) for (const row of [opened, ...rowsOf(behind)]) account.apply(row);
        assert.deepEqual([...all.attempts], [...fresh.attempts]);
        for (const { id } of behind) {
          const { attempt } = rowsOf([{ ...behind[0]!, id }])[0] as ReservedRow;
          const entry = all.attempts.get(attempt);
          if (entry)
            for (const scope of CAP_SCOPES) assert.deepEqual(all.tallyOf(tallyKey(scope, entry)), fresh.tallyOf(tallyKey(scope, entry)));
        }
      }),
    );
  });

  it('takes nothing behind its end', () => {
    const account = new Account();
    account.apply({ kind: 'sealed', at: '2026-12-01T00:00:00.000Z', next: '2026-12' });
    const [row] = rowsOf([{ id: 1, kind: 'reserved', worst: 5, share: 0, known: true, caps: {} }]);
    account.apply(row!);
    assert.equal(account.attempts.size, 0);
    account.turn();
    account.apply(row!);
    assert.equal(account.attempts.size, 1);
  });
});
