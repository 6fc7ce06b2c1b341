/**
 * Lexical relevance: BM25 over blocks and over files (Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009), read from the records'
 * word indexes alone.
 */
import { firstWhere } from '../base/search.js';
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
  /** The stems that gave `file` most, best first, at most {@link TOLD}. */
  readonly found: { readonly stem: string; readonly share: number }[];
}

const K1 = 1.2;
const B_BLOCK = 0.4;
const B_FILE = 0.6;
/** Stems that a file's score is explained by. */
const TOLD = 4;
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
  /** Blocks that have it, each followed by how often. */
  readonly counts: readonly number[];
  readonly inPath: number;
}

/** Scores of the files, in their order, for stems with their weights. */
export function scoreLexically(files: readonly LexicalFile[], stems: ReadonlyMap<string, number>): LexicalScore[] {
  const blockCount = files.reduce((n, f) => n + f.blocks.length, 0);
  const wordCount = files.reduce((n, f) => n + f.record.words.lines.length, 0);
  const averageBlock = wordCount / Math.max(1, blockCount);
  const averageFile = wordCount / Math.max(1, files.length);
  const scores = files.map((f): LexicalScore => ({ blocks: new Float64Array(f.blocks.length), file: 0, path: 0, found: [] }));
  let rarities = 0;
  for (const [stem, hits] of findStems(files, [...stems.keys()].sort())) {
    const weight = stems.get(stem)!;
    const blocksWith = hits.reduce((n, h) => n + h.counts.length / 2, 0);
    const blockRarity = weight * Math.log(1 + (blockCount - blocksWith + 0.5) / (blocksWith + 0.5));
    const fileRarity = weight * Math.log(1 + (files.length - hits.length + 0.5) / (hits.length + 0.5));
    rarities += fileRarity;
    for (const { at, counts, inPath } of hits) {
      const file = files[at]!;
      const score = scores[at]!;
      let inFile = inPath * PATH_WEIGHT;
      for (let i = 0; i < counts.length; i += 2) {
        const block = counts[i]!;
        const n = counts[i + 1]!;
        inFile += n;
        const norm = K1 * (1 - B_BLOCK + (B_BLOCK * file.lengths[block]!) / averageBlock);
        score.blocks[block]! += (blockRarity * n * (K1 + 1)) / (n + norm);
      }
      const norm = K1 * (1 - B_FILE + (B_FILE * file.record.words.lines.length) / averageFile);
      const share = (fileRarity * inFile * (K1 + 1)) / (inFile + norm);
      score.file += share;
      if (inPath > 0) score.path += fileRarity;
      tell(score.found, stem, share);
    }
  }
  for (const score of scores) score.path /= rarities || 1;
  return scores;
}

function tell(found: LexicalScore['found'], stem: string, share: number): void {
  if (found.length === TOLD && share <= found[TOLD - 1]!.share) return;
  const after = found.findIndex((f) => f.share < share);
  found.splice(after < 0 ? found.length : after, 0, { stem, share });
  if (found.length > TOLD) found.pop();
}

const NONE: readonly number[] = [];

/** Hits of each stem. File by file, since a file's words and the stems are both sorted: one walk finds them all. */
function findStems(files: readonly LexicalFile[], stems: readonly string[]): Map<string, Hit[]> {
  const hits = new Map<string, Hit[]>(stems.map((stem) => [stem, []]));
  for (const [at, file] of files.entries()) {
    const { words } = file.record.words;
    let from = 0;
    for (const stem of stems) {
      from = firstWhere(words.length, (i) => words[i]! >= stem, from);
      const inside = from < words.length && words[from]!.startsWith(stem);
      const counts = inside ? countInBlocks(file.record.words, stem, from, file.blockOf) : NONE;
      const inPath = file.pathWords.includes(stem) ? file.pathWords.filter((w) => w === stem).length : 0;
      if (counts.length > 0 || inPath > 0) hits.get(stem)!.push({ at, counts, inPath });
    }
  }
  return hits;
}

/** Blocks that words of this stem stand in, ascending, each followed by how many do. */
function countInBlocks({ words, offsets, lines }: WordIndex, stem: string, from: number, blockOf: Uint32Array): readonly number[] {
  let at: Uint32Array | undefined;
  for (let i = from; i < words.length && words[i]!.startsWith(stem); i++) {
    if (stemOf(words[i]!) !== stem) continue;
    const more = lines.subarray(offsets[i]!, offsets[i + 1]!);
    at = at ? merged(at, more) : more;
  }
  const counts: number[] = [];
  let last = -1;
  for (const line of at ?? []) {
    const block = blockOf[line]!;
    if (block === last) counts[counts.length - 1]! += 1;
    else counts.push(block, 1);
    last = block;
  }
  return counts;
}

function merged(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both.sort();
}
