/** Where an arrow key leads. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/** y grows upwards, as the drawing has it. */
const WAY: Readonly<Record<Direction, readonly [number, number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The place that lies best in this direction: near, and little to the side. Undefined when none is within 60 degrees of it. */
export function nextPlace<P extends Place>(from: Place, places: Iterable<P>, direction: Direction): P | undefined {
  const [ux, uy] = WAY[direction];
  let best: P | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const dx = place.x - from.x;
    const dy = place.y - from.y;
    const along = dx * ux + dy * uy;
    const aside = Math.abs(dx * uy - dy * ux);
    if (along <= 0 || aside > along * Math.sqrt(3)) continue;
    const cost = along + 2 * aside;
    if (cost < bestCost) {
      bestCost = cost;
      best = place;
    }
  }
  return best;
}
