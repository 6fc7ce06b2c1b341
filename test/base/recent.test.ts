import assert from 'node:assert/strict';
import { Recent } from '../../src/base/recent.js';

describe('base/recent', () => {
  it('keeps what was used last, up to its limit', () => {
    const recent = new Recent<number>(10);
    recent.set('a', 1, 4);
    recent.set('b', 2, 4);
    assert.equal(recent.get('a'), 1);
    recent.set('c', 3, 4);
    assert.deepEqual([recent.get('a'), recent.get('b'), recent.get('c'), recent.weight], [1, undefined, 3, 8]);
  });

  it('replaces a value and does not keep one that is over the limit by itself', () => {
    const recent = new Recent<number>(10);
    recent.set('a', 1, 4);
    recent.set('a', 2, 6);
    assert.deepEqual([recent.get('a'), recent.weight], [2, 6]);
    recent.set('a', 3, 11);
    assert.deepEqual([recent.get('a'), recent.weight], [undefined, 0]);
    recent.set('b', 4, 1);
    recent.clear();
    assert.deepEqual([recent.get('b'), recent.weight], [undefined, 0]);
  });
});
