/** Exact o200k token counts: the unit of every budget inside the engine. */

/** The tokeniser has a table of 200,000 ranks that takes 0.1 s to load, so it is a bundle of its own, loaded by the first count: most questions count nothing. */
let tokenizer: typeof import('./tokenizer.js') | undefined;

function count(text: string): number {
  tokenizer ??= require('./tokenizer.js') as typeof import('./tokenizer.js');
  return tokenizer.countTokens(text, AS_TEXT);
}

// Repository text may hold "<|endoftext|>" and the like; it is text, not a control token.
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/**
 * Byte-pair merging takes quadratic time in the length of one unbroken run, so a run
 * longer than this (a data URL, a minified bundle, a page of blanks) is counted in
 * slices of SLICE. The cuts can only add tokens: for such a text the count is an upper
 * bound.
 */
const LONG_RUN = 2048;
const SLICE = 1024;

/** o200k tokens of `text`, special tokens read as plain text. */
export function countTokens(text: string): number {
  if (!hasLongRun(text)) return count(text);
  let tokens = 0;
  for (const part of text.split(/(\S{2048,}|\s{2048,})/)) {
    if (part.length < LONG_RUN) tokens += count(part);
    else for (let at = 0; at < part.length; at += SLICE) tokens += count(part.slice(at, at + SLICE));
  }
  return tokens;
}

const BLANK = /\s/;

/** Whether LONG_RUN characters stand together that are all blanks, or none. Such a run covers a multiple of its length, so only the surroundings of those are looked at. */
function hasLongRun(text: string): boolean {
  for (let at = LONG_RUN - 1; at < text.length; at += LONG_RUN) {
    const blank = BLANK.test(text[at]!);
    let start = at;
    while (start >= 0 && at - start < LONG_RUN && BLANK.test(text[start]!) === blank) start--;
    let end = at;
    while (end < text.length && end - start <= LONG_RUN && BLANK.test(text[end]!) === blank) end++;
    if (end - start - 1 >= LONG_RUN) return true;
  }
  return false;
}
