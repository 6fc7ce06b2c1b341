import assert from 'node:assert/strict';
import { graphMessages } from '../../../src/vscode/graph/graph-messages.js';
import { readWish } from '../../../src/vscode/graph/graph-wish.js';
import { GraphModel } from '../../../src/webview/graph/model.js';
import type { EdgesMessage, GraphMessage } from '../../../src/webview/graph/protocol.js';

/** Two files with so many edges between them, back and forth. */
function drawingWith(edges: number): Parameters<typeof graphMessages>[0] {
  const column = <T>(
    array: { from(items: ArrayLike<unknown>, item: (_: unknown, e: number) => number): T },
    item: (e: number) => number,
  ): T => array.from({ length: edges }, (_, e) => item(e));
  return {
    facts: {
      files: ['a/x.ts', 'b.bin'],
      languages: ['typescript', undefined],
      tokens: Uint32Array.of(7, 0),
      lines: Uint32Array.of(3, 0),
      from: column(Uint32Array, (e) => e % 2),
      to: column(Uint32Array, (e) => (e + 1) % 2),
      kinds: ['import', 'use', 'reference'],
      kind: column(Uint8Array, (e) => e % 3),
      resolved: column(Uint8Array, (e) => e % 2),
      typeOnly: column(Uint8Array, (e) => (e % 5 === 0 ? 1 : 0)),
      line: column(Uint32Array, (e) => e),
    },
    layout: {
      folders: { paths: ['', 'a'], parents: Int32Array.of(-1, 0), folderOf: Uint32Array.of(1, 0) },
      x: Float32Array.of(0, 1),
      y: Float32Array.of(0, 1),
      radius: Float32Array.of(1, 1),
      folderX: Float32Array.of(0, 0),
      folderY: Float32Array.of(0, 0),
      folderRadius: Float32Array.of(4, 2),
    },
    cycles: [],
  };
}

describe('vscode/graph: what goes to the page and comes from it', () => {
  it('sends a graph in parts that the page puts together again', () => {
    const count = 450_001;
    const [graph, ...parts] = [...graphMessages(drawingWith(count), 3)] as [GraphMessage, ...EdgesMessage[]];
    assert.deepEqual(
      parts.map((p) => [p.revision, p.start, p.from.length, p.from.buffer.byteLength]),
      [
        [3, 0, 200_000, 800_000],
        [3, 200_000, 200_000, 800_000],
        [3, 400_000, 50_001, 200_004],
      ],
    );
    const model = new GraphModel(graph, parts);
    assert.deepEqual([model.path(0), model.path(1), model.language(0), model.language(1)], ['a/x.ts', 'b.bin', 'typescript', undefined]);
    for (const e of [0, 1, 200_000, count - 1]) {
      const seen = [model.from[e], model.line[e], model.kindOf(e), model.isResolved(e), model.isTypeOnly(e)];
      assert.deepEqual(seen, [e % 2, e, ['import', 'use', 'reference'][e % 3], e % 2 === 1, e % 5 === 0]);
    }
  });

  it('takes whole wishes alone', () => {
    assert.deepEqual(readWish({ kind: 'open', path: 'a.ts', line: 3, more: 1 }), { kind: 'open', path: 'a.ts', line: 3 });
    assert.deepEqual(readWish({ kind: 'ready' }), { kind: 'ready' });
    assert.deepEqual(readWish({ kind: 'act', path: 'a.ts' }), { kind: 'act', path: 'a.ts' });
    for (const bad of [
      undefined,
      'ready',
      {},
      { kind: 'open', path: 'a.ts' },
      { kind: 'open', path: 'a.ts', line: -1 },
      { kind: 'pin' },
      { kind: 'delete', path: 'a' },
    ])
      assert.equal(readWish(bad), undefined);
  });
});
