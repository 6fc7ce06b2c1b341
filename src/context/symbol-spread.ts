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
  const defined = new Map<string, Seed>();
  const used = new Map<string, Seed>();
  for (const { file, block, score } of seeds) {
    const { start, end } = file.blocks[block]!;
    for (const s of file.record.symbols)
      if (s.nameLine >= start && s.nameLine <= end && isTelling(s.name, s.kind)) raise(defined, s.name, score, file.path);
    for (const r of file.record.references)
      if (r.line >= start && r.line <= end && r.name.length > MIN_LENGTH) raise(used, r.name, score, file.path);
  }
  const ties = new Map(files.map((file) => [file, tiesOf(file, defined, used)]));
  const spread = new Map<string, number>();
  for (const of of ties.values()) for (const name of new Set(of.map((t) => t.name))) spread.set(name, (spread.get(name) ?? 0) + 1);
  const gains = new Map<WorkspacePath, SymbolGain>();
  for (const [file, of] of ties) {
    const gain = gainOf(file, of, spread);
    if (gain) gains.set(file.path, gain);
  }
  return gains;
}

function bestBlocks(files: readonly ScoredFile[]): { file: ScoredFile; block: number; score: number }[] {
  const all: { file: ScoredFile; block: number; score: number }[] = [];
  for (const file of files) for (const [block, score] of file.scores.entries()) if (score > 0.2) all.push({ file, block, score });
  return all
    .sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.block - b.block))
    .slice(0, SEEDS);
}

const isTelling = (name: string, kind: string): boolean =>
  name.length > MIN_LENGTH && kind !== 'section' && kind !== 'key' && kind !== 'constructor';

function raise(names: Map<string, Seed>, name: string, weight: number, from: WorkspacePath): void {
  const old = names.get(name);
  if (!old || old.weight < weight) names.set(name, { weight, from });
}

interface Seed {
  readonly weight: number;
  readonly from: WorkspacePath;
}

/** A line of a file that uses a name which a seed defines, or the other way round. */
interface Tie {
  readonly kind: 'uses' | 'definitions';
  readonly line: number;
  readonly name: string;
  readonly seed: Seed;
}

function tiesOf({ record }: ScoredFile, defined: ReadonlyMap<string, Seed>, used: ReadonlyMap<string, Seed>): Tie[] {
  const ties: Tie[] = [];
  for (const { name, line } of record.references) {
    const seed = defined.get(name);
    if (seed) ties.push({ kind: 'uses', line, name, seed });
  }
  for (const { name, kind, nameLine } of record.symbols) {
    const seed = used.get(name);
    if (seed && isTelling(name, kind)) ties.push({ kind: 'definitions', line: nameLine, name, seed });
  }
  return ties;
}

/** @param spread in how many files each name is defined or used. */
function gainOf({ blocks, path }: ScoredFile, ties: readonly Tie[], spread: ReadonlyMap<string, number>): SymbolGain | undefined {
  let gain: { uses: Float64Array; definitions: Float64Array; value: number; name: string; from: WorkspacePath } | undefined;
  for (const { kind, line, name, seed } of ties) {
    const count = spread.get(name) ?? 1;
    const block = seed.from === path || count > COMMON ? -1 : blockAt(blocks, line);
    if (block < 0) continue;
    const value = seed.weight / Math.sqrt(count);
    gain ??= { uses: new Float64Array(blocks.length), definitions: new Float64Array(blocks.length), value: 0, name: '', from: '' };
    gain[kind][block] = Math.max(gain[kind][block]!, value);
    if (value > gain.value) Object.assign(gain, { value, name, from: seed.from });
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
