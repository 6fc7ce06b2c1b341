/** A record's words turned round: for each stem the blocks that it stands in. */
import type { WordIndex } from '../../syntax/record.js';

export interface TurnedWords {
  /** Words in each block. */
  readonly lengths: Uint32Array;
  /** Number of each stem that the words have. */
  readonly stems: Uint32Array;
  /** Of stem i the blocks and counts are at `offsets[i] .. offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  readonly inBlock: Uint32Array;
  readonly counts: Uint32Array;
}

/** Turns record after record, with one memory for all. */
export class WordTurner {
  /** Where in its record's list each stem stands, by its number; all -1 between two records. Grows with the stems. */
  #slots = new Int32Array(0);

  /** @param blockOf block of every line. */
  turn(
    { words, offsets: starts, lines }: WordIndex,
    stemNumber: (word: string) => number,
    blockCount: number,
    blockOf: Int32Array,
  ): TurnedWords {
    // Words of one stem are chained behind its first one.
    const heads = new Uint32Array(words.length);
    const tails = new Uint32Array(words.length);
    const chain = new Int32Array(words.length).fill(-1);
    const stems = new Uint32Array(words.length);
    let count = 0;
    for (let i = 0; i < words.length; i++) {
      const stem = stemNumber(words[i]!);
      if (stem >= this.#slots.length) this.#grow(stem);
      let slot = this.#slots[stem]!;
      if (slot < 0) {
        slot = count++;
        this.#slots[stem] = slot;
        stems[slot] = stem;
        heads[slot] = i;
      } else chain[tails[slot]!] = i;
      tails[slot] = i;
    }
    for (let slot = 0; slot < count; slot++) this.#slots[stems[slot]!] = -1;

    const lengths = new Uint32Array(blockCount);
    const offsets = new Uint32Array(count + 1);
    const inBlock = new Uint32Array(lines.length);
    const counts = new Uint32Array(lines.length);
    // Behind the last place of each block in `inBlock`; a place before this stem's first means that the stem has not met the block.
    const behind = new Uint32Array(blockCount);
    let size = 0;
    for (let slot = 0; slot < count; slot++) {
      const from = size;
      for (let word = heads[slot]!; word >= 0; word = chain[word]!) {
        for (let at = starts[word]!; at < starts[word + 1]!; at++) {
          const block = blockOf[lines[at]!]!;
          lengths[block]! += 1;
          if (behind[block]! <= from) {
            inBlock[size++] = block;
            behind[block] = size;
          }
          counts[behind[block]! - 1]! += 1;
        }
      }
      offsets[slot + 1] = size;
    }
    return { lengths, stems: stems.subarray(0, count), offsets, inBlock, counts };
  }

  #grow(stem: number): void {
    const bigger = new Int32Array(Math.max(1024, stem * 2)).fill(-1);
    bigger.set(this.#slots);
    this.#slots = bigger;
  }
}
