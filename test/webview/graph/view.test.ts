import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bundleEdges, clusterFolders } from '../../../src/webview/graph/clusters.js';
import { factOfFile, factOfFolder } from '../../../src/webview/graph/facts.js';
import { NO_FILTERS, shownEdges, shownFiles } from '../../../src/webview/graph/filters.js';
import { COLOURS, groupFiles } from '../../../src/webview/graph/groups.js';
import type { GraphModel } from '../../../src/webview/graph/model.js';
import { neighbourhoodOf } from '../../../src/webview/graph/neighbourhood.js';
import { makeScene } from '../../../src/webview/graph/scene.js';
import { searchItems } from '../../../src/webview/graph/search.js';
import { nextPlace } from '../../../src/webview/graph/steering.js';
import { FIRST_VIEW, restoreView } from '../../../src/webview/graph/view-state.js';
import { modelOf } from './models.js';

const SMALL = 'a/x.ts -> a/y.ts, a/y.ts => b/p.py, b/p.py ~> b/q.py, b/q.py -> b/p.py, main.ts -> a/x.ts';

function names(model: GraphModel, items: Iterable<number>): string[] {
  return [...items].map((i) => model.path(i));
}

/** Trees of a few folders with edges anywhere. */
const anyModel = fc
  .record({
    paths: fc.uniqueArray(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }), {
      selector: (p) => p.join('/'),
      minLength: 2,
      maxLength: 30,
    }),
    edges: fc.uniqueArray(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 60, selector: ([a, b]) => `${a}>${b}` }),
  })
  .map(({ paths, edges }) => {
    const files = paths.map((p) => `${p.join('/')}.ts`);
    const linked = edges
      .map(([a, b]) => [a % files.length, b % files.length] as const)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => `${files[a]} -> ${files[b]}`);
    return modelOf([...files, ...new Set(linked)].join(', '));
  });

describe('webview/graph: the model', () => {
  it('finds files and folders by path and gives their edges back', () => {
    const model = modelOf(SMALL);
    assert.deepEqual(
      ['a/x.ts', 'a', 'main.ts', 'nowhere'].map((p) => model.find(p) !== undefined),
      [true, true, true, false],
    );
    const p = model.find('b/p.py')!;
    assert.deepEqual(
      names(
        model,
        [...model.incoming(p)].map((e) => model.from[e]!),
      ),
      ['a/y.ts', 'b/q.py'],
    );
    const [edge] = model.outgoing(p);
    assert.deepEqual([model.kindOf(edge!), model.isResolved(edge!), model.isTypeOnly(edge!)], ['use', false, false]);
    assert.equal(model.language(p), 'python');
  });

  it('tells fan-in, fan-out, instability and the loop of a cycle', () => {
    const model = modelOf(SMALL);
    const { dependencies, dependents, instability, loop } = factOfFile(model, model.find('b/p.py')!);
    assert.deepEqual([dependencies.length, dependents.length, instability], [1, 2, 1 / 3]);
    assert.deepEqual(names(model, loop!), ['b/p.py', 'b/q.py']);
    assert.equal(factOfFile(modelOf('alone.ts'), 0).instability, undefined);
  });

  it('counts what goes on inside a folder and what crosses its rim', () => {
    const model = modelOf(SMALL);
    const { files, inside, outgoing, incoming } = factOfFolder(model, model.find('a')!);
    assert.deepEqual({ files, inside, outgoing, incoming }, { files: 2, inside: 1, outgoing: 1, incoming: 1 });
  });
});

describe('webview/graph: filters', () => {
  const model = modelOf(SMALL);
  const edges = (change: Partial<typeof NO_FILTERS>): string[] => {
    const filters = { ...NO_FILTERS, ...change };
    const shown = shownEdges(model, filters, shownFiles(model, filters));
    return [...shown.keys()].filter((e) => shown[e] === 1).map((e) => `${model.path(model.from[e]!)} ${model.path(model.to[e]!)}`);
  };

  it('leave out files by folder and language, and with them their edges', () => {
    assert.deepEqual(edges({ folder: 'a' }), ['a/x.ts a/y.ts']);
    assert.deepEqual(edges({ hiddenLanguages: ['typescript'] }), ['b/p.py b/q.py', 'b/q.py b/p.py']);
    assert.deepEqual(edges({ cyclesOnly: true }), ['b/p.py b/q.py', 'b/q.py b/p.py']);
  });

  it('leave out edges by kind, confidence and what they are for', () => {
    assert.equal(edges({}).length, 5);
    assert.equal(edges({ named: false }).includes('b/p.py b/q.py'), false);
    assert.deepEqual(edges({ resolved: false }), ['b/p.py b/q.py']);
    assert.equal(edges({ typeOnly: false }).includes('a/y.ts b/p.py'), false);
    assert.deepEqual(edges({ hiddenKinds: ['import'] }), ['b/p.py b/q.py']);
  });
});

describe('webview/graph: clusters', () => {
  it('keep folders closed where there are too many files, and open them by hand', () => {
    const model = modelOf('a/1.ts, a/2.ts, a/3.ts, b/1.ts, b/2.ts, main.ts');
    const all = shownFiles(model, NO_FILTERS);
    const items = (limit: number, opened: string[], closed: string[]): string[] =>
      names(model, clusterFolders(model, all, limit, new Set(opened), new Set(closed)).items);
    assert.deepEqual(items(6, [], []), ['a/1.ts', 'a/2.ts', 'a/3.ts', 'b/1.ts', 'b/2.ts', 'main.ts']);
    assert.deepEqual(items(5, [], []), ['a/1.ts', 'a/2.ts', 'a/3.ts', 'main.ts', 'b']);
    assert.deepEqual(items(3, ['b'], []), ['b/1.ts', 'b/2.ts', 'main.ts', 'a']);
    assert.deepEqual(items(6, [], ['a']), ['b/1.ts', 'b/2.ts', 'main.ts', 'a']);
  });

  it('stand for every shown file once, stay below the limit, and their bundles add up to all edges', () => {
    fc.assert(
      fc.property(anyModel, fc.integer({ min: 1, max: 40 }), (model, limit) => {
        const files = shownFiles(model, NO_FILTERS);
        const edges = shownEdges(model, NO_FILTERS, files);
        const { items, holder, shown } = clusterFolders(model, files, limit, new Set(), new Set());
        const drawn = new Set(items);
        assert.ok(holder.every((i) => drawn.has(i)));
        const counted = items.reduce((sum, i) => sum + (model.isFolder(i) ? shown[i - model.files]! : 1), 0);
        assert.equal(counted, model.files);
        // The outermost folder is always open: what lies in it alone may be more.
        const outermost = new Set([...Array(model.files + model.folders).keys()].filter((i) => model.folderAround(i) === 0));
        assert.ok(items.length <= Math.max(limit, outermost.size));
        const inside = [...model.from.keys()].filter((e) => holder[model.from[e]!] === holder[model.to[e]!]).length;
        assert.equal(
          bundleEdges(model, edges, holder).reduce((sum, b) => sum + b.count, inside),
          model.edges,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('webview/graph: neighbourhood', () => {
  const CHAIN = 'a.ts -> b.ts, b.ts -> c.ts, c.ts -> d.ts, x.ts -> b.ts, d.ts -> b.ts';
  const near = (text: string, centre: string, hops: number, limit = 100): Record<string, number> => {
    const model = modelOf(text);
    const all = shownEdges(model, NO_FILTERS, shownFiles(model, NO_FILTERS));
    const { files, steps } = neighbourhoodOf(model, all, model.find(centre)!, hops, limit);
    return Object.fromEntries(files.map((n, i) => [model.path(n), steps[i]!]));
  };

  it('has what a file depends on to the right and what depends on it to the left', () => {
    assert.deepEqual(near(CHAIN, 'b.ts', 1), { 'a.ts': -1, 'b.ts': 0, 'c.ts': 1, 'd.ts': -1, 'x.ts': -1 });
    assert.deepEqual(near(CHAIN, 'a.ts', 2), { 'a.ts': 0, 'b.ts': 1, 'c.ts': 2 });
  });

  it('says how many it leaves out', () => {
    const model = modelOf(CHAIN);
    const all = shownEdges(model, NO_FILTERS, shownFiles(model, NO_FILTERS));
    const { files, more } = neighbourhoodOf(model, all, model.find('b.ts')!, 1, 3);
    assert.deepEqual([files.length, more], [3, 2]);
  });

  it('places every file of any graph somewhere of its own', () => {
    fc.assert(
      fc.property(anyModel, fc.integer({ min: 1, max: 3 }), (model, hops) => {
        const all = shownEdges(model, NO_FILTERS, shownFiles(model, NO_FILTERS));
        const { files, x, y } = neighbourhoodOf(model, all, 0, hops, 100);
        const places = new Set(files.map((_, i) => `${x[i]} ${y[i]}`));
        assert.ok([...x, ...y].every(Number.isFinite));
        assert.equal(places.size, files.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('webview/graph: scenes', () => {
  it('draw a closed folder with its files counted and its edges bundled', () => {
    const model = modelOf('a/1.ts -> b/1.ts, a/2.ts -> b/1.ts, a/2.ts -> b/2.ts, b/1.ts, c.ts');
    const { items, links } = makeScene(model, { ...FIRST_VIEW, closed: ['a', 'b'] }, 100);
    assert.deepEqual(
      items.map(({ label, files }) => [label, files]),
      [
        ['c.ts', 1],
        ['a (2)', 2],
        ['b (2)', 2],
      ],
    );
    assert.deepEqual(
      links.map(({ from, to, count }) => [model.path(from), model.path(to), count]),
      [['a', 'b', 3]],
    );
  });

  it('mark the edges of a shortest loop', () => {
    const model = modelOf(SMALL);
    const loops = makeScene(model, FIRST_VIEW, 100).links.filter((l) => l.loop);
    assert.deepEqual(
      names(
        model,
        loops.map((l) => l.from),
      ),
      ['b/p.py', 'b/q.py'],
    );
  });

  it('colour main folders or languages, and all that is left as one', () => {
    const many = Array.from({ length: 12 }, (_, i) => `f${i}/a.ts, f${i}/b.py`).join(', ');
    const { groups, groupOf } = groupFiles(modelOf(many), 'folder');
    assert.equal(groups.length, COLOURS + 1);
    assert.equal(
      groups.reduce((sum, g) => sum + g.files, 0),
      24,
    );
    assert.ok(groupOf.every((g) => g <= COLOURS));
    assert.deepEqual(
      groupFiles(modelOf(many), 'language').groups.map((g) => g.name),
      ['python', 'typescript'],
    );
  });
});

describe('webview/graph: search and keys', () => {
  it('finds by words in the path, best where the name begins with them', () => {
    const model = modelOf('src/graph/layout.ts, src/graph.ts, docs/graph-paper.md, src/other.ts');
    assert.deepEqual(names(model, searchItems(model, 'graph', 3)), ['src/graph', 'src/graph.ts', 'docs/graph-paper.md']);
    assert.deepEqual(names(model, searchItems(model, 'layout src', 3)), ['src/graph/layout.ts']);
    assert.deepEqual(searchItems(model, ' ', 3), []);
  });

  it('goes to the nearest place in the direction of an arrow', () => {
    const places = [
      { name: 'right', x: 10, y: 1 },
      { name: 'far right', x: 30, y: 0 },
      { name: 'up', x: 0, y: 10 },
    ];
    const from = { x: 0, y: 0 };
    assert.equal(nextPlace(from, places, 'ArrowRight')?.name, 'right');
    assert.equal(nextPlace(from, places, 'ArrowUp')?.name, 'up');
    assert.equal(nextPlace(from, places, 'ArrowLeft'), undefined);
  });
});

describe('webview/graph: the view that is kept', () => {
  it('comes back as it was', () => {
    const view = { ...FIRST_VIEW, hops: 2, selected: 'a/x.ts', opened: ['a'], camera: { x: 0.2, y: 0.4, ratio: 0.5 } };
    assert.deepEqual(restoreView(JSON.parse(JSON.stringify(view))), view);
  });

  it('is a view whatever was kept', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.record(Object.fromEntries(Object.keys(FIRST_VIEW).map((k) => [k, fc.anything()])))),
        (kept) => {
          const view = restoreView(kept);
          assert.deepEqual(Object.keys(view), Object.keys(FIRST_VIEW));
          assert.ok([1, 2, 3].includes(view.hops));
          makeScene(modelOf(SMALL), view, 100);
        },
      ),
      { numRuns: 200 },
    );
  });
});
