/** A record's word index turned round for scoring: which stem stands in which block how often. */
import type { FileRecord } from '../syntax/record.js';
import { type Block, blocksOf } from './blocks.js';
import { stemNumber } from './stems.js';

/** Everything that scoring reads of a record, in columns. */
export interface Postings {
  readonly blocks: readonly Block[];
  /** Words in each block. */
  readonly lengths: Float64Array;
  /** Words in the file. */
  readonly words: number;
  /** Number of each stem that the file has, by the alphabet of its first word. */
  readonly stems: Uint32Array;
  /** Of stem i the blocks and counts are at `offsets[i] .. offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  readonly inBlock: Uint32Array;
  readonly counts: Uint32Array;
}

const cached = new WeakMap<FileRecord, Postings>();

export function postingsOf(record: FileRecord): Postings {
  let postings = cached.get(record);
  if (!postings) {
    postings = turn(record);
    cached.set(record, postings);
  }
  return postings;
}

function turn(record: FileRecord): Postings {
  const blocks = blocksOf(record);
  const blockOf = new Uint32Array(record.lineCount);
  for (const [i, b] of blocks.entries()) blockOf.fill(i, b.start, b.end + 1);
  const { words, offsets: starts, lines } = record.words;
  const lengths = new Float64Array(blocks.length);
  for (const line of lines) lengths[blockOf[line]!]! += 1;

  // Words of one stem are chained behind its first one.
  const first = new Map<number, number>();
  const chain = new Int32Array(words.length).fill(-1);
  const last = new Int32Array(words.length);
  for (const [i, word] of words.entries()) {
    const stem = stemNumber(word);
    const head = first.get(stem);
    if (head === undefined) first.set(stem, i);
    else chain[last[head]!] = i;
    last[head ?? i] = i;
  }

  const stems = Uint32Array.from(first.keys());
  const offsets = new Uint32Array(stems.length + 1);
  const inBlock = new Uint32Array(lines.length);
  const counts = new Uint32Array(lines.length);
  const seen = new Uint32Array(blocks.length);
  let size = 0;
  let n = 0;
  for (const head of first.values()) {
    const from = size;
    for (let word = head; word >= 0; word = chain[word]!) {
      for (let at = starts[word]!; at < starts[word + 1]!; at++) {
        const block = blockOf[lines[at]!]!;
        if (seen[block] === 0) inBlock[size++] = block;
        seen[block]! += 1;
      }
    }
    for (let at = from; at < size; at++) {
      counts[at] = seen[inBlock[at]!]!;
      seen[inBlock[at]!] = 0;
    }
    offsets[++n] = size;
  }
  return { blocks, lengths, words: lines.length, stems, offsets, inBlock: inBlock.slice(0, size), counts: counts.slice(0, size) };
}
