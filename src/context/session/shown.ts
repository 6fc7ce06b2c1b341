/** What a conversation has shown of the workspace: lines of files, each in the version that was shown last. */
import type { Snapshot } from '../../index/snapshot.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { countAgain } from '../counted.js';
import { extractText } from '../layout.js';
import type { Level, LineRange } from '../pack.js';
import { isPackable } from '../packable.js';
import { levelOf, rangesOf } from '../select.js';
import { hashLines, matchLines } from './line-match.js';

export interface ShownFile {
  readonly path: WorkspacePath;
  /** {@link hashLines} of that version, in base64. */
  readonly version: string;
  /** Lines of that version that the model has seen, ascending and apart. */
  readonly ranges: readonly LineRange[];
  /** Why, in the words of the pack that showed it last. */
  readonly reason: string;
}

export type Shown = ReadonlyMap<WorkspacePath, ShownFile>;

/** Lines of a file as they are now; undefined for one that is not there or that no pack shows. */
export function linesOf(snapshot: Snapshot, path: WorkspacePath): readonly string[] | undefined {
  const record = snapshot.record(path);
  const text = record && isPackable(snapshot, path, record) ? snapshot.text(path) : undefined;
  return text?.split('\n').slice(0, record!.lineCount);
}

export function versionOf(lines: readonly string[]): string {
  const { buffer } = hashLines(lines);
  return Buffer.from(buffer).toString('base64');
}

/** How what was shown of a file stands to its present version. */
export interface Carried {
  /** 1 for lines that the model has seen as they are. */
  readonly seen: Uint8Array;
  /** 1 for lines that take the place of seen ones, with some unchanged ones around them to tell the place; none if nothing that was seen changed. */
  readonly revised: Uint8Array;
}

/** Unchanged lines shown before and behind changed ones. */
const AROUND = 2;

/** Finds the lines that were seen in the present version. */
export function carryOver({ version, ranges }: ShownFile, now: readonly string[]): Carried {
  const bytes = Buffer.from(version, 'base64');
  const before = new Uint32Array(new Uint8Array(bytes).buffer);
  const wasSeen = maskOf(ranges, before.length);
  const place = matchLines(before, hashLines(now));
  const seen = new Uint8Array(now.length);
  const revised = new Uint8Array(now.length);
  for (const [line, at] of place.entries()) if (at >= 0) seen[at] = wasSeen[line]!;
  for (const { from, to, start, end } of changesOf(place, now.length)) {
    // Lines that came in count as changed where what is around them was seen.
    const inside = wasSeen.subarray(from, to).includes(1);
    const between = (from === 0 || wasSeen[from - 1] === 1) && (to === before.length || wasSeen[to] === 1);
    if (inside || (from === to && between)) revised.fill(1, Math.max(0, start - AROUND), Math.min(now.length, end + AROUND));
  }
  return { seen, revised };
}

/** Lines `from` to `to` (not included) became lines `start` to `end` (not included). */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

function changesOf(place: Int32Array, length: number): Change[] {
  const changes: Change[] = [];
  let from = 0;
  let start = 0;
  for (let line = 0; line <= place.length; line++) {
    const at = line < place.length ? place[line]! : length;
    if (at < 0) continue;
    if (line > from || at > start) changes.push({ from, to: line, start, end: at });
    from = line + 1;
    start = at + 1;
  }
  return changes;
}

export function maskOf(ranges: readonly LineRange[], length: number): Uint8Array {
  const mask = new Uint8Array(length);
  for (const { start, end } of ranges) mask.fill(1, start, end + 1);
  return mask;
}

/** A file that the model can see, and how much of it. */
export interface SeenFile {
  readonly path: WorkspacePath;
  readonly level: Level;
  /** o200k tokens of the lines seen. */
  readonly tokens: number;
  readonly reason: string;
}

/** All that the model can see of the present state of the workspace, by path. */
export function seenFiles(snapshot: Snapshot, shown: Shown): SeenFile[] {
  return [...shown.values()]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => {
      const { path, reason } = file;
      const record = snapshot.record(path);
      const lines = linesOf(snapshot, path);
      if (!record || !lines) return [];
      const seen = file.version === versionOf(lines) ? maskOf(file.ranges, lines.length) : carryOver(file, lines).seen;
      const level = levelOf(record, seen);
      const ranges = rangesOf(seen);
      return [{ path, level, tokens: countAgain(extractText({ path, level, ranges }, lines)), reason }];
    });
}
