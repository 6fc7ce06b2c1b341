/** Resolves every file and folds the links into the graph. */
import type { WorkspacePath } from '../workspace/entry.js';
import { type Csr, EDGE_KINDS, type Edge, type Graph } from './graph.js';
import { type FileLinks, NO_LINKS, type PreparedResolver, type ResolveInput, type Resolver } from './links.js';

/** Links of every file that has a resolver, by path. */
export function resolveAll(input: ResolveInput, resolvers: readonly Resolver[]): Map<WorkspacePath, FileLinks> {
  const links = new Map<WorkspacePath, FileLinks>();
  const prepared = new Map<Resolver, PreparedResolver>();
  const byLanguage = new Map(resolvers.flatMap((r) => r.languages.map((l) => [l, r] as const)));
  for (const { path, language } of input.entries) {
    const resolver = language === undefined ? undefined : byLanguage.get(language);
    if (!resolver) continue;
    let ready = prepared.get(resolver);
    if (!ready) {
      ready = resolver.prepare(input);
      prepared.set(resolver, ready);
    }
    links.set(path, ready.resolve(path));
  }
  return links;
}

/** The graph of `files` (sorted) with the links between them. */
export function buildGraph(
  files: readonly WorkspacePath[],
  links: ReadonlyMap<WorkspacePath, FileLinks>,
  input: Pick<ResolveInput, 'record'>,
): Graph {
  const nodes = new Map(files.map((f, i) => [f, i]));
  const edges: Edge[] = [];
  for (const from of files) edges.push(...foldLinks(from, links.get(from) ?? NO_LINKS, nodes, input));
  return { files, nodes, edges, out: rows(edges, nodes, 'from', 'to'), in: rows(edges, nodes, 'to', 'from'), links };
}

function foldLinks(
  from: WorkspacePath,
  { imports, uses }: FileLinks,
  nodes: ReadonlyMap<WorkspacePath, number>,
  input: Pick<ResolveInput, 'record'>,
): Edge[] {
  const record = input.record(from);
  const folded = new Map<WorkspacePath, { -readonly [K in keyof Edge]: Edge[K] }>();
  const fold = (to: WorkspacePath, edge: Pick<Edge, 'kind' | 'confidence' | 'typeOnly' | 'weight' | 'line'>): void => {
    if (to === from || !nodes.has(to)) return;
    const old = folded.get(to);
    if (!old) {
      folded.set(to, { from, to, ...edge });
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

function rows(edges: readonly Edge[], nodes: ReadonlyMap<WorkspacePath, number>, row: 'from' | 'to', column: 'from' | 'to'): Csr {
  const count = nodes.size;
  const offsets = new Uint32Array(count + 1);
  const number = (path: WorkspacePath): number => nodes.get(path) ?? 0;
  for (const e of edges) offsets[number(e[row]) + 1]! += 1;
  for (let n = 0; n < count; n++) offsets[n + 1]! += offsets[n]!;
  const next = offsets.slice(0, count);
  const targets = new Uint32Array(edges.length);
  const positions = new Uint32Array(edges.length);
  edges.forEach((e, i) => {
    const at = next[number(e[row])]!++;
    targets[at] = number(e[column]);
    positions[at] = i;
  });
  return { offsets, targets, edges: positions };
}
