import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Candidate, HYSTERESIS, type Need, type Route, route } from '../../../src/models/router/route.js';
import { PREFERENCES } from '../../../src/models/router/score.js';
import { rankOf, TIERS } from '../../../src/models/router/tiers.js';
import { refusalOf } from '../../../src/money/budgets.js';
import { microUsd } from '../../../src/money/micro-usd.js';
import { NOTHING } from '../../../src/money/tally.js';
import { candidate, cents, need } from './candidate.js';

const order = ({ chosen, fallbacks }: Route): string[] => [chosen, ...fallbacks].flatMap((j) => j?.candidate.name ?? []);
const tier = (level: (typeof TIERS)[number]) => ({ tier: { level, source: 'test' } });

const overBudget = refusalOf(
  { caps: { day: microUsd(1) }, worst: microUsd(2), request: 'r', session: 's', day: '2026-11-21', workspace: 'w', provider: 'p' },
  () => NOTHING,
)!;

describe('models/router/route', () => {
  it('asks the cheapest of the lowest tier that is good enough, and falls back to the others in their order', () => {
    const models = [
      candidate('a/strong', { ...tier('strong'), cost: cents(0.5) }),
      candidate('b/dear', { cost: cents(5) }),
      candidate('c/cheap', { cost: cents(1) }),
      candidate('d/light', { ...tier('light'), cost: cents(0.1) }),
    ];
    const found = route(models, need());
    assert.deepEqual(order(found), ['c/cheap', 'b/dear', 'a/strong']);
    assert.deepEqual(
      found.fallbacks.map((j) => j.behind),
      ['score', 'tier'],
    );
    assert.deepEqual(
      found.rejected.map((j) => [j.candidate.name, j.objections]),
      [['d/light', [{ kind: 'tier', has: 'light', needs: 'standard' }]]],
    );
  });

  it('lets a faster model be dearer, unless it is to be cheap', () => {
    const slow = candidate('a/slow', { cost: cents(1), latency: { firstToken: 30_000, speed: 15, measured: 9 } });
    const fast = candidate('b/fast', { cost: cents(1.2), latency: { firstToken: 500, speed: 200, measured: 9 } });
    assert.deepEqual(order(route([slow, fast], need())), ['b/fast', 'a/slow']);
    assert.deepEqual(order(route([slow, fast], need({ preference: 'cheap' }))), ['a/slow', 'b/fast']);
  });

  it('every hard filter keeps a candidate out, and says why', () => {
    const cases: readonly [Partial<Candidate>, Partial<Need>, string][] = [
      [{ barred: ['not on this machine'] }, {}, 'barred'],
      [{ capabilities: { images: false } }, { capabilities: ['images'] }, 'capability'],
      [{}, { capabilities: ['tools'] }, 'capability'],
      [{ retires: '2026-11-21' }, {}, 'retired'],
      [{ fits: 'no' }, {}, 'fit'],
      [{ fits: 'perhaps' }, {}, 'fit'],
      [{ fits: 'unknown' }, {}, 'fit'],
      [{ tier: undefined }, {}, 'tier'],
      [{ lacksKey: 'X_API_KEY' }, {}, 'key'],
      [{ cost: { unknown: 'no price' } }, {}, 'unpriced'],
      [{ refusal: overBudget }, {}, 'budget'],
      [{ verdict: { kind: 'open', cause: 'credit' } }, {}, 'breaker'],
    ];
    for (const [own, wanted, kind] of cases) {
      const { chosen, rejected } = route([candidate('a/model', own)], need(wanted));
      assert.equal(chosen, undefined, kind);
      assert.deepEqual(
        rejected[0]?.objections.map((o) => o.kind),
        [kind],
      );
    }
  });

  it('asks the model that the user named; what policy, window, key or a budget forbids stays forbidden', () => {
    const better = candidate('a/better');
    const named = (own: Partial<Candidate>) => route([better, candidate('b/named', own)], need({ named: ['b/named'] }));
    const asked = named({ cost: cents(90), ...tier('light'), verdict: { kind: 'open', cause: 'rate', until: 1 }, fits: 'perhaps' });
    assert.equal(asked.chosen?.candidate.name, 'b/named');
    assert.deepEqual(
      asked.chosen?.overridden.map((o) => o.kind),
      ['fit', 'tier', 'breaker'],
    );
    assert.deepEqual([asked.because, asked.fallbacks, asked.others.map((j) => j.behind)], ['named', [], ['named']]);
    for (const own of [{ barred: ['no'] }, { fits: 'no' as const }, { lacksKey: 'K' }, { refusal: overBudget }]) {
      const refused = named(own);
      assert.equal(refused.chosen, undefined);
      assert.deepEqual(
        refused.others.map((j) => j.candidate.name),
        ['a/better'],
        'is offered instead',
      );
    }
  });

  it('falls back in the order in which the user named models', () => {
    const models = [candidate('a/one'), candidate('b/two', { cost: cents(9) }), candidate('c/three', { lacksKey: 'K' })];
    assert.deepEqual(order(route(models, need({ named: ['b/two', 'c/three', 'a/one'] }))), ['b/two', 'a/one']);
  });

  it('stays with the model of the session until another is better by more than the threshold', () => {
    // 90,000 tokens that are warm at the one and would be written anew at the other, which has half its price.
    const current = candidate('a/current', { warm: 90_000, cost: cents(4) });
    const cheaper = (n: number) => route([current, candidate('b/other', { cost: cents(n) })], need({ current: 'a/current' }));
    assert.deepEqual([cheaper(3.5).because, order(cheaper(3.5))], ['stays', ['a/current', 'b/other']]);
    assert.equal(cheaper(3.5).fallbacks[0]?.behind, 'stays');
    assert.deepEqual([cheaper(0.5).because, order(cheaper(0.5))], ['best', ['b/other', 'a/current']]);
  });

  it('takes one that the user named among others to be good enough where nobody stated it', () => {
    const own = candidate('ollama/qwen', { chosenByUser: true, tier: undefined, fits: 'unknown', cost: cents(0) });
    assert.equal(route([own], need({ capabilities: ['tools'] })).chosen?.candidate.name, 'ollama/qwen');
  });
});

describe('models/router/route, whatever the candidates', () => {
  const cost = fc.oneof(
    fc.nat({ max: 5_000_000 }).map((n) => ({ expected: microUsd(n), worst: microUsd(n * 3) })),
    fc.constant({ unknown: 'no price' }),
  );
  const some = (name: string): fc.Arbitrary<Candidate> =>
    fc
      .record({
        chosenByUser: fc.boolean(),
        tier: fc.option(
          fc.constantFrom(...TIERS).map((level) => ({ level, source: 's' })),
          { nil: undefined },
        ),
        barred: fc.constantFrom([], [], [], ['barred']),
        lacksKey: fc.constantFrom(undefined, undefined, 'KEY'),
        fits: fc.constantFrom('yes', 'yes', 'yes', 'perhaps', 'no', 'unknown' as const),
        refusal: fc.constantFrom(undefined, undefined, overBudget),
        verdict: fc.constantFrom<Candidate['verdict']>(
          { kind: 'closed' },
          { kind: 'half-open', cause: 'rate' },
          { kind: 'open', cause: 'rate', until: 1 },
        ),
        cost,
        latency: fc.record({ firstToken: fc.nat(60_000), speed: fc.integer({ min: 1, max: 500 }), measured: fc.nat(15) }),
      })
      .map((own) => candidate(name, own as Partial<Candidate>));
  const names = ['p/a', 'p/b', 'p/c', 'p/d', 'p/e', 'p/f'];
  const candidates = fc.tuple(...names.map(some)).chain((all) => fc.subarray(all));
  const needs = fc
    .record({
      tier: fc.constantFrom(...TIERS),
      preference: fc.constantFrom(...PREFERENCES),
      allowUnpriced: fc.boolean(),
      named: fc.subarray(names, { maxLength: 2 }),
      current: fc.option(fc.constantFrom(...names), { nil: undefined }),
    })
    .map((own) => need(own));

  it('the same candidates in any order have the same route', () => {
    fc.assert(
      fc.property(candidates, needs, fc.infiniteStream(fc.nat()), (all, wanted, keys) => {
        const shuffled = all.map((c) => ({ c, key: keys.next().value as number })).sort((a, b) => a.key - b.key);
        assert.deepEqual(
          route(
            shuffled.map(({ c }) => c),
            wanted,
          ),
          route(all, wanted),
        );
      }),
    );
  });

  it('every candidate is in it once, and none that is forbidden is ever asked', () => {
    fc.assert(
      fc.property(candidates, needs, (all, wanted) => {
        const { chosen, fallbacks, others, rejected } = route(all, wanted);
        const asked = [...(chosen ? [chosen] : []), ...fallbacks];
        const listed = [...asked, ...others, ...rejected].map((j) => j.candidate.name);
        assert.deepEqual(listed.sort(), all.map((c) => c.name).sort());
        for (const { candidate: c } of asked) {
          const named = wanted.named.includes(c.name);
          assert.ok(c.barred.length === 0 && c.lacksKey === undefined && c.refusal === undefined && c.fits !== 'no');
          assert.ok(named || (c.verdict.kind !== 'open' && c.fits !== 'perhaps'));
          assert.ok(named || wanted.allowUnpriced || 'expected' in c.cost);
          assert.ok(named || !c.tier || rankOf(c.tier.level) >= rankOf(wanted.tier));
          if (wanted.named.length > 0) assert.ok(named);
        }
        for (const j of rejected) assert.ok(j.objections.length > 0);
      }),
    );
  });

  it('a cheaper one of the same tier loses by a name, by staying, or by a score whose time is greater', () => {
    fc.assert(
      fc.property(candidates, needs, (all, wanted) => {
        const { chosen, fallbacks } = route(all, wanted);
        if (!chosen || !('expected' in chosen.candidate.cost)) return;
        for (const j of fallbacks) {
          if (!('expected' in j.candidate.cost) || j.candidate.tier?.level !== chosen.candidate.tier?.level) continue;
          if (j.candidate.cost.expected >= chosen.candidate.cost.expected) continue;
          if (j.behind === 'named') assert.ok(wanted.named.length > 0);
          else if (j.behind === 'stays') {
            assert.equal(chosen.candidate.name, wanted.current);
            assert.ok(j.score!.total >= chosen.score!.total * (1 - HYSTERESIS));
          } else assert.ok(j.behind === 'score' && j.time > chosen.time && wanted.preference !== 'cheap', j.behind);
        }
      }),
    );
  });
});
