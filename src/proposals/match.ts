/**
 * Finds the one place that a replacement means: exact, then with another indentation or white
 * space at line ends, then not at all. Never the first of many, never a place that is only alike.
 */
import { learnIndentation, type Reindent } from './indentation.js';
import { occurrences } from './occurrences.js';
import type { Replacement } from './proposal.js';
import { type LineChange, splitLines, type TextLines } from './text-lines.js';

/** Lines that come nearest to what was looked for. */
export interface Closest {
  /** 0-based. */
  readonly line: number;
  readonly text: string;
}

export type Match =
  | { readonly kind: 'found'; readonly how: 'exact' | 'indentation'; readonly change: LineChange }
  /** `lines` are 0-based, at most {@link SHOWN}. */
  | { readonly kind: 'ambiguous'; readonly lines: readonly number[] }
  | { readonly kind: 'not-found'; readonly closest: Closest | undefined }
  /** The place was found by another indentation, which does not tell that of the new lines. */
  | { readonly kind: 'indentation-unclear'; readonly line: number };

/** Places named of a text that stands in several. */
const SHOWN = 5;
/** Share of lines that a place must have in common with what was looked for to be named. */
const ALIKE = 0.4;

/**
 * The place of a replacement in a file. Line breaks do not matter, and empty lines before and
 * behind are not looked for where the rest is found without them.
 */
export function findPlace(file: TextLines, { find, replace }: Replacement): Match {
  const wanted = splitLines(find).lines;
  const replacement = splitLines(replace).lines;
  if (wanted.every(isBlank)) {
    // Nothing to hold on to: only a file without a line has one place for it.
    if (file.lines.every(isBlank) && replacement.length > 0)
      return { kind: 'found', how: 'exact', change: { start: 0, end: file.lines.length, replacement } };
    return { kind: 'not-found', closest: undefined };
  }
  const exact = occurrences(file.lines, wanted, SHOWN);
  if (exact.length === 1) {
    const start = exact[0]!;
    return { kind: 'found', how: 'exact', change: { start, end: start + wanted.length, replacement } };
  }
  if (exact.length > 1) return { kind: 'ambiguous', lines: exact };
  return withinLine(file, find, replace) ?? byIndentation(file, wanted, replacement);
}

/** Part of a line, or from the middle of one to the middle of another: as objects by a schema may have it. */
function withinLine(file: TextLines, find: string, replace: string): Match | undefined {
  // A find of whole lines ends with a line break.
  if (find.endsWith('\n') || find.trim() === '') return undefined;
  const text = file.lines.join('\n');
  const places: number[] = [];
  for (let at = text.indexOf(find); at >= 0 && places.length < SHOWN; at = text.indexOf(find, at + 1)) places.push(at);
  if (places.length === 0) return undefined;
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length - 1;
  if (places.length > 1) return { kind: 'ambiguous', lines: [...new Set(places.map(lineOf))] };
  const at = places[0]!;
  const start = lineOf(at);
  const end = lineOf(at + find.length) + 1;
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const lineEnd = text.indexOf('\n', at + find.length);
  const behind = text.slice(at + find.length, lineEnd < 0 ? undefined : lineEnd);
  const whole = before + replace + behind;
  return { kind: 'found', how: 'exact', change: { start, end, replacement: whole === '' ? [] : whole.split('\n') } };
}

function byIndentation(file: TextLines, wanted: readonly string[], replacement: readonly string[]): Match {
  const [core, cutBefore, cutBehind] = withoutBlankEdges(wanted);
  const trimmed = file.lines.map((l) => l.trim());
  const candidates: { readonly start: number; readonly reindent: Reindent }[] = [];
  for (const start of occurrences(
    trimmed,
    core.map((l) => l.trim()),
    Number.POSITIVE_INFINITY,
  )) {
    const reindent = learnIndentation(core, file.lines.slice(start, start + core.length));
    if (reindent) candidates.push({ start, reindent });
    if (candidates.length === SHOWN) break;
  }
  const [only] = candidates;
  if (!only) return { kind: 'not-found', closest: closestTo(trimmed, file, core) };
  if (candidates.length > 1) return { kind: 'ambiguous', lines: candidates.map((c) => c.start) };
  const { start, reindent } = only;
  // Empty lines at the edges that the file does not have were not meant to be put in either.
  const kept = dropEdges(replacement, cutBefore, cutBehind);
  const lines = kept.map((l) => reindent.apply(l));
  if (lines.includes(undefined)) return { kind: 'indentation-unclear', line: start };
  return { kind: 'found', how: 'indentation', change: { start, end: start + core.length, replacement: lines as string[] } };
}

const isBlank = (line: string): boolean => line.trim() === '';

function withoutBlankEdges(lines: readonly string[]): [core: readonly string[], before: number, behind: number] {
  let start = 0;
  let end = lines.length;
  while (start < end && isBlank(lines[start]!)) start++;
  while (end > start && isBlank(lines[end - 1]!)) end--;
  return [lines.slice(start, end), start, lines.length - end];
}

/** Without as many blank lines at either edge, as far as there are any. */
function dropEdges(lines: readonly string[], before: number, behind: number): readonly string[] {
  let start = 0;
  let end = lines.length;
  while (start < Math.min(before, end) && isBlank(lines[start]!)) start++;
  for (let left = behind; left > 0 && end > start && isBlank(lines[end - 1]!); left--) end--;
  return lines.slice(start, end);
}

/** The run of as many lines that has the most lines in common, white space apart; in linear time. */
function closestTo(trimmed: readonly string[], file: TextLines, core: readonly string[]): Closest | undefined {
  const missing = new Map<string, number>();
  for (const line of core) if (!isBlank(line)) missing.set(line.trim(), (missing.get(line.trim()) ?? 0) + 1);
  const lookedFor = [...missing.values()].reduce((a, b) => a + b, 0);
  let common = 0;
  let best = { common: 0, start: 0 };
  for (const [i, entering] of trimmed.entries()) {
    const left = missing.get(entering);
    if (left !== undefined) {
      missing.set(entering, left - 1);
      if (left > 0) common++;
    }
    const leaving = i >= core.length ? trimmed[i - core.length]! : undefined;
    const gone = leaving === undefined ? undefined : missing.get(leaving);
    if (gone !== undefined) {
      missing.set(leaving!, gone + 1);
      if (gone >= 0) common--;
    }
    if (common > best.common) best = { common, start: Math.max(0, i - core.length + 1) };
  }
  if (best.common < Math.max(1, lookedFor * ALIKE)) return undefined;
  let line = best.start;
  while (!missing.has(trimmed[line]!)) line++;
  return { line, text: file.lines.slice(line, line + core.length).join('\n') };
}
