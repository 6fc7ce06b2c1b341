/** The graph of a workspace from the edges of its files. */
import type { WorkspacePath } from '../workspace/entry.js';
import type { Csr, Edge, Graph } from './graph.js';
import type { FileLinks } from './links.js';

/** What resolution found out about each file. */
export interface FoldedLinks {
  edges(path: WorkspacePath): readonly Edge[];
  links(path: WorkspacePath): FileLinks;
}

/** Numbers of files. */
export type Nodes = Pick<Graph, 'files' | 'nodes'>;

/**
 * The graph of `files` (sorted) with the edges between them; those that lead elsewhere are left out.
 * @param before of an earlier graph: taken over where the files are the same.
 */
export function buildGraph(files: readonly WorkspacePath[], folded: FoldedLinks, before?: Nodes): Graph {
  const isSame = before !== undefined && files.length === before.files.length && files.every((f, n) => f === before.files[n]);
  const nodes = isSame ? before.nodes : new Map(files.map((f, n) => [f, n]));
  const edges: Edge[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (let n = 0; n < files.length; n++) {
    for (const edge of folded.edges(files[n]!)) {
      const target = nodes.get(edge.to);
      if (target === undefined) continue;
      edges.push(edge);
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
  for (let i = 0; i < row.length; i++) {
    const at = next[row[i]!]!++;
    targets[at] = column[i]!;
    edges[at] = i;
  }
  return { offsets, targets, edges };
}
