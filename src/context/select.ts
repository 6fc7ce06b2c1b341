/** Chooses blocks under a token budget: best first, each file growing block by block from a few lines to the whole. */
import type { Steps } from '../base/steps.js';
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { countAgain } from './counted.js';
import { type Extract, headerOf } from './layout.js';
import type { Focus, Level, LineRange } from './pack.js';
import type { RankedFile } from './relevance.js';

/** A file that is in the pack, with the lines it shows. */
export interface Chosen extends Extract {
  readonly file: RankedFile;
  readonly lines: readonly string[];
}

interface Growing {
  readonly file: RankedFile;
  readonly lines: readonly string[];
  /** 1 for every line shown. */
  readonly shown: Uint8Array;
  /** Named with nothing of it shown. */
  readonly pathOnly: boolean;
}

interface Step {
  readonly path: WorkspacePath;
  /** Lines this step added. */
  readonly added: readonly number[];
  readonly tokens: number;
  readonly pinned: boolean;
}

interface ScoredBlock {
  readonly file: RankedFile;
  /** Its number in the file. */
  readonly block: number;
  readonly score: number;
}

/** Files whose blocks are put in order at first; four times as many when those are used up. */
const FIRST_FILES = 50;

export class Selection {
  readonly #files = new Map<WorkspacePath, Growing>();
  readonly #steps: Step[] = [];
  /** Pinned at a level that nothing is added to. */
  readonly #closed = new Set<WorkspacePath>();
  #left: number;

  /** @param budget tokens for the files alone. */
  constructor(
    private readonly snapshot: Snapshot,
    private readonly ranked: readonly RankedFile[],
    budget: number,
  ) {
    this.#left = budget;
  }

  /** Puts a file in at a level, whether it fits or not. Signatures may get the bodies that matter; an outline or a path stays what it is. */
  pin(path: WorkspacePath, level: Exclude<Level, 'nothing'>): void {
    const file = this.ranked.find((f) => f.path === path);
    const growing = file && this.#open(file, level === 'path');
    if (!file || !growing) return;
    if (level === 'outline' || level === 'path') this.#closed.add(path);
    const { symbols, lineCount } = file.record;
    const ranges =
      level === 'full'
        ? [{ start: 0, end: lineCount - 1 }]
        : level === 'path'
          ? []
          : symbols.map((s) => ({ start: s.start, end: s.signatureEnd }));
    this.#show(growing, ranges, true);
  }

  /** Puts these lines of a file in, whether they fit or not; more of it may follow. */
  pinLines(path: WorkspacePath, ranges: readonly LineRange[]): void {
    const file = this.ranked.find((f) => f.path === path);
    const growing = file && this.#open(file, false);
    if (growing) this.#show(growing, ranges, true);
  }

  /** Puts the open file in: whole where it takes at most half of the budget, else its signatures. */
  open(path: WorkspacePath): void {
    if (this.#closed.has(path)) return;
    const file = this.ranked.find((f) => f.path === path);
    const growing = file && this.#open(file, false);
    if (!file || !growing) return;
    const whole = [{ start: 0, end: file.record.lineCount - 1 }];
    if (!this.#show(growing, whole, false, this.#left / 2))
      this.#show(
        growing,
        file.record.symbols.map((s) => ({ start: s.start, end: s.signatureEnd })),
        false,
        this.#left / 2,
      );
  }

  /** Puts the selected lines or the named symbol of the open file in, then as much of the rest as half of the budget allows. */
  openAt(path: WorkspacePath, { lines, symbol }: Focus): void {
    const file = this.ranked.find((f) => f.path === path);
    const growing = file && this.#open(file, false);
    if (!file || !growing) return;
    const name = symbol?.slice(symbol.lastIndexOf('.') + 1);
    const named = file.record.symbols.filter((s) => s.name === name).map((s) => ({ start: s.docStart, end: s.end }));
    this.#show(growing, [...(lines ? [lines] : []), ...named], false, this.#left);
    this.open(path);
  }

  /** Fills the budget, best block first; one that no longer fits is passed over. Blocks that match nothing are left out. */
  *fill(): Steps<void> {
    // No more blocks than this are looked at, but for equal ones: one costs two tokens or more.
    let rest = Math.ceil(Math.max(0, this.#left) / 2);
    let last = Number.POSITIVE_INFINITY;
    for (const { file, block, score } of bestBlocks(this.ranked)) {
      if (this.#left < 12 || (rest <= 0 && score < last)) break;
      const { start, end } = file.blocks[block]!;
      const known = this.#files.get(file.path);
      if (this.#closed.has(file.path) || known?.shown.subarray(start, end + 1).includes(0) === false) continue;
      rest--;
      last = score;
      yield;
      const growing = known ?? this.#open(file, false);
      if (!growing) continue;
      this.#show(growing, [file.blocks[block]!], false);
      if (!growing.shown.includes(1)) this.#files.delete(file.path);
    }
  }

  /** Fills what the finished text turned out to have left: there was room for more than the parts' tokens let expect. */
  *fillUp(tokens: number): Steps<void> {
    this.#left = tokens;
    yield* this.fill();
  }

  /** Takes back what was chosen last until about `tokens` are saved; false when only pins are left. */
  giveBack(tokens: number): boolean {
    let saved = 0;
    while (saved < tokens) {
      const step = this.#steps.at(-1);
      if (!step || step.pinned) return saved > 0;
      this.#steps.pop();
      const growing = this.#files.get(step.path)!;
      for (const line of step.added) growing.shown[line] = 0;
      if (!growing.shown.includes(1)) this.#files.delete(step.path);
      saved += step.tokens;
    }
    return true;
  }

  /** Files in the pack, sorted by path. */
  chosen(): Chosen[] {
    return [...this.#files.values()]
      .sort((a, b) => (a.file.path < b.file.path ? -1 : 1))
      .map(({ file, lines, shown, pathOnly }) => {
        const level = shown.length === 0 && pathOnly ? 'path' : levelOf(file.record, shown);
        return { file, lines, path: file.path, level, ranges: rangesOf(shown) };
      });
  }

  #open(file: RankedFile, pathOnly: boolean): Growing | undefined {
    const known = this.#files.get(file.path);
    if (known) return known;
    const lines = this.snapshot.text(file.path)?.split('\n').slice(0, file.record.lineCount);
    if (!lines) return undefined;
    const growing = { file, lines, shown: new Uint8Array(lines.length), pathOnly };
    this.#files.set(file.path, growing);
    return growing;
  }

  /** Shows lines of a file if they fit; false when they do not, or are more than `limit` tokens. */
  #show(
    { file, lines, shown }: Growing,
    ranges: readonly { readonly start: number; readonly end: number }[],
    pinned: boolean,
    limit = Number.POSITIVE_INFINITY,
  ): boolean {
    const fresh = new Set<number>();
    let tokens = shown.includes(1) || pinned ? 0 : countAgain(headerOf(file.path)) + 3;
    for (const { start, end } of ranges) {
      for (let line = start; line <= Math.min(end, lines.length - 1); line++) if (!shown[line]) fresh.add(line);
      // A gap mark before and the line break behind.
      tokens += 1;
    }
    if (fresh.size === 0 && !pinned) return true;
    const added = [...fresh].sort((a, b) => a - b);
    tokens += countAgain(added.map((l) => `${lines[l]}\n`).join(''));
    if (!pinned && (tokens > this.#left || tokens > limit)) return false;
    for (const line of added) shown[line] = 1;
    this.#steps.push({ path: file.path, added, tokens, pinned });
    this.#left -= tokens;
    return true;
  }
}

/**
 * Blocks that match something, best first. Few are ever wanted, so they are looked for in
 * the best files first: what a file's best block does not reach, none of its others does.
 */
function* bestBlocks(ranked: readonly RankedFile[]): Generator<ScoredBlock, void> {
  const files = ranked.filter((f) => f.score > 0).sort((a, b) => b.score - a.score);
  let above = Number.POSITIVE_INFINITY;
  for (let count = FIRST_FILES; above > 0; count *= 4) {
    const least = files[count]?.score ?? Number.MIN_VALUE;
    const found: ScoredBlock[] = [];
    for (const file of files) {
      if (file.score < least) break;
      for (const [i, score] of file.blockScores.entries()) if (score >= least && score < above) found.push({ file, block: i, score });
    }
    yield* found.sort((a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.block - b.block));
    above = least === Number.MIN_VALUE ? 0 : least;
  }
}

/** How much of a file is shown, by a 1 for every line that is. */
export function levelOf(record: FileRecord, shown: Uint8Array): Exclude<Level, 'nothing'> {
  if (!shown.includes(0)) return 'full';
  if (!shown.includes(1)) return 'path';
  return isOutline(record, shown) ? 'outline' : 'signatures';
}

/** The runs of lines that have a 1. */
export function rangesOf(shown: Uint8Array): LineRange[] {
  const ranges: LineRange[] = [];
  for (let start = shown.indexOf(1); start >= 0; ) {
    const next = shown.indexOf(0, start);
    const end = (next < 0 ? shown.length : next) - 1;
    ranges.push({ start, end });
    start = shown.indexOf(1, end + 1);
  }
  return ranges;
}

/** Nothing but signatures is shown. */
function isOutline({ symbols }: FileRecord, shown: Uint8Array): boolean {
  const signatures = new Uint8Array(shown.length);
  for (const s of symbols) signatures.fill(1, s.start, s.signatureEnd + 1);
  return symbols.length > 0 && shown.every((on, line) => !on || signatures[line] === 1);
}
