/**
 * What the rows of a ledger come to. The order of the rows decides: a reservation is granted
 * if, behind all rows before it, its caps have room. Whoever reads the same rows comes to
 * the same verdict, so processes agree on who got the last of a budget without a lock.
 */
import { CAP_SCOPES, type Refusal, refusalOf, tallyKey } from '../budgets.js';
import { addTally, NOTHING, type Tally } from '../tally.js';
import { type CarriedTally, type ClosedRow, LEDGER_VERSION, type OpenedRow, type ReservedRow, type Row, type SettledRow } from './row.js';

/** An attempt whose reservation came too late: never sent. */
export interface RefusedAttempt extends Omit<ReservedRow, 'kind'> {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

/** The row that says most about an attempt. */
export type Entry = ReservedRow | RefusedAttempt | SettledRow | ClosedRow;

const DAY = 86_400_000;

/**
 * A tally is carried into the next segment if its last attempt is at most so much older, in
 * ms, than the last of all. By the clock alone, one that is wrong for a moment would forget
 * what was spent today.
 */
const CARRIED_FOR = 35 * DAY;
/** Of a request, which is over in minutes. */
const REQUEST_CARRIED_FOR = 2 * DAY;

export class NewerLedgerError extends Error {}

export class Account {
  /** Of this segment, and those that it was handed unfinished. */
  readonly attempts = new Map<string, Entry>();
  /** Reservations that nothing has ended yet. */
  readonly open = new Map<string, ReservedRow>();
  /** Nothing of the present segment has been applied. */
  empty = true;
  /** The segment that follows, once this one is sealed. */
  next: string | undefined;
  readonly #tallies = new Map<string, CarriedTally>();

  /** `all` collects every attempt that passes by. */
  constructor(private readonly all?: Map<string, Entry>) {}

  readonly tallyOf = (key: string): Tally => this.#tallies.get(key)?.tally ?? NOTHING;

  /** What rows come next is of the segment that follows. */
  turn(): void {
    this.empty = true;
    this.next = undefined;
  }

  apply(row: Row): void {
    if (this.next !== undefined) return;
    const first = this.empty;
    this.empty = false;
    switch (row.kind) {
      case 'opened':
        if (row.version > LEDGER_VERSION)
          throw new NewerLedgerError(`it has version ${row.version}, this Longview knows ${LEDGER_VERSION}`);
        if (first) this.#take(row);
        break;
      case 'sealed':
        this.next = row.next;
        break;
      case 'reserved': {
        if (this.attempts.has(row.attempt)) break;
        const refusal = refusalOf(row, this.tallyOf);
        this.#put(refusal ? { ...row, kind: 'refused', refusal } : row);
        break;
      }
      case 'released':
      case 'lost': {
        const before = this.attempts.get(row.attempt)?.kind;
        if (before === 'reserved' || (before === 'lost' && row.kind === 'released')) this.#put(row);
        break;
      }
      case 'settled':
        // A bill counts whatever was thought of the attempt before; only a second bill for the same one does not.
        if (this.attempts.get(row.attempt)?.kind !== 'settled') this.#put(row);
        break;
    }
  }

  /** What the next segment begins with. */
  carry(at: Date): OpenedRow {
    const tallies = [...this.#tallies.values()];
    const newest = tallies.reduce((latest, { last }) => Math.max(latest, Date.parse(last)), 0);
    const isFresh = (last: string, ms: number): boolean => newest - Date.parse(last) <= ms;
    return {
      kind: 'opened',
      version: LEDGER_VERSION,
      at: at.toISOString(),
      tallies: tallies.filter(({ key, last }) => isFresh(last, key.startsWith('request ') ? REQUEST_CARRIED_FOR : CARRIED_FOR)),
      attempts: [...this.attempts.values()].filter(
        (entry) => entry.kind === 'reserved' || (entry.kind === 'lost' && isFresh(entry.reserved, REQUEST_CARRIED_FOR)),
      ) as (ReservedRow | ClosedRow)[],
    };
  }

  #take({ tallies, attempts }: OpenedRow): void {
    this.#tallies.clear();
    this.attempts.clear();
    this.open.clear();
    for (const carried of tallies) this.#tallies.set(carried.key, carried);
    for (const entry of attempts) this.#note(entry);
  }

  #put(entry: Entry): void {
    const before = this.attempts.get(entry.attempt);
    for (const scope of CAP_SCOPES) {
      const key = tallyKey(scope, entry);
      const { last, tally } = this.#tallies.get(key) ?? { last: entry.reserved, tally: NOTHING };
      const rest = before ? addTally(tally, tallyOfEntry(before), -1) : tally;
      const isLatest = entry.reserved > last;
      this.#tallies.set(key, { key, last: isLatest ? entry.reserved : last, tally: addTally(rest, tallyOfEntry(entry)) });
    }
    this.#note(entry);
  }

  #note(entry: Entry): void {
    this.attempts.set(entry.attempt, entry);
    this.all?.set(entry.attempt, entry);
    if (entry.kind === 'reserved') this.open.set(entry.attempt, entry);
    else this.open.delete(entry.attempt);
  }
}

/** What one attempt adds to the sums it is part of. */
export function tallyOfEntry(entry: Entry): Tally {
  const { worst } = entry;
  const unbounded = worst === undefined ? 1 : 0;
  switch (entry.kind) {
    case 'refused':
    case 'released':
      return NOTHING;
    case 'reserved':
      return { ...NOTHING, reserved: worst ?? 0, attempts: 1, unbounded };
    case 'lost':
      return { ...NOTHING, presumed: worst ?? 0, attempts: 1, unpriced: 1, unbounded };
    case 'settled': {
      const cost = costOfEntry(entry);
      const { uncached } = entry;
      const saved = uncached !== undefined && 'microUsd' in entry.cost ? uncached - entry.cost.microUsd : 0;
      return cost === undefined
        ? { ...NOTHING, presumed: worst ?? 0, attempts: 1, unpriced: 1, unbounded }
        : { ...NOTHING, known: cost, attempts: 1, saved };
    }
  }
}

/** What an attempt has cost: as the provider says, else by the price table; undefined if that is not known (yet). */
export function costOfEntry(entry: Entry): number | undefined {
  if (entry.kind === 'released' || entry.kind === 'refused') return 0;
  if (entry.kind !== 'settled') return undefined;
  return entry.reported ?? ('microUsd' in entry.cost ? entry.cost.microUsd : undefined);
}
