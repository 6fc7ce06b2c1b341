/**
 * Relevance that crosses from block to block by symbols: who uses what the best blocks
 * define, and what they use that is defined elsewhere. A change of a function is mostly
 * a change of its callers and tests too.
 */
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Block } from './blocks.js';

export interface ScoredFile {
  readonly path: WorkspacePath;
  readonly record: FileRecord;
  readonly blocks: readonly Block[];
  /** Between 0 and about 1. */
  readonly scores: Float64Array;
}

export interface SymbolGain {
  /** Of each block, 0 to 1: how strongly it uses what a seed defines. */
  readonly uses: Float64Array;
  /** Of each block, 0 to 1: how strongly it defines what a seed uses. */
  readonly definitions: Float64Array;
  /** The largest of them all. */
  readonly value: number;
  /** The name that brought it. */
  readonly name: string;
  /** The file that it came from. */
  readonly from: WorkspacePath;
}

/** Best blocks whose symbols are followed. */
const SEEDS = 40;
/** A name in more files than this says little about any of them. */
const COMMON = 40;
const MIN_LENGTH = 3;

/** Gains of every file that the seeds lead to, from the blocks' first scores. */
export function spreadBySymbols(files: readonly ScoredFile[]): Map<WorkspacePath, SymbolGain> {
  const seeds = bestBlocks(files);
  const defined = new Map<string, { weight: number; from: WorkspacePath }>();
  const used = new Map<string, { weight: number; from: WorkspacePath }>();
  for (const { file, block, score } of seeds) {
    const { start, end } = file.blocks[block]!;
    for (const s of file.record.symbols)
      if (s.nameLine >= start && s.nameLine <= end && isTelling(s.name, s.kind)) raise(defined, s.name, score, file.path);
    for (const r of file.record.references)
      if (r.line >= start && r.line <= end && r.name.length > MIN_LENGTH) raise(used, r.name, score, file.path);
  }
  const spread = frequencies(files, defined, used);
  const gains = new Map<WorkspacePath, SymbolGain>();
  for (const file of files) {
    const gain = gainOf(file, defined, used, spread);
    if (gain) gains.set(file.path, gain);
  }
  return gains;
}

function bestBlocks(files: readonly ScoredFile[]): { file: ScoredFile; block: number; score: number }[] {
  const all = files.flatMap((file) => [...file.scores].flatMap((score, block) => (score > 0.2 ? [{ file, block, score }] : [])));
  return all
    .sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.block - b.block))
    .slice(0, SEEDS);
}

const isTelling = (name: string, kind: string): boolean =>
  name.length > MIN_LENGTH && kind !== 'section' && kind !== 'key' && kind !== 'constructor';

function raise(names: Map<string, { weight: number; from: WorkspacePath }>, name: string, weight: number, from: WorkspacePath): void {
  const old = names.get(name);
  if (!old || old.weight < weight) names.set(name, { weight, from });
}

/** In how many files each name that matters is defined or used. */
function frequencies(
  files: readonly ScoredFile[],
  defined: ReadonlyMap<string, unknown>,
  used: ReadonlyMap<string, unknown>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { record } of files) {
    const here = new Set<string>();
    for (const r of record.references) if (defined.has(r.name)) here.add(r.name);
    for (const s of record.symbols) if (used.has(s.name)) here.add(s.name);
    for (const name of here) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function gainOf(
  file: ScoredFile,
  defined: ReadonlyMap<string, { weight: number; from: WorkspacePath }>,
  used: ReadonlyMap<string, { weight: number; from: WorkspacePath }>,
  spread: ReadonlyMap<string, number>,
): SymbolGain | undefined {
  const { record, blocks, path } = file;
  let gain: { uses: Float64Array; definitions: Float64Array; value: number; name: string; from: WorkspacePath } | undefined;
  const give = (to: 'uses' | 'definitions', line: number, name: string, seed: { weight: number; from: WorkspacePath }): void => {
    const count = spread.get(name) ?? 1;
    if (seed.from === path || count > COMMON) return;
    const block = blockAt(blocks, line);
    if (block < 0) return;
    const value = seed.weight / Math.sqrt(count);
    gain ??= { uses: new Float64Array(blocks.length), definitions: new Float64Array(blocks.length), value: 0, name: '', from: '' };
    gain[to][block] = Math.max(gain[to][block]!, value);
    if (value > gain.value) Object.assign(gain, { value, name, from: seed.from });
  };
  for (const r of record.references) {
    const seed = defined.get(r.name);
    if (seed) give('uses', r.line, r.name, seed);
  }
  for (const s of record.symbols) {
    const seed = used.get(s.name);
    if (seed && isTelling(s.name, s.kind)) give('definitions', s.nameLine, s.name, seed);
  }
  return gain;
}

function blockAt(blocks: readonly Block[], line: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { start, end } = blocks[middle]!;
    if (line < start) high = middle - 1;
    else if (line > end) low = middle + 1;
    else return middle;
  }
  return -1;
}
