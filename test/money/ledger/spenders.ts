/** Lets several processes spend from the same budgets, kills them, and checks what the ledger says against what really happened. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { readBudgets } from '../../../src/money/budgets.js';
import { Ledger } from '../../../src/money/ledger/ledger.js';
import { type History, readHistory } from '../../../src/money/ledger/reader.js';
import { readRow } from '../../../src/money/ledger/row.js';
import { billOf, type Job, seeded } from './worker.js';

export interface Spending {
  readonly folder: string;
  readonly processes: number;
  /** Of all processes together. */
  readonly requests: number;
  readonly budgets: {
    readonly session: number;
    readonly day: number;
    readonly month: number;
    readonly workspace: number;
    readonly providers: Readonly<Record<string, number>>;
  };
  readonly durable: boolean;
  readonly seed: number;
  readonly diesOnceIn: number;
  /** Longest time, in ms from its first request, that a process is left alone before it is killed from outside. */
  readonly killedWithin: number;
}

interface Sent {
  readonly attempt: string;
  readonly session: string;
  readonly workspace: string;
  readonly provider: string;
  readonly day: string;
  readonly worst: number;
  readonly bill: number;
}

export interface Figures {
  readonly requests: number;
  readonly sent: number;
  readonly refused: number;
  readonly settled: number;
  readonly kills: number;
  readonly lost: number;
  /** Reservations that another process's came before, and that found the budget empty. */
  readonly late: number;
  readonly torn: number;
  readonly segments: number;
  /** Budgets that the bills exceed. */
  readonly overruns: readonly string[];
  /** Fullest budget of each kind, by what the provider billed: 1 is all of it. */
  readonly fullest: Readonly<Record<string, number>>;
}

/** Runs the processes until all requests are done; throws if a settled row is missing or a row is there that nobody wrote. */
export async function spend(spending: Spending): Promise<Figures> {
  const { folder, processes, requests, budgets, durable, seed, diesOnceIn, killedWithin } = spending;
  const worker = join(folder, '..', 'worker.cjs');
  await build({
    entryPoints: ['test/money/ledger/worker.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: worker,
    logLevel: 'error',
  });
  const sent: Sent[] = [];
  const settled = new Map<string, number>();
  let [refused, kills] = [0, 0];
  const share = Math.ceil(requests / processes);

  const one = async (index: number): Promise<void> => {
    const dice = seeded(seed + index);
    let next = 0;
    for (let life = 0; next < share; life++) {
      const job: Job = { folder, seed: seed + 1_000 * (index + 1) + life * 100_000, from: next, to: share, budgets, durable, diesOnceIn };
      const child = spawn(process.execPath, [worker, '--job', JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let timer: NodeJS.Timeout | undefined;
      for await (const line of createInterface({ input: child.stdout })) {
        timer ??= setTimeout(() => child.kill('SIGKILL'), dice(killedWithin));
        const [what, ...rest] = line.split(' ');
        if (what === 'begun') next = Number(rest[0]) + 1;
        else if (what === 'sent') sent.push(JSON.parse(rest.join(' ')) as Sent);
        else if (what === 'settled') settled.set(rest[0]!, Number(rest[1]));
        else if (what === 'refused') refused++;
      }
      clearTimeout(timer);
      if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once('exit', done));
      if (child.signalCode === 'SIGKILL') kills++;
      else assert.equal(child.exitCode, 0);
    }
  };
  await Promise.all(Array.from({ length: processes }, (_, i) => one(i)));

  const afterwards = new Ledger(folder, { clock: () => new Date(Date.UTC(2030, 0)), zone: 'Europe/Berlin', durable });
  await afterwards.endLost();
  const history = await readHistory(folder);
  check(history, sent, settled);
  const late = latecomers(folder);
  for (const { attempt } of sent) assert.ok(!late.has(attempt), `${attempt} was sent, though it passes a cap at its place in the ledger`);
  const read = readBudgets(budgets);
  assert.ok(read.kind === 'read');
  return {
    requests: share * processes,
    sent: sent.length,
    refused,
    settled: settled.size,
    kills,
    lost: history.entries.filter(({ kind }) => kind === 'lost').length,
    late: late.size,
    torn: history.damage.length,
    segments: new Set(history.entries.map(({ day }) => day.slice(0, 7))).size,
    ...exposure(sent, budgets),
  };
}

function check({ entries, damage }: History, sent: readonly Sent[], settled: ReadonlyMap<string, number>): void {
  const byId = new Map(entries.map((entry) => [entry.attempt, entry]));
  for (const [attempt, bill] of settled) {
    const entry = byId.get(attempt);
    assert.ok(entry?.kind === 'settled', `settled row ${attempt} is ${entry?.kind ?? 'not there'}`);
    assert.deepEqual(entry.cost, bill < 0 ? { unknown: 'cut' } : { microUsd: bill });
  }
  for (const { attempt, worst } of sent) {
    const kind = byId.get(attempt)?.kind;
    assert.ok(kind === 'settled' || kind === 'lost', `sent attempt ${attempt} is ${kind ?? 'not there'}`);
    assert.equal(byId.get(attempt)?.worst, worst);
  }
  // A row that was torn and yet taken would be one that nobody finished writing: notBilled, in the worker's dying breath.
  for (const entry of entries) {
    if (entry.kind !== 'settled') continue;
    assert.equal(entry.usage, undefined, `torn row ${entry.attempt} was taken`);
    if ('microUsd' in entry.cost) assert.equal(entry.cost.microUsd, billOf(entry.attempt, entry.worst!));
  }
  for (const { kind } of damage) assert.equal(kind, 'torn');
}

/** Reservations that pass one of their caps where they stand, by nothing but the rows before them. */
function latecomers(folder: string): Set<string> {
  const late = new Set<string>();
  const charges = new Map<string, { readonly keys: readonly string[]; charge: number }>();
  const sums = new Map<string, number>();
  const charge = (attempt: string, amount: number): void => {
    const booked = charges.get(attempt);
    if (!booked) return;
    for (const key of booked.keys) sums.set(key, (sums.get(key) ?? 0) + amount - booked.charge);
    booked.charge = amount;
  };
  for (const file of readdirSync(folder).sort()) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const read = readRow(line);
      if (read.kind !== 'row' || read.row.kind === 'opened') continue;
      const { row } = read;
      if (row.kind === 'sealed') break;
      if (row.kind === 'reserved') {
        const month = row.day.slice(0, 7);
        const keyOf: Readonly<Record<string, string>> = {
          session: row.session,
          day: row.day,
          month,
          workspace: `${row.workspace} ${month}`,
          provider: `${row.provider} ${month}`,
        };
        const caps = Object.entries(row.caps);
        if (caps.some(([scope, limit]) => (sums.get(`${scope} ${keyOf[scope]}`) ?? 0) + row.worst! > limit!)) late.add(row.attempt);
        else {
          charges.set(row.attempt, { keys: Object.entries(keyOf).map(([scope, key]) => `${scope} ${key}`), charge: 0 });
          charge(row.attempt, row.worst!);
        }
      } else if (row.kind === 'released') charge(row.attempt, 0);
      else if (row.kind === 'settled') charge(row.attempt, 'microUsd' in row.cost ? row.cost.microUsd : row.worst!);
    }
  }
  return late;
}

/** What the provider bills, whatever the ledger says, held against each budget. */
function exposure(
  sent: readonly Sent[],
  { session, day, month, workspace, providers }: Spending['budgets'],
): Pick<Figures, 'overruns' | 'fullest'> {
  const billed = new Map<string, { limit: number; sum: number }>();
  const add = (key: string, limit: number | undefined, bill: number): void => {
    if (limit === undefined) return;
    const at = billed.get(key) ?? { limit: Math.round(limit * 1e6), sum: 0 };
    billed.set(key, { ...at, sum: at.sum + bill });
  };
  for (const { bill, ...s } of sent) {
    const at = s.day.slice(0, 7);
    add(`session ${s.session}`, session, bill);
    add(`day ${s.day}`, day, bill);
    add(`month ${at}`, month, bill);
    add(`workspace ${s.workspace} ${at}`, workspace, bill);
    add(`provider ${s.provider} ${at}`, providers[s.provider], bill);
  }
  const fullest: Record<string, number> = {};
  for (const [key, { limit, sum }] of billed) {
    const kind = key.split(' ', 1)[0]!;
    fullest[kind] = Math.max(fullest[kind] ?? 0, Number((sum / limit).toFixed(3)));
  }
  return { overruns: [...billed].filter(([, { limit, sum }]) => sum > limit).map(([key]) => key), fullest };
}
