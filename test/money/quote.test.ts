import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costOf } from '../../src/money/cost.js';
import type { KnownPrice, TieredRates, Unknown } from '../../src/money/price.js';
import { type ModelLimits, type Quote, type QuoteRequest, quoteRequest } from '../../src/money/quote.js';
import { NO_USAGE } from '../../src/money/usage.js';
import { NOW, shippedTable } from './table.js';

const exactly = (tokens: number): QuoteRequest['input'] => ({ tokens, low: tokens, high: tokens, exact: true });
const between = (low: number, high: number): QuoteRequest['input'] => ({ tokens: (low + high) >> 1, low, high, exact: false });

const table = shippedTable();
const opus = table.find('anthropic', 'claude-opus-5-5', NOW);
const request: QuoteRequest = { input: exactly(100_000), cacheable: 0.9, expectedOutput: 2_000, maxOutput: 8_000 };

/** "cold low-high, warm low-high, worst" in micro-dollars. */
function amounts({ cost }: Quote): string {
  if (cost.kind === 'unknown') return cost.reason;
  return `cold ${cost.cold.low}-${cost.cold.high}, warm ${cost.warm.low}-${cost.warm.high}, worst ${cost.worst}`;
}

describe('money/quote', () => {
  it('is dearer while the cache is cold, and at worst with the whole prompt written and the longest answer', () => {
    // 10,000 × 4 + 90,000 × 5 or × 0.2 + 2,000 × 20; 100,000 × 5 + 8,000 × 20
    assert.equal(amounts(quoteRequest(request, opus, {})), 'cold 530000-530000, warm 98000-98000, worst 660000');
  });

  it('an hour in the cache costs twice the input', () => {
    assert.equal(amounts(quoteRequest({ ...request, keep: '1h' }, opus, {})), 'cold 800000-800000, warm 98000-98000, worst 960000');
  });

  it('a prefix below the least that the provider caches is plain input', () => {
    const small = { ...request, input: exactly(1_000), cacheable: 0.5, expectedOutput: 0 };
    assert.equal(amounts(quoteRequest(small, opus, { cacheMinimum: 512 })), 'cold 4000-4000, warm 4000-4000, worst 165000');
    assert.equal(amounts(quoteRequest(small, opus, { cacheMinimum: 500 })), 'cold 4500-4500, warm 2100-2100, worst 165000');
  });

  it('without a price for writes, a cold cache is plain input', () => {
    const gpt55 = table.find('openai', 'gpt-5.5', NOW);
    assert.equal(amounts(quoteRequest(request, gpt55, {})), 'cold 560000-560000, warm 155000-155000, worst 740000');
  });

  it('an estimate that may cross a tier is quoted from one side of it to the other', () => {
    const haiku = table.find('anthropic', 'claude-haiku-5-5', NOW);
    const quote = quoteRequest({ ...request, input: between(90_000, 120_000), cacheable: 0, expectedOutput: 0 }, haiku, {});
    assert.equal(amounts(quote), 'cold 9000-60000, warm 9000-60000, worst 95000');
  });

  it('an unknown price gives an unknown quote, and still says whether it fits', () => {
    const fable = table.find('anthropic', 'claude-fable-5-2', NOW);
    assert.deepEqual(quoteRequest(request, fable, { window: 200_000 }), {
      cost: { kind: 'unknown', reason: 'no price for anthropic/claude-fable-5-2 in @pydantic/genai-prices 0.1.8' },
      fits: 'yes',
    });
  });

  it('fits if the longest prompt and the longest answer go into the window', () => {
    const fits = (input: QuoteRequest['input'], limits: ModelLimits): string => quoteRequest({ ...request, input }, opus, limits).fits;
    assert.equal(fits(exactly(92_000), { window: 100_000 }), 'yes');
    assert.equal(fits(exactly(92_001), { window: 100_000 }), 'no');
    assert.equal(fits(between(90_000, 95_000), { window: 100_000 }), 'perhaps');
    assert.equal(fits(exactly(92_000), { window: 200_000, maxInput: 90_000 }), 'no');
    assert.equal(fits(exactly(96_000), { window: 100_000, maxOutput: 4_000 }), 'yes');
    assert.equal(fits(exactly(1), {}), 'unknown');
  });

  it('every length that the estimate allows costs no less than low, no more than high, and never more than worst', () => {
    const rate = fc.nat(20_000).map((n) => n / 1_000);
    const tier = fc.record({ above: fc.nat(3_000), input: rate, output: rate, cacheRead: rate, cacheWrite: rate });
    const rates: fc.Arbitrary<TieredRates> = fc
      .record({ input: rate, output: rate, cacheRead: rate, cacheWrite: rate, reasoning: rate, tiers: fc.array(tier, { maxLength: 3 }) })
      .map((r) => ({ ...r, tiers: r.tiers.sort((a, b) => a.above - b.above) }));
    const cases = fc.record({
      rates,
      low: fc.nat(3_000),
      more: fc.nat(1_000),
      cacheable: fc.double({ min: 0, max: 1, noNaN: true }),
      minimum: fc.nat(2_000),
      out: fc.nat(500),
      moreOut: fc.nat(500),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ rates, low, more, cacheable, minimum, out, moreOut, at }) => {
        const price: KnownPrice = { kind: 'known', model: 'a/b', match: 'exact', rates, source: { kind: 'user', name: 'test' } };
        const spec = { input: between(low, low + more), cacheable, expectedOutput: out, maxOutput: out + moreOut };
        const { cost } = quoteRequest(spec, price, { cacheMinimum: minimum });
        assert.ok(cost.kind === 'known');
        const inputTotal = low + Math.round(more * at);
        const share = Math.floor(inputTotal * cacheable);
        const prefix = share < minimum ? 0 : share;
        const amount = (extra: object): number => {
          const c = costOf({ ...NO_USAGE, inputTotal, outputTotal: out, ...extra }, price);
          assert.ok(c.kind === 'known');
          return c.microUsd;
        };
        const cold = amount({ cacheWriteOther: prefix });
        const warm = amount({ cacheRead: prefix });
        assert.ok(cost.cold.low <= cold && cold <= cost.cold.high, `cold ${cold} of ${cost.cold.low}-${cost.cold.high}`);
        assert.ok(cost.warm.low <= warm && warm <= cost.warm.high, `warm ${warm} of ${cost.warm.low}-${cost.warm.high}`);
        const longest = { outputTotal: out + moreOut, reasoning: out };
        const others = [amount({ ...longest, cacheWriteOther: prefix }), amount({ ...longest, cacheRead: prefix })];
        assert.ok(cost.worst >= Math.max(cold, warm, ...others));
      }),
      { numRuns: 2_000 },
    );
  });

  it('nothing makes an unknown price known', () => {
    const unknown: Unknown = { kind: 'unknown', reason: 'no price' };
    fc.assert(
      fc.property(fc.nat(1e6), fc.double({ min: 0, max: 1, noNaN: true }), (tokens, cacheable) => {
        assert.deepEqual(quoteRequest({ ...request, input: exactly(tokens), cacheable }, unknown, {}).cost, unknown);
      }),
    );
  });
});
