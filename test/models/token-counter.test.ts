import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countTokens } from '../../src/base/tokens.js';
import { countFor, estimateTokens, tokenFamilies } from '../../src/models/token-counter.js';

describe('models/token-counter', () => {
  const text = readFileSync('src/base/tokens.ts', 'utf8');

  it('counts exactly for OpenAI', () => {
    const o200k = countTokens(text);
    assert.deepEqual(countFor(text, tokenFamilies.o200k!), { tokens: o200k, low: o200k, high: o200k, exact: true });
  });

  it('estimates for others, with the range the truth is expected in', () => {
    const { tokens, low, high, exact } = countFor(text, tokenFamilies['claude-4.7']!);
    assert.equal(exact, false);
    assert.ok(low < tokens && tokens < high);
    const family = { ratio: 1.25, low: 1, high: 1.5, basis: 'a sample' };
    assert.deepEqual(estimateTokens(10_001, family), { tokens: 12_501, low: 10_001, high: 15_002, exact: false });
  });

  it('every family says what its ratio is based on, inside its range', () => {
    for (const [name, { ratio, low, high, basis }] of Object.entries(tokenFamilies)) {
      assert.ok(low <= ratio && ratio <= high && low > 0, name);
      assert.notEqual(basis, '', name);
    }
  });
});
