/**
 * Which dependencies to remove so that a component has no cycle left, cheap ones first.
 * The least such set is NP-hard to find; this is the greedy ordering of Eades, Lin and
 * Smyth ("A fast and effective heuristic for the feedback arc set problem", 1993) with
 * the number of references as an edge's weight.
 */
import type { WorkspacePath } from '../../workspace/entry.js';
import type { Edge, Graph } from '../graph.js';

/** Edges of `edges` (all between `files`) whose removal breaks every cycle among them, lightest first. */
export function edgesToCut({ nodes }: Pick<Graph, 'nodes'>, files: readonly WorkspacePath[], edges: readonly Edge[]): Edge[] {
  const place = order(files, edges);
  const byPath = (a: Edge, b: Edge): number => nodes.get(a.from)! - nodes.get(b.from)! || nodes.get(a.to)! - nodes.get(b.to)!;
  return edges.filter((e) => place.get(e.from)! > place.get(e.to)!).sort((a, b) => a.weight - b.weight || byPath(a, b));
}

/** Places of the files in a row in which little weight points backwards. */
function order(files: readonly WorkspacePath[], edges: readonly Edge[]): Map<WorkspacePath, number> {
  const left = new Map(files.map((f) => [f, { out: 0, into: 0, outEdges: [] as Edge[], inEdges: [] as Edge[] }]));
  for (const e of edges) {
    const from = left.get(e.from)!;
    const to = left.get(e.to)!;
    from.out += e.weight;
    from.outEdges.push(e);
    to.into += e.weight;
    to.inEdges.push(e);
  }
  const front: WorkspacePath[] = [];
  const back: WorkspacePath[] = [];
  const ready = files.filter((f) => isEnd(left.get(f)!));
  const take = (file: WorkspacePath): void => {
    const { outEdges, inEdges } = left.get(file)!;
    left.delete(file);
    for (const e of outEdges) lighten(e.to, 'into', e.weight);
    for (const e of inEdges) lighten(e.from, 'out', e.weight);
  };
  const lighten = (file: WorkspacePath, side: 'into' | 'out', weight: number): void => {
    const one = left.get(file);
    if (!one) return;
    one[side] -= weight;
    if (one[side] === 0) ready.push(file);
  };
  while (left.size > 0) {
    const end = ready.pop();
    if (end !== undefined) {
      const one = left.get(end);
      if (!one) continue;
      if (one.out === 0) back.push(end);
      else front.push(end);
      take(end);
      continue;
    }
    let best: WorkspacePath | undefined;
    let gain = Number.NEGATIVE_INFINITY;
    for (const [file, { out, into }] of left) {
      if (out - into > gain) {
        best = file;
        gain = out - into;
      }
    }
    front.push(best!);
    take(best!);
  }
  return new Map([...front, ...back.reverse()].map((f, i) => [f, i]));
}

const isEnd = ({ out, into }: { readonly out: number; readonly into: number }): boolean => out === 0 || into === 0;
