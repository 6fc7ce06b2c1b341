/** Bounds of a pack's budget, in o200k tokens. */
export const MIN_BUDGET = 2_000;
export const MAX_BUDGET = 2_000_000;
