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
  const usd = amount / 1e6;
  if (amount === 0) return '$0';
  if (usd >= 1) return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  const decimals = Math.min(6, 2 - Math.floor(Math.log10(usd)));
  const digits = usd.toFixed(decimals).replace(/0+$/, '');
  return `$${digits.length < 4 ? digits.padEnd(4, '0') : digits}`;
}
