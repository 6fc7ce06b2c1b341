/** Graphs for tests, written as "a -> b, b -> a"; "a => b" is a type-only edge, "a ~> b" one of kind use. */
import { buildGraph } from '../../src/graph/build.js';
import { foldLinks } from '../../src/graph/file-edges.js';
import type { Graph } from '../../src/graph/graph.js';
import { type FileLinks, type ImportLink, NO_LINKS, type UseLink } from '../../src/graph/links.js';

export function graphOf(text: string): Graph {
  const links = new Map<string, { imports: ImportLink[]; uses: UseLink[] }>();
  const files = new Set<string>();
  for (const part of text.split(',')) {
    const [, from, arrow, to] = /^\s*(\S+)\s*(->|=>|~>)\s*(\S+)\s*$/.exec(part) ?? [];
    if (from === undefined || to === undefined) {
      if (part.trim() !== '') files.add(part.trim());
      continue;
    }
    files.add(from).add(to);
    const of = links.get(from) ?? { imports: [], uses: [] };
    links.set(from, of);
    if (arrow === '~>') of.uses.push({ reference: 0, target: to, symbol: -1, confidence: 'resolved', indirect: false });
    else of.imports.push({ import: of.imports.length, targets: [to], confidence: 'resolved', external: false, typeOnly: arrow === '=>' });
  }
  const linksOf = (path: string): FileLinks => links.get(path) ?? NO_LINKS;
  return buildGraph([...files].sort(), {
    links: linksOf,
    edges: (path) => foldLinks(path, linksOf(path), undefined).map((edge) => ({ from: path, ...edge })),
  });
}
