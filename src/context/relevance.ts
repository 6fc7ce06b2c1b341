/**
 * Which blocks of which files matter to a request, and why: a linear model whose sum
 * estimates, on a logarithm, the odds that a block is part of the change, per token
 * that showing it costs. Its weights are in weights.ts; docs/ranking.md says what each signal is worth.
 */
import { mapSteps, type Steps } from '../base/steps.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { coChanges } from './co-change.js';
import { type LexicalFile, type LexicalScore, lexicalFiles, scoreLexically } from './lexical.js';
import { connected, pairedWith } from './nearness.js';
import type { Focus, ScoreTerm } from './pack.js';
import { type Query, readQuery } from './query.js';
import { type SymbolGain, spreadBySymbols } from './symbol-spread.js';
import { WEIGHTS, type Weights } from './weights.js';

export interface RankedFile {
  readonly path: WorkspacePath;
  readonly record: FileRecord;
  readonly blocks: LexicalFile['blocks'];
  /** Score of each block: 1 for the best of all files, 0 for one that shares nothing with the request. */
  readonly blockScores: Float64Array;
  /** What speaks for the file, on a logarithm. */
  readonly terms: readonly ScoreTerm[];
}

/** A share of the task's words that makes a file a starting point for what is near it. */
const SEED_SHARE = 0.3;
const SEEDS = 20;
const HISTORY_SEEDS = 10;

/** Scores of every file that may be packed, in the snapshot's order. */
export function* rankFiles(
  snapshot: Snapshot,
  task: string,
  focus: Focus | undefined,
  wanted: (path: WorkspacePath, record: FileRecord) => boolean,
  weights: Weights = WEIGHTS,
): Steps<RankedFile[]> {
  const query = readQuery(task);
  const files = yield* lexicalFiles(snapshot, wanted);
  const words = shares(yield* scoreLexically(files, query.stems));
  const open = focus && shares(yield* scoreLexically(files, focusStems(snapshot, focus)));
  const named = files.map((f) => namedIn(f, query));
  const order = [...files.keys()].sort((a, b) => words[b]!.file - words[a]!.file || a - b);
  const rank = new Uint32Array(files.length);
  for (const [place, at] of order.entries()) rank[at] = place;

  const gains = yield* spreadBySymbols(
    files.map((file, at) => {
      const { blocks, file: whole } = words[at]!;
      const { blocks: naming } = named[at]!;
      const matches = whole > 0 || naming.size > 0;
      return { file, scores: matches ? blocks.map((s, i) => (s + (naming.get(i) ?? 0) / 2 + whole) / 2) : NONE };
    }),
  );
  const best = order.map((at): [WorkspacePath, number] => [files[at]!.path, words[at]!.file]);
  const near = connected(
    snapshot.graph,
    best.slice(0, SEEDS).filter(([, share]) => share > SEED_SHARE),
  );
  const nearOpen = connected(snapshot.graph, focus ? [[focus.path, 1]] : []);
  const paired = focus ? pairedWith(snapshot.entries, focus.path) : new Map<WorkspacePath, never>();
  const tied = coChanges(snapshot.history, new Map([...best.slice(0, HISTORY_SEEDS), ...(focus ? [[focus.path, 1] as const] : [])]));

  const logits = yield* mapSteps(files, (f, at) => {
    const gain = gains.get(f.path);
    const found = { words: words[at]!, open: open?.[at], named: named[at]!, gain };
    const terms = fileTerms(found, weights);
    const tell = (signal: string, value: number, why: string): void => void terms.push({ signal, value, words: why });
    const [from, back, tie] = [near.get(f.path), nearOpen.get(f.path), tied.get(f.path)];
    if (from) tell('graph', weights.graph * from.strength, from.words);
    if (back) tell('graph, open file', weights.focus * back.strength, back.words);
    const pair = paired.get(f.path);
    if (pair) tell('test pair', weights.pair * pair.strength, pair.words);
    if (tie) tell('history', weights.history * tie.strength, `changed with ${tie.with} in ${tie.commits} commits`);
    const seen = terms.length > 0 || gain !== undefined;
    const base = terms.reduce((n, t) => n + t.value, handicap(f.record, rank[at]!, weights));
    const blocks = seen ? blockLogits(f, found, weights).map((s) => s + base) : undefined;
    // What names and symbols bring goes to single blocks, so it is told but not added to the file.
    if (named[at]!.found.length > 0) tell('names', weights.name, `defines ${named[at]!.found.slice(0, 3).join(', ')}`);
    if (gain) tell('symbols', Math.max(weights.uses, weights.definitions) * gain.value, `shares ${gain.name} with ${gain.from}`);
    return { terms, blocks };
  });
  const top = logits.reduce((m, { blocks }) => (blocks ?? NONE).reduce((n, s) => Math.max(n, s), m), Number.NEGATIVE_INFINITY);
  return yield* mapSteps(files, ({ path, record, blocks }, at) => {
    const { terms, blocks: scores } = logits[at]!;
    return { path, record, blocks, terms, blockScores: scores?.map((s) => Math.exp(s - top)) ?? new Float64Array(blocks.length) };
  });
}

const NONE = new Float64Array();

/** What a file's place, length and kind take from its blocks. */
function handicap(record: FileRecord, place: number, weights: Weights): number {
  const { fileRank, fileTokens, prose } = weights;
  return fileRank * Math.log1p(place) + fileTokens * Math.log1p(record.tokens) + (isCode(record) ? 0 : prose);
}

interface Found {
  readonly words: LexicalScore;
  readonly open: LexicalScore | undefined;
  readonly named: Named;
  readonly gain: SymbolGain | undefined;
}

/** What the words of the task and of the open file say for a whole file. */
function fileTerms({ words, open }: Found, weights: Weights): ScoreTerm[] {
  const best = words.blocks.reduce((m, s) => Math.max(m, s), 0);
  const terms: ScoreTerm[] = [];
  if (words.file > 0)
    terms.push({ signal: 'words', value: weights.file * words.file + weights.best * best, words: `contains ${topStems(words)}` });
  if (words.path > 0) terms.push({ signal: 'path', value: weights.path * words.path, words: 'its path has words of the task' });
  if (open && open.file > 0)
    terms.push({ signal: 'words, open file', value: weights.focusFile * open.file, words: `shares ${topStems(open)} with the open file` });
  return terms;
}

/** What each block adds to its file's score. */
function blockLogits({ blocks, logTokens, importing }: LexicalFile, { words, open, named, gain }: Found, weights: Weights): Float64Array {
  const scores = words.blocks.map(
    (own, i) =>
      weights.block * own +
      weights.neighbour * Math.max(words.blocks[i - 1] ?? 0, words.blocks[i + 1] ?? 0) +
      weights.name * (named.blocks.get(i) ?? 0) +
      weights.uses * (gain?.uses[i] ?? 0) +
      weights.definitions * (gain?.definitions[i] ?? 0) +
      weights.focusBlock * (open?.blocks[i] ?? 0) +
      (importing[i] === 1 ? weights.imports : 0) +
      (i === blocks.length - 1 ? weights.last : 0) +
      weights.blockTokens * logTokens[i]!,
  );
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const breadth = weights.blockRank + (open ? weights.openBlockRank : 0);
  for (let place = 0; place < order.length; place++) scores[order[place]!]! += breadth * Math.log1p(place);
  return scores;
}

const PROSE = new Set(['markdown', 'json', 'yaml', 'toml', 'html', 'css']);

function isCode({ language }: FileRecord): boolean {
  return language !== undefined && !PROSE.has(language);
}

/** Makes scores shares of the best block's and the best file's. */
function shares(scores: LexicalScore[]): LexicalScore[] {
  const topFile = scores.reduce((m, f) => Math.max(m, f.file), 0) || 1;
  const topBlock = scores.reduce((m, f) => f.blocks.reduce((n, s) => Math.max(n, s), m), 0) || 1;
  for (const f of scores) {
    // What has no block with a score has none to divide.
    for (let i = 0; f.file > 0 && i < f.blocks.length; i++) f.blocks[i]! /= topBlock;
    f.file /= topFile;
  }
  return scores;
}

const topStems = ({ found }: LexicalScore): string => found.map(({ stem }) => `“${stem}…”`).join(', ');

interface Named {
  /** 1 for a block in which a named definition begins, 0.5 for a further one of its body. */
  readonly blocks: ReadonlyMap<number, number>;
  readonly found: readonly string[];
}

const NOT_NAMED: Named = { blocks: new Map(), found: [] };

function namedIn({ record, blocks: all }: LexicalFile, { names }: Query): Named {
  if (names.size === 0) return NOT_NAMED;
  const blocks = new Map<number, number>();
  const found: string[] = [];
  for (const s of record.symbols) {
    if (!names.has(s.name)) continue;
    found.push(s.name);
    for (const [i, b] of all.entries())
      if (b.end >= s.start && b.start <= s.end) blocks.set(i, Math.max(blocks.get(i) ?? 0, b.start <= s.start ? 1 : 0.5));
  }
  return { blocks, found };
}

/** Words of the open file's path, imports and exported names, all of one weight. */
function focusStems(snapshot: Snapshot, { path }: Focus): Map<string, number> {
  const record = snapshot.record(path);
  const names = record ? [...record.symbols.filter((s) => s.exported).map((s) => s.name), ...record.imports.map((i) => i.specifier)] : [];
  return new Map([...readQuery([path, ...names].join(' ')).stems.keys()].map((stem) => [stem, 1]));
}
