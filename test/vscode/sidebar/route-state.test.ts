import assert from 'node:assert/strict';
import { microUsd } from '../../../src/money/micro-usd.js';
import type { RouteRow } from '../../../src/route-table.js';
import { routeView } from '../../../src/vscode/sidebar/route-state.js';

const ROW: RouteRow = {
  ...{ model: 'acme/large', verdict: 'chosen', reasons: [], tier: null, score: null },
  tokens: { estimate: 10, low: 10, high: 10, warm: 0 },
  cost: { expected: microUsd(49_200), worst: microUsd(79_200) },
  latency: { firstToken: 2_000, whole: 35_333, speed: 60, measured: 0 },
};

describe('The route in the sidebar', () => {
  it('has a row for each model: its place, expected cost, time and reasons', () => {
    const rows: readonly RouteRow[] = [
      ROW,
      { ...ROW, model: 'b/b', verdict: 'fallback', latency: { ...ROW.latency, whole: 8_040, measured: 4 } },
      { ...ROW, model: 'c/c', verdict: 'fallback', reasons: ['dearer ($0.0787 for $0.0492)', '300 tokens of the prompt are in its cache'] },
      { ...ROW, model: 'd/d', verdict: 'other' },
      { ...ROW, model: 'e/e', verdict: 'rejected', cost: null },
    ];
    const view = routeView({ chosen: 'acme/large', why: 'acme/large: the best.', rows });
    assert.ok(view.kind === 'routed' && view.why === 'acme/large: the best.');
    assert.deepEqual(
      view.rows.map((r) => [r.id, r.verdict, r.words, r.cost, r.time, r.reasons]),
      [
        ['acme/large', 'chosen', 'first', '$0.0492', '35 s?', ''],
        ['b/b', 'fallback', 'fallback 1', '$0.0492', '8.0 s', ''],
        ['c/c', 'fallback', 'fallback 2', '$0.0492', '35 s?', 'dearer ($0.0787 for $0.0492); 300 tokens of the prompt are in its cache'],
        ['d/d', 'other', 'could be asked', '$0.0492', '35 s?', ''],
        ['e/e', 'rejected', 'not asked', 'price unknown', '35 s?', ''],
      ],
    );
  });
});
