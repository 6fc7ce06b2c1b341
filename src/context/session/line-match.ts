/** Which lines of a file are still there in a later version of it. */

/** 32 bits a line (FNV-1a), so that a version can be told from another without keeping its text. */
export function hashLines(lines: readonly string[]): Uint32Array {
  return Uint32Array.from(lines, (line) => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193);
    return hash;
  });
}

/**
 * For each line of `before` its place in `after`, ascending, or -1 where it is gone. Lines that
 * stand once on either side hold the rest in place (patience diff, Bram Cohen).
 */
export function matchLines(before: Uint32Array, after: Uint32Array): Int32Array {
  const place = new Int32Array(before.length).fill(-1);
  const match = (b0: number, b1: number, a0: number, a1: number): void => {
    while (b0 < b1 && a0 < a1 && before[b0] === after[a0]) place[b0++] = a0++;
    while (b0 < b1 && a0 < a1 && before[b1 - 1] === after[a1 - 1]) place[--b1] = --a1;
    let [fromB, fromA] = [b0, a0];
    for (const [b, a] of rising(uniquePairs(before.subarray(b0, b1), after.subarray(a0, a1)))) {
      match(fromB, b0 + b, fromA, a0 + a);
      place[b0 + b] = a0 + a;
      [fromB, fromA] = [b0 + b + 1, a0 + a + 1];
    }
    if (fromB > b0) match(fromB, b1, fromA, a1);
  };
  match(0, before.length, 0, after.length);
  return place;
}

type Pair = readonly [before: number, after: number];

/** Places of what stands exactly once on either side, in the order of `before`. */
function uniquePairs(before: Uint32Array, after: Uint32Array): Pair[] {
  const inAfter = places(after);
  return [...places(before)].flatMap(([hash, b]) => {
    const a = inAfter.get(hash) ?? -1;
    return a < 0 || b < 0 ? [] : [[b, a] as const];
  });
}

/** The place of each hash; -1 if it has several. */
function places(hashes: Uint32Array): Map<number, number> {
  const at = new Map<number, number>();
  for (const [i, hash] of hashes.entries()) at.set(hash, at.has(hash) ? -1 : i);
  return at;
}

/** The longest run of pairs that rise on both sides; they rise in `before` already. */
function rising(pairs: readonly Pair[]): Pair[] {
  // The pair that ends the best run of each length, and for each pair the one before it.
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [i, [, a]] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < a) low = middle + 1;
      else high = middle;
    }
    previous.push(ends[low - 1] ?? -1);
    ends[low] = i;
  }
  const run: Pair[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = previous[i]!) run.push(pairs[i]!);
  return run.reverse();
}
