/** Orders, budgets and ledgers for the tests of the ledger. */

import type { Refusal } from '../../../src/money/budgets.js';
import { type Budgets, readBudgets } from '../../../src/money/budgets.js';
import { Ledger, type Order, type Receipt, type Reservation } from '../../../src/money/ledger/ledger.js';
import { microUsd } from '../../../src/money/micro-usd.js';

export const NOON = new Date('2026-11-21T12:00:00.000Z');

/** A request that may cost a dollar, with what the test changes of it. */
export function order(change: Partial<Order> = {}): Order {
  return {
    request: 'r1',
    number: 1,
    session: 's1',
    workspace: 'w1',
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    action: 'explain',
    worst: microUsd(1_000_000),
    o200k: 20_000,
    expectedCacheRead: 0,
    deadline: new Date(NOON.getTime() + 600_000),
    ...change,
  };
}

export const unpriced = (change: Partial<Order> = {}): Order => {
  const { worst, ...rest } = order(change);
  return rest;
};

/** In USD. */
export function budgets(value: unknown): Budgets {
  const read = readBudgets(value);
  if (read.kind === 'invalid') throw new Error(read.problems.join('; '));
  return read.budgets;
}

export const paid = (amount: number): Receipt => ({ outcome: 'ok', cost: { microUsd: microUsd(amount) } });

export function granted(answer: Reservation | Refusal): Reservation {
  if (answer.kind === 'refused') throw new Error(`refused: ${answer.scope}`);
  return answer;
}

/** A ledger whose clock the test sets. */
export class ClockedLedger extends Ledger {
  readonly #time: { now: Date };

  constructor(folder: string, now: Date = NOON, zone = 'Europe/Berlin') {
    const time = { now };
    super(folder, { clock: () => time.now, zone, durable: false });
    this.#time = time;
  }

  set now(now: Date | string) {
    this.#time.now = new Date(now);
  }
}
