/**
 * Dependency cycles: the strongly connected components of the graph, each with
 * its shortest cycle. Imports count, and uses from one package or namespace to
 * another: what `using A.B` (C#) and `import a.b.*` (Java) bring is an import of no file
 * by name. Inside a package, files of Go or Java refer to each other by the language's
 * own design; such uses count only when asked for.
 */
import { atOnce, mapSteps, type Steps } from '../base/steps.js';
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Edge, Graph } from './graph.js';

export interface CycleOptions {
  /** Count edges that vanish at run time too. Default false. */
  readonly typeOnly?: boolean;
  /** Count all edges of kind `use`, not only those between packages, and those of kind `reference`. Default false. */
  readonly uses?: boolean;
  /** Whether an edge counts that these options let through; by default all do. */
  counts?(edge: Edge): boolean;
  /** Says which package a file declares; without it no use counts as one between packages. */
  record?(path: WorkspacePath): FileRecord | undefined;
}

export interface Cycle {
  /** All files of the component, sorted. */
  readonly files: readonly WorkspacePath[];
  /** A shortest way round: each edge starts where the last one ended, the last ends where the first began. Of several, the one that starts at the smallest path. */
  readonly shortest: readonly Edge[];
  /** Edges inside the component. */
  readonly edgeCount: number;
}

/** Every cycle of the graph, largest component first, then by path. */
export const findCycles = (graph: Graph, options: CycleOptions = {}): Cycle[] => atOnce(cycleSteps(graph, options));

/** As {@link findCycles}, with pauses. */
export function* cycleSteps(graph: Graph, options: CycleOptions = {}): Steps<Cycle[]> {
  const neighbours = yield* keptTargets(graph, edgesThatCount(options));
  const { componentOf, components } = stronglyConnected(neighbours);
  yield;
  const cycles: Cycle[] = [];
  for (const nodes of components) {
    if (nodes.length < 2) continue;
    const inside = (n: number): number[] => (neighbours[n] ?? []).filter((t) => componentOf[t] === componentOf[n]);
    const shortest = yield* shortestCycle(nodes, inside);
    cycles.push({
      files: nodes.map((n) => graph.files[n]!),
      shortest: shortest.map(([from, to]) => edgeBetween(graph, from, to)),
      edgeCount: nodes.reduce((sum, n) => sum + inside(n).length, 0),
    });
  }
  return cycles.sort((a, b) => b.files.length - a.files.length || (a.files[0]! < b.files[0]! ? -1 : 1));
}

/** Whether an edge counts in a cycle under these options. */
export function edgesThatCount(options: CycleOptions): (e: Edge) => boolean {
  const packageOf = packagesBy(options.record ?? (() => undefined));
  const between = ({ from, to }: Edge): boolean => packageOf(from) !== '' && packageOf(to) !== '' && packageOf(from) !== packageOf(to);
  return (e) =>
    (options.typeOnly === true || !e.typeOnly) &&
    (options.uses === true || e.kind === 'import' || (e.kind === 'use' && between(e))) &&
    options.counts?.(e) !== false;
}

/** Package or namespace of each file: declared for all of it, or by the first block in it; "" for none. */
function packagesBy(record: (path: WorkspacePath) => FileRecord | undefined): (path: WorkspacePath) => string {
  const known = new Map<WorkspacePath, string>();
  return (path) => {
    let name = known.get(path);
    if (name === undefined) {
      const file = record(path);
      name = file?.package || file?.symbols.find((s) => s.kind === 'namespace' && s.container < 0)?.name || '';
      known.set(path, name);
    }
    return name;
  };
}

/** Targets of each node over the edges that count, ascending. */
function keptTargets({ out, edges, files }: Graph, counts: (e: Edge) => boolean): Steps<number[][]> {
  return mapSteps(files, (_, n) => {
    const targets: number[] = [];
    for (let i = out.offsets[n]!; i < out.offsets[n + 1]!; i++) if (counts(edges[out.edges[i]!]!)) targets.push(out.targets[i]!);
    return targets;
  });
}

/** Tarjan's algorithm (SIAM J. Comput. 1972) without recursion, so that a chain of 100,000 files does not overflow the stack. Nodes of a component ascend. */
export function stronglyConnected(neighbours: readonly (readonly number[])[]): { componentOf: Int32Array; components: number[][] } {
  const count = neighbours.length;
  const componentOf = new Int32Array(count).fill(-1);
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = new Int32Array(count);
  const stack: number[] = [];
  const path: number[] = [];
  const components: number[][] = [];
  let clock = 0;

  const enter = (n: number): void => {
    order[n] = clock;
    low[n] = clock++;
    stack.push(n);
    path.push(n);
  };
  for (let start = 0; start < count; start++) {
    if (order[start] !== -1) continue;
    enter(start);
    while (path.length > 0) {
      const n = path.at(-1)!;
      const target = neighbours[n]![next[n]!++];
      if (target !== undefined) {
        if (order[target] === -1) enter(target);
        else if (componentOf[target] === -1) low[n] = Math.min(low[n]!, order[target]!);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[n]!);
      if (low[n] === order[n]) components.push(closeComponent(n, stack, componentOf, components.length));
    }
  }
  return { componentOf, components };
}

function closeComponent(root: number, stack: number[], componentOf: Int32Array, id: number): number[] {
  const nodes: number[] = [];
  for (;;) {
    const n = stack.pop()!;
    componentOf[n] = id;
    nodes.push(n);
    if (n === root) return nodes.sort((a, b) => a - b);
  }
}

/** Breadth-first from every node, no deeper than the best cycle so far: a pair that imports each other ends the search at once. */
function* shortestCycle(nodes: readonly number[], inside: (n: number) => readonly number[]): Steps<[number, number][]> {
  let best: number[] = [];
  for (const start of nodes) {
    const found = cycleThrough(start, inside, best.length === 0 ? Number.POSITIVE_INFINITY : best.length - 1);
    if (found) best = found;
    if (best.length === 2) break;
    yield;
  }
  return best.map((n, i) => [n, best[(i + 1) % best.length]!]);
}

/** Nodes of the shortest cycle through `start` with at most `limit` edges, from `start` on. */
function cycleThrough(start: number, inside: (n: number) => readonly number[], limit: number): number[] | undefined {
  const before = new Map<number, number>([[start, -1]]);
  let front = [start];
  for (let depth = 1; depth <= limit && front.length > 0; depth++) {
    const reached: number[] = [];
    for (const n of front) {
      for (const target of inside(n)) {
        if (target === start) return wayTo(n, before);
        if (before.has(target)) continue;
        before.set(target, n);
        reached.push(target);
      }
    }
    front = reached;
  }
  return undefined;
}

function wayTo(last: number, before: ReadonlyMap<number, number>): number[] {
  const way: number[] = [];
  for (let n = last; n !== -1; n = before.get(n)!) way.unshift(n);
  return way;
}

function edgeBetween({ out, edges }: Graph, from: number, to: number): Edge {
  const row = out.targets.subarray(out.offsets[from]!, out.offsets[from + 1]!);
  return edges[out.edges[out.offsets[from]! + row.indexOf(to)]!]!;
}
