import assert from 'node:assert/strict';
import { join } from 'node:path';
import { economicsBy, totalEconomics } from '../../../src/money/acceptance/economics.js';
import type { Fate } from '../../../src/money/acceptance/log.js';
import type { Entry } from '../../../src/money/ledger/account.js';
import { readHistory } from '../../../src/money/ledger/reader.js';
import { Folder } from '../../folders.js';
import { ClockedLedger, granted, order, paid } from '../ledger/orders.js';
import { proposal } from './rows.js';

const fate = (id: string, state: Fate['state'], other: Partial<Fate> = {}): Fate => {
  const { kind: _, ...row } = proposal(id);
  return { ...row, state, ...other };
};

describe('money/acceptance/economics', () => {
  const folder = new Folder();
  after(() => folder.remove());
  let entries: readonly Entry[];
  before(async () => {
    const ledger = new ClockedLedger(join(folder.path, 'ledger'));
    for (const [request, cost] of [
      ['request-a', 6_000],
      // Two attempts, the first of which failed.
      ['request-b', 1_000],
      ['request-b', 2_000],
      ['fix-b', 3_000],
      ['a question', 50_000],
    ] as const)
      await ledger.settle(granted(await ledger.reserve(order({ request }))), paid(cost));
    await ledger.settle(granted(await ledger.reserve(order({ request: 'unpriced' }))), { outcome: 'ok', cost: { unknown: 'no price' } });
    entries = (await readHistory(join(folder.path, 'ledger'))).entries;
  });

  it('holds what was accepted against all that was spent on proposals, repairs and failures among it', () => {
    const fates = [fate('a', 'decided'), fate('b', 'decided', { requests: ['request-b', 'fix-b'] })];
    const { proposals, applied, changes, files, tally, perChange, perFile, missing } = totalEconomics(fates, entries);
    assert.deepEqual([proposals, applied, missing], [2, 2, 0]);
    assert.deepEqual(
      [files, changes],
      [
        { proposed: 4, accepted: 2, refused: 2 },
        { proposed: 10, accepted: 6, refused: 4 },
      ],
    );
    assert.deepEqual([tally.known, perChange, perFile], [12_000, 2_000, 6_000]);
  });

  it('counts what was discarded, taken back or left open as spent and not accepted', () => {
    const discarded = { files: { proposed: 2, accepted: 0, refused: 0 }, changes: { proposed: 5, accepted: 0, refused: 0 } };
    const { applied, open, undone, changes, perChange, tally } = totalEconomics(
      [fate('a', 'undone'), fate('b', 'open', { requests: ['fix-b'] }), fate('c', 'decided', { ...discarded, requests: ['request-b'] })],
      entries,
    );
    assert.deepEqual([applied, open, undone, changes.accepted, perChange, tally.known], [0, 1, 1, 0, undefined, 12_000]);
  });

  it('says no cost for a change where one of its requests has none that is known', () => {
    const unpriced = totalEconomics([fate('a', 'decided', { requests: ['request-a', 'unpriced'] })], entries);
    assert.deepEqual([unpriced.perChange, unpriced.tally.unpriced], [undefined, 1]);
    const gone = totalEconomics([fate('a', 'decided', { requests: ['request-a', 'of another ledger'] })], entries);
    assert.deepEqual([gone.perChange, gone.missing], [undefined, 1]);
  });

  it('goes by model and by action, the dearest first, and counts a request once', () => {
    const fates = [
      fate('a', 'decided', { action: 'extract', requests: ['fix-b'] }),
      fate('b', 'decided', { model: 'other', requests: ['request-a', 'request-a'] }),
      fate('c', 'decided', { requests: ['request-b', 'request-a'] }),
    ];
    assert.deepEqual(
      economicsBy('model', fates, entries).map(({ key, tally }) => [key, tally.known]),
      [
        ['anthropic/claude-opus-5-5', 12_000],
        ['anthropic/other', 6_000],
      ],
    );
    assert.deepEqual(
      economicsBy('action', fates, entries).map(({ key, proposals, tally }) => [key, proposals, tally.known]),
      [
        ['ask', 2, 9_000],
        ['extract', 1, 3_000],
      ],
    );
    assert.deepEqual(
      economicsBy('month', fates, entries).map(({ key }) => key),
      ['2026-11'],
    );
  });
});
