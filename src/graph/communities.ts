/**
 * Groups of nodes that hang together more than with the rest: the Louvain method (Blondel,
 * Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks", 2008)
 * on an undirected graph. Nodes are looked at in their order, and ties go to the smaller group, so
 * that the same graph gives the same groups.
 */

/** Between the nodes `a` and `b`, both from 0 on; several between the same two add up. */
export interface Tie {
  readonly a: number;
  readonly b: number;
  /** Above 0. */
  readonly weight: number;
}

/** Passes over all nodes on one level: gains are negligible long before. */
const PASSES = 20;
const LEAST_GAIN = 1e-9;

/** The groups, each ascending, by their first node. @param resolution above 1 gives more and smaller groups. */
export function findCommunities(count: number, ties: readonly Tie[], resolution = 1): number[][] {
  let level = networkOf(count, ties);
  let groups = Array.from({ length: count }, (_, n) => [n]);
  for (;;) {
    const groupOf = moveNodes(level, resolution);
    const numbers = new Map([...new Set(groupOf)].map((g, i) => [g, i]));
    if (numbers.size === level.neighbours.length) break;
    const merged = Array.from({ length: numbers.size }, (): number[] => []);
    for (const [n, g] of groupOf.entries()) merged[numbers.get(g)!]!.push(...groups[n]!);
    level = merge(level, groupOf, numbers);
    groups = merged;
  }
  return groups.map((g) => g.sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);
}

interface Network {
  /** Weight by neighbour; never the node itself. */
  readonly neighbours: readonly ReadonlyMap<number, number>[];
  /** Twice the weight inside of each node. */
  readonly loops: Float64Array;
  /** Weight of all ends at each node. */
  readonly degrees: Float64Array;
  /** Of all ends. */
  readonly total: number;
}

function networkOf(count: number, ties: readonly Tie[]): Network {
  const neighbours = Array.from({ length: count }, () => new Map<number, number>());
  const loops = new Float64Array(count);
  for (const { a, b, weight } of ties) {
    if (a === b) loops[a]! += 2 * weight;
    else for (const [x, y] of [[a, b] as const, [b, a] as const]) neighbours[x]!.set(y, (neighbours[x]!.get(y) ?? 0) + weight);
  }
  const degrees = loops.map((loop, n) => [...neighbours[n]!.values()].reduce((sum, w) => sum + w, loop));
  return { neighbours, loops, degrees, total: degrees.reduce((sum, d) => sum + d, 0) };
}

/** Group of each node, named by one of its nodes, when no single move gains any more. */
function moveNodes({ neighbours, degrees, total }: Network, resolution: number): Int32Array {
  const groupOf = Int32Array.from(neighbours, (_, n) => n);
  const weightOf = Float64Array.from(degrees);
  if (total === 0) return groupOf;
  for (let pass = 0, moved = true; moved && pass < PASSES; pass++) {
    moved = false;
    for (const [n, near] of neighbours.entries()) {
      const own = groupOf[n]!;
      const towards = new Map<number, number>([[own, 0]]);
      for (const [other, weight] of near) towards.set(groupOf[other]!, (towards.get(groupOf[other]!) ?? 0) + weight);
      weightOf[own]! -= degrees[n]!;
      const gainOf = (group: number): number => towards.get(group)! - (resolution * weightOf[group]! * degrees[n]!) / total;
      let best = own;
      let most = gainOf(own);
      for (const group of [...towards.keys()].sort((a, b) => a - b)) {
        const gain = gainOf(group);
        if (gain > most + LEAST_GAIN) [best, most] = [group, gain];
      }
      weightOf[best]! += degrees[n]!;
      if (best !== own) [groupOf[n], moved] = [best, true];
    }
  }
  return groupOf;
}

function merge({ neighbours, loops }: Network, groupOf: Int32Array, numbers: ReadonlyMap<number, number>): Network {
  const at = (n: number): number => numbers.get(groupOf[n]!)!;
  const ties: Tie[] = [];
  for (const [n, near] of neighbours.entries()) {
    if (loops[n]! > 0) ties.push({ a: at(n), b: at(n), weight: loops[n]! / 2 });
    for (const [other, weight] of near) if (n < other) ties.push({ a: at(n), b: at(other), weight });
  }
  return networkOf(numbers.size, ties);
}
