/**
 * The second look: the sum of relevance.ts weighs each signal for itself; of the best blocks by that sum
 * a small neural network weighs them together, and corrects the sum. One hidden layer, whose weights are
 * in second-look-weights.ts; docs/ranking.md says how they were fitted and what they are worth.
 */
import type { Steps } from '../base/steps.js';
import { BLOCK_KINDS } from './search/segment.js';
import { NETWORK } from './second-look-weights.js';
import { isCode, type Signals } from './signals.js';

/** Blocks that are looked at again. */
export const LOOKED_AT = 1_600;

/** What the network reads of a block, in the order of its weights. */
export const FEATURES = [
  'block',
  'neighbour',
  'best',
  'three best',
  'file',
  'path',
  'share of block',
  'share of file',
  'name',
  'using',
  'spelled',
  'uses',
  'definitions',
  'graph',
  'focus',
  'pair',
  'focus block',
  'focus file',
  'imports',
  'outside',
  'type',
  'function',
  'lines',
  'notice',
  'first',
  'last',
  'prose',
  'test',
  'test asked for',
  'block tokens',
  'file tokens',
  'place in file',
  'place of file',
  'blocks of file',
  'used by',
  'uses of file',
  'open',
  'words of task',
  'best share',
  'size of all',
] as const;

/** How much of each of the network's two answers counts, 0 to 1. */
export interface Share {
  /** Of the one for packs of 8,000 tokens. */
  readonly small: number;
  /** Of the one for packs of 32,000 tokens. */
  readonly middle: number;
}

/** Logits of a file's blocks by the sum. */
type LogitsOf = (file: number) => Float64Array;

/**
 * Logits of the files that have one of the best blocks, corrected.
 * @param best of each file the logit of its best block.
 */
export function* lookAgain(found: Signals, best: readonly number[], logitsOf: LogitsOf, share: Share): Steps<Map<number, Float64Array>> {
  const corrected = new Map<number, Float64Array>();
  if (share.small + share.middle === 0) return corrected;
  const { files, least } = yield* bestBlocks(best, logitsOf);
  const reader = new FeatureReader(found);
  const features = new Float64Array(FEATURES.length);
  for (const [file, logits] of files) {
    const places = placesOf(logits);
    corrected.set(
      file,
      logits.map((logit, block) => {
        if (logit < least) return logit;
        reader.read(file, block, places[block]!, features);
        return logit + answer(features, share);
      }),
    );
    yield;
  }
  return corrected;
}

/** The files that have one of the best blocks, with the logits of all of theirs, and the logit that the last of these blocks has. */
function* bestBlocks(
  best: readonly number[],
  logitsOf: LogitsOf,
): Steps<{ readonly files: ReadonlyMap<number, Float64Array>; readonly least: number }> {
  const order = [...best.keys()].filter((file) => best[file]! > Number.NEGATIVE_INFINITY).sort((a, b) => best[b]! - best[a]! || a - b);
  const files = new Map<number, Float64Array>();
  let found: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  const cut = (): void => {
    if (found.length < LOOKED_AT) return;
    found = found.sort((a, b) => b - a).slice(0, LOOKED_AT);
    least = found.at(-1)!;
  };
  for (const file of order) {
    if (best[file]! < least) break;
    const logits = logitsOf(file);
    files.set(file, logits);
    for (const logit of logits) if (logit >= least) found.push(logit);
    if (found.length >= 2 * LOOKED_AT) cut();
    yield;
  }
  cut();
  for (const file of files.keys()) if (best[file]! < least) files.delete(file);
  return { files, least };
}

/** Of each block its place among those of its file, from 0 on. */
function placesOf(logits: Float64Array): Uint32Array {
  const order = Uint32Array.from(logits, (_, i) => i).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const places = new Uint32Array(logits.length);
  for (const [place, block] of order.entries()) places[block] = place;
  return places;
}

/** Puts what speaks for a block in the order of {@link FEATURES}. */
export class FeatureReader {
  readonly #found: Signals;
  readonly #asksForTests: boolean;
  readonly #bestShare: number;
  readonly #size: number;
  #file = -1;
  #best = 0;
  #threeBest = 0;

  constructor(found: Signals) {
    const { view, query, words } = found;
    this.#found = found;
    this.#asksForTests = query.stems.has('test') || query.stems.has('spec');
    this.#bestShare = words.blockShares.reduce((m, s) => Math.max(m, s), 0);
    let tokens = 0;
    for (let file = 0; file < view.paths.length; file++) tokens += view.tokens(file);
    this.#size = Math.log(Math.max(1, tokens));
  }

  read(file: number, block: number, place: number, into: Float64Array): void {
    const { view, query, words, open, named, using, spelled, gains, rank, near, nearOpen, paired, tests, degrees } = this.#found;
    const first = view.firstBlock[file]!;
    const count = view.firstBlock[file + 1]! - first;
    const at = first + block;
    const { segment, doc } = view.places[file]!;
    const inSegment = segment.firstBlock[doc]! + block;
    const path = view.paths[file]!;
    if (this.#file !== file) {
      this.#file = file;
      const top = words.blocks
        .slice(first, first + count)
        .sort()
        .reverse();
      this.#best = top[0] ?? 0;
      this.#threeBest = ((top[0] ?? 0) + (top[1] ?? 0) + (top[2] ?? 0)) / 3;
    }
    const kind = segment.kinds[inSegment]!;
    const test = tests.has(file) ? 1 : 0;
    const degree = degrees(file);
    let i = 0;
    into[i++] = words.blocks[at]!;
    into[i++] = Math.max(block > 0 ? words.blocks[at - 1]! : 0, block < count - 1 ? words.blocks[at + 1]! : 0);
    into[i++] = this.#best;
    into[i++] = this.#threeBest;
    into[i++] = words.files[file]!;
    into[i++] = words.paths[file]!;
    into[i++] = words.blockShares[at]!;
    into[i++] = words.fileShares[file]!;
    into[i++] = named.get(file)?.blocks.get(block) ?? 0;
    into[i++] = using.get(file)?.blocks.get(block) ?? 0;
    into[i++] = spelled.get(file)?.blocks.get(block) ?? 0;
    into[i++] = gains.get(file)?.uses.get(block) ?? 0;
    into[i++] = gains.get(file)?.definitions.get(block) ?? 0;
    into[i++] = near.get(path)?.strength ?? 0;
    into[i++] = nearOpen.get(path)?.strength ?? 0;
    into[i++] = paired.get(path)?.strength ?? 0;
    into[i++] = open?.blocks[at] ?? 0;
    into[i++] = open?.files[file] ?? 0;
    into[i++] = segment.importing[inSegment]!;
    into[i++] = kind === BLOCK_KINDS.none ? 1 : 0;
    into[i++] = kind === BLOCK_KINDS.type ? 1 : 0;
    into[i++] = kind === BLOCK_KINDS.function ? 1 : 0;
    into[i++] = Math.log(segment.lines[inSegment]!);
    into[i++] = segment.notice[inSegment]!;
    into[i++] = block === 0 ? 1 : 0;
    into[i++] = block === count - 1 ? 1 : 0;
    into[i++] = isCode(view.language(file)) ? 0 : 1;
    into[i++] = test;
    into[i++] = this.#asksForTests ? test : 0;
    into[i++] = segment.logTokens[inSegment]!;
    into[i++] = Math.log1p(view.tokens(file));
    into[i++] = Math.log1p(place);
    into[i++] = Math.log1p(rank[file]!);
    into[i++] = Math.log1p(count);
    into[i++] = Math.log1p(degree.usedBy);
    into[i++] = Math.log1p(degree.uses);
    into[i++] = open ? 1 : 0;
    into[i++] = Math.log1p(query.stems.size);
    into[i++] = this.#bestShare;
    into[i++] = this.#size;
  }
}

/** What the network adds to a block's logit. */
function answer(features: Float64Array, { small, middle }: Share): number {
  const { means, deviations, hidden } = NETWORK;
  const scaled = features.map((value, i) => Math.max(-CLIP, Math.min(CLIP, (value - means[i]!) / deviations[i]!)));
  let sum = 0;
  for (const { bias, weights, out } of hidden) {
    let x = bias;
    for (let i = 0; i < weights.length; i++) x += weights[i]! * scaled[i]!;
    sum += Math.tanh(x) * (small * out[0]! + middle * out[1]!);
  }
  return sum;
}

/** A value further from the mean counts as so many deviations: what was not seen in fitting must not lead far. */
const CLIP = 4;
