/** How a list box is gone through by keyboard. */

/** The place that a key leads to; undefined for one that leads nowhere. @param now -1 for none. */
export function placeAfter(key: string, now: number, length: number): number | undefined {
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: length - 1 }[key];
  return to === undefined ? undefined : Math.min(length - 1, Math.max(0, to));
}
