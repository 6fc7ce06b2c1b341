/**
 * Pulls linked discs together and keeps discs apart: a force-directed arrangement in which
 * repulsion is contact, as discs of files and folders are to lie close. No chance is involved.
 */

/** Discs around a common origin. Positions are changed in place. */
export interface Discs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly radius: Float64Array;
}

/** An attraction between two discs. */
export interface Pull {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

/** Share of a link's excess length that one step at full heat takes away. */
const ATTRACTION = 0.4;
/** Shares of the distance to the origin that one step at full heat takes away. What nothing pulls drifts to the rim. */
const GRAVITY = { linked: 0.05, alone: 0.012 };
const CONTACTS_PER_STEP = 2;

/**
 * @param heat how far discs move at first; it cools to nothing over the steps. 1 arranges anew, less mends.
 * @param gap free space kept between two discs.
 */
export function relax(discs: Discs, pulls: readonly Pull[], steps: number, heat: number, gap: number): void {
  const { x, y, radius } = discs;
  const weights = new Float64Array(x.length);
  for (const { a, b, weight } of pulls) {
    weights[a]! += weight;
    weights[b]! += weight;
  }
  const order = Uint32Array.from(x, (_, i) => i);
  for (let step = 0; step < steps; step++) {
    const alpha = heat * (1 - step / steps);
    for (const { a, b, weight } of pulls) {
      const dx = x[b]! - x[a]!;
      const dy = y[b]! - y[a]!;
      const distance = Math.hypot(dx, dy);
      const excess = distance - radius[a]! - radius[b]! - gap;
      if (excess <= 0) continue;
      // As in d3-force: the disc with fewer other links gives way, and no disc is pulled by all of its links at full strength.
      const share = (alpha * ATTRACTION * excess * weight) / Math.min(weights[a]!, weights[b]!) / distance;
      const toB = weights[b]! / (weights[a]! + weights[b]!);
      x[a]! += dx * share * toB;
      y[a]! += dy * share * toB;
      x[b]! -= dx * share * (1 - toB);
      y[b]! -= dy * share * (1 - toB);
    }
    for (let i = 0; i < x.length; i++) {
      const keep = 1 - alpha * (weights[i]! > 0 ? GRAVITY.linked : GRAVITY.alone);
      x[i]! *= keep;
      y[i]! *= keep;
    }
    for (let i = 0; i < CONTACTS_PER_STEP; i++) pushApart(discs, order, gap);
  }
}

/** Moves each overlapping pair half of the way out of each other; the smaller disc moves further. Sorts `order` by left edges. */
function pushApart({ x, y, radius }: Discs, order: Uint32Array, gap: number): void {
  const left = (i: number): number => x[i]! - radius[i]!;
  // Nearly sorted since the last step.
  for (let i = 1; i < order.length; i++) {
    const moving = order[i]!;
    let j = i - 1;
    for (; j >= 0 && left(order[j]!) > left(moving); j--) order[j + 1] = order[j]!;
    order[j + 1] = moving;
  }
  for (let i = 0; i < order.length; i++) {
    const a = order[i]!;
    const right = x[a]! + radius[a]! + gap;
    for (let j = i + 1; j < order.length; j++) {
      const b = order[j]!;
      if (left(b) >= right) break;
      let dx = x[b]! - x[a]!;
      let dy = y[b]! - y[a]!;
      const apart = radius[a]! + radius[b]! + gap;
      if (dx * dx + dy * dy >= apart * apart) continue;
      if (dx === 0 && dy === 0) {
        // Any direction will do, so long as it is always the same.
        dx = Math.cos(a + b);
        dy = Math.sin(a + b);
      }
      const distance = Math.hypot(dx, dy);
      const push = (apart - Math.min(distance, apart)) / 2 / distance;
      const areaA = radius[a]! ** 2;
      const areaB = radius[b]! ** 2;
      const moveA = areaB / (areaA + areaB);
      x[a]! -= dx * push * moveA;
      y[a]! -= dy * push * moveA;
      x[b]! += dx * push * (1 - moveA);
      y[b]! += dy * push * (1 - moveA);
    }
  }
}
