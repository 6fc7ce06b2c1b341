import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calibrate, MIN_SAMPLES } from '../../src/models/calibrate.js';
import { tokenFamilies } from '../../src/models/token-counter.js';

const claude = tokenFamilies['claude-4.7']!;
const sample = (ratio: number, o200k = 10_000) => ({ o200k, reported: Math.round(o200k * ratio) });

describe('models/calibrate', () => {
  it('replaces the ratio by the median of the reported ones, and the range by theirs', () => {
    const { ratio, low, high, basis } = calibrate(
      claude,
      [1.4, 1.42, 1.44, 1.46, 9].map((r) => sample(r)),
    );
    assert.equal(ratio, 1.44);
    assert.equal(low.toFixed(4), (1.408 * 0.95).toFixed(4));
    assert.equal(high.toFixed(3), ((1.46 + (9 - 1.46) * 0.6) * 1.05).toFixed(3));
    assert.equal(basis, 'measured on 5 requests');
  });

  it('leaves the family as it is on too few or too small requests', () => {
    assert.equal(
      calibrate(
        claude,
        Array.from({ length: MIN_SAMPLES - 1 }, () => sample(1.4)),
      ),
      claude,
    );
    assert.equal(
      calibrate(
        claude,
        Array.from({ length: 50 }, () => sample(3, 100)),
      ),
      claude,
    );
    assert.equal(
      calibrate(
        claude,
        Array.from({ length: 50 }, () => ({ o200k: 5_000, reported: Number.NaN })),
      ),
      claude,
    );
  });

  it('leaves an exact count exact', () => {
    assert.equal(
      calibrate(
        tokenFamilies.o200k!,
        Array.from({ length: 50 }, () => sample(1.1)),
      ),
      tokenFamilies.o200k,
    );
  });

  it('always puts the ratio inside its range', () => {
    const samples = fc.array(fc.record({ o200k: fc.integer({ min: 0, max: 1e6 }), reported: fc.integer({ min: -5, max: 2e6 }) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(samples, (s) => {
        const { ratio, low, high } = calibrate(claude, s);
        assert.ok(0 < low && low <= ratio && ratio <= high && Number.isFinite(high));
      }),
    );
  });
});
