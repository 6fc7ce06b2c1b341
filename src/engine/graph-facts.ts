/** The graph of a snapshot in columns. */
import { EDGE_KINDS } from '../graph/graph.js';
import type { Snapshot } from '../index/snapshot.js';
import type { GraphFacts } from './protocol.js';

export function graphFacts({ entries, graph, record }: Snapshot): GraphFacts {
  const number = (path: string): number => graph.nodes.get(path) ?? 0;
  const records = entries.map((e) => record(e.path));
  return {
    files: graph.files,
    languages: records.map((r) => r?.language),
    tokens: Uint32Array.from(records, (r) => r?.tokens ?? 0),
    lines: Uint32Array.from(records, (r) => r?.lineCount ?? 0),
    from: Uint32Array.from(graph.edges, (e) => number(e.from)),
    to: Uint32Array.from(graph.edges, (e) => number(e.to)),
    kinds: EDGE_KINDS,
    kind: Uint8Array.from(graph.edges, (e) => EDGE_KINDS.indexOf(e.kind)),
    resolved: Uint8Array.from(graph.edges, (e) => (e.confidence === 'resolved' ? 1 : 0)),
    typeOnly: Uint8Array.from(graph.edges, (e) => (e.typeOnly ? 1 : 0)),
    line: Uint32Array.from(graph.edges, (e) => e.line),
  };
}
