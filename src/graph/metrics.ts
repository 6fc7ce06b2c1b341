/** Coupling of each file, counted over the graph's edges. */
import type { WorkspacePath } from '../workspace/entry.js';
import type { Graph } from './graph.js';

export interface FileMetrics {
  readonly path: WorkspacePath;
  /** Files that depend on it (afferent coupling). */
  readonly fanIn: number;
  /** Files it depends on (efferent coupling). */
  readonly fanOut: number;
  /** fanOut / (fanIn + fanOut), 0 stable to 1 unstable (R. C. Martin, "OO Design Quality Metrics", 1994); undefined for a file without edges. */
  readonly instability: number | undefined;
}

/** Metrics of every file, in the graph's order. */
export function fileMetrics(graph: Graph): FileMetrics[] {
  return graph.files.map((_, node) => metricsAt(graph, node));
}

/** Metrics of the file with this node number. */
export function metricsAt({ files, out, in: into }: Graph, node: number): FileMetrics {
  const fanIn = into.offsets[node + 1]! - into.offsets[node]!;
  const fanOut = out.offsets[node + 1]! - out.offsets[node]!;
  return { path: files[node]!, fanIn, fanOut, instability: fanIn + fanOut === 0 ? undefined : fanOut / (fanIn + fanOut) };
}
