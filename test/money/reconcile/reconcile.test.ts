import assert from 'node:assert/strict';
import type { Entry } from '../../../src/money/ledger/account.js';
import { microUsd } from '../../../src/money/micro-usd.js';
import { type Comparison, reconcile } from '../../../src/money/reconcile/reconcile.js';
import { NO_TOKENS, type ReportLine } from '../../../src/money/reconcile/report.js';

const FROM = Date.UTC(2026, 10, 20);
const TO = Date.UTC(2026, 10, 21);
let made = 0;

/** A settled attempt: 1,000 tokens in, 9,000 from the cache, 100 out; $0.0078. */
function attempt(change: Partial<Extract<Entry, { kind: 'settled' }>> = {}): Entry {
  const id = `a${made++}`;
  return {
    kind: 'settled',
    attempt: id,
    request: id,
    number: 1,
    session: 's1',
    workspace: 'w1',
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    action: 'ask',
    reserved: '2026-11-20T10:00:00.000Z',
    at: '2026-11-20T10:00:20.000Z',
    day: '2026-11-20',
    worst: microUsd(50_000),
    o200k: 9_000,
    expectedCacheRead: 0,
    outcome: 'ok',
    usage: { input: 1_000, cacheRead: 9_000, output: 80, reasoning: 20 },
    cost: { microUsd: microUsd(7_800) },
    ...change,
  };
}

const line = (change: Partial<ReportLine>): ReportLine => ({
  provider: 'anthropic',
  from: FROM,
  to: TO,
  model: 'claude-opus-5-5',
  ...change,
});
const used = (times: number, change: object = {}) => ({
  ...NO_TOKENS,
  input: 1_000 * times,
  cacheRead: 9_000 * times,
  output: 100 * times,
  ...change,
});
const kinds = (all: readonly Comparison[]) => all.map(({ model, kind }) => `${model}: ${kind}`);
const only = (entries: readonly Entry[], ...lines: ReportLine[]): Comparison => {
  const all = reconcile(entries, lines);
  assert.equal(all.length, 1);
  return all[0]!;
};

describe('money/reconcile', () => {
  it('agrees where tokens and money are the same, in one report or two', () => {
    const two = [attempt(), attempt()];
    for (const lines of [
      [line({ tokens: used(2) })],
      [line({ billed: 15_600 })],
      [line({ tokens: used(2), requests: 2 }), line({ billed: 9_600.2 }), line({ billed: 6_000 })],
    ]) {
      assert.equal(only(two, ...lines).kind, 'same');
    }
  });

  it('adds up hours to days, and takes a snapshot for the model that was asked', () => {
    const hours = [0, 1].map((h) =>
      line({ from: FROM + h * 3_600_000, to: FROM + (h + 1) * 3_600_000, model: 'claude-opus-5-5-20260901', tokens: used(1) }),
    );
    const at = (hour: string) => attempt({ reserved: `2026-11-20T${hour}:30:00.000Z` });
    assert.equal(only([at('00'), at('01')], ...hours).kind, 'same');
    // The third hour is not in the report, so it is no difference.
    assert.equal(only([at('00'), at('01'), at('02')], ...hours).kind, 'same');
  });

  it('tells rounding from another price', () => {
    const three = [attempt(), attempt(), attempt()];
    assert.equal(only(three, line({ tokens: used(3) }), line({ billed: 23_401.3 })).kind, 'rounding');
    const dearer = only(three, line({ tokens: used(3) }), line({ billed: 21_060 }));
    assert.deepEqual(
      [dearer.kind, dearer.why],
      ['price', 'the same tokens at another price (0.900 times ours): a discount, a surcharge, or a price table out of date'],
    );
  });

  it('tells other usage from other requests', () => {
    const two = [attempt(), attempt()];
    const usage = only(two, line({ requests: 2, tokens: used(2, { cacheRead: 9_000, input: 11_000 }) }));
    assert.deepEqual([usage.kind, usage.why], ['usage', 'other tokens there: plain input +9,000, cache reads −9,000']);
    const more = only(two, line({ requests: 3, tokens: used(3) }));
    assert.deepEqual([more.kind, more.why], ['missing here', '1 request more there: used elsewhere with the same account']);
    assert.equal(only(two, line({ requests: 1, tokens: used(1) })).kind, 'missing there');
  });

  it('knows what only one side has', () => {
    const gpt = attempt({ provider: 'openai', model: 'gpt-6-sol' });
    const all = reconcile(
      [attempt(), attempt({ model: 'claude-haiku-5-5' }), gpt],
      [line({ tokens: used(1) }), line({ model: 'claude-sonnet-5', tokens: used(1) })],
    );
    assert.deepEqual(kinds(all), ['claude-haiku-5-5: missing there', 'claude-opus-5-5: same', 'claude-sonnet-5: missing here']);
  });

  it('takes what is more there for what was lost here', () => {
    const { at, outcome, usage, cost, ...rest } = attempt() as Extract<Entry, { kind: 'settled' }>;
    const lost: Entry = { ...rest, kind: 'lost', at };
    const found = only([attempt(), lost], line({ requests: 2, tokens: used(2) }));
    assert.deepEqual([found.kind, found.why], ['unsettled', '1 attempt of ours ended without a bill, which this may be']);
    // With nothing more there it was never billed, and there is no difference.
    assert.equal(only([attempt(), lost], line({ requests: 1, tokens: used(1) })).kind, 'same');
  });

  it('points at requests that ran over midnight', () => {
    const late = attempt({ reserved: '2026-11-20T23:59:50.000Z', at: '2026-11-21T00:00:10.000Z' });
    const { kind, why } = only([attempt(), late], line({ requests: 1, tokens: used(1) }));
    assert.equal(kind, 'missing there');
    assert.match(why, /; 1 attempt ran over midnight UTC and may be on the next day there$/);
  });

  it('says that it cannot tell usage from price without tokens', () => {
    assert.deepEqual(
      [only([attempt()], line({ billed: 9_000 })).kind, only([attempt()], line({ billed: 9_000 })).why],
      ['cost', 'more there; the report has no tokens, add the usage report to tell why'],
    );
  });

  it('compares all models as one where the report names none', () => {
    const { model, ...whole } = line({ billed: 15_600 });
    assert.deepEqual(kinds(reconcile([attempt(), attempt({ model: 'claude-haiku-5-5' })], [whole])), ['undefined: same']);
  });

  it('does not count what the provider turned away, nor what was never sent', () => {
    const refused = attempt({ outcome: 'failed', usage: {}, cost: { microUsd: microUsd(0) } });
    const { at, outcome, usage, cost, ...rest } = attempt() as Extract<Entry, { kind: 'settled' }>;
    assert.equal(only([attempt(), refused, { ...rest, kind: 'released', at }], line({ requests: 1, tokens: used(1) })).kind, 'same');
  });
});
