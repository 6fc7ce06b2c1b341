/**
 * Lexical relevance: BM25 over blocks and over files (Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009), read from the records'
 * word indexes alone.
 */
import { splitWords } from '../base/words.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord } from '../syntax/record.js';
import type { FileEntry, WorkspacePath } from '../workspace/entry.js';
import { type Postings, postingsOf } from './postings.js';
import { placesOf, stemNumber } from './stems.js';

/** A file as lexical scoring reads it. */
export interface LexicalFile extends Postings {
  readonly path: WorkspacePath;
  readonly record: FileRecord;
  /** Numbers of the stems of its path, one a word. */
  readonly pathStems: readonly number[];
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

const pathStems = new WeakMap<FileEntry, readonly number[]>();

function pathStemsOf(entry: FileEntry): readonly number[] {
  let stems = pathStems.get(entry);
  if (!stems) {
    stems = splitWords(entry.path).map(stemNumber);
    pathStems.set(entry, stems);
  }
  return stems;
}

/** Every text file that `wanted` lets through, in the snapshot's order. */
export function lexicalFiles(snapshot: Snapshot, wanted: (path: WorkspacePath, record: FileRecord) => boolean): LexicalFile[] {
  return snapshot.entries.flatMap((entry) => {
    const record = snapshot.record(entry.path);
    if (!record || record.text.encoding === 'binary' || !wanted(entry.path, record)) return [];
    return [{ path: entry.path, record, ...postingsOf(record), pathStems: pathStemsOf(entry) }];
  });
}

/** Scores of the files, in their order, for stems with their weights. */
export function scoreLexically(files: readonly LexicalFile[], stems: ReadonlyMap<string, number>): LexicalScore[] {
  const blockCount = files.reduce((n, f) => n + f.blocks.length, 0);
  const wordCount = files.reduce((n, f) => n + f.words, 0);
  const averageBlock = wordCount / Math.max(1, blockCount);
  const averageFile = wordCount / Math.max(1, files.length);
  const sorted = [...stems.keys()].sort();
  const places = placesOf(sorted);
  const hits = files.map((f) => hitsIn(f, places));
  const { filesWith, blocksWith } = spreadOf(files, hits, sorted.length);
  const rarity = (place: number, all: number, having: number): number =>
    stems.get(sorted[place]!)! * Math.log(1 + (all - having + 0.5) / (having + 0.5));
  const blockRarity = blocksWith.map((having, place) => rarity(place, blockCount, having));
  const fileRarity = filesWith.map((having, place) => rarity(place, files.length, having));
  const rarities = fileRarity.reduce((n, r) => n + r, 0) || 1;

  const all = new Float64Array(blockCount);
  let from = 0;
  return files.map((file, at): LexicalScore => {
    const { lengths, words, offsets, inBlock, counts } = file;
    const score: LexicalScore = { blocks: all.subarray(from, from + lengths.length), file: 0, path: 0, found: [] };
    from += lengths.length;
    for (const { place, posting, inPath } of hits[at]!) {
      let inFile = inPath * PATH_WEIGHT;
      for (let i = offsets[posting] ?? 0; i < (offsets[posting + 1] ?? 0); i++) {
        const block = inBlock[i]!;
        const n = counts[i]!;
        inFile += n;
        const norm = K1 * (1 - B_BLOCK + (B_BLOCK * lengths[block]!) / averageBlock);
        score.blocks[block]! += (blockRarity[place]! * n * (K1 + 1)) / (n + norm);
      }
      const norm = K1 * (1 - B_FILE + (B_FILE * words) / averageFile);
      const share = (fileRarity[place]! * inFile * (K1 + 1)) / (inFile + norm);
      score.file += share;
      if (inPath > 0) score.path += fileRarity[place]!;
      tell(score.found, sorted[place]!, share);
    }
    score.path /= rarities;
    return score;
  });
}

function tell(found: LexicalScore['found'], stem: string, share: number): void {
  if (found.length === TOLD && share <= found[TOLD - 1]!.share) return;
  const after = found.findIndex((f) => f.share < share);
  found.splice(after < 0 ? found.length : after, 0, { stem, share });
  if (found.length > TOLD) found.pop();
}

/** A stem that a file has. */
interface Hit {
  /** Among the stems that are looked for. */
  readonly place: number;
  /** Among the file's stems; -1 for one that only the path has. */
  readonly posting: number;
  /** How often the path has it. */
  readonly inPath: number;
}

/** The stems with a place that a file has, by place. */
function hitsIn({ stems, pathStems }: LexicalFile, places: Int32Array): Hit[] {
  const hits: Hit[] = [];
  const ofPath = pathStems.map((stem) => places[stem]!).filter((place) => place >= 0);
  const inPath = (place: number): number => ofPath.filter((p) => p === place).length;
  for (let posting = 0; posting < stems.length; posting++) {
    const place = places[stems[posting]!]!;
    if (place >= 0) hits.push({ place, posting, inPath: inPath(place) });
  }
  for (const place of new Set(ofPath)) if (!hits.some((h) => h.place === place)) hits.push({ place, posting: -1, inPath: inPath(place) });
  return hits.sort((a, b) => a.place - b.place);
}

/** In how many files and blocks each of `count` stems is found. */
function spreadOf(
  files: readonly LexicalFile[],
  hits: readonly (readonly Hit[])[],
  count: number,
): { readonly filesWith: Float64Array; readonly blocksWith: Float64Array } {
  const filesWith = new Float64Array(count);
  const blocksWith = new Float64Array(count);
  for (const [at, { offsets }] of files.entries()) {
    for (const { place, posting } of hits[at]!) {
      filesWith[place]! += 1;
      blocksWith[place]! += (offsets[posting + 1] ?? 0) - (offsets[posting] ?? 0);
    }
  }
  return { filesWith, blocksWith };
}
