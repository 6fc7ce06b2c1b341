/** Rows of the ledger. One that was torn by a crash, or overwritten, fails its sum and is set apart. */
import type { CapScope } from '../budgets.js';
import type { MicroUsd } from '../micro-usd.js';
import type { PriceSource } from '../price.js';
import { TALLY_KEYS, type Tally } from '../tally.js';
import type { Bucket } from '../usage.js';
import { openLine, sealLine } from './sealed-line.js';
import { anything, count, each, fits, instant, listOf, name, oneOf, optional, type Shape, text } from './shape.js';

/** Of the rows; a ledger of a higher version is not read and not written. */
export const LEDGER_VERSION = 1;

/** Who holds a reservation; {@link file://./owner.ts}. */
export interface Owner {
  readonly pid: number;
  /** When the process began, where the system tells: a pid is used again, this pair is not. */
  readonly start?: string | undefined;
  /** The machine, boot and container in which `pid` means something. */
  readonly place: string;
}

/** One attempt at a request, as it was known before it was sent. Times are ISO 8601 in UTC. */
export interface Attempt {
  readonly attempt: string;
  readonly request: string;
  /** 1 for a request's first attempt. */
  readonly number: number;
  readonly session: string;
  readonly workspace: string;
  /** Its name for people, where one is given. */
  readonly workspaceName?: string | undefined;
  readonly provider: string;
  readonly model: string;
  readonly action: string;
  readonly reserved: string;
  /** The calendar day where the user was ("2026-11-21"); days and months of budgets and views are these. */
  readonly day: string;
  /** What it was expected to cost. */
  readonly quote?: { readonly low: MicroUsd; readonly high: MicroUsd } | undefined;
  /** The most it can cost; absent if no price is known. */
  readonly worst?: MicroUsd | undefined;
  /** Tokens of the prompt as o200k counts them. */
  readonly o200k: number;
  /** Tokens that were expected to be read from the provider's cache. */
  readonly expectedCacheRead: number;
}

export interface ReservedRow extends Attempt {
  readonly kind: 'reserved';
  /** What may not be passed, in micro-dollars: the budgets of the process that reserved. */
  readonly caps: Readonly<Partial<Record<CapScope, MicroUsd>>>;
  /** The user allowed a price that is not known. */
  readonly unpriced?: boolean | undefined;
  readonly deadline: string;
  readonly owner: Owner;
}

/** `cut`: the stream broke off. */
export type Outcome = 'ok' | 'failed' | 'cut' | 'cancelled';

export type RowCost = { readonly microUsd: MicroUsd } | { readonly unknown: string };

export interface SettledRow extends Attempt {
  readonly kind: 'settled';
  readonly at: string;
  readonly outcome: Outcome;
  /** What was billed apart, each token in one bucket; those of 0 are left out. Absent if nothing was reported. */
  readonly usage?: Readonly<Partial<Record<Bucket, number>>> | undefined;
  /** How it was billed if not at the standard rate. */
  readonly mode?: string | undefined;
  /** By the price table. */
  readonly cost: RowCost;
  /** By the provider itself. */
  readonly reported?: MicroUsd | undefined;
  /** What the same usage would have cost without the provider's cache. */
  readonly uncached?: MicroUsd | undefined;
  /** Whose price it is. */
  readonly price?: (PriceSource & { readonly entry: string }) | undefined;
}

/** `released`: nothing was sent. `lost`: its owner is gone or its deadline is over, so its cost is unknown and counts at its worst. */
export interface ClosedRow extends Attempt {
  readonly kind: 'released' | 'lost';
  readonly at: string;
}

/** What a segment begins with, so that nothing before it need be read to hold a budget. */
export interface OpenedRow {
  readonly kind: 'opened';
  readonly version: number;
  readonly at: string;
  readonly tallies: readonly CarriedTally[];
  readonly attempts: readonly (ReservedRow | ClosedRow)[];
}

/** `last` is when the last attempt of this tally was reserved. */
export interface CarriedTally {
  readonly key: string;
  readonly last: string;
  readonly tally: Tally;
}

/** What a segment ends with; rows behind it are void and were never acted upon. */
export interface SealedRow {
  readonly kind: 'sealed';
  readonly at: string;
  readonly next: string;
}

export type Row = ReservedRow | SettledRow | ClosedRow | OpenedRow | SealedRow;

/** `torn`: not a whole row. `foreign`: a whole row, of a kind or version that is not known here. */
export type ReadRow = { readonly kind: 'row'; readonly row: Row } | { readonly kind: 'torn' } | { readonly kind: 'foreign' };

/** The line of a row, without a line break. */
export function writeRow(row: Row): string {
  return sealLine(row);
}

export function readRow(line: string): ReadRow {
  const opened = openLine(line);
  if (!opened) return { kind: 'torn' };
  return isRow(opened.value) ? { kind: 'row', row: opened.value } : { kind: 'foreign' };
}

const ATTEMPT: Shape = {
  attempt: name,
  request: name,
  number: count,
  session: name,
  workspace: name,
  workspaceName: optional(text),
  provider: name,
  model: name,
  action: name,
  reserved: instant,
  day: (v) => typeof v === 'string' && /^\d{4}-\d\d-\d\d$/.test(v),
  quote: optional((v) => fits(v, { low: count, high: count })),
  worst: optional(count),
  o200k: count,
  expectedCacheRead: count,
};

const CLOSED: Shape = { ...ATTEMPT, at: instant };

const RESERVED: Shape = {
  ...ATTEMPT,
  caps: each(count),
  unpriced: optional((v) => typeof v === 'boolean'),
  deadline: instant,
  owner: (v) => fits(v, { pid: count, start: optional(text), place: text }),
};

const SETTLED: Shape = {
  ...CLOSED,
  outcome: oneOf('ok', 'failed', 'cut', 'cancelled'),
  usage: optional(each(count)),
  mode: optional(text),
  cost: (v) => fits(v, { microUsd: count }) || fits(v, { unknown: text }),
  reported: optional(count),
  uncached: optional(count),
  price: optional((v) => fits(v, { kind: text, name: text, date: optional(text), entry: text })),
};

const CARRIED: Shape = {
  key: text,
  last: instant,
  tally: (v) => fits(v, Object.fromEntries(TALLY_KEYS.map((key) => [key, Number.isSafeInteger]))),
};

const SHAPES: Readonly<Record<Row['kind'], Shape>> = {
  reserved: RESERVED,
  settled: SETTLED,
  released: CLOSED,
  lost: CLOSED,
  sealed: { at: instant, next: name },
  opened: {
    version: count,
    at: instant,
    tallies: listOf((v) => fits(v, CARRIED)),
    attempts: listOf((v) => fits(v, { kind: oneOf('reserved', 'lost'), ...ATTEMPT, at: anything })),
  },
};

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind } = value;
  return typeof kind === 'string' && Object.hasOwn(SHAPES, kind) && fits(value, SHAPES[kind as Row['kind']]);
}
