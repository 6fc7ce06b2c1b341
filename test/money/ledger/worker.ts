/**
 * One of several processes that spend from the same budgets, for the crash tests: reserves,
 * "sends", settles, and dies where its dice say so, mid-row among other places. What it
 * prints is what really happened: `sent` a request that the provider will bill, `settled` a
 * row that the ledger has promised to keep.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readBudgets } from '../../../src/money/budgets.js';
import { Ledger, type Order, type Reservation } from '../../../src/money/ledger/ledger.js';
import { notBilled } from '../../../src/money/ledger/receipt.js';
import { writeRow } from '../../../src/money/ledger/row.js';
import { segmentOf } from '../../../src/money/ledger/segment.js';
import { microUsd } from '../../../src/money/micro-usd.js';

export interface Job {
  readonly folder: string;
  readonly seed: number;
  /** Numbers of the first request and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** In USD, as a setting has them. */
  readonly budgets: unknown;
  readonly durable: boolean;
  /** One of so many steps is its last. */
  readonly diesOnceIn: number;
}

/** What the provider bills for an attempt: at most its worst case, and nobody's choice. */
export function billOf(attempt: string, worst: number): number {
  return createHash('sha256').update(attempt).digest().readUInt32LE() % (worst + 1);
}

/** The time of a request: forty minutes after the one before, so that 2,000 of them take two months. */
const timeOf = (request: number): Date => new Date(Date.UTC(2026, 10, 1) + request * 40 * 60_000);

async function work({ folder, seed, from, to, budgets, durable, diesOnceIn }: Job): Promise<void> {
  const dice = seeded(seed);
  const read = readBudgets(budgets);
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  let now = timeOf(from);
  const ledger = new Ledger(folder, { clock: () => now, zone: 'Europe/Berlin', durable });
  const say = (...words: (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`);
  const perhapsDie = (reservation?: Reservation): void => {
    if (dice(diesOnceIn) > 0) return;
    if (reservation && dice(4) > 0) {
      const { kind, caps, deadline, owner, unpriced, ...attempt } = reservation.row;
      const line = writeRow({ kind: 'settled', at: now.toISOString(), ...attempt, ...notBilled('ok') });
      appendFileSync(join(folder, `${segmentOf(now)}.jsonl`), `\n${line.slice(0, 1 + dice(line.length - 1))}`);
    }
    process.kill(process.pid, 'SIGKILL');
  };

  for (let i = from; i < to; i++) {
    now = timeOf(i);
    say('begun', i);
    perhapsDie();
    const worst = 1 + dice(1_000);
    const order: Order = {
      request: `request ${seed} ${i}`,
      number: 1,
      session: `session ${dice(7)}`,
      workspace: `workspace ${dice(3)}`,
      provider: dice(2) === 0 ? 'anthropic' : 'openai',
      model: 'model',
      action: 'ask',
      worst: microUsd(worst),
      o200k: 1_000,
      expectedCacheRead: 0,
      deadline: new Date(now.getTime() + 3_600_000),
    };
    const reservation = await ledger.reserve(order, read.budgets);
    if (reservation.kind === 'refused') {
      say('refused', i);
      continue;
    }
    const { attempt, session, workspace, provider, day } = reservation.row;
    perhapsDie(reservation);
    if (dice(20) === 0) {
      await ledger.release(reservation);
      continue;
    }
    const bill = billOf(attempt, worst);
    say('sent', JSON.stringify({ attempt, session, workspace, provider, day, worst, bill }));
    perhapsDie(reservation);
    const outcome = dice(10) === 0 ? 'failed' : 'ok';
    await ledger.settle(
      reservation,
      outcome === 'ok' ? { outcome, cost: { microUsd: microUsd(bill) } } : { outcome, cost: { unknown: 'cut' } },
    );
    say('settled', attempt, outcome === 'ok' ? bill : -1);
    perhapsDie();
  }
}

/** Whole numbers from 0 to n - 1 (mulberry32). */
export function seeded(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

if (process.argv[2] === '--job') void work(JSON.parse(process.argv[3]!) as Job);
