import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calibrate, MIN_SESSIONS, type TokenSample } from '../../src/models/calibrate.js';
import { tokenFamilies } from '../../src/models/token-counter.js';

const claude = tokenFamilies['claude-4.7']!;
let sessions = 0;
/** A request of a session of its own, if none is named. */
const sample = (ratio: number, session = `s${sessions++}`, o200k = 10_000): TokenSample => ({
  o200k,
  reported: Math.round(o200k * ratio),
  session,
});
const rounded = (n: number): number => Number(n.toFixed(4));

describe('models/calibrate', () => {
  it('replaces the ratio by the median of the reported ones, and narrows the range as they become many', () => {
    const near = (n: number) =>
      calibrate(
        claude,
        Array.from({ length: n }, (_, i) => sample(1.4 + (i % 5) * 0.01)),
      );
    assert.equal(near(5).ratio, 1.42);
    assert.equal(near(5).basis, 'measured on 5 requests in 5 sessions');
    // The least and the greatest of five hold two thirds of what follows: 26 % are lacking to nine tenths, and that share of the family's own range stays.
    const { low, high } = near(5);
    const lacking = 1 - 4 / 6 / 0.9;
    assert.deepEqual(
      [rounded(low), rounded(high)],
      [rounded(1.372 + lacking * (claude.low - 1.372)), rounded(1.4688 + lacking * (claude.high - 1.4688))],
    );
    const many = near(100);
    assert.deepEqual([rounded(many.low), rounded(many.high)], [rounded(1.4 * 0.98), rounded(1.44 * 1.02)]);
  });

  it('leaves out the twentieth part at either end, so that one odd request does not widen the range for good', () => {
    const { high } = calibrate(claude, [...Array.from({ length: 60 }, () => sample(1.4)), sample(9)]);
    assert.equal(rounded(high), rounded(1.4 * 1.02));
  });

  it('takes the requests of a session as one observation', () => {
    const one = Array.from({ length: 50 }, () => sample(1.4, 'the same'));
    assert.equal(calibrate(claude, one), claude);
    const { ratio, basis } = calibrate(claude, [...one, ...[1.5, 1.5, 1.5, 1.5].map((r) => sample(r))]);
    assert.deepEqual([ratio, basis], [1.5, 'measured on 54 requests in 5 sessions']);
  });

  it('leaves the family as it is on too few or too small requests', () => {
    const some = (n: number, of: () => TokenSample) => calibrate(claude, Array.from({ length: n }, of));
    assert.equal(
      some(MIN_SESSIONS - 1, () => sample(1.4)),
      claude,
    );
    assert.equal(
      some(50, () => sample(3, undefined, 100)),
      claude,
    );
    assert.equal(
      some(50, () => ({ ...sample(1), reported: Number.NaN })),
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
    const samples = fc.array(
      fc.record({
        o200k: fc.integer({ min: 0, max: 1e6 }),
        reported: fc.integer({ min: -5, max: 2e6 }),
        session: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(samples, (s) => {
        const { ratio, low, high } = calibrate(claude, s);
        assert.ok(0 < low && low <= ratio && ratio <= high && Number.isFinite(high));
      }),
    );
  });

  it('its range holds nine of ten further requests, whatever their distribution', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 2, noNaN: true }), { minLength: 400, maxLength: 400 }), (ratios) => {
        // Drawn again and again from one bag: what is seen and what follows.
        const seen = ratios.slice(0, 200);
        const { low, high } = calibrate(
          claude,
          seen.map((r) => sample(r)),
        );
        const inside = ratios.slice(200).filter((r) => low <= r && r <= high).length;
        // The share varies from draw to draw; three quarters is far outside of chance.
        assert.ok(inside >= 200 * 0.75, `${inside} of 200`);
      }),
      { numRuns: 30 },
    );
  });
});
