/**
 * Lexical relevance: BM25 over blocks and over files (Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009), read from the records'
 * word indexes alone.
 */
import { splitWords, stemOf } from '../base/words.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord, WordIndex } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { type Block, blocksOf } from './blocks.js';

export interface LexicalFile {
  readonly path: WorkspacePath;
  readonly record: FileRecord;
  readonly blocks: readonly Block[];
  /** BM25 of each block. */
  readonly blockScores: Float64Array;
  /** BM25 of the whole file, its path counted in. */
  score: number;
  /** Stems found in it with their share of `score`. */
  readonly found: Map<string, number>;
}

const K1 = 1.2;
const B_BLOCK = 0.4;
const B_FILE = 0.6;
/** A word of the path counts as so many in the text. */
const PATH_WEIGHT = 8;

interface Shape {
  readonly blocks: readonly Block[];
  /** Line → block. */
  readonly blockOf: Uint32Array;
  /** Words in each block. */
  readonly lengths: Float64Array;
  readonly total: number;
}

const shapes = new WeakMap<FileRecord, Shape>();

function shapeOf(record: FileRecord): Shape {
  let shape = shapes.get(record);
  if (!shape) {
    const blocks = blocksOf(record);
    const blockOf = new Uint32Array(record.lineCount);
    for (const [i, b] of blocks.entries()) blockOf.fill(i, b.start, b.end + 1);
    const lengths = new Float64Array(blocks.length);
    for (const line of record.words.lines) lengths[blockOf[line]!]! += 1;
    shape = { blocks, blockOf, lengths, total: record.words.lines.length };
    shapes.set(record, shape);
  }
  return shape;
}

/** Scores of every text file that `wanted` lets through, for the stems with their weights; in the snapshot's order. */
export function scoreLexically(
  snapshot: Snapshot,
  stems: ReadonlyMap<string, number>,
  wanted: (path: WorkspacePath, record: FileRecord) => boolean,
): LexicalFile[] {
  const files: (LexicalFile & { readonly shape: Shape; readonly pathWords: readonly string[] })[] = [];
  let blockCount = 0;
  let wordCount = 0;
  for (const { path } of snapshot.entries) {
    const record = snapshot.record(path);
    if (!record || record.text.encoding === 'binary' || !wanted(path, record)) continue;
    const shape = shapeOf(record);
    blockCount += shape.blocks.length;
    wordCount += shape.total;
    files.push({
      path,
      record,
      blocks: shape.blocks,
      blockScores: new Float64Array(shape.blocks.length),
      score: 0,
      found: new Map(),
      shape,
      pathWords: splitWords(path).map(stemOf),
    });
  }
  const averageBlock = wordCount / Math.max(1, blockCount);
  const averageFile = wordCount / Math.max(1, files.length);

  for (const [stem, weight] of stems) {
    const hits = files.flatMap((file) => {
      const counts = countInBlocks(file.record.words, stem, file.shape);
      const inPath = file.pathWords.filter((w) => w === stem).length;
      return counts || inPath > 0 ? [{ file, counts, inPath }] : [];
    });
    const blocksWith = hits.reduce((n, h) => n + (h.counts?.size ?? 0), 0);
    const blockRarity = weight * Math.log(1 + (blockCount - blocksWith + 0.5) / (blocksWith + 0.5));
    const fileRarity = weight * Math.log(1 + (files.length - hits.length + 0.5) / (hits.length + 0.5));
    for (const { file, counts, inPath } of hits) {
      let inFile = inPath * PATH_WEIGHT;
      for (const [block, n] of counts ?? []) {
        inFile += n;
        const norm = K1 * (1 - B_BLOCK + (B_BLOCK * file.shape.lengths[block]!) / averageBlock);
        file.blockScores[block]! += (blockRarity * n * (K1 + 1)) / (n + norm);
      }
      const norm = K1 * (1 - B_FILE + (B_FILE * file.shape.total) / averageFile);
      const share = (fileRarity * inFile * (K1 + 1)) / (inFile + norm);
      file.score += share;
      file.found.set(stem, share);
    }
  }
  return files;
}

/** How often words of this stem stand in each block; undefined when in none. */
function countInBlocks({ words, offsets, lines }: WordIndex, stem: string, { blockOf }: Shape): Map<number, number> | undefined {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]! < stem) low = middle + 1;
    else high = middle;
  }
  let counts: Map<number, number> | undefined;
  for (let i = low; i < words.length && words[i]!.startsWith(stem); i++) {
    if (stemOf(words[i]!) !== stem) continue;
    counts ??= new Map();
    for (let at = offsets[i]!; at < offsets[i + 1]!; at++) {
      const block = blockOf[lines[at]!]!;
      counts.set(block, (counts.get(block) ?? 0) + 1);
    }
  }
  return counts;
}
