/**
 * The second look: the sum of relevance.ts weighs each signal for itself; of the best blocks by that sum
 * a small neural network weighs them together, and corrects the sum. One hidden layer, whose weights are
 * in second-look-weights.ts; docs/ranking.md says how they were fitted and what they are worth.
 */
import type { Steps } from '../base/steps.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { BLOCK_KINDS, type Segment } from './search/segment.js';
import { NETWORK } from './second-look-weights.js';
import { isCode, type Signals } from './signals.js';

/** Blocks that are looked at again. */
export const LOOKED_AT = 1_600;

/** A block as the network sees it. */
interface Seen extends Signals {
  readonly file: number;
  readonly path: WorkspacePath;
  /** Number of the block in its file, and among those of all. */
  readonly block: number;
  readonly at: number;
  /** Blocks of the file. */
  readonly count: number;
  readonly segment: Segment;
  /** Number of the block in the segment. */
  readonly inSegment: number;
  /** Place among the file's blocks by the sum, from 0 on. */
  readonly place: number;
  /** Scores of the file's blocks by words, best first. */
  readonly best: Float64Array;
  readonly test: boolean;
  readonly whole: Whole;
}

/** What is the same for every block. */
interface Whole {
  readonly asksForTests: boolean;
  /** Share of the task's words that the best block has. */
  readonly bestShare: number;
  /** Tokens of all files. */
  readonly tokens: number;
}

const one = (holds: boolean): number => (holds ? 1 : 0);

/** What the network reads of a block, in the order of its weights. */
export const FEATURES: readonly (readonly [name: string, of: (seen: Seen) => number])[] = [
  ['block', ({ words, at }) => words.blocks[at]!],
  [
    'neighbour',
    ({ words, at, block, count }) => Math.max(block > 0 ? words.blocks[at - 1]! : 0, block < count - 1 ? words.blocks[at + 1]! : 0),
  ],
  ['best', ({ best }) => best[0]!],
  ['three best', ({ best }) => (best[0]! + (best[1] ?? 0) + (best[2] ?? 0)) / 3],
  ['file', ({ words, file }) => words.files[file]!],
  ['path', ({ words, file }) => words.paths[file]!],
  ['share of block', ({ words, at }) => words.blockShares[at]!],
  ['share of file', ({ words, file }) => words.fileShares[file]!],
  ['name', ({ named, file, block }) => named.get(file)?.blocks.get(block) ?? 0],
  ['using', ({ using, file, block }) => using.get(file)?.blocks.get(block) ?? 0],
  ['spelled', ({ spelled, file, block }) => spelled.get(file)?.blocks.get(block) ?? 0],
  ['uses', ({ gains, file, block }) => gains.get(file)?.uses.get(block) ?? 0],
  ['definitions', ({ gains, file, block }) => gains.get(file)?.definitions.get(block) ?? 0],
  ['graph', ({ near, path }) => near.get(path)?.strength ?? 0],
  ['focus', ({ nearOpen, path }) => nearOpen.get(path)?.strength ?? 0],
  ['pair', ({ paired, path }) => paired.get(path)?.strength ?? 0],
  ['focus block', ({ open, at }) => open?.blocks[at] ?? 0],
  ['focus file', ({ open, file }) => open?.files[file] ?? 0],
  ['imports', ({ segment, inSegment }) => segment.importing[inSegment]!],
  ['outside', ({ segment, inSegment }) => one(segment.kinds[inSegment] === BLOCK_KINDS.none)],
  ['type', ({ segment, inSegment }) => one(segment.kinds[inSegment] === BLOCK_KINDS.type)],
  ['function', ({ segment, inSegment }) => one(segment.kinds[inSegment] === BLOCK_KINDS.function)],
  ['lines', ({ segment, inSegment }) => Math.log(segment.lines[inSegment]!)],
  ['notice', ({ segment, inSegment }) => segment.notice[inSegment]!],
  ['first', ({ block }) => one(block === 0)],
  ['last', ({ block, count }) => one(block === count - 1)],
  ['prose', ({ view, file }) => one(!isCode(view.language(file)))],
  ['test', ({ test }) => one(test)],
  ['test asked for', ({ test, whole }) => one(test && whole.asksForTests)],
  ['block tokens', ({ segment, inSegment }) => segment.logTokens[inSegment]!],
  ['file tokens', ({ view, file }) => Math.log1p(view.tokens(file))],
  ['place in file', ({ place }) => Math.log1p(place)],
  ['place of file', ({ rank, file }) => Math.log1p(rank[file]!)],
  ['blocks of file', ({ count }) => Math.log1p(count)],
  ['used by', ({ degrees, file }) => Math.log1p(degrees(file).usedBy)],
  ['uses of file', ({ degrees, file }) => Math.log1p(degrees(file).uses)],
  ['open', ({ open }) => one(open !== undefined)],
  ['words of task', ({ query }) => Math.log1p(query.stems.size)],
  ['best share', ({ whole }) => whole.bestShare],
  ['size of all', ({ whole }) => Math.log(Math.max(1, whole.tokens))],
];

export interface NetworkWeights {
  /** What is taken from each input, and what it is then divided by. */
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Units of the hidden layer: what a unit says goes, times `out`, to the answer at 8,000 and to that at 32,000 tokens. */
  readonly hidden: readonly { readonly bias: number; readonly weights: readonly number[]; readonly out: readonly [number, number] }[];
}

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
  // It was fitted on tasks that say something.
  if (share.small + share.middle === 0 || found.query.stems.size === 0) return corrected;
  const { files, least } = yield* bestBlocks(best, logitsOf);
  const whole = wholeOf(found);
  for (const [file, logits] of files) {
    const seen = seenIn(found, whole, file, placesOf(logits));
    corrected.set(
      file,
      logits.map((logit, block) => (logit < least ? logit : logit + answer(featuresOf(seen(block)), share))),
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
export function placesOf(logits: Float64Array): Uint32Array {
  const order = Uint32Array.from(logits, (_, i) => i).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const places = new Uint32Array(logits.length);
  for (const [place, block] of order.entries()) places[block] = place;
  return places;
}

export function wholeOf({ view, query, words }: Signals): Whole {
  let tokens = 0;
  for (let file = 0; file < view.paths.length; file++) tokens += view.tokens(file);
  const bestShare = words.blockShares.reduce((m, s) => Math.max(m, s), 0);
  return { asksForTests: query.stems.has('test') || query.stems.has('spec'), bestShare, tokens };
}

/**
 * The blocks of a file as the network sees them.
 * @param places of each block its place among them by the sum.
 */
export function seenIn(found: Signals, whole: Whole, file: number, places: Uint32Array): (block: number) => Seen {
  const { view, words, tests } = found;
  const first = view.firstBlock[file]!;
  const count = view.firstBlock[file + 1]! - first;
  const { segment, doc } = view.places[file]!;
  const best = words.blocks
    .slice(first, first + count)
    .sort()
    .reverse();
  const inFile = { ...found, whole, file, path: view.paths[file]!, count, segment, best, test: tests.has(file) };
  return (block) => ({ ...inFile, block, at: first + block, inSegment: segment.firstBlock[doc]! + block, place: places[block]! });
}

export const featuresOf = (seen: Seen): Float64Array => Float64Array.from(FEATURES, ([, of]) => of(seen));

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
export const CLIP = 4;
