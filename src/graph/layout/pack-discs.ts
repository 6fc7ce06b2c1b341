/** Makes room: moves discs so that none overlaps another, each in about the direction it was in, as near to the origin as is free. */
import type { Discs } from './relax.js';

/** Beyond so many, discs are set in rings around the others: searching free places is quadratic. */
const SEARCHED = 3_000;
/** Up to so many discs, directions beside a disc's own are tried too. */
const SEARCHED_WIDELY = 600;

/** Changes the positions of `discs`; afterwards every two are at least `gap` apart. */
export function packDiscs(discs: Discs, gap: number): void {
  const { x, y, radius } = discs;
  const distance = Float64Array.from(x, (_, i) => Math.hypot(x[i]!, y[i]!));
  const order = [...x.keys()].sort((a, b) => distance[a]! - distance[b]! || a - b);
  const searched = order.length <= SEARCHED ? order : order.sort((a, b) => radius[b]! - radius[a]! || a - b).slice(0, SEARCHED);
  searched.sort((a, b) => distance[a]! - distance[b]! || a - b);
  const placed: number[] = [];
  for (const i of searched) {
    const angle = distance[i]! === 0 ? 0 : Math.atan2(y[i]!, x[i]!);
    const [px, py] = freePlace(discs, placed, i, angle, distance[i]!, gap, searched.length <= SEARCHED_WIDELY);
    x[i] = px;
    y[i] = py;
    placed.push(i);
  }
  if (order.length > SEARCHED) setInRings(discs, placed, order.slice(SEARCHED), gap);
}

/** Steps aside that are tried, in radii of the disc. */
const ASIDE = [0, -0.7, 0.7, -1.5, 1.5, -2.5, 2.5];

function freePlace(
  { x, y, radius }: Discs,
  placed: readonly number[],
  i: number,
  angle: number,
  distance: number,
  gap: number,
  widely: boolean,
): [number, number] {
  let best: [number, number] = [0, 0];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const aside of widely && distance > 0 ? ASIDE : [0]) {
    const turned = angle + (aside * radius[i]!) / Math.max(distance, radius[i]!);
    const ux = Math.cos(turned);
    const uy = Math.sin(turned);
    const along = nearestFree({ x, y, radius }, placed, i, ux, uy, gap);
    const cost = along + Math.abs(aside) * radius[i]! * 0.25;
    if (cost < bestCost - 1e-9) {
      bestCost = cost;
      best = [ux * along, uy * along];
    }
  }
  return best;
}

/** Smallest distance from the origin in direction (ux, uy) at which disc `i` overlaps none of those placed. */
function nearestFree({ x, y, radius }: Discs, placed: readonly number[], i: number, ux: number, uy: number, gap: number): number {
  const from: number[] = [];
  const to: number[] = [];
  for (const p of placed) {
    // The line leaves and enters the circle of places that would touch p where |t·u − p| = r.
    const along = x[p]! * ux + y[p]! * uy;
    const r = radius[p]! + radius[i]! + gap;
    const half = r * r - (x[p]! * x[p]! + y[p]! * y[p]! - along * along);
    if (half <= 0) continue;
    const reach = Math.sqrt(half);
    if (along + reach <= 0) continue;
    from.push(along - reach);
    to.push(along + reach);
  }
  const order = [...from.keys()].sort((a, b) => from[a]! - from[b]!);
  let free = 0;
  for (const k of order) {
    if (from[k]! >= free) break;
    if (to[k]! > free) free = to[k]!;
  }
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
