import assert from 'node:assert/strict';
import { formatUsd, microUsd } from '../../src/money/micro-usd.js';

describe('money/micro-usd', () => {
  it('shows cents from a dollar on, three figures below, and nothing as 0 that is not', () => {
    const shown = [0, 1, 15, 241, 3_675, 3_775, 75_500, 146_000, 930_000, 999_999, 1_005_000, 1_567_500, 1_234_567_890].map((n) =>
      formatUsd(microUsd(n)),
    );
    const expected = [
      '$0',
      '$0.000001',
      '$0.000015',
      '$0.000241',
      '$0.00368',
      '$0.00378',
      '$0.0755',
      '$0.146',
      '$0.93',
      '$1.00',
      '$1.01',
      '$1.57',
      '$1,234.57',
    ];
    assert.deepEqual(shown, expected);
  });

  it('is a whole number of at least 0', () => {
    for (const n of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) assert.throws(() => microUsd(n), RangeError);
  });
});
