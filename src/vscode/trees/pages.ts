/** Long lists in pages: the editor asks for all rows below a row at once, and ten thousand of them would hold it up. */

/** Rows shown below their parent itself; the ones after them are in pages of as many. */
export const PAGE = 200;

/** Rows `start` to `end` of a list, `end` not included. */
export interface Page<T> {
  readonly kind: 'page';
  /** Id of the row that the list is below. */
  readonly of: string;
  readonly start: number;
  readonly end: number;
  rows(): readonly T[];
}

/**
 * The first {@link PAGE} rows and pages of the others. Never more than twice PAGE in all: pages grow where the list is very long.
 * @param rows gives those from `start` to `end`, `end` not included.
 */
export function inPages<T>(of: string, count: number, rows: (start: number, end: number) => readonly T[]): (T | Page<T>)[] {
  const shown: (T | Page<T>)[] = [...rows(0, Math.min(PAGE, count))];
  const size = Math.max(PAGE, Math.ceil((count - PAGE) / PAGE));
  for (let start = PAGE; start < count; start += size) {
    const end = Math.min(start + size, count);
    shown.push({ kind: 'page', of, start, end, rows: () => rows(start, end) });
  }
  return shown;
}
