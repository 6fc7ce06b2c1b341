import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildGraph } from '../../src/graph/build.js';
import type { Edge } from '../../src/graph/graph.js';
import { NO_LINKS } from '../../src/graph/links.js';
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
  it('is the same with and without the numbers of an earlier graph', () => {
    const lists = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }).map((files) => files.sort());
    fc.assert(
      fc.property(lists, lists, (old, files) => {
        const edgesOf = (from: string): Edge[] =>
          ['a', 'c', 'e'].map((to) => ({ from, to, kind: 'import', confidence: 'resolved', typeOnly: false, weight: 1, line: 0 }));
        const folded = { edges: edgesOf, links: () => NO_LINKS };
        const { links: _, ...made } = buildGraph(files, folded, buildGraph(old, folded));
        const { links: __, ...fresh } = buildGraph(files, folded);
        assert.deepEqual(made, fresh);
      }),
    );
  });
});
