/** How numbers are shown to people. */

const NUMBER = new Intl.NumberFormat('en-US');

/** "31,496". */
export function formatCount(n: number): string {
  return NUMBER.format(n);
}

/** "1 file", "1,204 files". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}
