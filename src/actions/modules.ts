/** Candidate modules: groups of files that hang together, the seams between them, and an order in which to take them out. */
import { folderOf } from '../base/paths.js';
import { findCommunities, type Tie } from '../graph/communities.js';
import { stronglyConnected } from '../graph/cycles.js';
import { ownSources } from '../graph/findings/own-code.js';
import type { Edge } from '../graph/graph.js';
import { metricsAt } from '../graph/metrics.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';

export interface Module {
  /** 0-based, in the order in which they are to be taken out. */
  readonly number: number;
  /** The folder that most of its files are in. */
  readonly name: string;
  /** Sorted. */
  readonly files: readonly WorkspacePath[];
  /** o200k tokens of its files. */
  readonly tokens: number;
  /** Dependencies among its own files. */
  readonly inside: number;
  /** Seams by which it depends on others, the heaviest first. */
  readonly seams: readonly Seam[];
  /** Modules that depend on it, ascending. */
  readonly users: readonly number[];
  /** It and these depend on each other in a loop; ascending, without itself. */
  readonly loop: readonly number[];
}

export interface Modules {
  readonly modules: readonly Module[];
  /** Files that so many depend on that they say nothing of who belongs together; sorted. */
  readonly shared: readonly WorkspacePath[];
}

/** All that crosses from one module to another at run time. */
export interface Seam {
  readonly to: number;
  /** Heaviest first. */
  readonly edges: readonly Edge[];
  /** References. */
  readonly weight: number;
}

/** A file is shared by all where more files depend on it than this number and this share of all. */
const SHARED_BY = 8;
const SHARED_SHARE = 0.15;
/** Share of all files that may be shared: in a small code base everybody uses everything. */
const MOST_SHARED = 0.05;
/** A group of fewer files is no module: it joins the one that it is tied to most. */
const LEAST_FILES = 3;

/**
 * Groups the project's own files by the Louvain method over their dependencies, weighted by the logarithm
 * of their references: a hundred uses of a helper are no hundred reasons to live with it. Leaves first;
 * in a loop, those first that are used more than they use.
 */
export function findModules(snapshot: Snapshot): Modules {
  const all = [...ownSources(snapshot)].filter((f) => snapshot.graph.nodes.has(f) && snapshot.record(f)?.symbols.length !== 0);
  const fanIn = new Map(all.map((f) => [f, metricsAt(snapshot.graph, snapshot.graph.nodes.get(f)!).fanIn]));
  const shared = all
    .filter((f) => fanIn.get(f)! > Math.max(SHARED_BY, all.length * SHARED_SHARE))
    .sort((a, b) => fanIn.get(b)! - fanIn.get(a)!)
    .slice(0, Math.ceil(all.length * MOST_SHARED))
    .sort();
  const files = all.filter((f) => !shared.includes(f));
  const number = new Map(files.map((f, i) => [f, i]));
  const edges = snapshot.graph.edges.filter((e) => number.has(e.from) && number.has(e.to));
  const ties = edges.map(({ from, to, weight }): Tie => ({ a: number.get(from)!, b: number.get(to)!, weight: 1 + Math.log2(weight) }));
  const groups = withoutSplinters(findCommunities(files.length, ties), ties).filter((g) => g.length >= LEAST_FILES);
  const groupOf = new Map(groups.flatMap((group, g) => group.map((n) => [files[n]!, g] as const)));
  const crossing = groups.map(() => new Map<number, Edge[]>());
  const inside = groups.map(() => 0);
  for (const edge of edges) {
    const [from, to] = [groupOf.get(edge.from), groupOf.get(edge.to)];
    if (from === undefined || to === undefined) continue;
    if (from === to) inside[from]!++;
    // An import of types alone holds nothing back.
    else if (!edge.typeOnly) crossing[from]!.set(to, [...(crossing[from]!.get(to) ?? []), edge]);
  }
  // Tarjan closes a component after all that it leads to: leaves come first.
  const { components } = stronglyConnected(crossing.map((to) => [...to.keys()].sort((a, b) => a - b)));
  const weights = crossing.map(() => 0);
  for (const [from, to] of crossing.entries()) {
    for (const [target, across] of to) {
      const weight = across.reduce((n, e) => n + e.weight, 0);
      weights[from]! += weight;
      weights[target]! -= weight;
    }
  }
  const order = components.flatMap((c) => [...c].sort((a, b) => weights[a]! - weights[b]! || a - b));
  const place = new Map(order.map((g, i) => [g, i]));
  const modules = order.map((g): Module => {
    const paths = groups[g]!.map((n) => files[n]!).sort();
    const seams = [...crossing[g]!].map(([to, across]): Seam => {
      const heaviest = [...across].sort((a, b) => b.weight - a.weight || (a.from < b.from ? -1 : 1));
      return { to: place.get(to)!, edges: heaviest, weight: across.reduce((n, e) => n + e.weight, 0) };
    });
    return {
      number: place.get(g)!,
      name: commonFolder(paths),
      files: paths,
      tokens: paths.reduce((n, f) => n + snapshot.tokens(f), 0),
      inside: inside[g]!,
      seams: seams.sort((a, b) => b.weight - a.weight || a.to - b.to),
      users: order.flatMap((user) => (crossing[user]!.has(g) ? [place.get(user)!] : [])).sort((a, b) => a - b),
      loop: components
        .find((c) => c.includes(g))!
        .filter((other) => other !== g)
        .map((other) => place.get(other)!)
        .sort((a, b) => a - b),
    };
  });
  return { modules, shared };
}

function withoutSplinters(groups: readonly (readonly number[])[], ties: readonly Tie[]): number[][] {
  const groupOf = new Map(groups.flatMap((group, g) => group.map((n) => [n, g] as const)));
  const merged = groups.map((g) => [...g]);
  for (const [g, group] of groups.entries()) {
    if (group.length >= LEAST_FILES) continue;
    const towards = new Map<number, number>();
    for (const { a, b, weight } of ties) {
      const other = group.includes(a) ? groupOf.get(b)! : group.includes(b) ? groupOf.get(a)! : g;
      if (other !== g && groups[other]!.length >= LEAST_FILES) towards.set(other, (towards.get(other) ?? 0) + weight);
    }
    const [best] = [...towards].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (!best) continue;
    merged[best[0]]!.push(...group);
    merged[g] = [];
  }
  return merged.filter((g) => g.length > 0);
}

/** The folder that most files are below, as deep as half of them go. */
function commonFolder(paths: readonly WorkspacePath[]): string {
  let at = '';
  for (;;) {
    const counts = new Map<string, number>();
    for (const path of paths) {
      const folder = folderOf(path);
      if (at !== '' && folder !== at && !folder.startsWith(`${at}/`)) continue;
      const next = folder.slice(at === '' ? 0 : at.length + 1).split('/', 1)[0]!;
      if (next !== '') counts.set(next, (counts.get(next) ?? 0) + 1);
    }
    const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (!most || most[1] * 2 <= paths.length) return at === '' ? '.' : at;
    at = at === '' ? most[0] : `${at}/${most[0]}`;
  }
}
