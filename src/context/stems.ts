/**
 * Numbers of stems and of names, so that words of many files are looked up once and
 * compared as numbers from then on. They hold for as long as the process lives; a word
 * costs its string and its number, and there are far fewer words than places they stand at.
 */
import { Numbering } from '../base/numbering.js';
import { stemOf } from '../base/words.js';

const stems = new Numbering();
const stemOfWord = new Map<string, number>();
const names = new Numbering();

/** Number of a word's stem, from 0 on. */
export function stemNumber(word: string): number {
  let n = stemOfWord.get(word);
  if (n === undefined) {
    n = stems.of(stemOf(word));
    stemOfWord.set(word, n);
  }
  return n;
}

/** How many stems have a number by now. */
export const stemCount = (): number => stems.size;

/** Number of an identifier, from 0 on. */
export const nameNumber = (name: string): number => names.of(name);

/** By number of a stem its place in `wanted`, -1 for all others. Numbers given later are not in it. */
export const placesOfStems = (wanted: readonly string[]): Int32Array => placesOf(wanted, stems);

/** The same of names. */
export const placesOfNames = (wanted: readonly string[]): Int32Array => placesOf(wanted, names);

function placesOf(wanted: readonly string[], numbers: Numbering): Int32Array {
  const known = wanted.map((text) => numbers.of(text));
  const places = new Int32Array(numbers.size).fill(-1);
  for (const [place, n] of known.entries()) places[n] = place;
  return places;
}
