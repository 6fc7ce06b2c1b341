/**
 * Relevance that crosses from block to block by symbols: who uses what the best blocks
 * define, and what they use that is defined elsewhere. A change of a function is mostly
 * a change of its callers and tests too.
 */
import { mapSteps, type Steps } from '../base/steps.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Block } from './blocks.js';
import type { LexicalFile } from './lexical.js';
import { isTelling, MIN_NAME, mentionsOf } from './mentions.js';
import { placesOfNames } from './stems.js';

export interface ScoredFile {
  readonly file: Pick<LexicalFile, 'path' | 'record' | 'blocks'>;
  /** Of its blocks, between 0 and about 1; none where nothing matches. */
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

/** Gains of every file that the seeds lead to, from the blocks' first scores. */
export function* spreadBySymbols(files: readonly ScoredFile[]): Steps<Map<WorkspacePath, SymbolGain>> {
  const seeds = bestBlocks(files);
  const defined = new Map<string, Seed>();
  const used = new Map<string, Seed>();
  for (const { file, block, score } of seeds) {
    const { start, end } = file.blocks[block]!;
    for (const s of file.record.symbols)
      if (s.nameLine >= start && s.nameLine <= end && isTelling(s.name, s.kind)) raise(defined, s.name, score, file.path);
    for (const r of file.record.references)
      if (r.line >= start && r.line <= end && r.name.length > MIN_NAME) raise(used, r.name, score, file.path);
  }
  const names = [...new Set([...defined.keys(), ...used.keys()])];
  const wanted: Wanted = {
    places: placesOfNames(names),
    names,
    defined: names.map((name) => defined.get(name)),
    used: names.map((name) => used.get(name)),
  };
  const ties = yield* mapSteps(files, ({ file }) => tiesOf(file, wanted));
  const spread = new Map<string, number>();
  for (const of of ties) for (const name of new Set(of.map((t) => t.name))) spread.set(name, (spread.get(name) ?? 0) + 1);
  const gains = new Map<WorkspacePath, SymbolGain>();
  for (const [at, { file }] of files.entries()) {
    const gain = gainOf(file, ties[at]!, spread);
    if (gain) gains.set(file.path, gain);
  }
  return gains;
}

function bestBlocks(files: readonly ScoredFile[]): { file: ScoredFile['file']; block: number; score: number }[] {
  const all: { file: ScoredFile['file']; block: number; score: number }[] = [];
  for (const { file, scores } of files)
    for (let block = 0; block < scores.length; block++) if (scores[block]! > 0.2) all.push({ file, block, score: scores[block]! });
  return all
    .sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.block - b.block))
    .slice(0, SEEDS);
}

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

/** The seeds' names, in columns. */
interface Wanted {
  /** By number of a name its place in the others, -1 for a name that no seed has. */
  readonly places: Int32Array;
  readonly names: readonly string[];
  readonly defined: readonly (Seed | undefined)[];
  readonly used: readonly (Seed | undefined)[];
}

function tiesOf({ record }: ScoredFile['file'], { places, names, defined, used }: Wanted): Tie[] {
  const ties: Tie[] = [];
  const { references, definitions } = mentionsOf(record);
  const find = (kind: Tie['kind'], seeds: readonly (Seed | undefined)[], { name, line }: typeof references): void => {
    for (let i = 0; i < name.length; i++) {
      const place = places[name[i]!] ?? -1;
      const seed = place < 0 ? undefined : seeds[place];
      if (seed) ties.push({ kind, line: line[i]!, name: names[place]!, seed });
    }
  };
  find('uses', defined, references);
  find('definitions', used, definitions);
  return ties;
}

/** @param spread in how many files each name is defined or used. */
function gainOf({ blocks, path }: ScoredFile['file'], ties: readonly Tie[], spread: ReadonlyMap<string, number>): SymbolGain | undefined {
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
