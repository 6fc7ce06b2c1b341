import assert from 'node:assert/strict';
import fc from 'fast-check';
import { folderTree } from '../../../src/graph/layout/folder-tree.js';
import { type GraphLayout, type LayoutInput, type LayoutMemory, layoutGraph } from '../../../src/graph/layout/layout.js';

/** "a/x -> b/y" for an edge, "a/x" for a file alone; every file has 100 tokens. */
function inputOf(text: string): LayoutInput {
  const pairs = text.split(',').map((part) => part.split('->').map((s) => s.trim()));
  const files = [...new Set(pairs.flat())].sort();
  const edges = pairs.filter((p) => p.length === 2);
  return {
    files,
    tokens: files.map(() => 100),
    from: edges.map(([from]) => files.indexOf(from!)),
    to: edges.map(([, to]) => files.indexOf(to!)),
    weight: edges.map(() => 1),
  };
}

function layOut(input: LayoutInput, memory?: LayoutMemory): { layout: GraphLayout; memory: LayoutMemory } {
  const steps = layoutGraph(input, memory);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Every disc lies inside the disc of its folder, and no two discs of one folder overlap. */
function assertTidy({ folders, x, y, radius, folderX, folderY, folderRadius }: GraphLayout): void {
  const inside = folders.paths.map((): [number, number, number][] => []);
  for (let f = 1; f < folders.paths.length; f++) inside[folders.parents[f]!]!.push([folderX[f]!, folderY[f]!, folderRadius[f]!]);
  for (let n = 0; n < x.length; n++) inside[folders.folderOf[n]!]!.push([x[n]!, y[n]!, radius[n]!]);
  for (const [f, discs] of inside.entries()) {
    for (const [i, [ax, ay, ar]] of discs.entries()) {
      assert.ok(
        Math.hypot(ax - folderX[f]!, ay - folderY[f]!) + ar <= folderRadius[f]! * 1.0001,
        `a disc sticks out of ${folders.paths[f]}`,
      );
      for (const [bx, by, br] of discs.slice(i + 1))
        assert.ok(Math.hypot(ax - bx, ay - by) >= (ar + br) * 0.9999, `overlap in ${folders.paths[f]}`);
    }
  }
}

const anyInput = fc
  .record({
    paths: fc.uniqueArray(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 5 }), {
      selector: (p) => p.join('/'),
      minLength: 1,
      maxLength: 60,
    }),
    tokens: fc.array(fc.nat(1_000_000), { minLength: 60, maxLength: 60 }),
    edges: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 })), { maxLength: 120 }),
  })
  .map(({ paths, tokens, edges }): LayoutInput => {
    const files = paths.map((p) => `${p.join('/')}.ts`).sort();
    return {
      files,
      tokens,
      from: edges.map(([a]) => a % files.length),
      to: edges.map(([, b]) => b % files.length),
      weight: edges.map(([, , w]) => w),
    };
  });

describe('graph/layout', () => {
  it('makes one folder of a chain of folders', () => {
    const { paths, parents, folderOf } = folderTree(['pom.xml', 'src/main/java/a/A.java', 'src/main/java/b/c/B.java']);
    assert.deepEqual(paths, ['', 'src/main/java', 'src/main/java/a', 'src/main/java/b/c']);
    assert.deepEqual([...parents], [-1, 0, 1, 1]);
    assert.deepEqual([...folderOf], [0, 2, 3]);
  });

  it('gives every file a place of its own inside its folder, whatever the tree and the edges', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { layout } = layOut(input);
        assert.equal(layout.x.length, input.files.length);
        for (const column of [layout.x, layout.y, layout.radius, layout.folderX, layout.folderY, layout.folderRadius])
          assert.ok(column.every(Number.isFinite));
        assertTidy(layout);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same graph the same places, with the memory of it and without', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const first = layOut(input);
        assert.deepEqual(layOut(input).layout, first.layout);
        assert.deepEqual(layOut(input, first.memory).layout, first.layout);
      }),
      { numRuns: 20 },
    );
  });

  it('is tidy in a folder of more files than are searched a place for', () => {
    const files = Array.from({ length: 3_300 }, (_, i) => `f${String(i).padStart(4, '0')}`);
    assertTidy(layOut({ files, tokens: files.map((_, i) => i * 7), from: [], to: [], weight: [] }).layout);
  });

  it('puts files that depend on each other closer than files that do not', () => {
    const alone = Array.from({ length: 30 }, (_, i) => `z${i}`).join(', ');
    const input = inputOf(`a -> b, b -> c, c -> a, ${alone}`);
    const { layout } = layOut(input);
    const distance = (i: number, j: number): number => Math.hypot(layout.x[i]! - layout.x[j]!, layout.y[i]! - layout.y[j]!);
    const linked = (distance(0, 1) + distance(1, 2) + distance(0, 2)) / 3;
    let sum = 0;
    for (let i = 3; i < input.files.length; i++) sum += distance(0, i);
    assert.ok(linked < sum / 30 / 1.5);
  });

  it('leaves files where they were when one is added to another folder', () => {
    const before = inputOf('a/x -> a/y, a/y -> a/z, b/p -> b/q, b/q -> a/x, b/r');
    const after = inputOf('a/x -> a/y, a/y -> a/z, b/p -> b/q, b/q -> a/x, b/r, b/new -> b/r');
    const old = layOut(before);
    const { layout } = layOut(after, old.memory);
    const seen = ({ x, y, folderX, folderY, folders }: GraphLayout, n: number): number[] => {
      const f = folders.folderOf[n]!;
      return [x[n]! - folderX[f]!, y[n]! - folderY[f]!].map((d) => Math.round(d * 1_000));
    };
    for (const file of ['a/x', 'a/y', 'a/z']) {
      assert.deepEqual(seen(layout, after.files.indexOf(file)), seen(old.layout, before.files.indexOf(file)));
    }
    const moved = ['b/p', 'b/q', 'b/r'].map((file) => {
      const [x0, y0] = seen(old.layout, before.files.indexOf(file));
      const [x1, y1] = seen(layout, after.files.indexOf(file));
      return Math.hypot(x1! - x0!, y1! - y0!) / 1_000;
    });
    // Less than the disc of a file of 100 tokens is wide.
    assert.ok(Math.max(...moved) < 2.8, `moved by ${moved}`);
  });
});
