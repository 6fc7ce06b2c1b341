/** A unified diff, file by file: which lines it changes, and as much of it as there is room for. */
import { counted } from '../base/count.js';
import { countTokens } from '../base/tokens.js';
import type { LineRange } from '../context/pack.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { EvidenceText } from './evidence.js';

export interface FileDiff {
  /** Where it is now; where it was, of a file that is gone. */
  readonly path: WorkspacePath;
  /** Where it was, of a file that was moved. */
  readonly was?: WorkspacePath;
  readonly gone: boolean;
  readonly lines: readonly string[];
  /** 0-based lines of the file as it is now that came in, or stand around what went. */
  readonly changed: readonly LineRange[];
}

/** Reads what git writes. Lines of files have a sign before them, so none is taken for a header. */
export function readDiff(diff: string): FileDiff[] {
  const sections = diff.split(/^(?=diff --git )/m).filter((s) => s.startsWith('diff --git '));
  return sections.flatMap((section): FileDiff[] => {
    const lines = section.replace(/\n$/, '').split('\n');
    const hunks = lines.findIndex((l) => l.startsWith('@@ '));
    const head = hunks < 0 ? lines : lines.slice(0, hunks);
    const named = (sign: string): string | undefined => {
      const line = head.find((l) => l.startsWith(sign));
      return line === undefined ? undefined : unquoted(line.slice(sign.length).replace(/\t$/, ''));
    };
    const [before, after] = [named('--- '), named('+++ ')].map((n) => (n === '/dev/null' ? undefined : n?.slice(2)));
    const [from, to] = [named('rename from '), named('rename to ')];
    const gone = named('+++ ') === '/dev/null' || head.some((l) => l.startsWith('deleted file'));
    const path = after ?? before ?? nameInHeader(head[0]!);
    if (path === undefined) return [];
    const moved = from !== undefined && to !== undefined ? { was: before ?? from } : {};
    return [{ path, ...moved, gone, lines, changed: changedLines(lines) }];
  });
}

/** Of a file without hunks (binary, empty, only moved) the header alone has the name, twice. */
function nameInHeader(header: string): string | undefined {
  const both = header.slice('diff --git '.length);
  if (both.startsWith('"')) return unquoted(/ ("b\/.*")$/s.exec(both)?.[1] ?? '').slice(2) || undefined;
  const half = (both.length - 1) / 2;
  const [a, b] = [both.slice(0, half), both.slice(half + 1)];
  return a.slice(2) === b.slice(2) ? b.slice(2) : / b\/(.+)$/.exec(both)?.[1];
}

/** git writes names with quotes, line breaks or the like between quotes, with escapes for bytes. */
function unquoted(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"')) return name;
  const bytes: number[] = [];
  for (const [part, octal, letter] of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|[^\\]/gsu)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(...Buffer.from(letter === undefined ? part : (ESCAPES[letter] ?? letter)));
  }
  return Buffer.from(bytes).toString();
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07' };

function changedLines(lines: readonly string[]): LineRange[] {
  const changed: LineRange[] = [];
  let at = 0;
  const take = (line: number): void => {
    const last = changed.at(-1);
    if (last && line <= last.end + 1) changed[changed.length - 1] = { start: last.start, end: Math.max(last.end, line) };
    else changed.push({ start: line, end: line });
  };
  let inside = false;
  for (const line of lines) {
    const [, start] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line) ?? [];
    if (start !== undefined) {
      at = Math.max(0, Number(start) - 1);
      inside = true;
    } else if (!inside || line.startsWith('\\')) continue;
    else if (line.startsWith('+')) take(at++);
    else if (line.startsWith('-')) take(Math.max(0, at - 1));
    else at++;
  }
  return changed;
}

/** Tokens shown of a file that is gone: its last commit has the rest. */
const GONE = 300;

/**
 * Tells the diffs as evidence in at most `room` o200k tokens: small ones whole, of the others as much
 * as an equal share allows.
 */
export function tellDiffs(evidence: EvidenceText, diffs: readonly FileDiff[], room: number): void {
  const costs = diffs.map(({ lines }) => lines.map((l) => countTokens(l) + 1));
  const sizes = costs.map((c) => c.reduce((n, t) => n + t, 0));
  let share = 0;
  let left = room;
  for (const [i, size] of [...sizes].sort((a, b) => a - b).entries()) {
    share = left / (sizes.length - i);
    if (size > share) break;
    left -= size;
    share = Number.POSITIVE_INFINITY;
  }
  for (const [i, { path, was, gone, lines }] of diffs.entries()) {
    if (!evidence.shows(path) || (was !== undefined && !evidence.shows(was))) continue;
    evidence.from(path);
    const limit = gone ? Math.min(share, GONE) : share;
    let used = 0;
    const shown = lines.filter((_, n) => {
      used += costs[i]![n]!;
      return used <= limit;
    });
    for (const line of shown) evidence.say(line);
    if (shown.length < lines.length)
      evidence.say(`(${counted(lines.length - shown.length, 'more line')} of this file's diff are left out)`);
  }
}
