import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_BUDGETS, tallyKey } from '../../../src/money/budgets.js';
import { Ledger, LedgerError } from '../../../src/money/ledger/ledger.js';
import { readHistory } from '../../../src/money/ledger/reader.js';
import { writeRow } from '../../../src/money/ledger/row.js';
import { microUsd } from '../../../src/money/micro-usd.js';
import { formatTally } from '../../../src/money/tally.js';
import { Folder } from '../../folders.js';
import { budgets, ClockedLedger, granted, NOON, order, paid, unpriced } from './orders.js';

describe('money/ledger', () => {
  let folder: Folder;
  let path: string;
  beforeEach(() => {
    folder = new Folder();
    path = join(folder.path, 'ledger');
  });
  afterEach(() => folder.remove());

  const kinds = async (): Promise<string[]> => (await readHistory(path)).entries.map(({ kind }) => kind);

  it('books the worst case, and replaces it by what the request has cost', async () => {
    const ledger = new ClockedLedger(path);
    const reservation = granted(await ledger.reserve(order()));
    assert.deepEqual(
      { ...(await ledger.today()) },
      { known: 0, presumed: 0, reserved: 1_000_000, saved: 0, attempts: 1, unpriced: 0, unbounded: 0 },
    );
    await ledger.settle(reservation, { ...paid(112_800), uncached: microUsd(460_000) });
    assert.deepEqual(
      { ...(await ledger.today()) },
      { known: 112_800, presumed: 0, reserved: 0, saved: 347_200, attempts: 1, unpriced: 0, unbounded: 0 },
    );
  });

  it('keeps the cost that the provider reported beside ours, and counts it', async () => {
    const ledger = new ClockedLedger(path);
    await ledger.settle(granted(await ledger.reserve(order())), { ...paid(100), reported: microUsd(120) });
    assert.equal((await ledger.today()).known, 120);
    const [entry] = (await readHistory(path)).entries;
    assert.ok(entry?.kind === 'settled');
    assert.deepEqual([entry.cost, entry.reported], [{ microUsd: 100 }, 120]);
  });

  it('gives back what was never sent', async () => {
    const ledger = new ClockedLedger(path);
    await ledger.release(granted(await ledger.reserve(order())));
    assert.equal((await ledger.today()).attempts, 0);
    assert.deepEqual(await kinds(), ['released']);
  });

  it('two ledgers of one folder see each other, as two processes would', async () => {
    const [a, b] = [new ClockedLedger(path), new ClockedLedger(path)];
    const caps = budgets({ day: 2.5 });
    const first = granted(await a.reserve(order(), caps));
    granted(await b.reserve(order({ request: 'r2' }), caps));
    const refused = await a.reserve(order({ request: 'r3' }), caps);
    assert.ok(refused.kind === 'refused');
    assert.deepEqual([refused.scope, refused.limit, refused.left, refused.tally.reserved], ['day', 2_500_000, 500_000, 2_000_000]);
    await a.settle(first, paid(200_000));
    granted(await b.reserve(order({ request: 'r3' }), caps));
    assert.deepEqual(await kinds(), ['settled', 'reserved', 'reserved']);
  });

  it('of many who want the last of a budget at once, as many get it as it has room for', async () => {
    const ledgers = Array.from({ length: 12 }, () => new ClockedLedger(path));
    const answers = await Promise.all(ledgers.map((l, i) => l.reserve(order({ request: `r${i}` }), budgets({ month: 5 }))));
    assert.equal(answers.filter(({ kind }) => kind === 'reserved').length, 5);
    assert.equal((await ledgers[0]!.today()).reserved, 5_000_000);
  });

  it('holds each budget against what it is for', async () => {
    const ledger = new ClockedLedger(path);
    await ledger.settle(granted(await ledger.reserve(order())), paid(600_000));
    const refusedBy = async (caps: object, change: object = {}) => {
      const answer = await ledger.reserve(
        order({ request: 'r2', session: 's2', workspace: 'w2', provider: 'openai', ...change }),
        budgets(caps),
      );
      if (answer.kind === 'reserved') await ledger.release(answer);
      return answer.kind === 'refused' ? answer.scope : undefined;
    };
    const each = { request: { request: 'r1' }, session: { session: 's1' }, workspace: { workspace: 'w1' } };
    for (const [scope, same] of Object.entries(each)) {
      assert.equal(await refusedBy({ [scope]: 1.5 }), undefined, scope);
      assert.equal(await refusedBy({ [scope]: 1.5 }, same), scope);
    }
    assert.equal(await refusedBy({ providers: { anthropic: 1.5 } }), undefined);
    assert.equal(await refusedBy({ providers: { anthropic: 1.5 } }, { provider: 'anthropic' }), 'provider');
    assert.equal(await refusedBy({ day: 1.5 }), 'day');
    ledger.now = '2026-11-22T12:00:00.000Z';
    assert.equal(await refusedBy({ day: 1.5 }), undefined);
    assert.equal(await refusedBy({ month: 1.5, workspace: 1.2 }, { workspace: 'w1' }), 'workspace');
    assert.equal(await refusedBy({ month: 1.5 }), 'month');
    ledger.now = '2026-12-01T12:00:00.000Z';
    assert.equal(await refusedBy({ month: 1.5, workspace: 1.2 }, { workspace: 'w1' }), undefined);
  });

  it('refuses an unknown price under any budget, unless the user allows it; then the sums say what they lack', async () => {
    const ledger = new ClockedLedger(path);
    const refused = await ledger.reserve(unpriced(), budgets({ month: 100 }));
    assert.ok(refused.kind === 'refused');
    assert.deepEqual([refused.reason, refused.scope, refused.worst], ['unpriced', 'month', undefined]);
    await ledger.settle(granted(await ledger.reserve(order({ request: 'r2' }))), paid(1_200_000));
    for (const request of ['r3', 'r4']) {
      const allowed = granted(await ledger.reserve(unpriced({ request }), budgets({ month: 100 }), { allowUnpriced: true }));
      await ledger.settle(allowed, { outcome: 'ok', cost: { unknown: 'no price' } });
    }
    const today = await ledger.today();
    assert.equal(formatTally(today), '≥ $1.20, 2 unpriced');
    assert.equal(today.unbounded, 2);
    assert.equal((await ledger.reserve(unpriced())).kind, 'reserved');
  });

  it('counts a request at its worst when its cost is not known', async () => {
    const ledger = new ClockedLedger(path);
    await ledger.settle(granted(await ledger.reserve(order())), { outcome: 'cut', cost: { unknown: 'the stream broke off' } });
    const { presumed, unpriced: without, unbounded } = await ledger.today();
    assert.deepEqual([presumed, without, unbounded], [1_000_000, 1, 0]);
    const refused = await ledger.reserve(order({ request: 'r2' }), budgets({ day: 1.5 }));
    assert.equal(refused.kind, 'refused');
  });

  it('finds the reservations of a process that is gone, and of one whose deadline is over', async () => {
    const { owner } = granted(await new ClockedLedger(path).reserve(order())).row;
    const gone = new Ledger(path, { clock: () => NOON, zone: 'UTC', owner: { ...owner, start: '1' }, durable: false });
    await gone.reserve(order({ request: 'r2' }));
    const elsewhere = new Ledger(path, { clock: () => NOON, zone: 'UTC', owner: { pid: 1, place: 'elsewhere' }, durable: false });
    const late = granted(await elsewhere.reserve(order({ request: 'r3' })));
    const ledger = new ClockedLedger(path);
    // The next one who reserved has already found the one that is gone.
    assert.equal(await ledger.endLost(), 0);
    assert.deepEqual(await kinds(), ['reserved', 'lost', 'reserved']);
    ledger.now = new Date(NOON.getTime() + 600_000);
    assert.equal(await ledger.endLost(), 2);
    const { presumed, unpriced: without } = await ledger.today();
    assert.deepEqual([presumed, without], [3_000_000, 3]);
    // It was only slow: its bill is better than a presumption.
    await elsewhere.settle(late, paid(50));
    const { presumed: less, known } = await ledger.today();
    assert.deepEqual([less, known], [2_000_000, 50]);
  });

  it('a second bill for the same attempt does not count', async () => {
    const ledger = new ClockedLedger(path);
    const reservation = granted(await ledger.reserve(order()));
    await ledger.settle(reservation, paid(50));
    await ledger.settle(reservation, paid(70));
    await ledger.release(reservation);
    assert.equal((await ledger.today()).known, 50);
  });

  it('begins a file each month, which carries what the budgets need', async () => {
    const ledger = new ClockedLedger(path, new Date('2026-11-30T23:30:00.000Z'));
    const open = granted(await ledger.reserve(order({ deadline: new Date('2026-12-01T01:00:00.000Z') })));
    await ledger.settle(granted(await ledger.reserve(order({ request: 'r2' }))), paid(300_000));
    ledger.now = '2026-12-01T00:10:00.000Z';
    // In Berlin it was December before; both are of the same day there.
    await ledger.settle(granted(await ledger.reserve(order({ request: 'r3' }))), paid(40_000));
    assert.deepEqual(readdirSync(path).sort(), ['2026-11.jsonl', '2026-12.jsonl']);
    const fresh = new ClockedLedger(path, new Date('2026-12-01T00:20:00.000Z'));
    for (const each of [ledger, fresh]) {
      const { known, reserved, attempts } = await each.today();
      assert.deepEqual([known, reserved, attempts], [340_000, 1_000_000, 3]);
      assert.equal((await each.tally(tallyKey('session', open.row))).known, 340_000);
    }
    await fresh.settle(open, paid(7));
    assert.equal((await ledger.today()).known, 340_007);
    assert.deepEqual(await kinds(), ['settled', 'settled', 'settled']);
  });

  it('a clock that is wrong for a moment does not make it forget what was spent', async () => {
    const ledger = new ClockedLedger(path);
    const caps = budgets({ day: 1.5 });
    await ledger.settle(granted(await ledger.reserve(order(), caps)), paid(900_000));
    ledger.now = '2031-01-01T00:00:00.000Z';
    await ledger.release(granted(await ledger.reserve(order({ request: 'r2' }), caps)));
    ledger.now = NOON;
    for (const each of [ledger, new ClockedLedger(path)]) {
      const refused = await each.reserve(order({ request: 'r3' }), caps);
      assert.ok(refused.kind === 'refused' && refused.left === 600_000);
    }
    assert.deepEqual(readdirSync(path).sort(), ['2026-11.jsonl', '2031-01.jsonl']);
  });

  it('a row that reaches a segment after its end is void for everybody and is written again in the next', async () => {
    const november = new ClockedLedger(path, new Date('2026-11-30T12:00:00.000Z'));
    granted(await november.reserve(order({ deadline: new Date('2026-12-09T00:00:00.000Z') })));
    // What a process would do that read the segment just before it was sealed.
    const before = readFileSync(join(path, '2026-11.jsonl'));
    const december = new ClockedLedger(path, new Date('2026-12-01T12:00:00.000Z'));
    await december.reserve(order({ request: 'r2', deadline: new Date('2026-12-09T00:00:00.000Z') }));
    const line = before.toString().split('\n').at(-1)!;
    const { sum, ...row } = JSON.parse(line);
    appendFileSync(join(path, '2026-11.jsonl'), `\n${writeRow({ ...row, attempt: 'late' })}`);
    assert.deepEqual(
      (await readHistory(path)).entries.map(({ request }) => request),
      ['r1', 'r2'],
    );
    // The November ledger writes into December from now on.
    granted(await november.reserve(order({ request: 'r3' })));
    assert.equal((await new ClockedLedger(path, new Date('2026-12-01T13:00:00.000Z')).tally('month 2026-12')).reserved, 1_000_000);
  });

  it('goes on with an empty ledger when somebody takes the folder away, and keeps what is settled then', async () => {
    const ledger = new ClockedLedger(path);
    const reservation = granted(await ledger.reserve(order()));
    rmSync(path, { recursive: true });
    assert.equal((await ledger.today()).attempts, 0);
    await ledger.settle(reservation, paid(50));
    assert.equal((await ledger.today()).known, 50);
    assert.equal((await new ClockedLedger(path).today()).known, 50);
  });

  it('reads afresh what was put in the place of its file', async () => {
    const [ledger, other] = [new ClockedLedger(path), new ClockedLedger(join(folder.path, 'other'))];
    await ledger.settle(granted(await ledger.reserve(order())), paid(50));
    for (const amount of [1, 2, 3]) await other.settle(granted(await other.reserve(order())), paid(amount));
    writeFileSync(join(path, '2026-11.jsonl'), readFileSync(join(folder.path, 'other', '2026-11.jsonl')));
    assert.equal((await ledger.today()).known, 6);
    truncateSync(join(path, '2026-11.jsonl'), 10);
    assert.equal((await ledger.today()).known, 0);
    await ledger.settle(granted(await ledger.reserve(order())), paid(50));
    assert.equal((await new ClockedLedger(path).today()).known, 50);
  });

  it('re-reads only what was appended', async () => {
    const ledger = new ClockedLedger(path);
    await ledger.settle(granted(await ledger.reserve(order())), paid(50));
    await ledger.today();
    // What is overwritten in place, far from the end, is not looked at again.
    const file = join(path, '2026-11.jsonl');
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([Buffer.alloc(100, 'x'), bytes.subarray(100)]));
    await new ClockedLedger(path).settle(granted(await new ClockedLedger(path).reserve(order({ request: 'r2' }))), paid(7));
    assert.equal((await ledger.today()).known, 57);
  });

  it('tells when another process has written', async () => {
    const ledger = new ClockedLedger(path);
    granted(await ledger.reserve(order()));
    const changed = new Promise<void>((done) => {
      const watcher = ledger.watch(() => {
        watcher.close();
        done();
      });
    });
    await new ClockedLedger(path).reserve(order({ request: 'r2' }));
    await changed;
    assert.equal((await ledger.today()).attempts, 2);
  });

  it('neither reads nor writes the ledger of a newer version', async () => {
    const opened = { kind: 'opened', version: 2, at: NOON.toISOString(), tallies: [], attempts: [] } as const;
    folder.write('ledger/2026-11.jsonl', `\n${writeRow(opened)}`);
    await assert.rejects(
      new ClockedLedger(path).reserve(order()),
      (error) => error instanceof LedgerError && /is a newer Longview's.*Update this one/.test(error.message),
    );
    assert.equal(readFileSync(join(path, '2026-11.jsonl'), 'utf8'), `\n${writeRow(opened)}`);
  });

  it('says that it cannot be written, and reserves nothing', async () => {
    folder.write('ledger', 'a file where the folder should be');
    await assert.rejects(
      new ClockedLedger(path).reserve(order(), NO_BUDGETS),
      (error) => error instanceof LedgerError && /cannot be (read|written) \((ENOTDIR|EEXIST)\)/.test(error.message),
    );
  });

  it('takes no names that are empty or too long, and nothing that it could not read again', async () => {
    await assert.rejects(new ClockedLedger(path).reserve(order({ o200k: Number.NaN })), /RangeError: this cannot be a row of the ledger/);
    await assert.rejects(new ClockedLedger(path).reserve(order({ model: '' })), RangeError);
    await assert.rejects(new ClockedLedger(path).reserve(order({ session: 'x'.repeat(201) })), RangeError);
  });
});
