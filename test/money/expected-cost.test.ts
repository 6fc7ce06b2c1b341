import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expectedCost } from '../../src/money/expected-cost.js';
import { quoteRequest } from '../../src/money/quote.js';
import { NOW, shippedTable } from './table.js';

const exact = (tokens: number) => ({ tokens, low: tokens, high: tokens, exact: true });
const opus = shippedTable().find('anthropic', 'claude-opus-5-5', NOW);
const sonnet = shippedTable().find('anthropic', 'claude-sonnet-5', NOW);
const request = { input: exact(100_000), cacheable: 0.9, expectedOutput: 2_000, maxOutput: 8_000 };
const limits = { cacheMinimum: 512 };

describe('money/expected-cost', () => {
  it('bills what is warm as read, the rest of the prefix as written', () => {
    const cost = (warm: number) => {
      const found = expectedCost(request, warm, opus, limits);
      assert.equal(found.kind, 'known');
      return found.microUsd;
    };
    // 4 in, 5 written, 0.20 read, 20 out, per million.
    assert.equal(cost(0), 10_000 * 4 + 90_000 * 5 + 2_000 * 20);
    assert.equal(cost(60_000), 10_000 * 4 + 30_000 * 5 + 60_000 * 0.2 + 2_000 * 20);
    assert.equal(cost(1e9), 10_000 * 4 + 90_000 * 0.2 + 2_000 * 20);
  });

  it('makes leaving a warm model cost what writing the prefix anew does', () => {
    const [stay, leave] = [expectedCost(request, 90_000, opus, limits), expectedCost(request, 0, sonnet, limits)];
    assert.ok(stay.kind === 'known' && leave.kind === 'known');
    assert.equal(leave.microUsd, 10_000 * 2 + 90_000 * 2.5 + 2_000 * 10);
    assert.ok(stay.microUsd < leave.microUsd, 'though half as dear by its list');
  });

  it('is never more than the worst case, and between warm and cold of the quote', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1_000_000), (tokens, cacheable, warm) => {
        const asked = { ...request, input: exact(tokens), cacheable };
        const [cost, quote] = [expectedCost(asked, warm, opus, limits), quoteRequest(asked, opus, limits).cost];
        assert.ok(cost.kind === 'known' && quote.kind === 'known');
        assert.ok(quote.warm.low <= cost.microUsd && cost.microUsd <= quote.cold.high && cost.microUsd <= quote.worst);
      }),
    );
  });
});
