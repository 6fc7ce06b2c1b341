/** Characters that show nothing, or not what they are: control characters, marks of direction, joiners, tags, halves of pairs. */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;

/** Each of them as "\u{202e}". */
export function madeVisible(text: string): string {
  return text.replace(EACH, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

const EACH = new RegExp(INVISIBLE.source, 'gu');

/**
 * For a terminal: text alone, without what would move its cursor, set its title or clipboard, hide what stands
 * before, or turn the direction of what follows. Line breaks, tabs and letters of every script stay.
 */
export function printable(text: string): string {
  return text.replace(/\r(?=\n|$)/g, '').replace(COMMANDING, (c) => madeVisible(c));
}

const COMMANDING = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** Characters of a program that a reader of it does not see, or sees elsewhere; those that letters and emoji are joined by are none. */
export function unseenIn(text: string): string[] {
  return [...new Set(text.match(UNSEEN) ?? [])];
}

const UNSEEN =
  /(?![\n\r\t\f\u200c-\u200d\ufeff\u00ad\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]{0,6})[\u{e0020}-\u{e007f}]/gu;
