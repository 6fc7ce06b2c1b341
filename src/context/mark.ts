/**
 * What begins every line of a prompt that is ours: the headers of files, and of the task. Text
 * of a repository may look like such a line, so that a model would take what follows for another
 * file or for the task. Then another mark is chosen, with which no line of that text begins.
 */

/** Where nothing stands against it. */
export const MARK = '====';

/** A mark with something behind it: a line of signs alone is a rule or a table. Cut from a text at most this long. */
const MARKED = /^====(\d*)[^\S\r\n\v\f\x85\u2028\u2029]+[^\s=]/;
const LONGEST = 60;
/** What may stand before a mark without being seen; breaks of lines, of any kind, are left. */
const UNSEEN = /(?![\r\n\v\f\x85\u2028\u2029])[\s\p{Cf}\p{Cc}\p{Cs}\p{Co}\u3164\u2800]/gu;
/** Behind so many characters that cannot be seen nobody looks for more. */
const FAR = 1_000;

/** The first of "====", "====2", "====3", … that begins no line of the texts: the same for the same texts. */
export function markFor(texts: Iterable<string>): string {
  const taken = new Set<string>();
  for (const text of texts) {
    for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
      if (text[at - 1] === '=') continue;
      const [, number] = MARKED.exec(text.slice(at, at + LONGEST).replace(/\p{Cf}/gu, '')) ?? [];
      if (number !== undefined && beginsLine(text, at)) taken.add(number);
    }
  }
  if (!taken.has('')) return MARK;
  let number = 2;
  while (taken.has(String(number))) number++;
  return `${MARK}${number}`;
}

function beginsLine(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - FAR), at).replace(UNSEEN, '');
  return before === '' || /[\r\n\v\f\x85\u2028\u2029]$/.test(before);
}
