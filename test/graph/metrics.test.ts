import assert from 'node:assert/strict';
import { fileMetrics } from '../../src/graph/metrics.js';
import { graphOf } from './graphs.js';

describe('graph/metrics', () => {
  it('counts each neighbour once and leaves instability open for a file alone', () => {
    assert.deepEqual(fileMetrics(graphOf('a -> b, a -> b, a -> c, b -> c, alone')), [
      { path: 'a', fanIn: 0, fanOut: 2, instability: 1 },
      { path: 'alone', fanIn: 0, fanOut: 0, instability: undefined },
      { path: 'b', fanIn: 1, fanOut: 1, instability: 0.5 },
      { path: 'c', fanIn: 2, fanOut: 0, instability: 0 },
    ]);
  });
});
