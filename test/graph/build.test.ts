import assert from 'node:assert/strict';
import { graphOf } from './graphs.js';

describe('graph/build', () => {
  it('folds all links between two files into one edge', () => {
    const { edges } = graphOf('a => b, a -> b, a ~> b');
    assert.deepEqual(edges, [{ from: 'a', to: 'b', kind: 'import', confidence: 'resolved', typeOnly: false, weight: 3, line: 0 }]);
  });
  it('keeps an edge type-only as long as no import of it lasts to run time', () => {
    assert.equal(graphOf('a => b, a ~> b').edges[0]?.typeOnly, true);
  });
  it('drops an edge of a file to itself', () => {
    assert.deepEqual(graphOf('a -> a').edges, []);
  });
  it('lists the same edges by source and by target', () => {
    const { files, edges, out, in: into } = graphOf('b -> a, c -> a, a -> c');
    const pairs = (csr: typeof out): string[] =>
      files.flatMap((f, n) => [...csr.targets.subarray(csr.offsets[n], csr.offsets[n + 1])].map((t) => `${f} ${files[t]}`));
    assert.deepEqual(pairs(out), ['a c', 'b a', 'c a']);
    assert.deepEqual(pairs(into), ['a b', 'a c', 'c a']);
    assert.deepEqual(
      [...into.edges].map((e) => `${edges[e]?.from} ${edges[e]?.to}`),
      ['b a', 'c a', 'a c'],
    );
  });
});
