/** How numbers are shown to people. */

const NUMBER = new Intl.NumberFormat('en-US');

/** "31,496". */
export function formatCount(n: number): string {
  return NUMBER.format(n);
}
