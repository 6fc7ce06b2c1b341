/** Reads a ledger: all of it, or its present state as it grows. */
import { Account, type Entry } from './account.js';
import { isLost } from './owner.js';
import { type Damage, listSegments, SegmentTail } from './segment.js';

export class LedgerReader {
  readonly damage: Damage[] = [];
  #account = new Account();
  #tail: SegmentTail | undefined;

  constructor(readonly folder: string) {}

  get account(): Account {
    return this.#account;
  }

  /** The segment that the next row belongs to; undefined in a ledger without any. */
  get segment(): string | undefined {
    return this.#tail?.name;
  }

  /** Takes in what was appended since the last time. A ledger that was taken away or put back is read afresh. */
  async catchUp(): Promise<void> {
    for (;;) {
      this.#tail ??= await this.#start();
      if (!this.#tail) return;
      const read = await this.#tail.read();
      if (read.kind === 'absent') return;
      if (read.kind === 'replaced') {
        this.#account = new Account();
        this.#tail = undefined;
        this.damage.length = 0;
        continue;
      }
      this.damage.push(...read.damage);
      for (const row of read.rows) this.#account.apply(row);
      if (this.#account.next === undefined) {
        if (read.more) continue;
        return;
      }
      this.#tail = new SegmentTail(this.folder, this.#account.next);
      this.#account.turn();
    }
  }

  /** The last segment; one whose opening row is not whole has its beginning in the one before it. */
  async #start(): Promise<SegmentTail | undefined> {
    const names = await listSegments(this.folder);
    for (const [i, name] of [...names.entries()].reverse()) {
      const read = await new SegmentTail(this.folder, name).read();
      if (i === 0 || (read.kind === 'read' && read.rows[0]?.kind === 'opened')) return new SegmentTail(this.folder, name);
    }
    return undefined;
  }
}

export interface History {
  /** In the order in which they were reserved. */
  readonly entries: readonly Entry[];
  readonly damage: readonly Damage[];
}

/** The entries as they are at a time: reservations whose process is gone or whose deadline is over are lost, though no row says so yet. */
export function asOf(entries: readonly Entry[], now: Date): Entry[] {
  return entries.map((entry) =>
    entry.kind === 'reserved' && isLost(entry, now) ? { ...entry, kind: 'lost', at: now.toISOString() } : entry,
  );
}

/** Every attempt since a day (calendar day of the user's, as in {@link Entry}), or since ever. Writes nothing. */
export async function readHistory(folder: string, since?: string): Promise<History> {
  const all = new Map<string, Entry>();
  const account = new Account(all);
  const damage: Damage[] = [];
  // A day where the user is begins up to a day before it does in UTC.
  const from = since === undefined ? undefined : new Date(Date.parse(since) - 86_400_000).toISOString().slice(0, 7);
  const names = await listSegments(folder);
  for (const name of from === undefined ? names : names.filter((n) => n >= from)) {
    const tail = new SegmentTail(folder, name);
    for (let more = true; more; ) {
      const read = await tail.read();
      if (read.kind !== 'read') break;
      for (const row of read.rows) account.apply(row);
      damage.push(...read.damage);
      more = read.more;
    }
    account.turn();
  }
  const entries = [...all.values()].filter(({ day }) => since === undefined || day >= since);
  return { entries: entries.sort((a, b) => (a.reserved < b.reserved ? -1 : a.reserved > b.reserved ? 1 : 0)), damage };
}
