import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CycleOptions, findCycles, stronglyConnected } from '../../src/graph/cycles.js';
import { snapshotOf } from '../workspaces.js';
import { graphOf } from './graphs.js';

const shown = (text: string, options = {}): string[] =>
  findCycles(graphOf(text), options).map((c) => `${c.files.join(' ')} | ${c.shortest.map((e) => e.from).join(' ')}`);

describe('graph/cycles', () => {
  it('finds no cycle in a tree', () => {
    assert.deepEqual(shown('a -> b, a -> c, b -> d, c -> d'), []);
  });
  it('gives each component its shortest cycle, largest component first', () => {
    assert.deepEqual(shown('x -> y, y -> x, a -> b, b -> c, c -> d, d -> a, c -> a'), ['a b c d | a b c', 'x y | x y']);
  });
  it('leaves out edges that vanish at run time, unless asked for', () => {
    assert.deepEqual(shown('a -> b, b => a'), []);
    assert.deepEqual(shown('a -> b, b => a', { typeOnly: true }), ['a b | a b']);
  });
  it('leaves out uses inside a package, unless asked for', () => {
    assert.deepEqual(shown('a -> b, b ~> a'), []);
    assert.deepEqual(shown('a -> b, b ~> a', { uses: true }), ['a b | a b']);
  });
  it('takes a use from one namespace to another for an import', async () => {
    const { graph, record } = await snapshotOf({
      'Order.cs': 'using App.Mail;\nnamespace App.Orders;\nclass Order {\n  Sender sender;\n}\n',
      'Sender.cs': 'namespace App.Mail\n{\n  class Sender {\n    App.Orders.Order last;\n  }\n}\n',
      'Receipt.cs': 'namespace App.Mail;\nclass Receipt {\n  Stamp stamp;\n}\n',
      'Stamp.cs': 'namespace App.Mail;\nclass Stamp {\n  Receipt receipt;\n}\n',
    });
    const files = (options: CycleOptions): string[] => findCycles(graph, options).map((c) => c.files.join(' '));
    assert.deepEqual(files({ record }), ['Order.cs Sender.cs']);
    assert.deepEqual(files({ record, uses: true }), ['Order.cs Sender.cs', 'Receipt.cs Stamp.cs']);
    assert.deepEqual(files({}), []);
  });
  it('walks a chain of 100,000 files without overflowing the stack', () => {
    const length = 100_000;
    const { components } = stronglyConnected(Array.from({ length }, (_, n) => [(n + 1) % length]));
    assert.equal(components.length, 1);
    assert.equal(components[0]?.length, length);
  });
  it('agrees with reachability on random graphs, and its shortest cycle is one', () => {
    const edge = fc.tuple(fc.nat(7), fc.nat(7)).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 20 }), (pairs) => {
        const graph = graphOf(pairs.map(([a, b]) => `${a} -> ${b}`).join(','));
        const reach = reachability(pairs);
        const cycles = findCycles(graph);
        const together = new Set(cycles.flatMap((c) => c.files.flatMap((a) => c.files.map((b) => `${a} ${b}`))));
        for (const a of graph.files) {
          for (const b of graph.files) {
            if (a !== b) assert.equal(together.has(`${a} ${b}`), (reach.get(+a)?.has(+b) ?? false) && (reach.get(+b)?.has(+a) ?? false));
          }
        }
        for (const c of cycles) {
          for (const [i, e] of c.shortest.entries()) assert.equal(e.to, c.shortest[(i + 1) % c.shortest.length]?.from);
          assert.equal(c.shortest.length, Math.min(...c.files.map((f) => girth(+f, pairs))));
        }
      }),
    );
  });
});

function reachability(pairs: readonly (readonly [number, number])[]): Map<number, Set<number>> {
  const reach = new Map<number, Set<number>>();
  for (let n = 0; n < 8; n++) {
    const seen = new Set<number>();
    const todo = [n];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const [a, b] of pairs) {
        if (a === at && !seen.has(b)) {
          seen.add(b);
          todo.push(b);
        }
      }
    }
    reach.set(n, seen);
  }
  return reach;
}

/** Length of the shortest cycle through `start`, by trying lengths one after another. */
function girth(start: number, pairs: readonly (readonly [number, number])[]): number {
  let front = new Set([start]);
  for (let length = 1; length <= 8; length++) {
    front = new Set(pairs.filter(([a]) => front.has(a)).map(([, b]) => b));
    if (front.has(start)) return length;
  }
  return Number.POSITIVE_INFINITY;
}
