/** One file from bytes to record: decode, parse, extract, count. */
import { countTokens } from '../base/tokens.js';
import { decode } from '../workspace/decode.js';
import { type Extracted, extractSyntax } from './extract/extract.js';
import { indexWords } from './extract/words.js';
import type { Grammars } from './grammars.js';
import { languageById } from './languages.js';
import type { FileRecord, ParseState } from './record.js';

const EMPTY: Extracted = { package: '', symbols: [], references: [], imports: [], bindings: [], exports: [] };

/** Reads bytes of a file in `language` into a record; never throws for what the bytes hold. */
export async function readRecord(bytes: Uint8Array, language: string | undefined, grammars: Grammars): Promise<FileRecord> {
  const { text, traits } = decode(bytes);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const spec = language === undefined ? undefined : languageById(language);
  let parse: ParseState = { kind: 'none' };
  let found = EMPTY;
  if (spec?.grammar && traits.encoding !== 'binary' && !traits.minified) {
    try {
      const { parser, query } = await grammars.load(spec);
      const tree = parser.parse(text);
      if (tree) {
        try {
          parse = { kind: 'parsed', errors: tree.rootNode.hasError ? 1 : 0 };
          found = extractSyntax(spec, query, tree, lines);
        } finally {
          tree.delete();
        }
      }
    } catch (error) {
      parse = { kind: 'failed', reason: String(error) };
    }
  }
  return { language, parse, text: traits, lineCount: lines.length, tokens: countTokens(text), ...found, words: indexWords(lines) };
}
