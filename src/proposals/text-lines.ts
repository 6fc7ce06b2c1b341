/** A file's text as lines with the line break that each has, so that a change leaves all others as they are. */

export interface TextLines {
  readonly lines: readonly string[];
  /** "\n", "\r\n" or "\r" behind each line; empty behind the last one of a text that does not end with a line break. */
  readonly ends: readonly string[];
}

/** Joined again, the lines and their ends give the same text. A text that ends with a line break has no further, empty line. */
export function splitLines(text: string): TextLines {
  const lines: string[] = [];
  const ends: string[] = [];
  const breaks = /\r\n|\n|\r/g;
  let start = 0;
  for (let found = breaks.exec(text); found; found = breaks.exec(text)) {
    lines.push(text.slice(start, found.index));
    ends.push(found[0]);
    start = breaks.lastIndex;
  }
  if (start < text.length) {
    lines.push(text.slice(start));
    ends.push('');
  }
  return { lines, ends };
}

/** Lines `start` to `end` of `of`, `end` not included, replaced. New lines get the line break of the lines they replace, or of the file. */
export interface LineChange {
  readonly start: number;
  readonly end: number;
  readonly replacement: readonly string[];
}

/** The text with the changes made. They must be apart; the order does not matter. */
export function changeLines(of: TextLines, changes: readonly LineChange[]): string {
  const usual = usualEnd(of.ends);
  const out: string[] = [];
  let next = 0;
  for (const { start, end, replacement } of [...changes].sort((a, b) => a.start - b.start || a.end - b.end)) {
    for (; next < start; next++) out.push(of.lines[next]!, of.ends[next]!);
    const own = of.ends[start] || usual;
    // What follows a last line without a break begins a line of its own.
    if (start === of.lines.length && start > 0 && of.ends[start - 1] === '' && out.length > 0 && replacement.length > 0) out.push(usual);
    const unended = end > start && end === of.lines.length && of.ends[end - 1] === '';
    for (const [i, line] of replacement.entries()) out.push(line, unended && i === replacement.length - 1 ? '' : own);
    next = end;
  }
  for (; next < of.lines.length; next++) out.push(of.lines[next]!, of.ends[next]!);
  return out.join('');
}

/** The line break that most lines have; "\n" where there is none. */
function usualEnd(ends: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const end of ends) if (end !== '') counts.set(end, (counts.get(end) ?? 0) + 1);
  let usual = '\n';
  for (const [end, count] of counts) if (count > (counts.get(usual) ?? 0)) usual = end;
  return usual;
}
