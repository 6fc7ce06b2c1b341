/** Rows of the record of proposals: what became of the changes that models proposed. No code and no path is in them. */
import { openLine, sealLine } from '../ledger/sealed-line.js';
import { count, fits, instant, listOf, name, oneOf, type Shape } from '../ledger/shape.js';

/** Of files, or of changes: a hunk of a diff is one, and so is a file that is made, deleted or moved as it is. */
export interface Counts {
  /** All that the model proposed, those that were refused among them. */
  readonly proposed: number;
  /** The user wanted them, and they were written. */
  readonly accepted: number;
  /** Longview refused them: not found, protected, stale, … */
  readonly refused: number;
}

/** `shown`: nothing is decided yet. `decided`: applied, applied in part, or discarded (nothing accepted). The last row of a proposal counts. */
export interface ProposalRow {
  readonly kind: 'shown' | 'decided';
  /** Its id; an undo record of it has the same. */
  readonly proposal: string;
  /** All requests it has taken, as the ledger calls them: the question, repairs, checks. */
  readonly requests: readonly string[];
  readonly workspace: string;
  /** As in the ledger: the id of an action, or "ask". */
  readonly action: string;
  /** Who wrote it. */
  readonly provider: string;
  readonly model: string;
  /** ISO 8601 in UTC, and the calendar day where the user was. */
  readonly at: string;
  readonly day: string;
  readonly files: Counts;
  readonly changes: Counts;
}

/** It was taken back: nothing of it is accepted any more. */
export interface UndoneRow {
  readonly kind: 'undone';
  readonly proposal: string;
  readonly at: string;
}

export type AcceptanceRow = ProposalRow | UndoneRow;

/** The line of a row, without a line break. Throws a RangeError for what could not be read again. */
export function writeAcceptance(row: AcceptanceRow): string {
  const line = sealLine(row);
  if (readAcceptance(line).kind !== 'row') throw new RangeError(`this cannot be a row of the record of proposals: ${JSON.stringify(row)}`);
  return line;
}

/** `torn`: not a whole row. `foreign`: a whole row of a kind that is not known here. */
export type ReadAcceptance = { readonly kind: 'row'; readonly row: AcceptanceRow } | { readonly kind: 'torn' | 'foreign' };

export function readAcceptance(line: string): ReadAcceptance {
  const opened = openLine(line);
  if (!opened) return { kind: 'torn' };
  return isRow(opened.value) ? { kind: 'row', row: opened.value } : { kind: 'foreign' };
}

const isCounts = (value: unknown): boolean =>
  fits(value, { proposed: count, accepted: count, refused: count }) &&
  (value as Counts).accepted + (value as Counts).refused <= (value as Counts).proposed;

const PROPOSAL: Shape = {
  kind: oneOf('shown', 'decided'),
  proposal: name,
  requests: listOf(name),
  workspace: name,
  action: name,
  provider: name,
  model: name,
  at: instant,
  day: (v) => typeof v === 'string' && /^\d{4}-\d\d-\d\d$/.test(v),
  files: isCounts,
  changes: isCounts,
};

const UNDONE: Shape = { kind: oneOf('undone'), proposal: name, at: instant };

function isRow(value: unknown): value is AcceptanceRow {
  return fits(value, PROPOSAL) || fits(value, UNDONE);
}
