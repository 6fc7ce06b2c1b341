/** Files that depend on each other in a ring: none of them can be understood, tested or released without all others. */
import { createHash } from 'node:crypto';
import { counted } from '../../base/count.js';
import { folderOf } from '../../base/paths.js';
import { mapSteps, type Steps } from '../../base/steps.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { type Cycle, type CycleOptions, cycleSteps, edgesThatCount } from '../cycles.js';
import type { Edge, Graph } from '../graph.js';
import { lineOf } from './edge-line.js';
import { edgesToCut } from './edges-to-cut.js';
import type { Evidence, Examined, Finding } from './finding.js';
import type { OwnCode } from './own-code.js';

/** Edges to cut that are shown. */
const CUTS = 5;

export function* findCycleFindings({ examined, paths }: OwnCode): Steps<Finding[]> {
  const counts = (e: Edge): boolean => paths.has(e.from) && paths.has(e.to) && lineOf(examined, e) !== undefined;
  const options: CycleOptions = { counts, record: (path) => examined.record(path) };
  const cycles = yield* cycleSteps(examined.graph, options);
  const edges = yield* edgesInside(cycles, examined.graph, edgesThatCount(options));
  return yield* mapSteps(cycles, (cycle, i) => describe(examined, cycle, edges[i]!));
}

/** Edges that count inside each cycle. */
function* edgesInside(cycles: readonly Cycle[], graph: Graph, counts: (e: Edge) => boolean): Steps<Edge[][]> {
  const cycleOf = new Map(cycles.flatMap(({ files }, i) => files.map((f) => [f, i] as const)));
  const inside: Edge[][] = cycles.map(() => []);
  for (const [i, e] of graph.edges.entries()) {
    if (i % 100 === 0) yield;
    const cycle = cycleOf.get(e.from);
    if (cycle !== undefined && cycle === cycleOf.get(e.to) && counts(e)) inside[cycle]!.push(e);
  }
  return inside;
}

function describe(examined: Examined, { files, shortest }: Cycle, edges: readonly Edge[]): Finding {
  const cuts = edgesToCut(examined.graph, files, edges);
  const cut = new Set(cuts);
  const loop = new Set(shortest);
  const shown = [...shortest, ...cuts.filter((e) => !loop.has(e)).slice(0, CUTS)];
  const evidence = shown.map(
    (e): Evidence => ({
      path: e.from,
      line: lineOf(examined, e) ?? e.line,
      words: `depends on ${e.to}${cut.has(e) ? `; a place to cut: ${counted(e.weight, 'reference')}` : ''}`,
    }),
  );
  const folders = new Set(files.map(folderOf)).size;
  const way = files.length === 2 ? '' : `; the shortest way round has ${shortest.length} steps`;
  const weight = cuts.reduce((sum, e) => sum + e.weight, 0);
  // The modules of a crate are compiled as one, and parents and children use each other by habit.
  const isRust = examined.record(files[0]!)?.language === 'rust';
  return {
    kind: 'cycle',
    principle: 'acyclic dependencies',
    severity: isRust || (files.length === 2 && folders === 1) ? 'low' : folders > 1 ? 'high' : 'medium',
    files,
    evidence,
    message: `${files.length} files${folders > 1 ? ` in ${folders} folders` : ''} depend on each other${way}. ${cuts.length === 1 ? 'One dependency' : `${cuts.length} dependencies`} fewer (${counted(weight, 'reference')}) and there is no ring.`,
    key: `cycle:${digest(files)}`,
  };
}

/** Short name of a list of files. */
const digest = (files: readonly WorkspacePath[]): string => createHash('sha1').update(files.join('\0')).digest('hex').slice(0, 12);
