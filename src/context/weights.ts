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
  /** The block uses what the task names. */
  readonly using: number;
  /** The block defines what the task spells in words: per share of the task's words. */
  readonly spelled: number;
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
  /** The block is of a type itself, not of one of its methods. */
  readonly ofType: number;
  /** What a file begins with where it defines and imports nothing yet: a licence. */
  readonly notice: number;
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
  /** How much of its two answers the second look adds, the one fitted at 8,000 tokens and the one at 32,000. */
  readonly secondLook: { readonly small: number; readonly middle: number };
}

export const WEIGHTS: Weights = {
  block: 7.4,
  neighbour: 2.3,
  best: 4,
  file: 3.3,
  fileRank: -0.61,
  path: 21.3,
  name: 15.5,
  using: 3.8,
  spelled: 74,
  uses: 4.6,
  definitions: 4.8,
  graph: 2.9,
  focus: 3.9,
  pair: 6.4,
  focusBlock: 5.9,
  focusFile: 4.5,
  history: 1,
  imports: 2.9,
  ofType: -0.82,
  notice: -4,
  last: 1.4,
  prose: -8.7,
  blockRank: -0.48,
  openBlockRank: -0.57,
  blockTokens: -1.53,
  fileTokens: -0.99,
  blockPerBudget: -3.2,
  definitionsPerBudget: 4.8,
  secondLook: { small: 0, middle: 1 },
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
    secondLook: secondLookAt(fourfolds, weights),
  };
}

/** From one answer to the other below the middle, and to none above it: packs of 128,000 tokens hold too much for anything to be fitted there. */
function secondLookAt(fourfolds: number, { secondLook: { small, middle } }: Weights): Weights['secondLook'] {
  const share = small + middle;
  return { small: share * Math.max(0, -fourfolds), middle: share * (1 - Math.abs(fourfolds)) };
}
