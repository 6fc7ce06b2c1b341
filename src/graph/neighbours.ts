/** The edges of one file, and the files at their other ends; a file that the graph does not have has none. */
import type { WorkspacePath } from '../workspace/entry.js';
import type { Csr, Edge, Graph } from './graph.js';

/** The edges that begin at a file, by target. */
export function edgesFrom({ nodes, out, edges }: Graph, path: WorkspacePath): Edge[] {
  return rowOf(out, nodes.get(path)).map((i) => edges[i]!);
}

/** The edges that lead to a file, by source. */
export function edgesTo({ nodes, in: into, edges }: Graph, path: WorkspacePath): Edge[] {
  return rowOf(into, nodes.get(path)).map((i) => edges[i]!);
}

/** The edge from one file to another; undefined where it does not depend on that. */
export function edgeBetween(graph: Graph, from: WorkspacePath, to: WorkspacePath): Edge | undefined {
  return edgesFrom(graph, from).find((e) => e.to === to);
}

/** Files that depend on this one, sorted. */
export function dependentsOf(graph: Graph, path: WorkspacePath): WorkspacePath[] {
  return edgesTo(graph, path).map((e) => e.from);
}

function rowOf({ offsets, edges }: Csr, node: number | undefined): number[] {
  return node === undefined ? [] : [...edges.subarray(offsets[node], offsets[node + 1])];
}
