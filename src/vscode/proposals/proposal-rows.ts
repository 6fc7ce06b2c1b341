/** What the view Proposal lists, in words. Pure, so that it can be tested without an editor. */
import type { Finding } from '../../graph/findings/finding.js';
import type { Breach } from '../../proposals/breaches.js';
import { acceptedFile, type FileChoice } from '../../proposals/choice.js';
import type { Hunk } from '../../proposals/hunks.js';
import { splitLines } from '../../proposals/text-lines.js';
import type { Pending } from './pending.js';

export type ProposalRow =
  | { readonly kind: 'file'; readonly choice: FileChoice }
  /** `hunk` counts from 0. */
  | { readonly kind: 'hunk'; readonly choice: FileChoice; readonly hunk: number }
  /** A finding that would go or come. */
  | { readonly kind: 'effect'; readonly finding: Finding; readonly goes: boolean }
  /** A rule of the project that a model sees broken. */
  | { readonly kind: 'breach'; readonly breach: Breach; readonly number: number }
  /** A change that cannot be made, or a part of the answer that is none. `line` is 0-based, of the closest place. */
  | { readonly kind: 'refused'; readonly what: string; readonly reason: string; readonly path?: string; readonly line?: number };

export interface RowWords {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** For screen readers. */
  readonly spoken: string;
}

/** Files first, then what they would do to the findings, then rules that are broken, then what is refused. */
export function proposalRows({ files, effects, refused, misread }: Pending, breaches: readonly Breach[] = []): readonly ProposalRow[] {
  return [
    ...files.map((choice): ProposalRow => ({ kind: 'file', choice })),
    ...(effects?.gone ?? []).map((finding): ProposalRow => ({ kind: 'effect', finding, goes: true })),
    ...(effects?.come ?? []).map((finding): ProposalRow => ({ kind: 'effect', finding, goes: false })),
    ...breaches.map((breach, number): ProposalRow => ({ kind: 'breach', breach, number })),
    ...refused.map(
      ({ path, reason, closest }): ProposalRow => ({
        kind: 'refused',
        what: path,
        reason: closest ? `${reason} The closest is at line ${closest.line + 1}.` : reason,
        ...(closest ? { path, line: closest.line } : {}),
      }),
    ),
    ...misread.map(({ line, reason }): ProposalRow => ({ kind: 'refused', what: `Line ${line} of the answer`, reason: `${reason}.` })),
  ];
}

/** A file has rows of its own for its hunks where there are several, or where it can be moved without them. */
export function hunkRows(choice: FileChoice): readonly ProposalRow[] {
  if (choice.hunks.length < (choice.file.kind === 'move' ? 1 : 2)) return [];
  return choice.hunks.map((_, hunk) => ({ kind: 'hunk', choice, hunk }));
}

export function wordsOf(row: ProposalRow): RowWords {
  switch (row.kind) {
    case 'file':
      return fileWords(row.choice);
    case 'hunk':
      return hunkWords(row.choice.hunks[row.hunk]!);
    case 'effect': {
      const { kind, files, message } = row.finding;
      const label = `${kind.replaceAll('-', ' ')} ${row.goes ? 'gone' : 'comes'}`.replace(/^./, (first) => first.toUpperCase());
      const description = files.join(', ');
      return { label, description, tooltip: message, spoken: `${label}: ${description}. ${message}` };
    }
    case 'breach': {
      const { rule, from, file, line, why } = row.breach;
      const label = `${file}${line === undefined ? '' : `:${line}`}`;
      const quoted = `“${rule}” (${from ?? 'not in the rules in these words'})`;
      return { label, description: why, tooltip: `${why}\n${quoted}`, spoken: `rule broken: ${label}. ${why} ${quoted}` };
    }
    case 'refused':
      return {
        label: row.what,
        description: row.reason,
        tooltip: `${row.what}: ${row.reason}`,
        spoken: `refused: ${row.what}. ${row.reason}`,
      };
  }
}

/** Whether the box of a row is checked. */
export function isChecked(row: Extract<ProposalRow, { readonly choice: FileChoice }>): boolean {
  const { choice } = row;
  return row.kind === 'file' ? acceptedFile(choice) !== undefined : choice.on && choice.accepted.has(row.hunk);
}

const VERBS = { edit: 'changed', create: 'new', delete: 'deleted', move: 'moved' } as const;

function fileWords({ file }: FileChoice): RowWords {
  const { kind, path, to, consent, warnings } = file;
  const label = to === undefined ? path : `${path} → ${to}`;
  const notes = [...(consent === undefined ? [] : [consent]), ...warnings];
  const description = [VERBS[kind], countsOf(file), ...notes].filter((words) => words !== '').join(', ');
  return { label, description, tooltip: [label, ...notes].join('\n'), spoken: `${label}, ${description}` };
}

/** "+3 −1" of lines. */
function countsOf({ before = '', after = '', kind }: FileChoice['file']): string {
  const lines = (text: string): number => splitLines(text).lines.length;
  if (kind === 'create') return `+${lines(after)}`;
  return kind === 'delete' ? `−${lines(before)}` : '';
}

function hunkWords({ start, end, removed, added }: Hunk): RowWords {
  const first = (added.find((line) => line.trim() !== '') ?? removed.find((line) => line.trim() !== '') ?? '').trim();
  const label = end - start > 1 ? `Lines ${start + 1}–${end}` : `Line ${start + 1}`;
  const counts = [added.length > 0 ? `+${added.length}` : '', removed.length > 0 ? `−${removed.length}` : ''].filter((c) => c !== '');
  return {
    label,
    description: `${counts.join(' ')}  ${first}`,
    tooltip: [...removed.map((line) => `− ${line.trimEnd()}`), ...added.map((line) => `+ ${line.trimEnd()}`)].slice(0, 40).join('\n'),
    spoken: `${label}, ${added.length} lines come, ${removed.length} lines go: ${first}`,
  };
}
