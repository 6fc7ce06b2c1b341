/** A record turned round for ranking: which stem stands in which block how often, and what else is known of its blocks. */
import type { FileRecord } from '../syntax/record.js';
import { type Block, blocksOf } from './blocks.js';
import { stemCount, stemNumber } from './stems.js';

/** Everything that ranking by words reads of a record, in columns. */
export interface Postings {
  readonly blocks: readonly Block[];
  /** Words in each block. */
  readonly lengths: Float64Array;
  /** About how many tokens each block has, on a logarithm (log1p). */
  readonly logTokens: Float64Array;
  /** 1 for a block with an import. */
  readonly importing: Uint8Array;
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
    const blocks = blocksOf(record);
    const blockOf = new Uint32Array(record.lineCount);
    for (let i = 0; i < blocks.length; i++) blockOf.fill(i, blocks[i]!.start, blocks[i]!.end + 1);
    const turned = turn(record, blocks.length, blockOf);
    const logTokens = logTokensOf(record, blocks, turned.lengths);
    postings = { blocks, ...turned, logTokens, importing: importingOf(record, blocks.length, blockOf) };
    cached.set(record, postings);
  }
  return postings;
}

/** Where in its file's list each stem stands, by its number; all -1 between two files. Grows with the stems. */
let slots = new Int32Array(0);

function turn(
  { words: { words, offsets: starts, lines } }: FileRecord,
  blockCount: number,
  blockOf: Uint32Array,
): Pick<Postings, 'lengths' | 'words' | 'stems' | 'offsets' | 'inBlock' | 'counts'> {
  // Words of one stem are chained behind its first one.
  const heads = new Uint32Array(words.length);
  const tails = new Uint32Array(words.length);
  const chain = new Int32Array(words.length).fill(-1);
  const stems = new Uint32Array(words.length);
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    const stem = stemNumber(words[i]!);
    if (stem >= slots.length) slots = grown(slots);
    let slot = slots[stem]!;
    if (slot < 0) {
      slot = count++;
      slots[stem] = slot;
      stems[slot] = stem;
      heads[slot] = i;
    } else chain[tails[slot]!] = i;
    tails[slot] = i;
  }
  for (let slot = 0; slot < count; slot++) slots[stems[slot]!] = -1;

  const lengths = new Float64Array(blockCount);
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
  const columns = { inBlock: inBlock.slice(0, size), counts: counts.slice(0, size) };
  return { lengths, words: lines.length, stems: stems.slice(0, count), offsets, ...columns };
}

function grown(old: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(Math.max(1024, stemCount() * 2)).fill(-1);
  bigger.set(old);
  return bigger;
}

/** Tokens are known of the file; a block's share of its words and lines is near enough. */
function logTokensOf({ tokens, lineCount }: FileRecord, blocks: readonly Block[], lengths: Float64Array): Float64Array {
  const total = lengths.reduce((n, l) => n + l, 0);
  return lengths.map((length, i) => {
    const { start, end } = blocks[i]!;
    return Math.log1p(tokens * ((length / Math.max(1, total) + (end - start + 1) / lineCount) / 2));
  });
}

function importingOf({ imports }: FileRecord, blockCount: number, blockOf: Uint32Array): Uint8Array {
  const importing = new Uint8Array(blockCount);
  for (const { line } of imports) if (line < blockOf.length) importing[blockOf[line]!] = 1;
  return importing;
}
