import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPrices } from '../../src/money/own-prices.js';

const problems = (value: unknown): readonly string[] => {
  const read = readPrices(value, 'user', 'setting');
  return read.kind === 'invalid' ? read.problems : [];
};

describe('money/own-prices', () => {
  it('takes rates, tiers in any order, and where they are from', () => {
    const value = {
      'acme/Big-Model': {
        input: 1,
        output: 4,
        cacheRead: 0.1,
        tiers: [
          { above: 400_000, input: 3 },
          { above: 200_000, input: 2 },
        ],
        source: 'contract',
        date: '2026-11',
      },
    };
    assert.deepEqual(readPrices(value, 'user', 'longview.prices'), {
      kind: 'read',
      prices: {
        source: { kind: 'user', name: 'longview.prices' },
        providers: {
          acme: [
            {
              id: 'big-model',
              periods: [
                {
                  input: 1,
                  output: 4,
                  cacheRead: 0.1,
                  tiers: [
                    { above: 200_000, input: 2 },
                    { above: 400_000, input: 3 },
                  ],
                },
              ],
              source: { kind: 'user', name: 'longview.prices: contract', date: '2026-11' },
            },
          ],
        },
      },
    });
  });

  it('names every mistake, and the entry it is in', () => {
    assert.deepEqual(problems('cheap'), ['prices must be an object of "provider/model": { … }']);
    assert.deepEqual(problems({ 'gpt-5': { input: 1, output: 1 } }), [
      '"gpt-5": name it "provider/model", like "anthropic/claude-sonnet-5"',
    ]);
    assert.deepEqual(problems({ 'a/b': 3 }), ['"a/b" must be an object with at least "input" and "output"']);
    assert.deepEqual(problems({ 'a/b': { input: '3', outptu: 1 } }), [
      '"a/b": "input" must be a number from 0 to 100000, in USD per million tokens',
      '"a/b": there is no rate "outptu"; there are input, output, cacheRead, cacheWrite, cacheWrite1h, cacheWrite12h, reasoning, webSearch, request',
      '"a/b": "output" is missing; USD per million tokens',
    ]);
    assert.deepEqual(problems({ 'a/b': { input: -1, output: Number.NaN } }).length, 2);
    assert.deepEqual(problems({ 'a/b': { input: 1, output: 1, tiers: [{ input: 2 }] } }), [
      '"a/b": a tier needs "above", a whole number of tokens',
    ]);
    assert.deepEqual(problems({ 'a/b': { input: 1, output: 1, tiers: { above: 3 } } }), [
      '"a/b": "tiers" must be a list of { "above": tokens, … }',
    ]);
    assert.deepEqual(problems({ 'a/b': { input: 1, output: 1, date: 'May' } }), ['"a/b": "date" must be written like 2026-11-21']);
  });

  it('reads or refuses any JSON, and never throws', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom('a/b', 'a/*', '__proto__/x', 'constructor/y', '/', 'a/'));
    const fields = fc.constantFrom('input', 'output', 'tiers', 'above', 'source', 'date', '__proto__');
    const entry = fc.dictionary(fields, fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.nat(9), fc.array(fc.dictionary(fields, fc.nat(9)))));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.dictionary(names, entry)), (value) => {
        const read = readPrices(value, 'user', 'setting');
        if (read.kind === 'invalid') return assert.ok(read.problems.length > 0);
        for (const models of Object.values(read.prices.providers)) {
          for (const { periods } of models) assert.ok(Number.isFinite(periods[0]?.input) && Number.isFinite(periods[0]?.output));
        }
      }),
      { numRuns: 300 },
    );
  });
});
