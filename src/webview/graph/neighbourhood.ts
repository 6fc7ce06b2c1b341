/** The neighbourhood of a file as columns: to the right what it depends on, step by step, to the left what depends on it. */
import type { GraphModel } from './model.js';

export interface Neighbourhood {
  /** Files, the centre first, then by step. */
  readonly files: readonly number[];
  /** Of each of `files`: 1 for what the centre depends on, -1 for what depends on it, further away further from 0. */
  readonly steps: readonly number[];
  /** Files within reach that were left out, as there are too many. */
  readonly more: number;
  /** Centre of each disc; the centre file lies in (0, 0). */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Distances between columns and between files of a column. */
const COLUMN = 60;
const ROW = 7;
/** A column with more files goes on in another one beside it. */
const COLUMN_LENGTH = 36;

/** @param limit of files. */
export function neighbourhoodOf(model: GraphModel, shownEdges: Uint8Array, centre: number, hops: number, limit: number): Neighbourhood {
  const stepOf = new Map<number, number>([[centre, 0]]);
  let more = 0;
  let fronts: [number[], number[]] = [[centre], [centre]];
  for (let hop = 1; hop <= hops; hop++) {
    // Both sides step by step, so that a file reached from both is where it is nearer.
    fronts = [-1, 1].map((side) => {
      const reached: number[] = [];
      for (const n of fronts[side < 0 ? 0 : 1]!) {
        for (const e of side < 0 ? model.incoming(n) : model.outgoing(n)) {
          const next = side < 0 ? model.from[e]! : model.to[e]!;
          if (shownEdges[e] !== 1 || stepOf.has(next)) continue;
          if (stepOf.size >= limit) {
            more++;
            continue;
          }
          stepOf.set(next, side * hop);
          reached.push(next);
        }
      }
      return reached;
    }) as [number[], number[]];
  }
  const files = [...stepOf.keys()].sort((a, b) => Math.abs(stepOf.get(a)!) - Math.abs(stepOf.get(b)!) || a - b);
  const steps = files.map((n) => stepOf.get(n)!);
  return { files, steps, more, ...columns(model, shownEdges, files, steps) };
}

/** Each file beside those that it is linked with in the column before: the mean of their heights orders a column. */
function columns(
  model: GraphModel,
  shownEdges: Uint8Array,
  files: readonly number[],
  steps: readonly number[],
): Pick<Neighbourhood, 'x' | 'y'> {
  const position = new Map(files.map((n, i) => [n, i]));
  const x = new Float32Array(files.length);
  const y = new Float32Array(files.length);
  const deepest = steps.reduce((d, s) => Math.max(d, Math.abs(s)), 0);
  for (const side of [-1, 1]) {
    let at = 0;
    for (let step = 1; step <= deepest; step++) {
      const column = [...files.keys()].filter((i) => steps[i] === side * step);
      const height = new Map(column.map((i) => [i, meanHeight(model, shownEdges, files[i]!, side * (step - 1), position, steps, y)]));
      column.sort((a, b) => height.get(a)! - height.get(b)! || a - b);
      const lanes = Math.max(1, Math.ceil(column.length / COLUMN_LENGTH));
      for (const [k, i] of column.entries()) {
        const lane = k % lanes;
        const row = Math.floor(k / lanes);
        const rows = Math.ceil((column.length - lane) / lanes);
        x[i] = side * (at + COLUMN + lane * COLUMN * 0.8);
        y[i] = (row - (rows - 1) / 2) * ROW + (lanes > 1 ? ((lane % 2) * ROW) / 2 : 0);
      }
      at += COLUMN + (lanes - 1) * COLUMN * 0.8;
    }
  }
  return { x, y };
}

function meanHeight(
  model: GraphModel,
  shownEdges: Uint8Array,
  file: number,
  step: number,
  position: ReadonlyMap<number, number>,
  steps: readonly number[],
  y: Float32Array,
): number {
  let sum = 0;
  let count = 0;
  const look = (edges: Uint32Array, ends: Uint32Array): void => {
    for (const e of edges) {
      const i = position.get(ends[e]!);
      if (shownEdges[e] !== 1 || i === undefined || steps[i] !== step) continue;
      sum += y[i]!;
      count++;
    }
  };
  look(model.outgoing(file), model.to);
  look(model.incoming(file), model.from);
  return count === 0 ? 0 : sum / count;
}
