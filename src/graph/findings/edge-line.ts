/** Where a dependency begins to count, and whether it does. */
import type { Edge } from '../graph.js';
import type { Examined } from './finding.js';

/**
 * Line in `from` where the edge begins to count; undefined where it does not. In Rust a `mod`
 * says where a child's file hangs and a `pub use` passes its names on, as every crate's root
 * does; neither uses anything of it.
 */
export function lineOf({ graph, record }: Examined, edge: Edge): number | undefined {
  const file = record(edge.from);
  if (file?.language !== 'rust') return edge.line;
  const { imports, uses } = graph.links(edge.from);
  const lines = imports.flatMap((l) => {
    const statement = file.imports[l.import];
    const counts = l.targets.includes(edge.to) && statement?.kind === 'use' && statement.mark !== 'pub';
    return counts ? [statement.line] : [];
  });
  for (const l of uses)
    if (l.target === edge.to && l.confidence === 'resolved') lines.push(file.references[l.reference]?.line ?? edge.line);
  return lines.length === 0 ? undefined : Math.min(...lines);
}
