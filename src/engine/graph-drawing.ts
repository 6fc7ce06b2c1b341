/** What a drawing of the graph is made from, computed once for each state of the workspace. */
import { findCycles } from '../graph/cycles.js';
import { type GraphLayout, type LayoutMemory, layoutGraph } from '../graph/layout/layout.js';
import type { Snapshot } from '../index/snapshot.js';
import { graphFacts } from './graph-facts.js';
import type { DrawnCycle, GraphDrawing, GraphFacts } from './protocol.js';

/** How strongly an edge of each kind draws its ends together, in the order of EDGE_KINDS: what only a third file leads to, hardly. */
const WEIGHT_OF_KIND = [1, 1, 0.2];
/** Folders that are laid out between two looks at other messages, a cancel among them. */
const FOLDERS_PER_SLICE = 20;

/** Draws one workspace, state after state: what did not change stays where it was. */
export class GraphArtist {
  #drawn: { readonly of: Snapshot; readonly drawing: GraphDrawing } | undefined;
  #memory: LayoutMemory | undefined;

  /** Rejects with the signal's reason when aborted. */
  async draw(snapshot: Snapshot, signal: AbortSignal): Promise<GraphDrawing> {
    if (this.#drawn?.of === snapshot) return this.#drawn.drawing;
    const facts = graphFacts(snapshot);
    const { layout, memory } = await this.#layOut(facts, signal);
    const drawing = { facts, layout, cycles: cyclesOf(snapshot) };
    this.#memory = memory;
    this.#drawn = { of: snapshot, drawing };
    return drawing;
  }

  async #layOut(facts: GraphFacts, signal: AbortSignal): Promise<{ readonly layout: GraphLayout; readonly memory: LayoutMemory }> {
    const weight = Float32Array.from(facts.kind, (k) => WEIGHT_OF_KIND[k] ?? 1);
    const steps = layoutGraph({ ...facts, weight }, this.#memory);
    for (let done = 0; ; done++) {
      const step = steps.next();
      if (step.done) return step.value;
      if (done % FOLDERS_PER_SLICE !== 0) continue;
      await new Promise((go) => setImmediate(go));
      signal.throwIfAborted();
    }
  }
}

function cyclesOf({ graph, record }: Snapshot): DrawnCycle[] {
  const number = (path: string): number => graph.nodes.get(path)!;
  return findCycles(graph, { record }).map(({ files, shortest }) => ({
    files: Uint32Array.from(files, number),
    shortest: Uint32Array.from(shortest, (e) => number(e.from)),
  }));
}
