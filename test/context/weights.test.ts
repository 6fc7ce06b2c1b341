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

  it('go over from one answer of the second look to the other, and to none for a large pack', () => {
    assert.deepEqual(weightsAt(8_000).secondLook, { small: 1, middle: 0 });
    assert.deepEqual(weightsAt(16_000).secondLook, { small: 0.5, middle: 0.5 });
    assert.deepEqual(weightsAt(128_000).secondLook, { small: 0, middle: 0 });
  });
});
