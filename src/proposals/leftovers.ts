/** Lines in which a model stands in for text that it did not write: applied, they would delete what they stand for. */

/** What a comment begins and ends with. Taken off one by one: an expression of both and all between them would try every run of blanks at every place. */
const OPENING = /^(?:\/\/|#|--|;|%|\/\*+|\*|<!--|"""|'''|\{\/\*)/;
const CLOSING = /(?:\*\/\}?|-->|"""|''')$/;
const DOTS = /^(?:…|\.{3})/;
const STANDS_FOR =
  /\b(?:rest|remainder|remaining|other|existing|previous|original|unchanged|same|as before|omitted|unmodified|keep|snip(?:ped)?|truncated|your (?:code|logic|implementation))\b/i;

/** What stands for left-out lines in a pack. */
const GAP = '…';

/**
 * 0-based numbers of lines in `after` that stand for others, and do not stand in `before`: a
 * comment of the file's own may look like one.
 */
export function leftovers(before: string, after: string): number[] {
  const own = new Set(before.split(/\r\n|\n|\r/).map((l) => l.trim()));
  return after.split(/\r\n|\n|\r/).flatMap((line, i) => (!own.has(line.trim()) && standsForOthers(line) ? [i] : []));
}

/** "…" alone, or in a comment, with or without words that say what is left out. */
function standsForOthers(line: string): boolean {
  const trimmed = line.trim();
  if (trimmed === GAP) return true;
  const words = trimmed.replace(OPENING, '').replace(CLOSING, '').trim();
  if (!DOTS.test(words) && !words.endsWith('…') && !words.endsWith('...')) return false;
  // "..." alone is Python's and TypeScript's own, and so is "...rest"; with such words apart from it, or in a comment, it is not.
  return words === trimmed
    ? STANDS_FOR.test(words) && /^(?:…|\.{3,}\s)/.test(words)
    : words.replace(/[.…\s]/g, '') === '' || STANDS_FOR.test(words);
}
