/** Retries, fallbacks, deadlines and the breaker, by the real SDKs against servers on loopback; and what the ledger has of it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deadlines } from '../../src/attempt.js';
import type { Fallback } from '../../src/fallback.js';
import { openCatalogue } from '../../src/models/catalogue.js';
import { verdictOf } from '../../src/models/health/health.js';
import { HealthFile } from '../../src/models/health/health-file.js';
import { placeOf } from '../../src/models/health/place.js';
import { openProvider } from '../../src/models/providers/open-provider.js';
import { ENDPOINTS, type Endpoint } from '../../src/models/providers/presets.js';
import { type Budgets, NO_BUDGETS } from '../../src/money/budgets.js';
import { type Entry, tallyOfEntry } from '../../src/money/ledger/account.js';
import { Ledger } from '../../src/money/ledger/ledger.js';
import { readHistory } from '../../src/money/ledger/reader.js';
import { microUsd } from '../../src/money/micro-usd.js';
import { addTally, chargeOf, NOTHING } from '../../src/money/tally.js';
import { AuditLog } from '../../src/policy/audit.js';
import { checkAudit } from '../../src/policy/audit-check.js';
import { Redaction } from '../../src/policy/redaction.js';
import { type Pacing, type Prepared, prepareRequest, type SendEvent, type SettledEvent, sendRequest } from '../../src/request.js';
import { ProtocolServer, type Reply } from '../models/providers/protocol-server.js';
import { NOW, shippedTable } from '../money/table.js';
import { Overheard } from '../overheard.js';
import { anthropic, whole, wholeChat } from './speech.js';

const KEY = 'sk-test-0123456789abcdef';
const PROMPT = 'Where is it? '.repeat(100);
const OPUS = 'anthropic/claude-opus-5-5';
const DEEPSEEK = 'deepseek/deepseek-v4-flash';

describe('request', () => {
  let first: ProtocolServer;
  let second: ProtocolServer;
  let folder: string;
  let ledger: Ledger;
  let audit: AuditLog;
  let health: HealthFile;
  let waits: number[];
  before(async () => {
    [first, second] = [await ProtocolServer.start(), await ProtocolServer.start()];
  });
  after(async () => {
    await Promise.all([first.stop(), second.stop()]);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'longview-send-'));
    ledger = new Ledger(join(folder, 'ledger'), { zone: 'UTC', durable: false });
    audit = new AuditLog(join(folder, 'audit'));
    health = new HealthFile(join(folder, 'health.json'));
    waits = [];
    for (const server of [first, second]) server.asked.splice(0);
  });
  afterEach(() => {
    overheard.assertNothingOf([KEY, PROMPT.slice(0, 12)], folder);
    rmSync(folder, { recursive: true });
  });
  const overheard = new Overheard();

  const endpoint = (id: string, server: ProtocolServer): Endpoint => ({ ...ENDPOINTS.find((e) => e.id === id)!, baseUrl: server.url });

  async function prepared(name: string): Promise<Prepared> {
    const model = openCatalogue().find((m) => `${m.provider}/${m.id}` === name)!;
    const request = {
      provider: model.provider,
      model: model.id,
      system: [],
      messages: [{ role: 'user' as const, parts: [{ text: PROMPT }] }],
      files: [],
      maxOutput: 1_000,
      cacheKey: 'k',
    };
    const asked = {
      request,
      model,
      destination: { provider: model.provider, local: false, origin: 'https://models.example' },
      expectedOutput: 100,
    };
    const redaction = new Redaction(new Uint8Array(32));
    const made = await prepareRequest(asked, {
      policy: { localOnly: false, allowed: new Set() },
      redaction,
      prices: shippedTable(),
      at: NOW,
    });
    assert.equal(made.kind, 'prepared');
    return made;
  }

  const pacing: Pacing = { now: Date.now, random: () => 0.5, wait: async (ms) => void waits.push(ms) };
  const place = (name: string, server: ProtocolServer) =>
    placeOf({ baseUrl: server.url }, name.slice(name.indexOf('/') + 1), KEY, new Uint8Array(32));

  const toDeepSeek = (): Fallback => ({
    model: DEEPSEEK,
    place: place(DEEPSEEK, second),
    prepare: () => prepared(DEEPSEEK),
    open: () => openProvider(endpoint('deepseek', second), KEY),
  });

  interface Extra {
    readonly fallbacks?: readonly Fallback[];
    readonly budgets?: Budgets;
    readonly deadlines?: Partial<Deadlines>;
    readonly signal?: AbortSignal;
    /** None: by the clock. */
    readonly pacing?: Pacing | undefined;
    readonly on?: (event: SendEvent) => void;
  }

  /** Sends a request to Opus at the first server. */
  async function send(extra: Extra = {}) {
    const { fallbacks = [], budgets = NO_BUDGETS, deadlines = {}, signal = new AbortController().signal, on } = extra;
    const events: SendEvent[] = [];
    const sending = sendRequest(
      await prepared(OPUS),
      {
        provider: openProvider(endpoint('anthropic', first), KEY),
        place: place(OPUS, first),
        fallbacks,
        ledger,
        audit,
        budgets,
        allowUnpriced: false,
        names: { session: 's', workspace: 'w', action: 'ask' },
        health,
        deadlines: { firstToken: 5_000, idle: 5_000, total: 60_000, ...deadlines },
        pacing: 'pacing' in extra ? extra.pacing : pacing,
      },
      signal,
    );
    for await (const event of sending) {
      events.push(overheard.hear(event));
      on?.(event);
    }
    return events;
  }

  const settled = (events: readonly SendEvent[]): SettledEvent => {
    const last = events.at(-1)!;
    assert.equal(last.kind, 'receipt');
    return last;
  };
  const text = (events: readonly SendEvent[]): string => events.map((e) => (e.kind === 'text' ? e.text : '')).join('');
  const kinds = (events: readonly SendEvent[]): string => events.map((e) => e.kind).join(' ');
  /** What the ledger has of each attempt: number, model, how it ended, micro-dollars (null: unknown). */
  const rows = async (): Promise<unknown[][]> => {
    const { entries } = await readHistory(ledger.folder);
    return entries.map((e: Entry) => [
      e.number,
      e.model,
      e.kind === 'settled' ? e.outcome : e.kind,
      e.kind === 'settled' && 'microUsd' in e.cost ? e.cost.microUsd : null,
    ]);
  };
  const verdict = async (name = OPUS, server = first, now = Date.now()) =>
    verdictOf(await health.read(), place(name, server), now) as { cause?: string; kind: string };

  /** One reply after the other; the last one stays. */
  const inTurn = (...replies: readonly Reply[]): (() => Reply) => {
    let next = 0;
    return () => replies[Math.min(next++, replies.length - 1)]!;
  };

  const ANSWER = 300 * 4 + 40 * 20;
  const CHAT_ANSWER_OF = DEEPSEEK.slice(DEEPSEEK.indexOf('/') + 1);

  it('waits as a server asks, and has a row for each attempt', async () => {
    first.answer(inTurn(anthropic.error(429, 'rate_limit_error', { 'retry-after': '2' }), whole('Here.')));
    const events = await send();
    assert.equal(kinds(events), 'attempt retry attempt text receipt');
    assert.deepEqual([text(events), waits], ['Here.', [2_500]]);
    assert.deepEqual(await rows(), [
      [1, 'claude-opus-5-5', 'failed', 0],
      [2, 'claude-opus-5-5', 'ok', ANSWER],
    ]);
    const requests = (await readHistory(ledger.folder)).entries.map((e) => e.request);
    assert.equal(new Set(requests).size, 1);
    assert.equal(settled(events).earlier.length, 1);
    assert.equal((await verdict()).kind, 'closed');
  });

  it('goes to the next model rather than wait for long, says so, and leaves the first one alone', async () => {
    first.answer(anthropic.error(429, 'rate_limit_error', { 'retry-after': '900' }));
    second.answer(wholeChat('There.'));
    const events = await send({ fallbacks: [toDeepSeek()] });
    assert.equal(kinds(events), 'attempt fallback attempt text receipt');
    const fallback = events[1]!;
    assert.ok(fallback.kind === 'fallback' && fallback.why.kind === 'rate');
    assert.deepEqual([fallback.from, fallback.to.cleared.model, waits], [OPUS, CHAT_ANSWER_OF, []]);
    assert.equal(settled(events).prepared.cleared.provider, 'deepseek');
    assert.deepEqual(
      (await rows()).map((r) => r.slice(0, 3)),
      [
        [1, 'claude-opus-5-5', 'failed'],
        [2, CHAT_ANSWER_OF, 'ok'],
      ],
    );
    assert.equal((await verdict()).kind, 'open');
    assert.equal((await verdict(DEEPSEEK, second)).kind, 'closed');
  });

  it('tries an overloaded server three times, each wait longer, and gives up', async () => {
    first.answer(anthropic.error(529, 'overloaded_error'));
    const events = await send();
    assert.equal(kinds(events), 'attempt retry attempt retry attempt receipt');
    assert.deepEqual(waits, [500, 1_000]);
    const { outcome } = settled(events).ended;
    assert.ok(outcome.kind === 'failed' && outcome.error.status === 529);
    assert.deepEqual(
      (await rows()).map((r) => r[3]),
      [0, 0, 0],
      'a server that takes no work bills none',
    );
    assert.equal((await verdict()).cause, 'overloaded', 'three failures in a row open the breaker');
  });

  it('counts a 500 at its worst, because nobody knows whether it is billed', async () => {
    first.answer(inTurn(anthropic.error(500, 'api_error'), whole('Here.')));
    assert.equal(text(await send()), 'Here.');
    assert.deepEqual(
      (await rows()).map((r) => r[3]),
      [null, ANSWER],
    );
  });

  it('stops trying when a budget has no room for another attempt', async () => {
    first.answer(anthropic.error(500, 'api_error'));
    const { quote } = await prepared(OPUS);
    assert.ok(quote.cost.kind === 'known');
    const events = await send({ budgets: { ...NO_BUDGETS, request: microUsd(quote.cost.worst * 2 - 1) } });
    assert.equal(first.asked.length, 1);
    assert.equal(settled(events).refusal?.scope, 'request');
    assert.equal((await rows()).length, 1);
  });

  it('does not ask again with a key that was refused; another endpoint is asked, and the breaker stays open for that key', async () => {
    first.answer(anthropic.error(401, 'authentication_error'));
    second.answer(wholeChat('There.'));
    assert.equal(text(await send({ fallbacks: [toDeepSeek()] })), 'There.');
    assert.deepEqual([first.asked.length, waits], [1, []]);
    assert.equal((await verdict('anthropic/claude-haiku-5-5', first, Date.now() + 1e12)).cause, 'key');
    assert.equal(kinds(await send()), 'attempt receipt', 'with nobody else it says so at once');
  });

  it('passes over a fallback whose breaker is open, or that the gate does not let it go to, and says why', async () => {
    second.answer(anthropic.error(401, 'authentication_error'));
    first.answer(anthropic.error(401, 'authentication_error'));
    await send({ fallbacks: [toDeepSeek()] });
    const barred: Fallback = {
      ...toDeepSeek(),
      model: 'x/barred',
      place: undefined,
      prepare: async () => ({ kind: 'denied', reasons: ['Not there.'] }),
    };
    const events = await send({ fallbacks: [toDeepSeek(), barred] });
    assert.equal(second.asked.length, 1);
    assert.deepEqual(settled(events).skipped, [`${DEEPSEEK}: its key was refused, and is still the same`, 'x/barred: Not there.']);
  });

  it('tries again after a reset before the first token, and keeps what came before one after it', async () => {
    first.answer(inTurn({ steps: [{ kind: 'reset' }] }, whole('Here.')));
    assert.equal(text(await send()), 'Here.');
    first.answer(inTurn({ steps: [...anthropic.begin, ...anthropic.trouble] }, whole('Here.')));
    assert.equal(text(await send()), 'Here.', 'its head had arrived, but nothing that was shown');
    second.answer(wholeChat('never'));
    first.answer({ steps: [...anthropic.begin, ...anthropic.text('Ha'), { kind: 'reset' }] });
    const asked = first.asked.length;
    const events = await send({ fallbacks: [toDeepSeek()] });
    assert.equal(kinds(events), 'attempt text receipt');
    assert.equal(settled(events).ended.outcome.kind, 'cut');
    assert.deepEqual([first.asked.length - asked, second.asked.length], [1, 0]);
    assert.deepEqual(
      (await rows()).map((r) => r.slice(2)),
      [
        ['failed', null],
        ['ok', ANSWER],
        ['cut', null],
        ['ok', ANSWER],
        ['cut', null],
      ],
    );
  });

  it('gives up on a server that says nothing in time, and on an answer that stops', async () => {
    first.answer({ steps: [{ kind: 'wait', ms: 600 }, ...whole('late').steps] });
    second.answer(wholeChat('There.'));
    const fell = await send({ fallbacks: [toDeepSeek()], deadlines: { firstToken: 150 } });
    assert.equal(text(fell), 'There.');
    const slow = fell[1]!;
    assert.ok(slow.kind === 'fallback' && slow.why.kind === 'network');
    first.answer({
      steps: [...anthropic.begin, ...anthropic.text('Ha'), { kind: 'wait', ms: 600 }, ...anthropic.text('lf'), ...anthropic.end],
    });
    const { ended } = settled(await send({ deadlines: { idle: 150 } }));
    assert.ok(ended.outcome.kind === 'cut' && /Continue it/.test(ended.outcome.error.message));
    assert.deepEqual(
      (await rows()).map((r) => r[2]),
      ['failed', 'ok', 'cut'],
    );
  });

  it('lets a slow answer drip as long as it goes on', async () => {
    const drops = [...'drip'].flatMap((c) => [{ kind: 'wait', ms: 120 } as const, ...anthropic.text(c)]);
    first.answer({ steps: [...anthropic.begin, ...drops, ...anthropic.end] });
    const events = await send({ deadlines: { firstToken: 400, idle: 400 } });
    assert.deepEqual([text(events), settled(events).ended.outcome.kind], ['drip', 'complete']);
  });

  it('is over at the deadline of the whole request, whatever is left to try', async () => {
    let now = 0;
    const tick = (ms: number): void => {
      now += ms;
    };
    const own: Pacing = { now: () => now, random: () => 1, wait: (ms) => Promise.resolve(tick(ms)) };
    first.answer(anthropic.error(529, 'overloaded_error'));
    const events = await send({ pacing: own, deadlines: { total: 2_500 } });
    assert.equal(kinds(events), 'attempt retry attempt receipt', 'the second wait of up to two seconds would end after it');
  });

  it('settles when it is cancelled: while it streams, while it waits, and before it was sent', async () => {
    const abort = new AbortController();
    first.answer({ steps: [...anthropic.begin, ...anthropic.text('Ha'), { kind: 'wait', ms: 1_000 }, ...anthropic.end] });
    const events = await send({ signal: abort.signal, on: (e) => e.kind === 'text' && abort.abort() });
    assert.equal(settled(events).ended.outcome.kind, 'cancelled');
    const waiting = new AbortController();
    first.answer(anthropic.error(529, 'overloaded_error'));
    const stopped = await send({ signal: waiting.signal, on: (e) => e.kind === 'retry' && waiting.abort() });
    assert.equal(kinds(stopped), 'attempt retry receipt');
    assert.equal(settled(stopped).ended.outcome.kind, 'cancelled');
    const asked = first.asked.length;
    const never = await send({ signal: AbortSignal.abort() });
    assert.deepEqual([settled(never).ended.outcome.kind, first.asked.length - asked], ['cancelled', 0]);
    assert.deepEqual(
      (await rows()).map((r) => r[2]),
      ['cancelled', 'failed', 'released'],
    );
  });

  it('waits for no longer than until it is cancelled', async () => {
    const abort = new AbortController();
    first.answer(anthropic.error(429, 'rate_limit_error', { 'retry-after': '50' }));
    const events = await send({
      signal: abort.signal,
      pacing: undefined,
      on: (e) => e.kind === 'retry' && setTimeout(() => abort.abort(), 20),
    });
    assert.equal(kinds(events), 'attempt retry receipt');
  });

  it('has a row in the audit log for every attempt, before it leaves', async () => {
    first.answer(inTurn(anthropic.error(429, 'rate_limit_error', { 'retry-after': '2' }), whole('Here.')));
    await send();
    const { rows, problems } = await checkAudit(audit.folder);
    assert.deepEqual([rows.length, problems, first.asked.length], [2, [], 2]);
    const { at: _, ...row } = rows[0]!;
    assert.deepEqual(row, {
      request: rows[1]!.request,
      provider: 'anthropic',
      model: 'claude-opus-5-5',
      origin: 'https://models.example',
      local: false,
      workspace: 'w',
      files: [],
      redacted: {},
      bytes: Buffer.byteLength(PROMPT),
    });
  });

  it('sends nothing that the audit log cannot have, and books nothing for it', async () => {
    audit = new AuditLog(join(folder, 'file', 'audit'));
    writeFileSync(join(folder, 'file'), '');
    const { outcome } = settled(await send()).ended;
    assert.match(outcome.kind === 'failed' ? outcome.error.message : '', /^Nothing was sent: the audit log cannot be written/);
    assert.deepEqual(first.asked, []);
    assert.deepEqual((await ledger.today()).known, 0);
  });

  it('books nothing for a server that is not there', async () => {
    const gone = await ProtocolServer.start();
    const url = gone.url;
    await gone.stop();
    const events: SendEvent[] = [];
    const provider = openProvider({ ...endpoint('anthropic', first), baseUrl: url }, KEY);
    const names = { session: 's', workspace: 'w', action: 'ask' };
    for await (const event of sendRequest(
      await prepared(OPUS),
      { provider, ledger, audit, budgets: NO_BUDGETS, allowUnpriced: false, names, pacing },
      new AbortController().signal,
    ))
      events.push(overheard.hear(event));
    const { outcome } = settled(events).ended;
    assert.ok(outcome.kind === 'failed' && outcome.error.kind === 'network');
    assert.deepEqual(
      (await rows()).map((r) => r[3]),
      [0, 0, 0],
    );
  });

  it('over a budget it asks the fallback that fits, or nobody', async () => {
    second.answer(wholeChat('There.'));
    const [dear, cheap] = [await prepared(OPUS), await prepared(DEEPSEEK)].map((p) =>
      p.quote.cost.kind === 'known' ? p.quote.cost.worst : 0,
    );
    assert.ok(cheap! < dear!);
    const events = await send({ fallbacks: [toDeepSeek()], budgets: { ...NO_BUDGETS, day: microUsd(cheap!) } });
    assert.equal(kinds(events), 'attempt fallback attempt text receipt');
    const refused = await send({ fallbacks: [toDeepSeek()], budgets: { ...NO_BUDGETS, day: microUsd(1) } });
    const last = refused.at(-1)!;
    assert.ok(last.kind === 'over-budget');
    assert.deepEqual(last.skipped, [`${DEEPSEEK}: it does not fit the budget either`]);
    assert.equal(first.asked.length, 0);
    assert.equal((await rows()).length, 1);
  });

  it('never passes a budget, whatever fails and however many requests are on their way', async () => {
    const troubles: readonly Reply[] = [
      whole('Here.'),
      anthropic.error(500, 'api_error'),
      anthropic.error(429, 'rate_limit_error'),
      { steps: [{ kind: 'reset' }] },
      { steps: [...anthropic.begin, ...anthropic.text('Ha'), { kind: 'reset' }] },
    ];
    let asked = 0;
    first.answer(() => troubles[asked++ % troubles.length]!);
    second.answer(() => (asked++ % 2 === 0 ? wholeChat('There.') : anthropic.error(503, 'overloaded_error')));
    const { quote } = await prepared(OPUS);
    assert.ok(quote.cost.kind === 'known');
    const day = microUsd(quote.cost.worst * 6);
    await Promise.all(Array.from({ length: 24 }, () => send({ fallbacks: [toDeepSeek()], budgets: { ...NO_BUDGETS, day } })));
    const { entries } = await readHistory(ledger.folder);
    const charge = chargeOf(entries.reduce((sum, entry) => addTally(sum, tallyOfEntry(entry)), NOTHING));
    assert.ok(charge > 0 && charge <= day, `${charge} of ${day}`);
    assert.ok(
      entries.every((e) => e.kind !== 'reserved'),
      'nothing is left open',
    );
    const sent = entries.filter((e) => e.kind === 'settled').length;
    assert.equal(first.asked.length + second.asked.length, sent, 'one row for each that left');
  });

  it('goes to a larger window when the prompt is too long, and to no smaller one', async () => {
    first.answer(anthropic.error(400, 'invalid_request_error', {}));
    second.answer(wholeChat('There.'));
    assert.equal(kinds(await send({ fallbacks: [toDeepSeek()] })), 'attempt receipt', 'a request that is wrong is wrong everywhere');
    first.answer({ ...anthropic.error(413, 'request_too_large') });
    const smaller = await send({ fallbacks: [toDeepSeek()] });
    assert.deepEqual(settled(smaller).skipped, [`${DEEPSEEK}: its window is no larger`]);
  });

  it('measures what it sees: time to the first text, and tokens per second', async () => {
    first.answer({
      steps: [...anthropic.begin, { kind: 'wait', ms: 100 }, ...anthropic.text('a'), { kind: 'wait', ms: 400 }, ...anthropic.end],
    });
    await send();
    const [standing] = [...(await health.read()).values()];
    const { firstToken, speed } = standing!.measured[0]!;
    // 40 tokens in at least 0.4 s: a lower bound on the time is an upper one on the speed.
    assert.ok(firstToken >= 95 && speed !== undefined && speed <= 105, `${firstToken} ms, ${speed} tokens/s`);
  });

  it('half-opens after the wait, and one answer closes it', async () => {
    first.answer(anthropic.error(529, 'overloaded_error', { 'retry-after': '120' }));
    await send();
    assert.equal((await verdict()).kind, 'open');
    assert.equal((await verdict(OPUS, first, Date.now() + 130_000)).kind, 'half-open');
    first.answer(whole('Here.'));
    await send({ pacing: { ...pacing, now: () => Date.now() + 130_000 } });
    assert.equal((await verdict()).kind, 'closed');
  });
});
