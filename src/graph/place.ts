/** A file's place in the graph: what it depends on, what depends on it, and its imports that lead nowhere. */
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Edge, Graph } from './graph.js';
import { type FileMetrics, metricsAt } from './metrics.js';
import { edgesFrom, edgesTo } from './neighbours.js';

/** An edge as seen from one of its ends. */
export interface Neighbour extends Omit<Edge, 'from' | 'to'> {
  /** The file at the other end. `line` is in the file that depends. */
  readonly path: WorkspacePath;
}

export interface UnresolvedImport {
  readonly specifier: string;
  /** 0-based. */
  readonly line: number;
}

export interface GraphPlace extends FileMetrics {
  readonly dependencies: readonly Neighbour[];
  readonly dependents: readonly Neighbour[];
  /** Imports that should lead to a file of the workspace and do not; those of libraries are no fault and left out. */
  readonly unresolved: readonly UnresolvedImport[];
}

/** The place of the file `path`, over the edges that `keep` lets through; undefined when the graph has no such file. */
export function placeOf(
  graph: Graph,
  path: WorkspacePath,
  record: FileRecord | undefined,
  keep: (e: Edge) => boolean = () => true,
): GraphPlace | undefined {
  const node = graph.nodes.get(path);
  if (node === undefined) return undefined;
  const seen = (edges: readonly Edge[], other: 'from' | 'to'): Neighbour[] =>
    edges
      .filter(keep)
      .map(({ kind, confidence, typeOnly, weight, line, ...ends }) => ({ path: ends[other], line, kind, confidence, typeOnly, weight }));
  const imports = record?.imports ?? [];
  const unresolved = graph
    .links(path)
    .imports.filter((l) => l.confidence === 'unresolved' && !l.external)
    .map((l) => ({ specifier: imports[l.import]?.specifier ?? '', line: imports[l.import]?.line ?? 0 }));
  return {
    ...metricsAt(graph, node),
    dependencies: seen(edgesFrom(graph, path), 'to'),
    dependents: seen(edgesTo(graph, path), 'from'),
    unresolved,
  };
}
