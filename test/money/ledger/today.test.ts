import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describeToday, type SpentToday, TodayWatch } from '../../../src/money/ledger/today.js';
import { microUsd } from '../../../src/money/micro-usd.js';
import { Folder } from '../../folders.js';
import { ClockedLedger, granted, NOON, order, paid, unpriced } from './orders.js';

describe('money/ledger/today', () => {
  let folder: Folder;
  let path: string;
  beforeEach(() => {
    folder = new Folder();
    path = join(folder.path, 'ledger');
  });
  afterEach(() => folder.remove());

  const shown = async (ledger: ClockedLedger): Promise<SpentToday> => describeToday(await ledger.today(), await ledger.todaysEntries());

  it('has the total, and what it is made of', async () => {
    const ledger = new ClockedLedger(path);
    assert.deepEqual(await shown(ledger), { total: '$0', lines: ['No request was sent.'] });
    await ledger.settle(granted(await ledger.reserve(order())), { ...paid(112_800), uncached: microUsd(446_800) });
    await ledger.settle(granted(await ledger.reserve(order({ model: 'claude-haiku-5-5' }))), paid(3_700));
    assert.deepEqual(await shown(ledger), {
      total: '$0.117',
      lines: [
        'anthropic/claude-opus-5-5: $0.113 (1 request)',
        'anthropic/claude-haiku-5-5: $0.0037 (1 request)',
        "Saved by the provider's cache: $0.334.",
      ],
    });
    await ledger.reserve(order({ request: 'r2' }));
    await ledger.settle(granted(await ledger.reserve(order({ request: 'r3' }))), { outcome: 'cut', cost: { unknown: 'cut' } });
    const { total, lines } = await shown(ledger);
    assert.equal(total, '≥ $0.117');
    assert.deepEqual(lines.slice(0, 4), [
      'anthropic/claude-opus-5-5: ≥ $0.113, 1 unpriced (3 requests)',
      'anthropic/claude-haiku-5-5: $0.0037 (1 request)',
      'On their way: at most $1.00.',
      'Of unknown cost: 1 request, at most $1.00.',
    ]);
    await ledger.settle(granted(await ledger.reserve(unpriced())), { outcome: 'ok', cost: { unknown: 'no price' } });
    assert.ok((await shown(ledger)).lines.includes('Of unknown cost: 2 requests, without any bound.'));
  });

  it('tells what lies in the segment before, too', async () => {
    const ledger = new ClockedLedger(path, new Date('2026-11-30T23:30:00.000Z'));
    await ledger.settle(granted(await ledger.reserve(order())), paid(300_000));
    ledger.now = '2026-12-01T00:30:00.000Z';
    await ledger.settle(granted(await ledger.reserve(order())), paid(40_000));
    assert.deepEqual(await shown(ledger), { total: '$0.34', lines: ['anthropic/claude-opus-5-5: $0.04 (1 request)', 'earlier: $0.30'] });
  });

  it('is told anew when any process has written, also when there was no ledger yet', async () => {
    const seen: string[] = [];
    let wake: () => void = () => undefined;
    const next = () => new Promise<void>((done) => (wake = done));
    let told = next();
    const watch = new TodayWatch(
      new ClockedLedger(path),
      ({ total }) => {
        seen.push(total);
        wake();
      },
      (error) => assert.fail(String(error)),
    );
    await told;
    const other = new ClockedLedger(path, NOON);
    await other.settle(granted(await other.reserve(order())), paid(50_000));
    told = next();
    // The folder is new: it is found with the next look, and watched from then on.
    await watch.look();
    await told;
    told = next();
    await other.settle(granted(await other.reserve(order({ request: 'r2' }))), paid(50_000));
    while (seen.at(-1) !== '$0.10') {
      await told;
      told = next();
    }
    watch.dispose();
    assert.deepEqual([seen[0], seen[1]], ['$0', '$0.05']);
  });
});
