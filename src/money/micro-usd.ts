/** Money is an integer number of micro-dollars (USD × 10⁻⁶). */
declare const unit: unique symbol;
export type MicroUsd = number & { readonly [unit]: 'micro-USD' };

/** Throws a RangeError unless `n` is a whole, safe number of at least 0. */
export function microUsd(n: number): MicroUsd {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`${n} is not a number of micro-dollars`);
  return n as MicroUsd;
}

/** "$1.57", "$0.0755", "$0.00024": two decimals from a dollar on, below it three figures, at most six decimals. */
export function formatUsd(amount: MicroUsd): string {
  if (amount === 0) return '$0';
  if (amount >= 1e6) {
    return `$${rounded(amount, 2).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  }
  const decimals = Math.min(6, 8 - Math.floor(Math.log10(amount)));
  const digits = rounded(amount, decimals).toFixed(decimals).replace(/0+$/, '');
  return `$${digits.length < 4 ? digits.padEnd(4, '0') : digits}`;
}

/** In USD. Rounded while it is still an integer divided by a power of ten: a half, which no fraction of 1e-6 is in binary, goes up. */
function rounded(amount: MicroUsd, decimals: number): number {
  return Math.round(amount / 10 ** (6 - decimals)) / 10 ** decimals;
}
