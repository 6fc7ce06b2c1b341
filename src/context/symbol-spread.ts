/**
 * Relevance that crosses from block to block by symbols: who uses what the best blocks
 * define, and what they use that is defined elsewhere. A change of a function is mostly
 * a change of its callers and tests too.
 */
import { mapSteps, type Steps } from '../base/steps.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { blocksOf } from './blocks.js';
import type { SearchView } from './search/search-view.js';
import { blockOf } from './search/segment.js';
import { isTelling, MIN_NAME } from './search/segment-writer.js';

/** A block with its first score, between 0 and about 1. */
export interface ScoredBlock {
  readonly file: number;
  /** Its number in the file. */
  readonly block: number;
  readonly score: number;
}

export interface SymbolGain {
  /** By block, 0 to 1: how strongly it uses what a seed defines. */
  readonly uses: ReadonlyMap<number, number>;
  /** By block, 0 to 1: how strongly it defines what a seed uses. */
  readonly definitions: ReadonlyMap<number, number>;
  /** The largest of them all. */
  readonly value: number;
  /** The name that brought it. */
  readonly name: string;
  /** The file that it came from. */
  readonly from: WorkspacePath;
}

/** Best blocks whose symbols are followed. */
const SEEDS = 40;
/** Blocks of a lower score are no seeds. */
export const SEED_SCORE = 0.2;
/** A name in more files than this says little about any of them. */
const COMMON = 40;

/** Gains of every file that the best of the blocks lead to, by its number. */
export function* spreadBySymbols(view: SearchView, scored: readonly ScoredBlock[]): Steps<Map<number, SymbolGain>> {
  const seeds = [...scored].sort((a, b) => b.score - a.score || a.file - b.file || a.block - b.block).slice(0, SEEDS);
  const defined = new Map<string, Seed>();
  const used = new Map<string, Seed>();
  for (const { file, block, score } of seeds) {
    const record = view.record(file);
    const { start, end } = blocksOf(record)[block]!;
    for (const s of record.symbols)
      if (s.nameLine >= start && s.nameLine <= end && isTelling(s.name, s.kind)) raise(defined, s.name, score, file);
    for (const r of record.references) if (r.line >= start && r.line <= end && r.name.length > MIN_NAME) raise(used, r.name, score, file);
    yield;
  }
  const names = [...new Set([...defined.keys(), ...used.keys()])];
  const ties = new Map<number, Tie[]>();
  yield* mapSteps(names, (name) => {
    for (const tie of tiesOf(view, name, defined.get(name), used.get(name))) {
      const of = ties.get(tie.file) ?? [];
      ties.set(tie.file, of);
      of.push(tie);
    }
  });
  const gains = new Map<number, SymbolGain>();
  for (const [file, of] of ties) {
    const gain = gainOf(view, of);
    if (gain) gains.set(file, gain);
  }
  return gains;
}

function raise(names: Map<string, Seed>, name: string, weight: number, file: number): void {
  const old = names.get(name);
  if (!old || old.weight < weight) names.set(name, { weight, file });
}

interface Seed {
  readonly weight: number;
  readonly file: number;
}

/** A file uses a name which a seed defines, or the other way round. */
interface Tie {
  readonly file: number;
  readonly kind: 'uses' | 'definitions';
  /** Number of the reference or symbol in its record. */
  readonly at: number;
  readonly block: number;
  readonly name: string;
  readonly seed: Seed;
  /** In how many files the name is. */
  readonly spread: number;
}

/** Ties that one name makes; none where it is common. */
function tiesOf(view: SearchView, name: string, defined: Seed | undefined, used: Seed | undefined): Tie[] {
  const found: Omit<Tie, 'spread'>[] = [];
  const files = new Set<number>();
  const look = (kind: Tie['kind'], seed: Seed | undefined): void => {
    if (!seed) return;
    for (const { files: having, of, offsets, places, values } of view.find(kind === 'uses' ? 'references' : 'definitions', name)) {
      for (let i = 0; i < having.length && files.size <= COMMON; i++) {
        for (let at = offsets[of[i]!]!; at < offsets[of[i]! + 1]!; at++) {
          const value = values[at]!;
          // Of definitions those that tell nothing are not meant.
          if (kind === 'definitions' && value % 2 === 0) continue;
          files.add(having[i]!);
          const block = blockOf(kind === 'uses' ? value : value >> 1);
          found.push({ file: having[i]!, kind, at: places[at]!, block, name, seed });
        }
      }
    }
  };
  look('uses', defined);
  look('definitions', used);
  return files.size > COMMON ? [] : found.map((tie) => ({ ...tie, spread: files.size }));
}

/** What the ties of one file come to: references in their order, then symbols. */
function gainOf(view: SearchView, ties: Tie[]): SymbolGain | undefined {
  const gain = { uses: new Map<number, number>(), definitions: new Map<number, number>(), value: 0, name: '', from: '' };
  const order = (t: Tie): number => (t.kind === 'uses' ? 0 : 1);
  for (const { kind, block, name, seed, spread, file } of ties.sort((a, b) => order(a) - order(b) || a.at - b.at)) {
    if (seed.file === file || block < 0) continue;
    const value = seed.weight / Math.sqrt(spread);
    gain[kind].set(block, Math.max(gain[kind].get(block) ?? 0, value));
    if (value > gain.value) Object.assign(gain, { value, name, from: view.paths[seed.file]! });
  }
  return gain.uses.size + gain.definitions.size > 0 ? gain : undefined;
}
