/**
 * Lexical relevance: BM25 over blocks and over files (Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009), read from the records'
 * word indexes alone.
 */
import { splitWords, stemOf } from '../base/words.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord, WordIndex } from '../syntax/record.js';
import type { FileEntry, WorkspacePath } from '../workspace/entry.js';
import { type Block, blocksOf } from './blocks.js';

/** A file as lexical scoring reads it. */
export interface LexicalFile {
  readonly path: WorkspacePath;
  readonly record: FileRecord;
  readonly blocks: readonly Block[];
  /** Words in each block. */
  readonly lengths: Float64Array;
  /** Line → block. */
  readonly blockOf: Uint32Array;
  readonly pathWords: readonly string[];
}

export interface LexicalScore {
  /** BM25 of each block. */
  readonly blocks: Float64Array;
  /** BM25 of the whole file, its path counted in. */
  file: number;
  /** Share of the stems, by rarity and weight, that the path holds: 0 to 1. */
  path: number;
  /** Stems found in the file with their share of `file`. */
  readonly found: Map<string, number>;
}

const K1 = 1.2;
const B_BLOCK = 0.4;
const B_FILE = 0.6;
/** A word of the path counts as so many in the text. */
const PATH_WEIGHT = 8;

type Shape = Pick<LexicalFile, 'blocks' | 'lengths' | 'blockOf'>;

const shapes = new WeakMap<FileRecord, Shape>();

function shapeOf(record: FileRecord): Shape {
  let shape = shapes.get(record);
  if (!shape) {
    const blocks = blocksOf(record);
    const blockOf = new Uint32Array(record.lineCount);
    for (const [i, b] of blocks.entries()) blockOf.fill(i, b.start, b.end + 1);
    const lengths = new Float64Array(blocks.length);
    for (const line of record.words.lines) lengths[blockOf[line]!]! += 1;
    shape = { blocks, blockOf, lengths };
    shapes.set(record, shape);
  }
  return shape;
}

const pathStems = new WeakMap<FileEntry, readonly string[]>();

function pathWordsOf(entry: FileEntry): readonly string[] {
  let stems = pathStems.get(entry);
  if (!stems) {
    stems = splitWords(entry.path).map(stemOf);
    pathStems.set(entry, stems);
  }
  return stems;
}

/** Every text file that `wanted` lets through, in the snapshot's order. */
export function lexicalFiles(snapshot: Snapshot, wanted: (path: WorkspacePath, record: FileRecord) => boolean): LexicalFile[] {
  return snapshot.entries.flatMap((entry) => {
    const record = snapshot.record(entry.path);
    if (!record || record.text.encoding === 'binary' || !wanted(entry.path, record)) return [];
    return [{ path: entry.path, record, ...shapeOf(record), pathWords: pathWordsOf(entry) }];
  });
}

/** Where one stem was found. */
interface Hit {
  /** Number of the file. */
  readonly at: number;
  /** How often in each block; undefined when in none. */
  readonly counts: ReadonlyMap<number, number> | undefined;
  readonly inPath: number;
}

/** Scores of the files, in their order, for stems with their weights. */
export function scoreLexically(files: readonly LexicalFile[], stems: ReadonlyMap<string, number>): LexicalScore[] {
  const blockCount = files.reduce((n, f) => n + f.blocks.length, 0);
  const wordCount = files.reduce((n, f) => n + f.record.words.lines.length, 0);
  const averageBlock = wordCount / Math.max(1, blockCount);
  const averageFile = wordCount / Math.max(1, files.length);
  const scores = files.map((f): LexicalScore => ({ blocks: new Float64Array(f.blocks.length), file: 0, path: 0, found: new Map() }));
  let rarities = 0;
  for (const [stem, hits] of findStems(files, [...stems.keys()].sort())) {
    const weight = stems.get(stem)!;
    const blocksWith = hits.reduce((n, h) => n + (h.counts?.size ?? 0), 0);
    const blockRarity = weight * Math.log(1 + (blockCount - blocksWith + 0.5) / (blocksWith + 0.5));
    const fileRarity = weight * Math.log(1 + (files.length - hits.length + 0.5) / (hits.length + 0.5));
    rarities += fileRarity;
    for (const { at, counts, inPath } of hits) {
      const file = files[at]!;
      const score = scores[at]!;
      let inFile = inPath * PATH_WEIGHT;
      for (const [block, n] of counts ?? []) {
        inFile += n;
        const norm = K1 * (1 - B_BLOCK + (B_BLOCK * file.lengths[block]!) / averageBlock);
        score.blocks[block]! += (blockRarity * n * (K1 + 1)) / (n + norm);
      }
      const norm = K1 * (1 - B_FILE + (B_FILE * file.record.words.lines.length) / averageFile);
      const share = (fileRarity * inFile * (K1 + 1)) / (inFile + norm);
      score.file += share;
      if (inPath > 0) score.path += fileRarity;
      score.found.set(stem, share);
    }
  }
  for (const score of scores) score.path /= rarities || 1;
  return scores;
}

/** Hits of each stem. File by file, since a file's words and the stems are both sorted: one walk finds them all. */
function findStems(files: readonly LexicalFile[], stems: readonly string[]): Map<string, Hit[]> {
  const hits = new Map<string, Hit[]>(stems.map((stem) => [stem, []]));
  for (const [at, file] of files.entries()) {
    const { words } = file.record.words;
    let from = 0;
    for (const stem of stems) {
      from = lowerBound(words, stem, from);
      const inside = from < words.length && words[from]!.startsWith(stem);
      const counts = inside ? countInBlocks(file.record.words, stem, from, file.blockOf) : undefined;
      const inPath = file.pathWords.includes(stem) ? file.pathWords.filter((w) => w === stem).length : 0;
      if (counts || inPath > 0) hits.get(stem)!.push({ at, counts, inPath });
    }
  }
  return hits;
}

/** First position from `low` on with a word that is not before `stem`. */
function lowerBound(words: readonly string[], stem: string, low: number): number {
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]! < stem) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How often words of this stem stand in each block; undefined when in none. */
function countInBlocks(
  { words, offsets, lines }: WordIndex,
  stem: string,
  from: number,
  blockOf: Uint32Array,
): Map<number, number> | undefined {
  let counts: Map<number, number> | undefined;
  for (let i = from; i < words.length && words[i]!.startsWith(stem); i++) {
    if (stemOf(words[i]!) !== stem) continue;
    counts ??= new Map();
    for (let at = offsets[i]!; at < offsets[i + 1]!; at++) {
      const block = blockOf[lines[at]!]!;
      counts.set(block, (counts.get(block) ?? 0) + 1);
    }
  }
  return counts;
}
