/** Where the very same lines stand again. */
import type { Lines } from './flow.js';

/** Characters below which equal lines are chance. */
const FEWEST = 24;

/** Other places of the file with the same lines, apart from how far they are indented. */
export function repeatsOf(source: readonly string[], { start, end }: Lines): Lines[] {
  const text = source.map((line) => line.trim());
  const looked = text.slice(start, end + 1);
  if (looked.join('').length < FEWEST) return [];
  const found: Lines[] = [];
  for (let at = 0; at + looked.length <= text.length; at++) {
    const isApart = at > end || at + looked.length - 1 < start;
    if (!isApart || looked.some((line, i) => line !== text[at + i])) continue;
    found.push({ start: at, end: at + looked.length - 1 });
    at += looked.length - 1;
  }
  return found;
}
