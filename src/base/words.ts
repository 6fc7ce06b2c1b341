/** Words of code and prose: identifiers split into the parts people search for. */

const RUN = /[\p{L}\p{N}]+/gu;
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|\p{N}+/gu;

/**
 * Lower-cased words of `text` in order: "parseHTTPUrl_v2" gives parse, http, url, v, 2.
 * Words of one character are left out.
 */
export function splitWords(text: string): string[] {
  const out: string[] = [];
  for (const run of text.match(RUN) ?? []) {
    for (const part of run.match(PART) ?? []) if (part.length > 1) out.push(part.toLowerCase());
  }
  return out;
}
