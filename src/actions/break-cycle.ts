/** Break a dependency cycle: the loop, what crosses each of its borders, and the cheapest places to cut. */
import { counted } from '../base/count.js';
import { type Cycle, type CycleOptions, edgesThatCount, findCycles } from '../graph/cycles.js';
import { edgesToCut } from '../graph/findings/edges-to-cut.js';
import { ownSources } from '../graph/findings/own-code.js';
import type { Edge } from '../graph/graph.js';
import { edgeBetween, edgesFrom } from '../graph/neighbours.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Action, Target } from './action.js';
import { tellCrossing } from './crossings.js';
import { BRIEF, CARE } from './wording.js';

/** Dependencies that one answer is asked to remove: more than that is no small change, and the loop alone is broken. */
const MOST_CUTS = 4;

export const breakCycle: Action = {
  id: 'break-cycle',
  title: 'Break Dependency Cycle',
  summary: 'removes the dependencies that close a loop of files, the cheapest ones first',
  takes: ['cycle', 'finding', 'file', 'workspace'],
  findings: ['cycle'],
  answers: 'proposal',
  demands: 'change',
  plan(scene) {
    const { snapshot, target } = scene;
    const found = loopFor(snapshot, target);
    if (typeof found === 'string') return found;
    const { cycle, loop } = found;
    const inside = edgesInside(snapshot, cycle, target);
    const cuts = edgesToCut(snapshot.graph, cycle.files, inside);
    const whole = cuts.length <= MOST_CUTS;
    // Of a large component one loop is broken: at its lightest edge.
    const lightest = loop.reduce((best, e) => (e.weight < best.weight ? e : best));
    const cut = whole ? cuts : [cuts.find((e) => loop.includes(e)) ?? lightest];
    const shown = [...loop, ...cut.filter((e) => !loop.includes(e))];
    for (const edge of shown) tellCrossing(scene, edge, cut.includes(edge) ? 'cheapest to cut' : '');
    const more = whole ? '' : ` The loop is part of a larger knot of ${counted(cycle.files.length, 'file')}; break this loop alone.`;
    const title = loop.length > 4 ? `${loop[0]!.from} → … → ${loop.at(-1)!.from}` : loop.map((e) => e.from).join(' → ');
    const files = [...new Set(shown.flatMap((e) => [e.from, e.to]))];
    return {
      title: `Break the dependency cycle ${title}`,
      focus: { path: cut[0]!.from },
      needs: [...new Set([...cut.flatMap((e) => [e.from, e.to]), ...files])],
      instructions: `The files of the evidence depend on each other in a loop. Change the code so that ${whole ? 'no loop is left among them' : 'this loop is gone'}, with the smallest change that a careful maintainer would keep.${more}

- The evidence says what crosses each border, and marks where cutting takes the fewest references. Cut elsewhere if that gives the better design; afterwards no chain of dependencies may lead round again.
- Ways to cut: move a definition to the file that uses it, or to a new file that depends on neither; hand a value or a function in instead of importing it; let the upper file implement an interface that the lower one defines.
- Where only types cross and the language has imports of types alone that vanish at run time, such an import is enough.
- An import inside of a function, a lazy or dynamic import, a global registry or a copy of the code hides the loop and does not break it.
- When a definition moves, change every import of it; a re-export from its old file is right only where that closes no new loop.
${CARE}

${BRIEF}`,
    };
  },
};

interface Loop {
  readonly cycle: Cycle;
  readonly loop: readonly Edge[];
}

/** A text says why there is none. */
function loopFor(snapshot: Snapshot, target: Target): Loop | string {
  const cycles = findCycles(snapshot.graph, optionsFor(snapshot, target));
  if (target.kind === 'workspace') {
    const own = ownSources(snapshot);
    const cycle = cycles.find((c) => c.files.every((f) => own.has(f))) ?? cycles[0];
    return cycle ? { cycle, loop: cycle.shortest } : 'There is no dependency cycle.';
  }
  const asked =
    target.kind === 'cycle' ? target.files : target.kind === 'finding' ? target.finding.files : target.kind === 'file' ? [target.path] : [];
  const cycle = cycles.find((c) => asked.every((f) => c.files.includes(f)));
  if (!cycle) return asked.length === 1 ? `${asked[0]} is in no dependency cycle.` : 'These files are in no dependency cycle any more.';
  const given = target.kind === 'cycle' ? loopOf(snapshot, target.files) : undefined;
  if (given) return { cycle, loop: given };
  if (target.kind !== 'file') return { cycle, loop: cycle.shortest };
  const counts = edgesThatCount(optionsFor(snapshot, target));
  return { cycle, loop: shortestLoop(snapshot, target.path, cycle, counts) ?? cycle.shortest };
}

/** A cycle that the user points at counts in tests and examples too; a finding is about what is shipped. */
function optionsFor(snapshot: Snapshot, target: Target): CycleOptions {
  const record = (path: WorkspacePath) => snapshot.record(path);
  if (target.kind !== 'finding') return { record };
  const own = ownSources(snapshot);
  return { record, counts: (e) => own.has(e.from) && own.has(e.to) };
}

/** The edges of a loop that was named file by file; undefined where one of them is not there. */
function loopOf(snapshot: Snapshot, files: readonly WorkspacePath[]): Edge[] | undefined {
  const edges = files.map((from, i) => edgeBetween(snapshot.graph, from, files[(i + 1) % files.length]!));
  return edges.length > 1 && edges.every((e) => e !== undefined) ? (edges as Edge[]) : undefined;
}

/** Breadth first from the file until an edge leads back to it. */
function shortestLoop({ graph }: Snapshot, start: WorkspacePath, { files }: Cycle, counts: (e: Edge) => boolean): Edge[] | undefined {
  const inside = new Set(files);
  const wayTo = new Map<WorkspacePath, readonly Edge[]>([[start, []]]);
  for (const [path, way] of wayTo) {
    for (const edge of edgesFrom(graph, path)) {
      if (!inside.has(edge.to) || !counts(edge)) continue;
      if (edge.to === start) return [...way, edge];
      if (!wayTo.has(edge.to)) wayTo.set(edge.to, [...way, edge]);
    }
  }
  return undefined;
}

function edgesInside(snapshot: Snapshot, { files }: Cycle, target: Target): Edge[] {
  const inside = new Set(files);
  const counts = edgesThatCount(optionsFor(snapshot, target));
  return files.flatMap((f) => edgesFrom(snapshot.graph, f).filter((e) => inside.has(e.to) && counts(e)));
}
