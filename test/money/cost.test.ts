import assert from 'node:assert/strict';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { bundledPrices, SOLD_BY } from '../../src/money/bundled-prices.js';
import { costOf } from '../../src/money/cost.js';
import type { KnownPrice, TieredRates } from '../../src/money/price.js';
import { PriceTable } from '../../src/money/price-table.js';
import { NO_USAGE, splitUsage, type Usage } from '../../src/money/usage.js';
import { NOW, shippedTable } from './table.js';

const table = shippedTable();
const bundledTable = new PriceTable([bundledPrices()]);

const used = (usage: Partial<Usage>): Usage => ({ ...NO_USAGE, ...usage });

/** Micro-dollars, or the reason why not. */
function cost(model: string, usage: Partial<Usage>, at = NOW): number | string {
  const slash = model.indexOf('/');
  const found = costOf(used(usage), table.find(model.slice(0, slash), model.slice(slash + 1), at));
  return found.kind === 'known' ? found.microUsd : found.reason;
}

describe('money/cost', () => {
  it('reads and writes of the cache have prices of their own', () => {
    const usage = { inputTotal: 99_200, cacheWrite5m: 8_000, cacheRead: 90_000, outputTotal: 2_500 };
    assert.equal(cost('anthropic/claude-opus-5-5', usage), 112_800);
  });

  it('writes that are kept for an hour cost more, and web searches are counted', () => {
    const usage = { inputTotal: 30_500, cacheWrite5m: 10_000, cacheWrite1h: 20_000, outputTotal: 1_000, webSearches: 3 };
    assert.equal(cost('anthropic/claude-sonnet-5', usage), 146_000);
  });

  it('a prompt over a tier moves the whole request to the higher rates', () => {
    assert.equal(cost('openai/gpt-5.5', { inputTotal: 300_000, cacheRead: 250_000, outputTotal: 4_000, reasoning: 3_000 }), 930_000);
    assert.equal(cost('anthropic/claude-sonnet-4-5', { inputTotal: 250_000, outputTotal: 3_000 }), 1_567_500);
    assert.equal(cost('google/gemini-3.1-pro-preview', { inputTotal: 250_000, outputTotal: 2_000 }), 1_036_000);
  });

  it('a prompt of exactly the tier stays below it', () => {
    assert.equal(cost('anthropic/claude-sonnet-4-5', { inputTotal: 200_000, outputTotal: 3_000 }), 645_000);
    assert.equal(cost('google/gemini-3.1-pro-preview', { inputTotal: 200_000, outputTotal: 2_000 }), 424_000);
  });

  it('OpenAI charges for cache writes since gpt-5.6', () => {
    const usage = { inputTotal: 60_000, cacheRead: 40_000, cacheWriteOther: 15_000, outputTotal: 2_000 };
    assert.equal(cost('openai/gpt-6-luna', usage), 3_775);
    assert.equal(cost('openai/gpt-6-sol', usage), 75_500);
  });

  it('a price is that of the day', () => {
    const usage = { inputTotal: 250_000, outputTotal: 3_000 };
    assert.equal(cost('anthropic/claude-sonnet-4-6', usage, new Date('2026-03-12T12:00:00Z')), 1_567_500);
    assert.equal(cost('anthropic/claude-sonnet-4-6', usage), 795_000);
  });

  it('a price is that of the hour', () => {
    const usage = { inputTotal: 100_000, cacheRead: 80_000, outputTotal: 5_000 };
    assert.equal(cost('deepseek/deepseek-v4-pro', usage, new Date('2026-11-21T02:00:00Z')), 49_720);
    assert.equal(cost('deepseek/deepseek-v4-pro', usage, new Date('2026-11-21T12:00:00Z')), 24_860);
  });

  it('our own entries fill what the bundled list lacks, tiers and all', () => {
    const short = { inputTotal: 100_000, cacheWrite5m: 15_000, cacheRead: 80_000, outputTotal: 1_000 };
    assert.equal(cost('anthropic/claude-haiku-5-5', short), 3_675);
    assert.equal(cost('anthropic/claude-haiku-5-5', { ...short, inputTotal: 120_000, cacheRead: 100_000 }), 19_375);
    const terra = { inputTotal: 100_000, cacheRead: 80_000, cacheWriteOther: 10_000, outputTotal: 4_000 };
    assert.equal(cost('openai/gpt-6.1-terra', terra), 46_500);
  });

  it('what the provider says that it cost needs no price', () => {
    assert.deepEqual(costOf(used({ inputTotal: 10, reported: 42 as never }), table.find('x', 'y', NOW)), {
      kind: 'known',
      microUsd: 42,
      lines: [],
      source: { kind: 'provider', name: 'reported with the answer' },
    });
  });

  it('what has no price is unknown and says why, never 0', () => {
    const anything = { inputTotal: 1_000, outputTotal: 10 };
    assert.equal(cost('anthropic/claude-fable-5-2', anything), 'no price for anthropic/claude-fable-5-2 in @pydantic/genai-prices 0.1.8');
    assert.equal(cost('google/gemma-3', anything), '@pydantic/genai-prices 0.1.8 lists google/gemma-3 without a price for its tokens');
    assert.equal(cost('openai/gpt-6-sol', { ...anything, mode: 'batch' }), 'no price for openai/gpt-6-sol in mode "batch"');
    assert.equal(cost('openai/gpt-6-sol', { ...anything, cacheWrite12h: 500 }), 'no price for 12-hour cache writes of openai/gpt-6-sol');
    assert.equal(
      cost('deepseek/deepseek-v4-pro', { ...anything, webSearches: 1 }),
      'no price for web searches of deepseek/deepseek-v4-pro',
    );
    assert.match(String(cost('openai/gpt-6-sol', { inputTotal: 5, cacheRead: 6 })), /contradicts itself: 6 cached tokens in a prompt of 5/);
  });

  it('agrees with @pydantic/genai-prices on every model of the bundled list', () => {
    const counts = fc.record({
      fresh: fc.nat(400_000),
      read: fc.nat(400_000),
      write: fc.nat(200_000),
      hour: fc.nat(50_000),
      out: fc.nat(60_000),
    });
    const times = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-06-30'), noInvalidDate: true });
    for (const [providerId, models] of Object.entries(bundledPrices().providers)) {
      const provider = findProvider({ providerId: SOLD_BY[providerId] ?? providerId });
      assert.ok(provider);
      const priced = models.filter((m) => m.periods.length > 0);
      for (const { id } of priced) {
        const model = provider.models.find((m) => m.id.toLowerCase() === id);
        assert.ok(model);
        const alone = { ...provider, models: [{ ...model, match: { equals: id } }] };
        fc.assert(
          fc.property(counts, times, ({ fresh, read, write, hour, out }, timestamp) => {
            const input = fresh + read + write + hour;
            const usage = used({ inputTotal: input, cacheRead: read, cacheWriteOther: write, cacheWrite1h: hour, outputTotal: out });
            const ours = costOf(usage, bundledTable.find(providerId, id, timestamp));
            if (ours.kind === 'unknown') return assert.match(ours.reason, /^no price for 1-hour cache writes/);
            const writes = { cache_write_tokens: write + hour, cache_write_1h_tokens: hour };
            const theirs = calcPrice({ input_tokens: input, cache_read_tokens: read, ...writes, output_tokens: out }, id, {
              provider: alone,
              timestamp,
            });
            assert.ok(theirs);
            // Half a micro-dollar of rounding, and what a rate with more than six decimals (1/12 dollar) loses.
            assert.ok(
              Math.abs(ours.microUsd - theirs.total_price * 1e6) <= 0.75,
              `${providerId}/${id}: ${ours.microUsd}, ${theirs.total_price}`,
            );
          }),
          { numRuns: 8 },
        );
      }
    }
  });

  describe('for any price and any usage', () => {
    const rate = fc.integer({ min: 0, max: 200_000_000 }).map((n) => n / 1e6);
    const rates = fc.record(
      { input: rate, output: rate, cacheRead: rate, cacheWrite: rate, cacheWrite1h: rate, reasoning: rate },
      { requiredKeys: ['input', 'output'] },
    );
    const known = (r: TieredRates): KnownPrice => ({
      kind: 'known',
      model: 'a/b',
      match: 'exact',
      rates: r,
      source: { kind: 'user', name: 'test' },
    });
    const count = fc.nat(2_000_000);
    const usages = fc
      .record({ fresh: count, cacheRead: count, cacheWrite5m: count, cacheWriteOther: count, answer: count, reasoning: count })
      .map(({ fresh, answer, ...u }) =>
        used({ ...u, inputTotal: fresh + u.cacheRead + u.cacheWrite5m + u.cacheWriteOther, outputTotal: answer + u.reasoning }),
      );

    it('the cost is a whole number of at least 0, within half a micro-dollar of the sum of its lines', () => {
      fc.assert(
        fc.property(usages, rates, (usage, r) => {
          const c = costOf(usage, known(r));
          assert.ok(c.kind === 'known' && Number.isSafeInteger(c.microUsd) && c.microUsd >= 0);
          const sum = c.lines.reduce((s, l) => s + l.count * l.rate, 0);
          assert.ok(Math.abs(c.microUsd - sum) <= 0.5 + sum * 1e-12);
        }),
      );
    });

    it('every token is in one bucket and no other', () => {
      fc.assert(
        fc.property(usages, (usage) => {
          const split = splitUsage(usage);
          assert.ok(split.kind === 'split');
          const { output, reasoning, webSearches, ...prompt } = split.buckets;
          assert.equal(output + reasoning, usage.outputTotal);
          assert.equal(
            Object.values(prompt).reduce((a, b) => a + b),
            usage.inputTotal,
          );
        }),
      );
    });

    it('more of anything never costs less', () => {
      fc.assert(
        fc.property(
          usages,
          rates,
          fc.constantFrom('input', 'cacheRead', 'cacheWrite5m', 'output', 'reasoning'),
          fc.nat(100_000),
          (usage, r, bucket, more) => {
            const larger = { ...usage };
            if (bucket === 'output' || bucket === 'reasoning') larger.outputTotal += more;
            else larger.inputTotal += more;
            if (bucket !== 'input' && bucket !== 'output') larger[bucket] += more;
            const [a, b] = [costOf(usage, known(r)), costOf(larger, known(r))];
            assert.ok(a.kind === 'known' && b.kind === 'known' && b.microUsd >= a.microUsd);
          },
        ),
      );
    });

    it('numbers that cannot be counts make it unknown', () => {
      const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5);
      fc.assert(
        fc.property(usages, rates, fc.constantFrom('inputTotal', 'cacheRead', 'outputTotal', 'webSearches'), odd, (usage, r, field, n) => {
          assert.equal(costOf({ ...usage, [field]: n }, known(r)).kind, 'unknown');
        }),
      );
    });
  });
});
