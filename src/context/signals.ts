/** What speaks for the files of a snapshot and their blocks, for one task: each signal for itself, not yet weighed. */
import type { Steps } from '../base/steps.js';
import type { Graph } from '../graph/graph.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { coChanges } from './co-change.js';
import { type LexicalScores, scoreLexically } from './lexical.js';
import { type Named, namedIn, spelledIn, usingIn } from './named.js';
import { connected, pairedWith } from './nearness.js';
import type { Focus } from './pack.js';
import { type Query, readQuery } from './query.js';
import type { SearchView } from './search/search-view.js';
import { type ScoredBlock, SEED_SCORE, type SymbolGain, spreadBySymbols } from './symbol-spread.js';

/** A share of the task's words that makes a file a starting point for what is near it. */
const SEED_SHARE = 0.3;
const SEEDS = 20;
const HISTORY_SEEDS = 10;

/** By the files' numbers in the view, or by their paths. */
export interface Signals {
  readonly view: SearchView;
  readonly query: Query;
  readonly words: LexicalScores;
  readonly open: LexicalScores | undefined;
  readonly named: ReadonlyMap<number, Named>;
  readonly using: ReadonlyMap<number, Named>;
  readonly spelled: ReadonlyMap<number, Named>;
  readonly gains: ReadonlyMap<number, SymbolGain>;
  /** Place of each file by its words, from 0 on. */
  readonly rank: Uint32Array;
  readonly near: ReturnType<typeof connected>;
  readonly nearOpen: ReturnType<typeof connected>;
  readonly paired: ReturnType<typeof pairedWith>;
  readonly tied: ReturnType<typeof coChanges>;
  /** Files that hold tests. */
  readonly tests: ReadonlySet<number>;
  /** How many files use a file, and how many it uses. */
  readonly degrees: (file: number) => { readonly usedBy: number; readonly uses: number };
}

export function* findSignals(view: SearchView, snapshot: Snapshot, task: string, focus: Focus | undefined): Steps<Signals> {
  const query = readQuery(task);
  const words = yield* scoreLexically(view, query.stems);
  const open = focus && (yield* scoreLexically(view, focusStems(snapshot, focus)));
  const named = namedIn(view, query);
  const using = usingIn(view, query);
  const spelled = yield* spelledIn(view, words);
  const order = orderOf(words.files);
  const rank = new Uint32Array(order.length);
  for (const [place, file] of order.entries()) rank[file] = place;
  const gains = yield* spreadBySymbols(view, scoredBlocks(view, words, named));
  const best = Array.from(order.subarray(0, SEEDS), (file) => [view.paths[file]!, words.files[file]!] as const);
  const seeds = best.filter(([, share]) => share > SEED_SHARE);
  const near = connected(snapshot.graph, seeds);
  const nearOpen = connected(snapshot.graph, focus ? [[focus.path, 1]] : []);
  const paired: ReturnType<typeof pairedWith> = focus ? pairedWith(snapshot.entries, focus.path) : new Map();
  const tied = coChanges(snapshot.history, new Map([...best.slice(0, HISTORY_SEEDS), ...(focus ? [[focus.path, 1] as const] : [])]));
  const tests = new Set([...view.paths.keys()].filter((file) => snapshot.entry(view.paths[file]!)?.test === true));
  const degrees: Signals['degrees'] = (file) => degreesIn(snapshot.graph, view.paths[file]!);
  return { view, query, words, open, named, using, spelled, gains, rank, near, nearOpen, paired, tied, tests, degrees };
}

function degreesIn(graph: Graph, path: WorkspacePath): { usedBy: number; uses: number } {
  const node = graph.nodes.get(path);
  if (node === undefined) return { usedBy: 0, uses: 0 };
  const of = ({ offsets }: Graph['in']): number => offsets[node + 1]! - offsets[node]!;
  return { usedBy: of(graph.in), uses: of(graph.out) };
}

/** Numbers of files, those with the highest scores first. */
function orderOf(scores: Float64Array): Uint32Array {
  const matching: number[] = [];
  const rest: number[] = [];
  for (const [file, score] of scores.entries()) (score > 0 ? matching : rest).push(file);
  return Uint32Array.from([...matching.sort((a, b) => scores[b]! - scores[a]! || a - b), ...rest]);
}

/** Blocks good enough to start from, with their first scores. */
function scoredBlocks({ firstBlock, paths }: SearchView, { files, blocks }: LexicalScores, named: Signals['named']): ScoredBlock[] {
  const scored: ScoredBlock[] = [];
  for (let file = 0; file < paths.length; file++) {
    const naming = named.get(file)?.blocks;
    if (files[file] === 0 && !naming) continue;
    for (let block = 0; block < firstBlock[file + 1]! - firstBlock[file]!; block++) {
      const score = (blocks[firstBlock[file]! + block]! + (naming?.get(block) ?? 0) / 2 + files[file]!) / 2;
      if (score > SEED_SCORE) scored.push({ file, block, score });
    }
  }
  return scored;
}

const PROSE = new Set(['markdown', 'json', 'yaml', 'toml', 'html', 'css']);

/** Neither prose, data, configuration nor plain text. */
export const isCode = (language: string): boolean => language !== '' && !PROSE.has(language);

/** Words of the open file's path, imports and exported names, all of one weight. */
function focusStems(snapshot: Snapshot, { path }: Focus): Map<string, number> {
  const record = snapshot.record(path);
  const names = record ? [...record.symbols.filter((s) => s.exported).map((s) => s.name), ...record.imports.map((i) => i.specifier)] : [];
  return new Map([...readQuery([path, ...names].join(' ')).stems.keys()].map((stem) => [stem, 1]));
}
