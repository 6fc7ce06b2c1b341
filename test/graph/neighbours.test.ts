import assert from 'node:assert/strict';
import { dependentsOf, edgeBetween, edgesFrom, edgesTo } from '../../src/graph/neighbours.js';
import { graphOf } from './graphs.js';

describe('graph/neighbours', () => {
  const graph = graphOf('a -> c, a -> b, b => a, d -> a, alone');

  it('lists the edges of a file from either of its ends, in the order of the files', () => {
    assert.deepEqual(
      edgesFrom(graph, 'a').map((e) => e.to),
      ['b', 'c'],
    );
    assert.deepEqual(
      edgesTo(graph, 'a').map((e) => [e.from, e.typeOnly]),
      [
        ['b', true],
        ['d', false],
      ],
    );
    assert.deepEqual(dependentsOf(graph, 'a'), ['b', 'd']);
  });

  it('tells an edge from the one that leads back', () => {
    assert.equal(edgeBetween(graph, 'd', 'a')?.from, 'd');
    assert.equal(edgeBetween(graph, 'a', 'd'), undefined);
  });

  it('knows nothing of a file without edges, and of one that is not there', () => {
    for (const path of ['alone', 'gone']) {
      assert.deepEqual(edgesFrom(graph, path), []);
      assert.deepEqual(dependentsOf(graph, path), []);
    }
  });
});
