/**
 * Lexical relevance: BM25 over blocks and over files (Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009), read from the records'
 * word indexes alone.
 */
import { mapSteps, type Steps } from '../base/steps.js';
import { splitWords } from '../base/words.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { type Postings, postingsOf } from './postings.js';
import { placesOfStems, stemNumber } from './stems.js';

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

const cached = new WeakMap<FileRecord, LexicalFile>();

function lexicalFile(path: WorkspacePath, record: FileRecord): LexicalFile {
  let file = cached.get(record);
  // Files of the same content share a record.
  if (file?.path !== path) {
    file = { path, record, ...postingsOf(record), pathStems: splitWords(path).map(stemNumber) };
    cached.set(record, file);
  }
  return file;
}

/** Every text file that `wanted` lets through, in the snapshot's order. */
export function* lexicalFiles(snapshot: Snapshot, wanted: (path: WorkspacePath, record: FileRecord) => boolean): Steps<LexicalFile[]> {
  const files = yield* mapSteps(snapshot.entries, (entry) => {
    const record = snapshot.record(entry.path);
    if (!record || record.text.encoding === 'binary' || !wanted(entry.path, record)) return [];
    return [lexicalFile(entry.path, record)];
  });
  return files.flat();
}

/** Scores of the files, in their order, for stems with their weights. */
export function* scoreLexically(files: readonly LexicalFile[], stems: ReadonlyMap<string, number>): Steps<LexicalScore[]> {
  const blockCount = files.reduce((n, f) => n + f.blocks.length, 0);
  const wordCount = files.reduce((n, f) => n + f.words, 0);
  const averageBlock = wordCount / Math.max(1, blockCount);
  const averageFile = wordCount / Math.max(1, files.length);
  const sorted = [...stems.keys()].sort();
  const places = placesOfStems(sorted);
  const hits = yield* mapSteps(files, (f) => hitsIn(f, places));
  const { filesWith, blocksWith } = spreadOf(files, hits, sorted.length);
  const rarity = (place: number, all: number, having: number): number =>
    stems.get(sorted[place]!)! * Math.log(1 + (all - having + 0.5) / (having + 0.5));
  const blockRarity = blocksWith.map((having, place) => rarity(place, blockCount, having));
  const fileRarity = filesWith.map((having, place) => rarity(place, files.length, having));
  const rarities = fileRarity.reduce((n, r) => n + r, 0) || 1;

  const all = new Float64Array(blockCount);
  let from = 0;
  return yield* mapSteps(files, (file, at): LexicalScore => {
    const { lengths, words, offsets, inBlock, counts } = file;
    const score: LexicalScore = { blocks: all.subarray(from, from + lengths.length), file: 0, path: 0, found: [] };
    from += lengths.length;
    const { blocks } = score;
    const { postings, inPath } = hits[at]!;
    const norm = K1 * (1 - B_FILE + (B_FILE * words) / averageFile);
    for (const [i, place] of hits[at]!.places.entries()) {
      const posting = postings[i]!;
      const rare = blockRarity[place]!;
      let inFile = inPath(place) * PATH_WEIGHT;
      const end = posting < 0 ? 0 : offsets[posting + 1]!;
      for (let p = posting < 0 ? 0 : offsets[posting]!; p < end; p++) {
        const block = inBlock[p]!;
        const n = counts[p]!;
        inFile += n;
        blocks[block]! += (rare * n * (K1 + 1)) / (n + K1 * (1 - B_BLOCK + (B_BLOCK * lengths[block]!) / averageBlock));
      }
      const share = (fileRarity[place]! * inFile * (K1 + 1)) / (inFile + norm);
      score.file += share;
      if (inPath(place) > 0) score.path += fileRarity[place]!;
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

/** The looked-for stems that a file has, ascending. */
interface Hits {
  /** Each one's place among those that are looked for. */
  readonly places: readonly number[];
  /** Its place among the file's stems; -1 for one that only the path has. */
  readonly postings: readonly number[];
  /** How often the path has the stem at a place. */
  inPath(place: number): number;
}

const NOTHING: Hits = { places: [], postings: [], inPath: () => 0 };

function hitsIn({ stems, pathStems }: LexicalFile, wanted: Int32Array): Hits {
  const ofPath: number[] = [];
  for (const stem of pathStems) if (wanted[stem]! >= 0) ofPath.push(wanted[stem]!);
  const places: number[] = [];
  const postings: number[] = [];
  const add = (place: number, posting: number): void => {
    // The file's stems are ordered by their first words, which is nearly their own order.
    let at = places.length;
    for (; at > 0 && places[at - 1]! > place; at--) {
      places[at] = places[at - 1]!;
      postings[at] = postings[at - 1]!;
    }
    places[at] = place;
    postings[at] = posting;
  };
  for (let posting = 0; posting < stems.length; posting++) {
    const place = wanted[stems[posting]!]!;
    if (place >= 0) add(place, posting);
  }
  for (const place of ofPath) if (!places.includes(place)) add(place, -1);
  if (places.length === 0) return NOTHING;
  return { places, postings, inPath: ofPath.length === 0 ? NOTHING.inPath : (place) => ofPath.filter((p) => p === place).length };
}

/** In how many files and blocks each of `count` stems is found. */
function spreadOf(
  files: readonly LexicalFile[],
  hits: readonly Hits[],
  count: number,
): { readonly filesWith: Float64Array; readonly blocksWith: Float64Array } {
  const filesWith = new Float64Array(count);
  const blocksWith = new Float64Array(count);
  for (const [at, { offsets }] of files.entries()) {
    const { places, postings } = hits[at]!;
    for (let i = 0; i < places.length; i++) {
      const posting = postings[i]!;
      filesWith[places[i]!]! += 1;
      if (posting >= 0) blocksWith[places[i]!]! += offsets[posting + 1]! - offsets[posting]!;
    }
  }
  return { filesWith, blocksWith };
}
