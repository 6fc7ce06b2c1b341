/**
 * The ledger of all requests on this machine: reserve, send, settle. Shared by every window
 * and the command line; {@link file://../../../docs/ledger.md} says how it stays right when
 * several write at once and when one is killed at any moment.
 */
import { randomUUID } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { type Budgets, capsFor, NO_BUDGETS, type Refusal, refusalOf } from '../budgets.js';
import { localDay, systemZone } from '../local-day.js';
import type { Tally } from '../tally.js';
import { type Entry, NewerLedgerError } from './account.js';
import { isLost, thisProcess } from './owner.js';
import { LedgerReader } from './reader.js';
import { type Attempt, type ClosedRow, type Owner, type ReservedRow, type Row, readRow, type SettledRow, writeRow } from './row.js';
import { appendLine, type Damage, segmentOf } from './segment.js';
import { MAX_NAME } from './shape.js';

/** What is to be reserved. Names have 1 to {@link MAX_NAME} characters. */
export interface Order extends Omit<Attempt, 'attempt' | 'reserved' | 'day'> {
  /** When the request is over at the latest; a reservation that is still open then is lost. */
  readonly deadline: Date;
}

/** Keep it until the request has ended, then settle or release it. */
export interface Reservation {
  readonly kind: 'reserved';
  readonly row: ReservedRow;
}

/** What came of a request: {@link file://./receipt.ts} makes it of the reported usage. */
export type Receipt = Pick<SettledRow, 'outcome' | 'usage' | 'mode' | 'cost' | 'reported' | 'uncached' | 'price'>;

/** The ledger cannot be written or read; the message says why and what to do. Nothing was sent for it. */
export class LedgerError extends Error {}

export interface LedgerOptions {
  readonly clock?: () => Date;
  /** IANA name of the time zone in which a day begins at midnight; default: that of this process, asked of the system when first needed. */
  readonly zone?: string;
  readonly owner?: Owner;
  /** False leaves it to the system when rows reach the disk: what a killed process wrote is still safe, what a power cut finds is not. */
  readonly durable?: boolean;
}

/** More rows than these can be torn or void only if the disk is full or somebody takes the folder away. */
const ATTEMPTS_TO_APPEND = 5;

export class Ledger {
  readonly #reader: LedgerReader;
  readonly #clock: () => Date;
  #zone: string | undefined;
  #owner: Owner | undefined;
  readonly #durable: boolean;
  #turn: Promise<unknown> = Promise.resolve();

  /** Touches no file before it is asked for something. */
  constructor(
    readonly folder: string,
    { clock = () => new Date(), zone, owner, durable = true }: LedgerOptions = {},
  ) {
    this.#reader = new LedgerReader(folder);
    this.#clock = clock;
    this.#zone = zone;
    this.#owner = owner;
    this.#durable = durable;
  }

  /**
   * Books the worst case of a request, or refuses it: the caps hold for what all processes
   * have spent and reserved. A worst case that is unknown is refused under any cap, unless
   * `allowUnpriced`. Once this returns a reservation, it outlives a crash. Throws a LedgerError.
   */
  async reserve(order: Order, budgets: Budgets = NO_BUDGETS, { allowUnpriced = false } = {}): Promise<Reservation | Refusal> {
    const { deadline, ...of } = order;
    for (const field of ['request', 'session', 'workspace', 'provider', 'model', 'action'] as const) {
      if (of[field].length < 1 || of[field].length > MAX_NAME) throw new RangeError(`${field} must have 1 to ${MAX_NAME} characters`);
    }
    return this.#alone(async () => {
      await this.#endLost();
      await this.#turnSegment();
      this.#owner ??= thisProcess();
      const now = this.#clock();
      const row: ReservedRow = {
        kind: 'reserved',
        attempt: randomUUID(),
        ...of,
        reserved: now.toISOString(),
        day: this.#day(now),
        caps: capsFor(budgets, of.provider),
        ...(allowUnpriced ? { unpriced: true } : {}),
        deadline: deadline.toISOString(),
        owner: this.#owner,
      };
      const refusal = refusalOf(row, this.#reader.account.tallyOf);
      if (refusal) return refusal;
      // Another process may still come before this row; then its place in the ledger refuses it.
      await this.#append(row, () => this.#reader.account.attempts.has(row.attempt));
      const entry = this.#reader.account.attempts.get(row.attempt);
      return entry?.kind === 'refused' ? entry.refusal : { kind: 'reserved', row };
    });
  }

  /** Replaces the worst case by what it came to. Also right after the reservation was given up as lost. Throws a LedgerError. */
  async settle({ row }: Reservation, receipt: Receipt): Promise<void> {
    await this.#end({ kind: 'settled', ...attemptOf(row), at: this.#clock().toISOString(), ...receipt });
  }

  /** Gives the reservation back: nothing was sent. Throws a LedgerError. */
  async release({ row }: Reservation): Promise<void> {
    await this.#end({ kind: 'released', ...attemptOf(row), at: this.#clock().toISOString() });
  }

  /** The sums of today, of all processes; re-reads only what was appended since it was last asked. */
  async today(): Promise<Tally> {
    return this.#read(() => this.#reader.account.tallyOf(`day ${this.#day(this.#clock())}`));
  }

  /** The sums that a key of {@link tallyKey} names. */
  async tally(key: string): Promise<Tally> {
    return this.#read(() => this.#reader.account.tallyOf(key));
  }

  /** Today's attempts, as far as they are in the present segment: for a tooltip. {@link readHistory} has all. */
  async todaysEntries(): Promise<readonly Entry[]> {
    const day = this.#day(this.#clock());
    return this.#read(() => [...this.#reader.account.attempts.values()].filter((entry) => entry.day === day));
  }

  /** Ends reservations whose process is gone or whose deadline is over: their cost is unknown and counts at its worst. How many. */
  async endLost(): Promise<number> {
    return this.#alone(() => this.#endLost());
  }

  /** Places in the present segment that are not rows. */
  get damage(): readonly Damage[] {
    return this.#reader.damage;
  }

  /** Calls back soon after any process has written. Throws where the folder is not there (yet). */
  watch(onChange: () => void): FSWatcher {
    let waiting: NodeJS.Timeout | undefined;
    const watcher = watch(this.folder, { persistent: false }, () => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        onChange();
      }, 50).unref();
    });
    watcher.on('close', () => clearTimeout(waiting));
    return watcher;
  }

  #day(at: Date): string {
    this.#zone ??= systemZone();
    return localDay(at, this.#zone);
  }

  async #end(row: SettledRow | ClosedRow): Promise<void> {
    await this.#alone(async () => {
      await this.#append(row, () => {
        const kind = this.#reader.account.attempts.get(row.attempt)?.kind;
        return kind === row.kind || kind === 'settled' || (row.kind !== 'settled' && kind !== 'reserved' && kind !== 'lost');
      });
    });
  }

  async #endLost(): Promise<number> {
    await this.#catchUp();
    const now = this.#clock();
    const lost = [...this.#reader.account.open.values()].filter((row) => isLost(row, now));
    for (const row of lost) {
      const ended = (): boolean => !this.#reader.account.open.has(row.attempt);
      if (!ended()) await this.#append({ kind: 'lost', ...attemptOf(row), at: now.toISOString() }, ended);
    }
    return lost.length;
  }

  /** Begins the segment of this month, if there is none yet. */
  async #turnSegment(): Promise<void> {
    const next = segmentOf(this.#clock());
    const { segment } = this.#reader;
    if (segment === undefined || segment >= next) return;
    await this.#append({ kind: 'sealed', at: this.#clock().toISOString(), next }, () => this.#reader.segment !== segment);
  }

  /** Appends a row until `isDone`, which is asked after the ledger was read up to it. */
  async #append(row: Row, isDone: () => boolean): Promise<void> {
    if (readRow(writeRow(row)).kind !== 'row') throw new RangeError(`this cannot be a row of the ledger: ${JSON.stringify(row)}`);
    await this.#catchUp();
    for (let i = 0; i < ATTEMPTS_TO_APPEND; i++) {
      const segment = this.#reader.segment ?? segmentOf(this.#clock());
      if (this.#reader.account.empty) {
        await this.#write(segment, this.#reader.account.carry(this.#clock()));
        await this.#catchUp();
        continue;
      }
      await this.#write(segment, row);
      await this.#catchUp();
      if (isDone()) return;
    }
    throw new LedgerError(`The ledger in "${this.folder}" does not keep what is written to it. Is the disk full?`);
  }

  async #write(segment: string, row: Row): Promise<void> {
    try {
      await appendLine(this.folder, segment, writeRow(row), this.#durable);
    } catch (error) {
      throw new LedgerError(
        `The ledger in "${this.folder}" cannot be written (${codeOf(error)}). Free its disk, or choose another folder.`,
        { cause: error },
      );
    }
  }

  async #catchUp(): Promise<void> {
    try {
      await this.#reader.catchUp();
    } catch (error) {
      if (error instanceof NewerLedgerError)
        throw new LedgerError(`The ledger in "${this.folder}" is a newer Longview's: ${error.message}. Update this one.`, { cause: error });
      throw new LedgerError(`The ledger in "${this.folder}" cannot be read (${codeOf(error)}). Check the folder's permissions.`, {
        cause: error,
      });
    }
  }

  #read<T>(answer: () => T): Promise<T> {
    return this.#alone(async () => {
      await this.#catchUp();
      return answer();
    });
  }

  /** One after the other: each sees what the one before wrote. */
  #alone<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(step);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function attemptOf({ kind, caps, unpriced, deadline, owner, ...attempt }: ReservedRow): Attempt {
  return attempt;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
