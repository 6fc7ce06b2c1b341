/** One file from bytes to record: decode, parse, extract, count. */
import type { Tree } from 'web-tree-sitter';
import { TokenCounter } from '../base/token-counter.js';
import { countTokens } from '../base/tokens.js';
import { decode } from '../workspace/decode.js';
import { type Extracted, extractSyntax, type LineTokens } from './extract/extract.js';
import { outlineLines } from './extract/outline.js';
import { indexWords } from './extract/words.js';
import type { Grammars } from './grammars.js';
import type { LanguageSpec } from './language.js';
import { languageById, languageOfShebang } from './languages.js';
import type { FileRecord, ParseState } from './record.js';

export interface ParseLimits {
  /** A file of more bytes gets an outline by lines instead of a tree. */
  readonly hugeBytes: number;
  /** Milliseconds that parsing one file may take. */
  readonly parseMs: number;
}

export const PARSE_LIMITS: ParseLimits = { hugeBytes: 1_000_000, parseMs: 5_000 };

/** Words of a file are indexed up to here (UTF-16 units): what lies beyond is generated or data. */
const INDEXED_CHARS = 4_000_000;

const NOTHING: Extracted = { package: '', symbols: [], references: [], imports: [], bindings: [], exports: [] };

/** Reads bytes of a file in `language` into a record; never throws for what the bytes hold. */
export async function readRecord(
  bytes: Uint8Array,
  language: string | undefined,
  grammars: Grammars,
  limits: ParseLimits = PARSE_LIMITS,
): Promise<FileRecord> {
  const { text, traits } = decode(bytes);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const spec = language === undefined ? languageOfShebang(text.slice(0, 200)) : languageById(language);
  const huge = bytes.length > limits.hugeBytes;
  const counter = huge || traits.minified ? undefined : new TokenCounter(text);
  const { parse, found } = counter
    ? await parseText(text, lines, counter, spec, grammars, limits)
    : { parse: { kind: huge ? 'huge' : 'none' } as const, found: huge ? { ...NOTHING, symbols: outlineLines(lines) } : NOTHING };
  return {
    language: spec?.id ?? language,
    parse,
    text: traits,
    lineCount: lines.length,
    tokens: counter?.total ?? countTokens(text),
    ...found,
    words: indexWords(text.length > INDEXED_CHARS ? text.slice(0, INDEXED_CHARS).split('\n') : lines),
  };
}

async function parseText(
  text: string,
  lines: readonly string[],
  counter: TokenCounter,
  spec: LanguageSpec | undefined,
  grammars: Grammars,
  limits: ParseLimits,
): Promise<{ parse: ParseState; found: Extracted }> {
  if (!spec?.grammar || text === '') return { parse: { kind: 'none' }, found: NOTHING };
  try {
    const { parser, query } = await grammars.load(spec);
    const deadline = performance.now() + limits.parseMs;
    const tree = parser.parse(spec.hooks?.prepare?.(text) ?? text, null, { progressCallback: () => performance.now() > deadline });
    if (!tree) {
      // Without this the next parse would go on with this file.
      parser.reset();
      return { parse: { kind: 'timeout' }, found: { ...NOTHING, symbols: outlineLines(lines) } };
    }
    try {
      return {
        parse: { kind: 'parsed', errors: countErrors(tree) },
        found: extractSyntax(spec, query, tree, lines, lineTokens(lines, counter)),
      };
    } finally {
      // Trees live in the runtime's memory, which no garbage collector frees.
      tree.delete();
    }
  } catch (error) {
    return { parse: { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }, found: NOTHING };
  }
}

/** Tokens of a range of lines, without the line break behind the last one. */
function lineTokens(lines: readonly string[], counter: TokenCounter): LineTokens {
  const starts = new Uint32Array(lines.length + 1);
  for (const [i, line] of lines.entries()) starts[i + 1] = starts[i]! + line.length + 1;
  return (first, last) => counter.count(starts[first]!, starts[last + 1]! - 1);
}

/** ERROR and MISSING nodes, counted at the top of each broken region, at most 1,000. */
function countErrors(tree: Tree): number {
  const { rootNode } = tree;
  if (!rootNode.hasError) return 0;
  let errors = 0;
  const open = [rootNode];
  for (let node = open.pop(); node && errors < 1_000; node = open.pop()) {
    if (node.isError || node.isMissing) errors++;
    else for (const child of node.children) if (child?.hasError || child?.isMissing) open.push(child);
  }
  return Math.max(1, errors);
}
