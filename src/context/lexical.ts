/**
 * Lexical relevance: BM25 over blocks and over files (Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009), read from the search index
 * alone, stem after stem.
 */
import { mapSteps, type Steps } from '../base/steps.js';
import type { Hits, PathHit, SearchView } from './search/search-view.js';

/** Scores of the files of a view, by their numbers. */
export interface LexicalScores {
  /** BM25 of the whole file, its path counted in, as a share of the best one's. */
  readonly files: Float64Array;
  /** Share of the stems, by rarity and weight, that the path holds: 0 to 1. */
  readonly paths: Float64Array;
  /** BM25 of each block of all files, as a share of the best one's. */
  readonly blocks: Float64Array;
  /** Share of the stems, by rarity and weight, that each file has in its text or its path: 0 to 1. */
  readonly fileShares: Float64Array;
  /** The same of each block's text. */
  readonly blockShares: Float64Array;
  /** Share of the stems, by rarity and weight, that these are, where all of them are asked for; else 0. */
  shareOf(stems: readonly string[]): number;
  /** The stems that gave a file most of its score, best first, at most {@link TOLD}. */
  found(file: number): string[];
}

const K1 = 1.2;
const B_BLOCK = 0.4;
const B_FILE = 0.6;
/** Stems that a file's score is explained by. */
const TOLD = 4;
/** A word of the path counts as so many in the text. */
const PATH_WEIGHT = 8;

/** Where one stem stands. */
interface StemHits {
  readonly text: readonly Hits[];
  readonly paths: readonly PathHit[];
}

/** Scores for stems with their weights. */
export function* scoreLexically(view: SearchView, stems: ReadonlyMap<string, number>): Steps<LexicalScores> {
  const count = view.paths.length;
  const blockCount = view.firstBlock[count]!;
  const words = Uint32Array.from(view.paths, (_, file) => view.words(file));
  const wordCount = words.reduce((n, w) => n + w, 0);
  const averageBlock = wordCount / Math.max(1, blockCount);
  const averageFile = wordCount / Math.max(1, count);
  const sorted = [...stems.keys()].sort();
  const inPaths = view.findInPaths(sorted);
  const hits = yield* mapSteps(sorted, (stem, place): StemHits => ({ text: view.find('stems', stem), paths: inPaths[place]! }));
  const rarity = (stem: string, all: number, having: number): number =>
    stems.get(stem)! * Math.log(1 + (all - having + 0.5) / (having + 0.5));
  const counter = new HitCounter(count);
  const having = hits.map((stem) => counter.count(stem));
  const blockRarity = sorted.map((stem, place) => rarity(stem, blockCount, having[place]!.blocks));
  const fileRarity = sorted.map((stem, place) => rarity(stem, count, having[place]!.files));
  const rarities = fileRarity.reduce((n, r) => n + r, 0) || 1;

  const files = new Float64Array(count);
  const paths = new Float64Array(count);
  const blocks = new Float64Array(blockCount);
  const fileShares = new Float64Array(count);
  const blockShares = new Float64Array(blockCount);
  const best = new BestStems(count);
  const inPath = new Uint32Array(count);
  for (const [place, { text, paths: named }] of hits.entries()) {
    const part = fileRarity[place]! / rarities;
    const add = (file: number, inFile: number): void => {
      const norm = K1 * (1 - B_FILE + (B_FILE * words[file]!) / averageFile);
      const share = (fileRarity[place]! * inFile * (K1 + 1)) / (inFile + norm);
      files[file]! += share;
      fileShares[file]! += part;
      best.tell(file, place, share);
    };
    for (const { file, count: times } of named) {
      inPath[file] = times * PATH_WEIGHT;
      paths[file]! += fileRarity[place]!;
    }
    const rare = blockRarity[place]!;
    for (const { files: having, of, offsets, places, values } of text) {
      for (let i = 0; i < having.length; i++) {
        const file = having[i]!;
        const { segment, doc } = view.places[file]!;
        const first = view.firstBlock[file]!;
        const firstInSegment = segment.firstBlock[doc]!;
        let inFile = inPath[file]!;
        inPath[file] = 0;
        for (let at = offsets[of[i]!]!; at < offsets[of[i]! + 1]!; at++) {
          const n = values[at]!;
          const length = segment.lengths[firstInSegment + places[at]!]!;
          inFile += n;
          blockShares[first + places[at]!]! += part;
          blocks[first + places[at]!]! += (rare * n * (K1 + 1)) / (n + K1 * (1 - B_BLOCK + (B_BLOCK * length) / averageBlock));
        }
        add(file, inFile);
      }
    }
    for (const { file } of named) if (inPath[file]! > 0) add(file, inPath[file]!);
    for (const { file } of named) inPath[file] = 0;
    yield;
  }
  for (let file = 0; file < count; file++) paths[file]! /= rarities;
  share(files);
  share(blocks);
  const shares = new Map(sorted.map((stem, place) => [stem, fileRarity[place]! / rarities]));
  const shareOf = (some: readonly string[]): number =>
    some.every((stem) => shares.has(stem)) ? [...new Set(some)].reduce((n, stem) => n + shares.get(stem)!, 0) : 0;
  return { files, paths, blocks, fileShares, blockShares, shareOf, found: (file) => best.of(file).map((place) => sorted[place]!) };
}

/** Counts in how many files and blocks a stem is found. */
class HitCounter {
  /** For each file the last stem whose path hit was counted. */
  readonly #counted: Int32Array;
  #stem = 0;

  constructor(files: number) {
    this.#counted = new Int32Array(files);
  }

  count({ text, paths }: StemHits): { readonly files: number; readonly blocks: number } {
    this.#stem++;
    for (const { file } of paths) this.#counted[file] = this.#stem;
    let files = paths.length;
    let blocks = 0;
    for (const { files: having, of, offsets } of text) {
      for (let i = 0; i < having.length; i++) {
        if (this.#counted[having[i]!] !== this.#stem) files++;
        blocks += offsets[of[i]! + 1]! - offsets[of[i]!]!;
      }
    }
    return { files, blocks };
  }
}

/** Makes scores shares of the best one. */
function share(scores: Float64Array): void {
  const top = scores.reduce((m, s) => Math.max(m, s), 0) || 1;
  for (let i = 0; i < scores.length; i++) scores[i]! /= top;
}

/** For each file the stems that give it most. */
class BestStems {
  readonly #places: Int32Array;
  readonly #shares: Float64Array;

  constructor(files: number) {
    this.#places = new Int32Array(files * TOLD).fill(-1);
    this.#shares = new Float64Array(files * TOLD);
  }

  /** Among equal shares the one told first stays ahead. */
  tell(file: number, place: number, share: number): void {
    let at = (file + 1) * TOLD;
    for (; at > file * TOLD && (this.#places[at - 1]! < 0 || this.#shares[at - 1]! < share); at--) {
      if (at === (file + 1) * TOLD) continue;
      this.#places[at] = this.#places[at - 1]!;
      this.#shares[at] = this.#shares[at - 1]!;
    }
    if (at === (file + 1) * TOLD) return;
    this.#places[at] = place;
    this.#shares[at] = share;
  }

  of(file: number): number[] {
    return [...this.#places.subarray(file * TOLD, (file + 1) * TOLD)].filter((place) => place >= 0);
  }
}
