/** The dependency graph of a workspace: files as nodes, links between them as edges that carry their confidence. */
import type { WorkspacePath } from '../workspace/entry.js';
import type { FileLinks } from './links.js';

/**
 * `import`: an import, include, `mod` or `use` statement leads there. `use`: no import
 * does, yet the compiler itself joins a name here to a definition there: in Java, Kotlin,
 * Scala, C#, Go, Swift and Ruby, members behind values too. `reference`: in the languages
 * whose files name what they use (JavaScript, Python, Rust, PHP, C), only reached through a
 * third file or a value's type.
 */
export type EdgeKind = 'import' | 'use' | 'reference';

/** Every kind, strongest first. */
export const EDGE_KINDS: readonly EdgeKind[] = ['import', 'use', 'reference'];

/** One file → file edge; all links between the two are folded into it. */
export interface Edge {
  readonly from: WorkspacePath;
  readonly to: WorkspacePath;
  readonly kind: EdgeKind;
  /** The best of its links. */
  readonly confidence: 'resolved' | 'named';
  /** Every link is for types only. */
  readonly typeOnly: boolean;
  /** References that cross it, at least 1 per import. */
  readonly weight: number;
  /** Line in `from` of its first link, 0-based. */
  readonly line: number;
}

/** Compressed sparse rows over node numbers: edges of node n are at `offsets[n] .. offsets[n + 1]`. */
export interface Csr {
  /** Length nodes + 1. */
  readonly offsets: Uint32Array;
  /** Target node of each edge, ascending inside a row. */
  readonly targets: Uint32Array;
  /** Position of the edge in `Graph.edges`. */
  readonly edges: Uint32Array;
}

export interface Graph {
  /** Node number → path, sorted. */
  readonly files: readonly WorkspacePath[];
  /** Path → node number. */
  readonly nodes: ReadonlyMap<WorkspacePath, number>;
  /** Sorted by (from, to). */
  readonly edges: readonly Edge[];
  readonly out: Csr;
  /** The same edges by target: `in.targets` holds the source nodes. */
  readonly in: Csr;
  /** The links that a file's edges were folded from. */
  links(path: WorkspacePath): FileLinks;
}
