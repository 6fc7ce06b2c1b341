/** Token budgets offered by name, beside the chosen model's window. */
export const BUDGET_PRESETS: readonly number[] = [8_000, 32_000, 128_000, 200_000, 1_000_000];
