/** The graph of a workspace from the edges of its files. */
import type { WorkspacePath } from '../workspace/entry.js';
import type { FileEdge } from './file-edges.js';
import type { Csr, Edge, Graph } from './graph.js';
import type { FileLinks } from './links.js';

/** What resolution found out about each file. */
export interface FoldedLinks {
  edges(path: WorkspacePath): readonly FileEdge[];
  links(path: WorkspacePath): FileLinks;
}

/** The graph of `files` (sorted) with the edges between them; those that lead elsewhere are left out. */
export function buildGraph(files: readonly WorkspacePath[], folded: FoldedLinks): Graph {
  const nodes = new Map(files.map((f, i) => [f, i]));
  const edges: Edge[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (const [n, path] of files.entries()) {
    for (const edge of folded.edges(path)) {
      const target = nodes.get(edge.to);
      if (target === undefined) continue;
      edges.push({ from: path, ...edge });
      from.push(n);
      to.push(target);
    }
  }
  return { files, nodes, edges, out: rows(from, to, files.length), in: rows(to, from, files.length), links: (p) => folded.links(p) };
}

/** Edges by row; inside a row they keep their order, so that columns ascend. */
function rows(row: readonly number[], column: readonly number[], count: number): Csr {
  const offsets = new Uint32Array(count + 1);
  for (const n of row) offsets[n + 1]! += 1;
  for (let n = 0; n < count; n++) offsets[n + 1]! += offsets[n]!;
  const next = offsets.slice(0, count);
  const targets = new Uint32Array(row.length);
  const edges = new Uint32Array(row.length);
  for (const [i, n] of row.entries()) {
    const at = next[n]!++;
    targets[at] = column[i]!;
    edges[at] = i;
  }
  return { offsets, targets, edges };
}
