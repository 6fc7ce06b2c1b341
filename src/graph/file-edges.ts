/** The links of one file, folded into one edge per file that it reaches. */
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { EDGE_KINDS, type Edge } from './graph.js';
import type { FileLinks } from './links.js';

export type FileEdge = Omit<Edge, 'from'>;

/** Edges of the file `from`, sorted by target; never one to itself. */
export function foldLinks(from: WorkspacePath, { imports, uses }: FileLinks, record: FileRecord | undefined): FileEdge[] {
  const folded = new Map<WorkspacePath, { -readonly [K in keyof FileEdge]: FileEdge[K] }>();
  const fold = (to: WorkspacePath, edge: Omit<FileEdge, 'to'>): void => {
    if (to === from) return;
    const old = folded.get(to);
    if (!old) {
      folded.set(to, { to, ...edge });
      return;
    }
    if (EDGE_KINDS.indexOf(edge.kind) < EDGE_KINDS.indexOf(old.kind)) old.kind = edge.kind;
    if (edge.confidence === 'resolved') old.confidence = 'resolved';
    // Whether an edge vanishes at run time is what its imports say; a use only tells how much crosses it.
    if (edge.kind === 'import') old.typeOnly &&= edge.typeOnly;
    old.weight += edge.weight;
    old.line = Math.min(old.line, edge.line);
  };
  for (const link of imports) {
    if (link.confidence === 'unresolved') continue;
    const line = record?.imports[link.import]?.line ?? 0;
    for (const to of link.targets) fold(to, { kind: 'import', confidence: link.confidence, typeOnly: link.typeOnly, weight: 1, line });
  }
  for (const link of uses) {
    const reference = record?.references[link.reference];
    fold(link.target, {
      kind: link.indirect ? 'reference' : 'use',
      confidence: link.confidence,
      typeOnly: false,
      weight: reference?.count ?? 1,
      line: reference?.line ?? 0,
    });
  }
  return [...folded.values()].sort((a, b) => (a.to < b.to ? -1 : 1));
}
