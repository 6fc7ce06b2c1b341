/**
 * Which blocks of which files matter to a request, and why: a linear model whose sum
 * estimates, on a logarithm, the odds that a block is part of the change, per token
 * that showing it costs; second-look.ts corrects it for the best blocks. Its weights are in
 * weights.ts; docs/ranking.md says what each signal is worth.
 */
import { mapSteps, type Steps } from '../base/steps.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { type Block, blocksOf } from './blocks.js';
import type { LexicalScores } from './lexical.js';
import type { Focus, ScoreTerm } from './pack.js';
import { searchOf } from './search/search-index.js';
import { BLOCK_KINDS } from './search/segment.js';
import { lookAgain } from './second-look.js';
import { findSignals, isCode, type Signals } from './signals.js';
import { WEIGHTS, type Weights } from './weights.js';

/** A file with its place among all: what is seldom asked of it is computed when it is. */
export interface RankedFile {
  readonly path: WorkspacePath;
  /** o200k tokens of the whole text. */
  readonly tokens: number;
  /** Score of its best block: 1 for the best of all files, 0 for one that shares nothing with the request. */
  readonly score: number;
  readonly record: FileRecord;
  readonly blocks: readonly Block[];
  /** Score of each block. */
  readonly blockScores: Float64Array;
  /** What speaks for the file, on a logarithm. */
  readonly terms: readonly ScoreTerm[];
}

/** Scores of every text file but the drops, in the snapshot's order. */
export function* rankFiles(
  snapshot: Snapshot,
  task: string,
  focus: Focus | undefined,
  drops: ReadonlySet<WorkspacePath> = new Set(),
  weights: Weights = WEIGHTS,
): Steps<RankedFile[]> {
  const view = (yield* searchOf(snapshot)).without(drops);
  const found = yield* findSignals(view, snapshot, task, focus);
  const first = yield* mapSteps(view.paths, (_, file) => bestLogit(found, file, weights));
  const again = yield* lookAgain(found, first, (file) => blockLogits(found, file, weights), weights.secondLook);
  const best = first.map((logit, file) => again.get(file)?.reduce((m, l) => Math.max(m, l)) ?? logit);
  const top = best.reduce((m, b) => Math.max(m, b), Number.NEGATIVE_INFINITY);
  return best.map((logit, file) => {
    const logits = again.get(file);
    return new Ranked(found, weights, file, logits && { logits, gain: logit - first[file]! }, top, scoreOf(logit, top));
  });
}

class Ranked implements RankedFile {
  #blockScores: Float64Array | undefined;

  /**
   * @param again logits of its blocks by the second look, and how much better that made the best; undefined where it had none.
   * @param top the best block's logit, whose score is 1.
   */
  constructor(
    private readonly found: Signals,
    private readonly weights: Weights,
    private readonly file: number,
    private readonly again: { readonly logits: Float64Array; readonly gain: number } | undefined,
    private readonly top: number,
    readonly score: number,
  ) {}

  get path(): WorkspacePath {
    return this.found.view.paths[this.file]!;
  }

  get tokens(): number {
    return this.found.view.tokens(this.file);
  }

  get record(): FileRecord {
    return this.found.view.record(this.file);
  }

  get blocks(): readonly Block[] {
    return blocksOf(this.record);
  }

  get blockScores(): Float64Array {
    this.#blockScores ??= (this.again?.logits ?? blockLogits(this.found, this.file, this.weights)).map((s) => scoreOf(s, this.top));
    return this.#blockScores;
  }

  get terms(): readonly ScoreTerm[] {
    const { found, file, weights } = this;
    const terms: ScoreTerm[] = [];
    const tell: Tell = (signal, value, words) => void terms.push({ signal, value, words: words() });
    tellTerms(found, file, weights, tell);
    // What names and symbols bring goes to single blocks, so it is told but not added to the file.
    const named = found.named.get(file);
    if (named) tell('names', weights.name, () => `defines ${named.found.slice(0, 3).join(', ')}`);
    const spelled = found.spelled.get(file);
    if (spelled)
      tell(
        'names in words',
        weights.spelled * Math.max(...spelled.blocks.values()),
        () => `defines ${spelled.found.slice(0, 3).join(', ')}, in the task's words`,
      );
    const using = found.using.get(file);
    if (using) tell('uses of names', weights.using, () => `uses ${using.found.slice(0, 3).join(', ')}`);
    const gain = found.gains.get(file);
    if (gain) tell('symbols', Math.max(weights.uses, weights.definitions) * gain.value, () => `shares ${gain.name} with ${gain.from}`);
    if (this.again) tell(SECOND_LOOK, this.again.gain, () => 'all that speaks for its best block, weighed together');
    return terms;
  }
}

/** The signal of the term that is no reason of its own. */
export const SECOND_LOOK = 'second look';

/** Share of the best one's odds; 0 where nothing leads to the file. */
const scoreOf = (logit: number, top: number): number => (logit === Number.NEGATIVE_INFINITY ? 0 : Math.exp(logit - top));

type Tell = (signal: string, value: number, words: () => string) => void;

/** What speaks for a whole file. */
function tellTerms({ view, words, open, near, nearOpen, paired, tied }: Signals, file: number, weights: Weights, tell: Tell): void {
  const path = view.paths[file]!;
  const told = (scores: LexicalScores): string =>
    scores
      .found(file)
      .map((stem) => `“${stem}…”`)
      .join(', ');
  if (words.files[file]! > 0) {
    let best = 0;
    for (let i = view.firstBlock[file]!; i < view.firstBlock[file + 1]!; i++) best = Math.max(best, words.blocks[i]!);
    tell('words', weights.file * words.files[file]! + weights.best * best, () => `contains ${told(words)}`);
  }
  if (words.paths[file]! > 0) tell('path', weights.path * words.paths[file]!, () => 'its path has words of the task');
  if (open && open.files[file]! > 0)
    tell('words, open file', weights.focusFile * open.files[file]!, () => `shares ${told(open)} with the open file`);
  const [from, back, pair, tie] = [near.get(path), nearOpen.get(path), paired.get(path), tied.get(path)];
  if (from) tell('graph', weights.graph * from.strength, () => from.words);
  if (back) tell('graph, open file', weights.focus * back.strength, () => back.words);
  if (pair) tell('test pair', weights.pair * pair.strength, () => pair.words);
  if (tie) tell('history', weights.history * tie.strength, () => `changed with ${tie.with} in ${tie.commits} commits`);
}

/** What the whole file gives each of its blocks; undefined for one that nothing leads to. */
function baseOf(found: Signals, file: number, weights: Weights): number | undefined {
  let seen = found.gains.has(file);
  let base = handicap(found, file, weights);
  tellTerms(found, file, weights, (_, value) => {
    seen = true;
    base += value;
  });
  return seen ? base : undefined;
}

/** What a file's place, length and kind take from its blocks. */
function handicap({ view, rank }: Signals, file: number, { fileRank, fileTokens, prose }: Weights): number {
  return fileRank * Math.log1p(rank[file]!) + fileTokens * Math.log1p(view.tokens(file)) + (isCode(view.language(file)) ? 0 : prose);
}

/** Logit of a file's best block, which is the first of its file and pays nothing for its place; minus infinity where nothing leads to it. */
function bestLogit(found: Signals, file: number, weights: Weights): number {
  const base = baseOf(found, file, weights);
  let best = Number.NEGATIVE_INFINITY;
  if (base === undefined) return best;
  const count = found.view.firstBlock[file + 1]! - found.view.firstBlock[file]!;
  for (let block = 0; block < count; block++) best = Math.max(best, ownLogit(found, file, block, count, weights));
  return best + base;
}

/** Logits of a file's blocks; minus infinity where nothing leads to the file. */
function blockLogits(found: Signals, file: number, weights: Weights): Float64Array {
  const count = found.view.firstBlock[file + 1]! - found.view.firstBlock[file]!;
  const base = baseOf(found, file, weights);
  if (base === undefined) return new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const logits = Float64Array.from({ length: count }, (_, block) => ownLogit(found, file, block, count, weights));
  const order = Uint32Array.from(logits, (_, i) => i).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const breadth = weights.blockRank + (found.open ? weights.openBlockRank : 0);
  for (let place = 0; place < count; place++) logits[order[place]!]! += breadth * Math.log1p(place);
  return logits.map((s) => s + base);
}

/** What a block's own words, names and symbols say for it, and what it costs. */
function ownLogit(
  { view, words, open, named, using, spelled, gains }: Signals,
  file: number,
  block: number,
  count: number,
  weights: Weights,
): number {
  const first = view.firstBlock[file]!;
  const at = first + block;
  const { segment, doc } = view.places[file]!;
  const inSegment = segment.firstBlock[doc]! + block;
  const gain = gains.get(file);
  const before = block > 0 ? words.blocks[at - 1]! : 0;
  const behind = block < count - 1 ? words.blocks[at + 1]! : 0;
  return (
    weights.block * words.blocks[at]! +
    weights.neighbour * Math.max(before, behind) +
    weights.name * (named.get(file)?.blocks.get(block) ?? 0) +
    weights.using * (using.get(file)?.blocks.get(block) ?? 0) +
    weights.spelled * (spelled.get(file)?.blocks.get(block) ?? 0) +
    weights.uses * (gain?.uses.get(block) ?? 0) +
    weights.definitions * (gain?.definitions.get(block) ?? 0) +
    weights.focusBlock * (open?.blocks[at] ?? 0) +
    (segment.importing[inSegment] === 1 ? weights.imports : 0) +
    (segment.kinds[inSegment] === BLOCK_KINDS.type ? weights.ofType : 0) +
    (segment.notice[inSegment] === 1 ? weights.notice : 0) +
    (block === count - 1 ? weights.last : 0) +
    weights.blockTokens * segment.logTokens[inSegment]!
  );
}
