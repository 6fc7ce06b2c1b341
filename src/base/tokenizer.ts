/** The o200k tokeniser, bundled by itself; see `tokens.ts`. */
export { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
