/** Makes room: moves discs so that none overlaps another, each as near as is free to where it was and to the middle of the others. */
import type { Discs } from './relax.js';

/** Beyond so many, discs are set in rings around the others: searching free places is quadratic. */
const SEARCHED = 3_000;

/**
 * Changes the positions of `discs`; afterwards every two are at least `gap` apart. The
 * biggest choose first, the small ones fill what is left between them.
 *
 * @param inward how much nearness to the middle counts against nearness to the place before: 1 packs closely, 0 keeps places.
 */
export function packDiscs(discs: Discs, gap: number, inward: number): void {
  const { x, y, radius } = discs;
  const distance = Float64Array.from(x, (_, i) => Math.hypot(x[i]!, y[i]!));
  const order = [...x.keys()].sort((a, b) => radius[b]! - radius[a]! || distance[a]! - distance[b]! || a - b);
  const rest = order.splice(SEARCHED);
  const directions = Math.max(4, Math.min(72, Math.floor(12_000 / order.length)));
  const placed: number[] = [];
  // Centre of gravity of what is placed.
  const middle = { x: 0, y: 0, area: 0 };
  for (const i of order) {
    const [px, py] = freePlace(discs, placed, i, middle, directions, inward, gap);
    x[i] = px;
    y[i] = py;
    placed.push(i);
    middle.area += radius[i]! ** 2;
    middle.x += ((px - middle.x) * radius[i]! ** 2) / middle.area;
    middle.y += ((py - middle.y) * radius[i]! ** 2) / middle.area;
  }
  setInRings(discs, placed, rest, gap);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The best of the places that are free in some directions from the middle. */
function freePlace(
  discs: Discs,
  placed: readonly number[],
  i: number,
  middle: Point,
  directions: number,
  inward: number,
  gap: number,
): [number, number] {
  if (placed.length === 0) return [discs.x[i]!, discs.y[i]!];
  const wantedX = discs.x[i]! - middle.x;
  const wantedY = discs.y[i]! - middle.y;
  const distance = Math.hypot(wantedX, wantedY);
  const angle = Math.atan2(wantedY, wantedX);
  let best: [number, number] = [0, 0];
  let bestCost = Number.POSITIVE_INFINITY;
  for (let k = 0; k < directions; k++) {
    const ux = Math.cos(angle + (2 * Math.PI * k) / directions);
    const uy = Math.sin(angle + (2 * Math.PI * k) / directions);
    for (const along of freeAlong(discs, placed, i, middle, ux, uy, gap, k === 0 ? distance : 0)) {
      const cost = Math.hypot(ux * along - wantedX, uy * along - wantedY) + inward * along;
      if (cost >= bestCost - 1e-9) continue;
      bestCost = cost;
      best = [middle.x + ux * along, middle.y + uy * along];
    }
  }
  return best;
}

/** Distances from the middle in direction (ux, uy) at which disc `i` overlaps none of those placed: where each gap begins, and `wanted` if it is in one. */
function freeAlong(
  { x, y, radius }: Discs,
  placed: readonly number[],
  i: number,
  middle: Point,
  ux: number,
  uy: number,
  gap: number,
  wanted: number,
): number[] {
  const taken: { readonly from: number; readonly to: number }[] = [];
  for (const p of placed) {
    // The line enters and leaves the circle of places that would touch p where |t·u − p| = r.
    const dx = x[p]! - middle.x;
    const dy = y[p]! - middle.y;
    const along = dx * ux + dy * uy;
    const r = radius[p]! + radius[i]! + gap;
    const half = r * r - (dx * dx + dy * dy - along * along);
    if (half <= 0) continue;
    const reach = Math.sqrt(half);
    if (along + reach > 0) taken.push({ from: along - reach, to: along + reach });
  }
  taken.sort((a, b) => a.from - b.from);
  const free: number[] = [];
  let end = 0;
  for (const { from, to } of taken) {
    if (from >= end) {
      free.push(end);
      if (wanted > end && wanted < from) free.push(wanted);
    }
    end = Math.max(end, to);
  }
  free.push(Math.max(end, wanted));
  if (wanted > end) free.push(end);
  return free;
}

/** Rings of equal cells outside of all that is placed. */
function setInRings({ x, y, radius }: Discs, placed: readonly number[], rest: readonly number[], gap: number): void {
  const cell = rest.reduce((r, i) => Math.max(r, radius[i]!), 0) + gap / 2;
  let ring = placed.reduce((r, i) => Math.max(r, Math.hypot(x[i]!, y[i]!) + radius[i]!), 0) + gap + cell;
  for (let next = 0; next < rest.length; ring += 2 * cell) {
    // Neighbours on a ring are a chord of 2·cell apart.
    const room = Math.max(1, Math.floor(Math.PI / Math.asin(Math.min(1, cell / ring))));
    for (let k = 0; k < room && next < rest.length; k++, next++) {
      const i = rest[next]!;
      x[i] = ring * Math.cos((2 * Math.PI * k) / room);
      y[i] = ring * Math.sin((2 * Math.PI * k) / room);
    }
  }
}

/** Rounds of the approximation below: the radius is within 1/ROUNDS of the smallest. */
const ROUNDS = 60;

/** Moves the discs so that a circle around all of them has its centre in the origin; returns its radius. (Bădoiu and Clarkson, "Smaller core-sets for balls", 2003.) */
export function centreDiscs({ x, y, radius }: Discs): number {
  if (x.length === 0) return 0;
  let cx = 0;
  let cy = 0;
  const farthest = (): readonly [number, number] => {
    let at = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < x.length; i++) {
      const d = Math.hypot(x[i]! - cx, y[i]! - cy) + radius[i]!;
      if (d > most) {
        most = d;
        at = i;
      }
    }
    return [at, most];
  };
  for (let round = 1; round <= ROUNDS; round++) {
    const [i] = farthest();
    const d = Math.hypot(x[i]! - cx, y[i]! - cy);
    // Towards the far side of the farthest disc.
    const far = d === 0 ? 1 : (d + radius[i]!) / d;
    cx += ((x[i]! - cx) * far) / (round + 1);
    cy += ((y[i]! - cy) * far) / (round + 1);
  }
  const [, r] = farthest();
  for (let i = 0; i < x.length; i++) {
    x[i]! -= cx;
    y[i]! -= cy;
  }
  return r;
}
