/** Token counts of texts that come again: the next pack shows mostly what the last one did. */
import { Recent } from '../base/recent.js';
import { countTokens } from '../base/tokens.js';

/** UTF-16 units of the texts whose counts are kept. */
const KEPT = 4_000_000;

const counts = new Recent<number>(KEPT);

/** o200k tokens of a text. */
export function countAgain(text: string): number {
  let tokens = counts.get(text);
  if (tokens === undefined) {
    tokens = countTokens(text);
    counts.set(text, tokens, text.length);
  }
  return tokens;
}

/**
 * o200k tokens of texts joined by "\n", exactly, of which all but the first begin with
 * "=": the tokeniser's pattern ends a piece at a line break before it, so the parts add up.
 */
export function countJoined(texts: readonly string[]): number {
  return texts.reduce((n, text, i) => n + countAgain(i < texts.length - 1 ? `${text}\n` : text), 0);
}
