import assert from 'node:assert/strict';
import type { Gauge } from '../../../src/money/budgets.js';
import type { Entry } from '../../../src/money/ledger/account.js';
import type { Attempt, SettledRow } from '../../../src/money/ledger/row.js';
import { microUsd } from '../../../src/money/micro-usd.js';
import { NOTHING } from '../../../src/money/tally.js';
import { historyRows, wordsOf } from '../../../src/vscode/history/history-rows.js';

const TODAY = '2026-11-21';

function attempt(request: string, change: Partial<Attempt> = {}): Attempt {
  const reserved = change.reserved ?? '2026-11-21T10:00:00.000Z';
  return {
    ...{ attempt: `${request}-${change.number ?? 1}`, request, number: 1, session: 's', workspace: 'w', workspaceName: 'parcels' },
    ...{ provider: 'acme', model: 'large', action: 'ask', reserved, day: reserved.slice(0, 10), o200k: 1, expectedCacheRead: 0 },
    ...change,
  };
}

const settled = (of: Attempt, usd: number | string, change: Partial<SettledRow> = {}): Entry => ({
  ...{ kind: 'settled', ...of, at: of.reserved, outcome: 'ok' },
  cost: typeof usd === 'string' ? { unknown: usd } : { microUsd: microUsd(Math.round(usd * 1e6)) },
  ...change,
});

const words = (entries: readonly Entry[], gauges: readonly Gauge[] = []) =>
  historyRows(entries, gauges, TODAY).map((row) => {
    const { label, description } = wordsOf(row, TODAY);
    return `${label}: ${description}`;
  });

describe('The view Requests', () => {
  it('has the sum of the month, and days with the newest first', () => {
    const entries = [
      settled(attempt('old', { reserved: '2026-10-31T10:00:00.000Z' }), 9),
      settled(attempt('a', { reserved: '2026-11-20T10:00:00.000Z' }), 1),
      settled(attempt('b'), 0.25),
      settled(attempt('c', { reserved: '2026-11-21T11:00:00.000Z' }), 'no usage was reported'),
    ];
    assert.deepEqual(words(entries), [
      'Spent this month: ≥ $1.25, 1 unpriced',
      'Today: ≥ $0.25, 1 unpriced, 2 requests',
      '2026-11-20: $1.00, 1 request',
      '2026-10-31: $9.00, 1 request',
    ]);
    const today = historyRows(entries, [], TODAY).find((row) => row.kind === 'day');
    assert.deepEqual(
      today?.requests.map(({ id }) => id),
      ['c', 'b'],
    );
  });

  it('has one row for all attempts at a request, and none for what was not sent', () => {
    const entries = [
      settled(attempt('a', { number: 1 }), 0.5, { outcome: 'cut' }),
      settled(attempt('a', { number: 2, reserved: '2026-11-21T10:01:00.000Z' }), 0.25),
      { kind: 'released', ...attempt('b'), at: '2026-11-21T10:00:00.000Z' } as const,
    ];
    const [, day] = historyRows(entries, [], TODAY);
    assert.ok(day?.kind === 'day');
    assert.deepEqual(
      day.requests.map((row) => [row.id, row.attempts, row.tally.known, row.last.number]),
      [['a', 2, 750_000, 2]],
    );
  });

  it('says how each request ended, and never that an unknown cost is nothing', () => {
    const lines = [
      settled(attempt('a'), 'it broke off', { outcome: 'cut' }),
      settled(attempt('b'), 0.1, { outcome: 'cancelled' }),
      { kind: 'lost', ...attempt('c'), at: '2026-11-21T10:00:00.000Z' } as const,
    ].map((entry) => {
      const [, day] = historyRows([entry], [], TODAY);
      assert.ok(day?.kind === 'day');
      return wordsOf(day.requests[0]!, TODAY, 'retry once\nand no more').description;
    });
    assert.deepEqual(lines, [
      'cost unknown, large, broke off',
      '$0.10, large, stopped',
      'cost unknown, large, lost: its window was closed or killed',
    ]);
  });

  it('shows how full each budget is, the unfinished at its worst', () => {
    const tally = { ...NOTHING, known: 3_000_000, reserved: 1_200_000 };
    const day: Gauge = { scope: 'day', limit: microUsd(5_000_000), tally, left: microUsd(800_000) };
    const full: Gauge = { scope: 'provider', provider: 'acme', limit: microUsd(4_000_000), tally, left: microUsd(0) };
    assert.deepEqual(words([], [day, full]), ['Budget: Today: $4.20 of $5.00, 84 %', 'Budget: acme, this month: $4.20 of $4.00, 100 %']);
    assert.deepEqual(
      [day, full].map((gauge) => wordsOf({ kind: 'gauge', gauge }, TODAY).icon),
      ['warning', 'error'],
    );
  });
});
