import assert from 'node:assert/strict';
import { percent, range, readTokens } from '../../src/webview/sidebar/words.js';

describe('A number of tokens', () => {
  it('is read as people write it', () => {
    for (const [text, tokens] of [
      ['64000', 64_000],
      ['64,000', 64_000],
      [' 64 000 ', 64_000],
      ['64k', 64_000],
      ['1.5M', 1_500_000],
      ['0.2 m', 200_000],
    ] as const)
      assert.equal(readTokens(text), tokens, text);
  });

  it('is nothing else', () => {
    for (const text of ['', 'k', '64g', '-5', '1e6', '64k tokens', '1.2.3']) assert.equal(readTokens(text), undefined, text);
  });

  it('is a range where it is estimated', () => {
    assert.equal(range({ low: 31_496, high: 31_496 }), '31,496');
    assert.equal(range({ low: 40_945, high: 51_968 }), '40,945–51,968');
  });
});

describe('A share', () => {
  it('is never rounded to nothing', () => {
    assert.equal(percent(1, 1_000_000), '0.1 %');
    assert.equal(percent(0, 1_000_000), '0 %');
    assert.equal(percent(1, 4), '25 %');
    assert.equal(percent(0, 0), '0 %');
  });
});
