/** Which blocks of which files matter to a request, and why. */
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { coChanges } from './co-change.js';
import { type LexicalFile, scoreLexically } from './lexical.js';
import type { Focus, ScoreTerm } from './pack.js';
import { type Query, readQuery } from './query.js';
import { spreadBySymbols } from './symbol-spread.js';
import { pairTests } from './tests.js';

/** Weights of the signals, settled on the retrieval benchmark (docs/ranking.md). */
export interface Weights {
  readonly block: number;
  readonly file: number;
  readonly graph: number;
  readonly pair: number;
  readonly name: number;
  readonly focus: number;
  readonly smooth: number;
  readonly focusWords: number;
  /** What prose, configuration and data keep of their score beside code. */
  readonly prose: number;
  /** Of a block that uses what a matching block defines. */
  readonly uses: number;
  /** Of a block that defines what a matching block uses. */
  readonly definitions: number;
  /** Of a file that changed together with a matching one. The benchmark's trees have no history, so this is set by judgement, not by measurement. */
  readonly history: number;
}

export const WEIGHTS: Weights = {
  block: 1,
  file: 0.25,
  graph: 0.15,
  pair: 0.3,
  name: 0.5,
  focus: 0.2,
  smooth: 0.5,
  focusWords: 0.08,
  prose: 0.3,
  uses: 0.5,
  definitions: 0.3,
  history: 0.2,
};

export interface RankedFile {
  readonly path: WorkspacePath;
  readonly record: FileRecord;
  readonly blocks: LexicalFile['blocks'];
  /** Score of each block. */
  readonly blockScores: Float64Array;
  /** What the file scores apart from its blocks. */
  readonly score: number;
  readonly terms: readonly ScoreTerm[];
}

/** Scores of every file that may be packed, in the snapshot's order. */
export function rankFiles(
  snapshot: Snapshot,
  task: string,
  focus: Focus | undefined,
  wanted: (path: WorkspacePath, record: FileRecord) => boolean,
  weights: Weights = WEIGHTS,
): RankedFile[] {
  const query = readQuery(task);
  const stems = new Map(query.stems);
  if (focus && weights.focusWords > 0)
    for (const [stem, weight] of focusStems(snapshot, focus, weights.focusWords)) if (!stems.has(stem)) stems.set(stem, weight);
  const files = scoreLexically(snapshot, stems, wanted);
  const topFile = files.reduce((m, f) => Math.max(m, f.score), 0) || 1;
  const topBlock = files.reduce((m, f) => f.blockScores.reduce((n, s) => Math.max(n, s), m), 0) || 1;
  const lexical = new Map(files.map((f) => [f.path, f.score / topFile]));
  const plain = files.map((f) => {
    const named = nameScores(f, query);
    const own = f.blockScores.map((s, i) => weights.block * (s / topBlock) + weights.name * (named.blocks.get(i) ?? 0));
    return { path: f.path, record: f.record, blocks: f.blocks, named, own, scores: own.map((s) => (s + (lexical.get(f.path) ?? 0)) / 2) };
  });
  const gains = spreadBySymbols(plain, weights.uses, weights.definitions);
  const near = spread(snapshot, lexical, weights.graph, focus, weights.focus);
  const tied = coChanges(snapshot.history, seedsOf(lexical, focus));
  const paired = spreadPairs(snapshot, lexical, focus, weights.pair);

  return files.map((f, at) => {
    const { named, own } = plain[at]!;
    const gain = gains.get(f.path);
    const words = (lexical.get(f.path) ?? 0) * weights.file;
    const graph = near.get(f.path);
    const pair = paired.get(f.path);
    const tie = tied.get(f.path);
    const terms: ScoreTerm[] = [];
    if (words > 0) terms.push({ signal: 'words', value: words, words: `contains ${topStems(f)}` });
    if (graph) terms.push({ signal: 'graph', value: graph.value, words: graph.words });
    if (pair) terms.push({ signal: 'test pair', value: pair.value, words: pair.words });
    if (tie)
      terms.push({ signal: 'history', value: weights.history * tie.strength, words: `changed with ${tie.with} in ${tie.commits} commits` });
    if (named.file > 0)
      terms.push({ signal: 'names', value: named.file * weights.name, words: `defines ${named.found.slice(0, 3).join(', ')}` });
    const kept = isCode(f.record) ? 1 : weights.prose;
    const score = terms.reduce((n, t) => n + t.value, 0);
    // What symbols bring goes to single blocks, so it is told but not added to the file.
    if (gain) terms.push({ signal: 'symbols', value: gain.value, words: `shares ${gain.name} with ${gain.from}` });
    const raised = gain ? own.map((s, i) => s + gain.blocks[i]!) : own;
    return {
      path: f.path,
      record: f.record,
      blocks: f.blocks,
      blockScores: smoothed(raised, weights.smooth).map((s) => (s + score) * kept),
      score: score * kept,
      terms,
    };
  });
}

const PROSE = new Set(['markdown', 'json', 'yaml', 'toml', 'html', 'css']);

function isCode({ language }: FileRecord): boolean {
  return language !== undefined && !PROSE.has(language);
}

/** Each block gains a share of its better neighbour: what stands beside a match is often part of the change. */
function smoothed(scores: Float64Array, share: number): Float64Array {
  return scores.map((s, i) => s + share * Math.max(scores[i - 1] ?? 0, scores[i + 1] ?? 0));
}

function topStems(f: LexicalFile): string {
  return [...f.found]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 4)
    .map(([stem]) => `“${stem}…”`)
    .join(', ');
}

function nameScores(f: LexicalFile, { names }: Query): { file: number; blocks: Map<number, number>; found: string[] } {
  const blocks = new Map<number, number>();
  const found: string[] = [];
  if (names.size > 0) {
    for (const s of f.record.symbols) {
      if (!names.has(s.name)) continue;
      found.push(s.name);
      for (const [i, b] of f.blocks.entries()) if (b.end >= s.start && b.start <= s.end) blocks.set(i, b.start <= s.start ? 1 : 0.5);
    }
  }
  return { file: found.length > 0 ? 0.5 : 0, blocks, found };
}

/** The best files by their words, and the open one. */
function seedsOf(lexical: ReadonlyMap<WorkspacePath, number>, focus: Focus | undefined): Map<WorkspacePath, number> {
  const seeds = new Map([...lexical].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 10));
  if (focus) seeds.set(focus.path, 1);
  return seeds;
}

interface Near {
  value: number;
  words: string;
}

/** How much of a score crosses one edge: less from a hub that everything uses. */
function spread(
  snapshot: Snapshot,
  lexical: ReadonlyMap<WorkspacePath, number>,
  weight: number,
  focus: Focus | undefined,
  focusWeight: number,
): Map<WorkspacePath, Near> {
  const near = new Map<WorkspacePath, Near>();
  const { graph } = snapshot;
  const give = (to: WorkspacePath, value: number, words: string): void => {
    const old = near.get(to);
    if (!old || old.value < value) near.set(to, { value, words });
  };
  const from = (path: WorkspacePath, strength: number): void => {
    const n = graph.nodes.get(path);
    if (n === undefined) return;
    const outs = graph.out.targets.subarray(graph.out.offsets[n], graph.out.offsets[n + 1]);
    const ins = graph.in.targets.subarray(graph.in.offsets[n], graph.in.offsets[n + 1]);
    for (const t of outs) give(graph.files[t]!, strength / Math.sqrt(Math.max(1, outs.length / 4)), `used by ${path}`);
    for (const t of ins) give(graph.files[t]!, strength / Math.sqrt(Math.max(1, ins.length / 4)), `uses ${path}`);
  };
  const seeds = [...lexical].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 20);
  if (weight > 0) for (const [path, score] of seeds) if (score > 0.3) from(path, weight * score);
  if (focus && focusWeight > 0) from(focus.path, focusWeight);
  return near;
}

function spreadPairs(
  snapshot: Snapshot,
  lexical: ReadonlyMap<WorkspacePath, number>,
  focus: Focus | undefined,
  weight: number,
): Map<WorkspacePath, Near> {
  const out = new Map<WorkspacePath, Near>();
  if (weight === 0) return out;
  for (const [path, others] of pairTests(snapshot.entries)) {
    for (const other of others) {
      const strength = other === focus?.path ? 1 : (lexical.get(other) ?? 0);
      const value = (weight * strength) / Math.sqrt(others.length);
      if (value > (out.get(path)?.value ?? 0))
        out.set(path, { value, words: snapshot.entry(path)?.test === true ? `tests ${other}` : `tested by ${other}` });
    }
  }
  return out;
}

/** Words of the open file's path, imports and definitions, at a fraction of a task word's weight. */
function focusStems(snapshot: Snapshot, focus: Focus, weight: number): Map<string, number> {
  const record = snapshot.record(focus.path);
  const names = record ? [...record.symbols.filter((s) => s.exported).map((s) => s.name), ...record.imports.map((i) => i.specifier)] : [];
  return new Map([...readQuery([focus.path, ...names].join(' ')).stems.keys()].map((stem) => [stem, weight]));
}
