import { splitWords } from '../../base/words.js';
import type { WordIndex } from '../record.js';

/** The word index of a text given as lines. */
export function indexWords(lines: readonly string[]): WordIndex {
  const places = new Map<string, number[]>();
  for (const [line, text] of lines.entries()) {
    for (const word of splitWords(text)) {
      const at = places.get(word);
      if (at) at.push(line);
      else places.set(word, [line]);
    }
  }
  const words = [...places.keys()].sort();
  const offsets = new Uint32Array(words.length + 1);
  let total = 0;
  for (const [i, w] of words.entries()) {
    total += places.get(w)?.length ?? 0;
    offsets[i + 1] = total;
  }
  const flat = new Uint32Array(total);
  for (const [i, w] of words.entries()) flat.set(places.get(w) ?? [], offsets[i]);
  return { words, offsets, lines: flat };
}
