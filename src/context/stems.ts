/**
 * Numbers of stems, so that words of many files are looked up once and compared as
 * numbers from then on. They hold for as long as the process lives; a word costs its
 * string and its number, and there are far fewer words than places they stand at.
 */
import { stemOf } from '../base/words.js';

const numbers = new Map<string, number>();
const ofWord = new Map<string, number>();

/** Number of a word's stem, from 0 on. */
export function stemNumber(word: string): number {
  let n = ofWord.get(word);
  if (n === undefined) {
    const stem = stemOf(word);
    n = numbers.get(stem) ?? numbers.size;
    numbers.set(stem, n);
    ofWord.set(word, n);
  }
  return n;
}

/** By number of a stem its place in `stems`, -1 for all others. Numbers given later are not in it. */
export function placesOf(stems: readonly string[]): Int32Array {
  const places = new Int32Array(numbers.size).fill(-1);
  for (const [place, stem] of stems.entries()) {
    const n = numbers.get(stem);
    if (n !== undefined) places[n] = place;
  }
  return places;
}
