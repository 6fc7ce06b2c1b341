/** Binary search. */

/** First position from `low` on for which `holds`, which must hold for all behind it too; `length` where it holds for none. */
export function firstWhere(length: number, holds: (position: number) => boolean, low = 0): number {
  let first = low;
  let end = length;
  while (first < end) {
    const middle = (first + end) >> 1;
    if (holds(middle)) end = middle;
    else first = middle + 1;
  }
  return first;
}
