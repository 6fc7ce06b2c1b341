import assert from 'node:assert/strict';
import { capsFor, describeRefusal, NO_BUDGETS, readBudgets, refusalOf } from '../../src/money/budgets.js';
import { microUsd } from '../../src/money/micro-usd.js';
import { NOTHING, type Tally } from '../../src/money/tally.js';

const at = { request: 'r1', session: 's1', day: '2026-11-21', workspace: 'w1', provider: 'anthropic' };
const tallies =
  (of: Readonly<Record<string, Partial<Tally>>>) =>
  (key: string): Tally => ({ ...NOTHING, ...of[key] });

describe('money/budgets', () => {
  it('reads dollars into micro-dollars', () => {
    assert.deepEqual(readBudgets({ request: 0.5, day: 5, month: null, providers: { anthropic: 40.000001, openai: 0 } }), {
      kind: 'read',
      budgets: { request: 500_000, day: 5_000_000, providers: { anthropic: 40_000_001, openai: 0 } },
    });
    for (const none of [undefined, null, {}, { providers: null }])
      assert.deepEqual(readBudgets(none), { kind: 'read', budgets: NO_BUDGETS });
  });

  it('says what is wrong with each budget', () => {
    assert.deepEqual(readBudgets({ day: '5', month: -1, week: 3, workspace: 1e9, providers: { openai: Number.NaN } }), {
      kind: 'invalid',
      problems: [
        'there is no budget "week"; there are request, session, day, month, workspace and providers',
        'budget "day" must be a number of US dollars from 0 to 1,000,000, or null for none',
        'budget "month" must be a number of US dollars from 0 to 1,000,000, or null for none',
        'budget "workspace" must be a number of US dollars from 0 to 1,000,000, or null for none',
        'budget "providers.openai" must be a number of US dollars from 0 to 1,000,000, or null for none',
      ],
    });
    assert.deepEqual(readBudgets(5), { kind: 'invalid', problems: ['budgets must be an object like { "day": 5, "month": 60 }, in USD'] });
    assert.deepEqual(readBudgets({ providers: 4 }), {
      kind: 'invalid',
      problems: ['budget "providers" must be an object like { "anthropic": 40 }'],
    });
  });

  it("holds a request to the general budgets and its own provider's", () => {
    const read = readBudgets({ day: 5, providers: { anthropic: 40 } });
    assert.ok(read.kind === 'read');
    assert.deepEqual(capsFor(read.budgets, 'anthropic'), { day: 5_000_000, provider: 40_000_000 });
    assert.deepEqual(capsFor(read.budgets, 'openai'), { day: 5_000_000 });
    assert.deepEqual(capsFor(read.budgets, 'constructor'), { day: 5_000_000 });
  });

  it('allows a worst case that just fits, and names the tightest budget of one that does not', () => {
    const caps = { day: microUsd(500), month: microUsd(2_000), session: microUsd(900) };
    const tallyOf = tallies({ 'day 2026-11-21': { known: 100, presumed: 20, reserved: 30 }, 'month 2026-11': { known: 1_700 } });
    assert.equal(refusalOf({ ...at, caps, worst: microUsd(300) }, tallyOf), undefined);
    const refusal = refusalOf({ ...at, caps, worst: microUsd(301) }, tallyOf);
    assert.deepEqual([refusal?.scope, refusal?.left, refusal?.fits, refusal?.reason], ['month', 300, 300, 'over']);
    assert.equal(refusalOf({ ...at, caps: {}, worst: microUsd(1e12) }, tallyOf), undefined);
  });

  it('a budget of nothing allows what is free', () => {
    assert.equal(refusalOf({ ...at, caps: { day: microUsd(0) }, worst: microUsd(0) }, tallies({})), undefined);
    assert.equal(refusalOf({ ...at, caps: { day: microUsd(0) }, worst: microUsd(1) }, tallies({}))?.left, 0);
  });

  it('says why it refuses, and what would fit', () => {
    const caps = { day: microUsd(5_000_000) };
    const full = { 'day 2026-11-21': { known: 4_800_000, presumed: 10_000, reserved: 80_000 } };
    assert.equal(
      describeRefusal(refusalOf({ ...at, caps, worst: microUsd(420_000) }, tallies(full))!),
      "This request may cost up to $0.42, and of today's budget of $5.00 $0.11 is left ($4.80 spent, $0.01 presumed for requests of unknown cost, $0.08 reserved for requests on their way). A request of at most $0.11 would fit: a shorter answer, a smaller pack or a cheaper model.",
    );
    assert.match(
      describeRefusal(refusalOf({ ...at, caps, worst: microUsd(1) }, tallies({ 'day 2026-11-21': { known: 6_000_000 } }))!),
      /nothing is left .*Raise the budget/,
    );
    assert.equal(
      describeRefusal(refusalOf({ ...at, caps }, tallies({}))!),
      "The price of this model is not known, so today's budget of $5.00 cannot be held. State its price in the settings, choose a model with a known price, or allow unpriced requests.",
    );
  });
});
