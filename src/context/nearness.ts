/** Files that the graph or their names tie to others. */
import type { Graph } from '../graph/graph.js';
import type { FileEntry, WorkspacePath } from '../workspace/entry.js';
import { pairsOf } from './tests.js';

export interface Nearness {
  /** Between 0 and 1. */
  readonly strength: number;
  /** The tie in words. */
  readonly words: string;
}

/** Neighbours in the graph of files with a strength each: the strongest tie of each, weaker from a hub that everything uses. */
export function connected(graph: Graph, seeds: readonly (readonly [WorkspacePath, number])[]): Map<WorkspacePath, Nearness> {
  const near = new Map<WorkspacePath, Nearness>();
  for (const [path, strength] of seeds) {
    const node = graph.nodes.get(path);
    if (node === undefined) continue;
    for (const [side, verb] of [
      [graph.out, 'used by'],
      [graph.in, 'uses'],
    ] as const) {
      const others = side.targets.subarray(side.offsets[node], side.offsets[node + 1]);
      const share = strength / Math.sqrt(Math.max(1, others.length / 4));
      for (const other of others) {
        const to = graph.files[other]!;
        if ((near.get(to)?.strength ?? 0) < share) near.set(to, { strength: share, words: `${verb} ${path}` });
      }
    }
  }
  return near;
}

/** Tests of a source file, or sources that a test file tests, by name; weaker where several share it. */
export function pairedWith(entries: readonly FileEntry[], path: WorkspacePath): Map<WorkspacePath, Nearness> {
  const others = pairsOf(entries, path);
  const strength = 1 / Math.sqrt(others.length);
  return new Map(others.map((other) => [other.path, { strength, words: `${other.test ? 'tests' : 'tested by'} ${path}` }]));
}
