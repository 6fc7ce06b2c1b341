/** How numbers are shown to people. */

/** A whole number, "31,496". Without Intl, whose tables take 9 ms to load: an editor would wait for them with the extension. */
export function formatCount(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** "3.5 s", "35 s". */
export function formatSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** "1 file", "1,204 files". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}
