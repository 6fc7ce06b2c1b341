/** One file from bytes to record: decode, parse, extract, count. */
import type { Tree } from 'web-tree-sitter';
import { TokenCounter } from '../base/token-counter.js';
import { countTokens } from '../base/tokens.js';
import { decode } from '../workspace/decode.js';
import { type Extracted, extractSyntax, type LineTokens, type Spend } from './extract/extract.js';
import { outlineLines } from './extract/outline.js';
import { indexWords } from './extract/words.js';
import type { Grammar, Grammars } from './grammars.js';
import type { LanguageSpec } from './language.js';
import { languageById, languageOfShebang } from './languages.js';
import type { FileRecord, ParseState } from './record.js';

export interface ParseLimits {
  /** A file of more bytes gets an outline by lines instead of a tree. */
  readonly hugeBytes: number;
  /** Steps that parsing one file may take, counted where the parser reports progress: a busy machine must not change what is parsed. */
  readonly parseSteps: number;
  /** Work that extraction of one file may take, in characters of nodes looked at. The largest files of the trees it was tried on take less than a third of the default. */
  readonly extractWork: number;
}

export const PARSE_LIMITS: ParseLimits = { hugeBytes: 1_000_000, parseSteps: 75_000, extractWork: 10_000_000 };

/** Of a huge file so much is looked at (UTF-16 units): what lies beyond is data. */
const LOOKED_AT = 2_000_000;
/** Of a huge file the tokens of so much are counted, and those of the rest estimated from them: text made to be slow takes microseconds a character. */
const COUNTED = 1_000_000;

const NOTHING: Extracted = { package: '', symbols: [], references: [], imports: [], bindings: [], exports: [] };

/** Reads bytes of a file in `language` into a record, without parsing when it is known to break the parser; never throws for what the bytes hold. */
export async function readRecord(
  bytes: Uint8Array,
  language: string | undefined,
  grammars: Grammars,
  limits: ParseLimits = PARSE_LIMITS,
  broke?: ParseState,
): Promise<FileRecord> {
  const { text, traits } = decode(bytes);
  const huge = bytes.length > limits.hugeBytes;
  const head = huge && text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text;
  const lines = head.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const spec = language === undefined ? languageOfShebang(text.slice(0, 200)) : languageById(language);
  const common = {
    language: spec?.id ?? language,
    text: traits,
    lineCount: countLines(text),
    words: indexWords(lines),
  };
  const unparsed: ParseState | undefined =
    broke ?? (traits.encoding === 'binary' ? { kind: 'none' } : huge ? { kind: 'huge' } : traits.minified ? { kind: 'none' } : undefined);
  if (unparsed) {
    const symbols = traits.minified ? [] : outlineLines(lines);
    const counted = huge ? text.slice(0, COUNTED) : text;
    const tokens = Math.ceil(countTokens(counted) * (text.length / Math.max(1, counted.length)));
    return { ...NOTHING, ...common, parse: unparsed, symbols, tokens };
  }
  const counter = new TokenCounter(text);
  const { parse, found } = await parseText(text, lines, counter, spec, grammars, limits);
  return { ...common, ...found, parse, tokens: counter.total };
}

/** A final line break does not open another line. */
function countLines(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
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
  const outline: Extracted = { ...NOTHING, symbols: outlineLines(lines) };
  let grammar: Grammar;
  try {
    grammar = await grammars.load(spec);
  } catch (error) {
    return { parse: failed(error), found: outline };
  }
  const { parser, query } = grammar;
  try {
    const tree = parser.parse(spec.hooks?.prepare?.(text) ?? text, null, { progressCallback: afterSteps(limits.parseSteps) });
    if (!tree) {
      // Without this the next parse would go on with this file.
      parser.reset();
      return { parse: { kind: 'timeout' }, found: outline };
    }
    try {
      const found = extractSyntax(spec, query, tree, lines, lineTokens(lines, counter), upTo(limits.extractWork));
      return found ? { parse: { kind: 'parsed', errors: countErrors(tree) }, found } : { parse: { kind: 'timeout' }, found: outline };
    } finally {
      // Trees live in the runtime's memory, which no garbage collector frees.
      tree.delete();
    }
  } catch (error) {
    // A trap or an overflowing stack may leave the runtime in any state.
    grammars.spoilt = true;
    return { parse: failed(error), found: outline };
  }
}

const failed = (error: unknown): ParseState => ({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });

/** Says, from the `steps`th time on, that it is enough. */
function afterSteps(steps: number): () => boolean {
  let left = steps;
  return () => {
    left--;
    return left < 0;
  };
}

/** Says, once more than `work` has been spent, that it is too much. */
function upTo(work: number): Spend {
  let left = work;
  return (spent) => {
    left -= spent;
    return left < 0;
  };
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
