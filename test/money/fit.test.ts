import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestAnswer } from '../../src/money/fit.js';
import { microUsd } from '../../src/money/micro-usd.js';
import { type QuoteRequest, quoteRequest } from '../../src/money/quote.js';
import { NOW, shippedTable } from './table.js';

const table = shippedTable();
const price = table.find('openai', 'gpt-6-sol', NOW);
const request: QuoteRequest = {
  input: { tokens: 100_000, low: 100_000, high: 100_000, exact: true },
  cacheable: 0,
  expectedOutput: 2_000,
  maxOutput: 8_000,
};

describe('money/fit', () => {
  it('says how long an answer may be for the request to fit', () => {
    // 100,000 tokens written to the cache cost $0.25; an answer $10 per million.
    assert.equal(longestAnswer(request, price, {}, microUsd(260_000)), 1_000);
    assert.equal(longestAnswer(request, price, {}, microUsd(260_009)), 1_000);
    assert.equal(longestAnswer(request, price, {}, microUsd(250_000)), 0);
    assert.equal(longestAnswer(request, price, {}, microUsd(249_999)), undefined);
    assert.equal(longestAnswer(request, price, {}, microUsd(1e9)), 8_000);
    assert.equal(longestAnswer(request, price, { maxOutput: 4_000 }, microUsd(1e9)), 4_000);
    assert.equal(longestAnswer(request, { kind: 'unknown', reason: 'no price' }, {}, microUsd(1e9)), undefined);
  });

  it('one token more would not fit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('claude-opus-5-5', 'claude-haiku-5-5', 'claude-sonnet-5'),
        fc.integer({ min: 0, max: 3_000_000 }),
        (model, left) => {
          const of = table.find('anthropic', model, NOW);
          const worst = (maxOutput: number): number => {
            const { cost } = quoteRequest({ ...request, maxOutput }, of, {});
            assert.ok(cost.kind === 'known');
            return cost.worst;
          };
          const longest = longestAnswer(request, of, {}, microUsd(left));
          if (longest === undefined) assert.ok(worst(0) > left);
          else assert.ok(worst(longest) <= left && (longest === 8_000 || worst(longest + 1) > left));
        },
      ),
    );
  });
});
