import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatCount } from '../../src/base/count.js';

describe('base/count', () => {
  it('shows whole numbers as English does', () => {
    assert.equal(formatCount(31_496), '31,496');
    fc.assert(fc.property(fc.maxSafeInteger(), (n) => assert.equal(formatCount(n), new Intl.NumberFormat('en-US').format(n))));
  });
});
