import assert from 'node:assert/strict';
import { getPriority } from 'node:os';
import { makeWay } from '../../src/base/priority.js';

describe('base/priority', () => {
  // What it does to a worker: test/syntax/pool.test.ts.
  it('leaves a main thread as it is', () => {
    const before = getPriority();
    makeWay();
    assert.equal(getPriority(), before);
  });
});
