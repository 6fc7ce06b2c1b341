/** What each signal of a block's score weighs, at each budget; docs/ranking.md says how they were fitted and what each is worth. */

/** What each signal adds to a block's score. Scores of words are shares of the best one's. */
export interface Weights {
  /** Task's words in the block. */
  readonly block: number;
  /** In the better of its neighbours. */
  readonly neighbour: number;
  /** In the file's best block. */
  readonly best: number;
  /** In the whole file. */
  readonly file: number;
  /** Per logarithm of the file's place by its words. */
  readonly fileRank: number;
  /** Share of the task's words that the path holds. */
  readonly path: number;
  /** The block is, or is a part of, a definition that the task names. */
  readonly name: number;
  /** The block uses what a matching block defines. */
  readonly uses: number;
  /** The block defines what a matching block uses. */
  readonly definitions: number;
  /** The file imports or is imported by a matching one. */
  readonly graph: number;
  /** The same of the open file. */
  readonly focus: number;
  /** The file tests the open one, or is tested by it. */
  readonly pair: number;
  /** Words of the open file's path, imports and exported names in the block. */
  readonly focusBlock: number;
  /** The same in the whole file. */
  readonly focusFile: number;
  /** The file changed together with a matching one. The benchmark's trees have no history, so this is set by judgement. */
  readonly history: number;
  /** The block has imports: what a change uses must be imported. */
  readonly imports: number;
  /** The last block of a file: where new code is put. */
  readonly last: number;
  /** Prose, configuration, data. */
  readonly prose: number;
  /** Per logarithm of the block's place in its file. */
  readonly blockRank: number;
  /** The same on top of it with an open file, which already leads to whole files. */
  readonly openBlockRank: number;
  /** Per logarithm of the block's tokens: what it costs to show. */
  readonly blockTokens: number;
  /** Per logarithm of the file's tokens: a long file has more that matches by chance. */
  readonly fileTokens: number;
  /** What `block` gains with each fourfold of the budget. */
  readonly blockPerBudget: number;
  /** What `definitions` gains. */
  readonly definitionsPerBudget: number;
}

export const WEIGHTS: Weights = {
  block: 6.5,
  neighbour: 3.1,
  best: 4.1,
  file: 3.6,
  fileRank: -0.63,
  path: 20.6,
  name: 17.4,
  uses: 7.6,
  definitions: 5.4,
  graph: 3.2,
  focus: 4.5,
  pair: 6,
  focusBlock: 5.7,
  focusFile: 4.2,
  history: 1,
  imports: 3.1,
  last: 1.3,
  prose: -7.5,
  blockRank: -0.45,
  openBlockRank: -0.55,
  blockTokens: -1.5,
  fileTokens: -0.92,
  blockPerBudget: -2.9,
  definitionsPerBudget: 5.4,
};

/** The budget, in tokens, at which the weights are as written. */
const MIDDLE = 32_000;

/**
 * The weights for a budget. A small pack is best filled with what says the task's words;
 * a large one holds those anyway, and what they are made of is worth more. Outside of the
 * budgets that were measured, 8,000 to 128,000 tokens, they stay as at the nearest.
 */
export function weightsAt(budget: number, weights: Weights = WEIGHTS): Weights {
  const fourfolds = Math.max(-1, Math.min(1, Math.log(budget / MIDDLE) / Math.log(4)));
  return {
    ...weights,
    block: weights.block + weights.blockPerBudget * fourfolds,
    definitions: weights.definitions + weights.definitionsPerBudget * fourfolds,
  };
}
