/** What a planned file changes, in parts that can be accepted one by one. */
import { diffArrays } from 'diff';
import type { PlannedFile } from './plan.js';
import { splitLines } from './text-lines.js';

/** Lines that stand together and are replaced; 0-based, `end` not included. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  /** The lines that go, and those that come, each with its line break. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** More differing lines than this are one hunk: nobody accepts them one by one, and finding them takes quadratic time. */
const MOST_DIFFERENCES = 4_000;

/** In the order of the file, apart by at least one line. None for a file that is made, deleted, or moved as it is. */
export function hunksOf({ before, after }: Pick<PlannedFile, 'before' | 'after'>): readonly Hunk[] {
  if (before === undefined || after === undefined || before === after) return [];
  const [from, to] = [wholeLines(before), wholeLines(after)];
  const parts = diffArrays([...from], [...to], { maxEditLength: MOST_DIFFERENCES });
  if (!parts) return [outside(from, to)];
  const hunks: Hunk[] = [];
  let line = 0;
  let open: { readonly start: number; readonly removed: string[]; readonly added: string[] } | undefined;
  const close = (): void => {
    if (open) hunks.push({ ...open, end: open.start + open.removed.length });
    open = undefined;
  };
  for (const { added, removed, value } of parts) {
    if (!added && !removed) {
      close();
      line += value.length;
      continue;
    }
    open ??= { start: line, removed: [], added: [] };
    if (added) open.added.push(...value);
    else {
      open.removed.push(...value);
      line += value.length;
    }
  }
  close();
  return hunks;
}

/** The text of `before` with the chosen hunks of it made, and no others. @param chosen by their numbers from 0. */
export function withHunks(before: string, hunks: readonly Hunk[], chosen: ReadonlySet<number>): string {
  const lines = wholeLines(before);
  const out: string[] = [];
  let next = 0;
  for (const [i, { start, end, added }] of hunks.entries()) {
    if (!chosen.has(i)) continue;
    out.push(...lines.slice(next, start), ...added);
    next = end;
  }
  return [...out, ...lines.slice(next)].join('');
}

/** Lines with their line breaks; joined they are the text. */
function wholeLines(text: string): readonly string[] {
  const { lines, ends } = splitLines(text);
  return lines.map((line, i) => line + ends[i]!);
}

/** All between the lines that both begin with and those that both end with. */
function outside(from: readonly string[], to: readonly string[]): Hunk {
  const least = Math.min(from.length, to.length);
  let start = 0;
  while (start < least && from[start] === to[start]) start++;
  let same = 0;
  while (same < least - start && from[from.length - 1 - same] === to[to.length - 1 - same]) same++;
  const end = from.length - same;
  return { start, end, removed: from.slice(start, end), added: to.slice(start, to.length - same) };
}
