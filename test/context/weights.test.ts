import assert from 'node:assert/strict';
import { WEIGHTS, weightsAt } from '../../src/context/weights.js';

describe('context/weights', () => {
  it('are as written at 32,000 tokens', () => {
    assert.deepEqual(weightsAt(32_000), WEIGHTS);
  });

  it('weigh the words of the task less in a larger pack, and definitions more', () => {
    const [small, large] = [weightsAt(8_000), weightsAt(128_000)];
    assert.ok(small.block > WEIGHTS.block && WEIGHTS.block > large.block && large.block > 0);
    assert.ok(small.definitions < WEIGHTS.definitions && WEIGHTS.definitions < large.definitions && small.definitions >= 0);
  });

  it('do not go on changing where nothing was measured', () => {
    assert.deepEqual(weightsAt(2_000), weightsAt(8_000));
    assert.deepEqual(weightsAt(2_000_000), weightsAt(128_000));
  });
});
