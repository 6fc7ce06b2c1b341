/** Exact o200k token counts: the unit of every budget inside the engine. */
import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base';

// Repository text may hold "<|endoftext|>" and the like; it is text, not a control token.
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/** o200k tokens of `text`, special tokens read as plain text. */
export function countTokens(text: string): number {
  return count(text, AS_TEXT);
}
