/** Characters that show nothing, or not what they are: control characters, marks of direction, joiners, tags, halves of pairs. */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u;

/** Each of them as "\u{202e}". */
export function madeVisible(text: string): string {
  return text.replace(EACH, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

const EACH = new RegExp(INVISIBLE.source, 'gu');
