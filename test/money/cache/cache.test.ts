import assert from 'node:assert/strict';
import { keepFor, rewritingPays } from '../../../src/money/cache/carry.js';
import { keptOf, type SentPrefix, warmTokens } from '../../../src/money/cache/forecast.js';
import { type CacheRules, cacheRulesOf } from '../../../src/money/cache/rules.js';
import type { KnownPrice } from '../../../src/money/price.js';
import { NOW, shippedTable } from '../table.js';

const MINUTE = 60_000;
const table = shippedTable();

function ofModel(provider: string, model: string): { readonly price: KnownPrice; readonly rules: CacheRules } {
  const price = table.find(provider, model, NOW);
  const rules = cacheRulesOf(provider, price);
  assert.ok(price.kind === 'known' && rules);
  return { price, rules };
}

const opus = ofModel('anthropic', 'claude-opus-5-5');
const sol = ofModel('openai', 'gpt-6.1-sol');
const gpt55 = ofModel('openai', 'gpt-5.5');

const sent = (minutes: number, kept: number, keep: SentPrefix['keep'] = 'short'): SentPrefix => ({ at: minutes * MINUTE, kept, keep });

describe('money/cache', () => {
  it('knows the rules of Anthropic and of OpenAI before and since it bills writes, and of nobody else', () => {
    assert.deepEqual(
      [opus, sol, gpt55].map(({ rules }) => [rules.step, rules.short / MINUTE, rules.reportsWrites]),
      [
        [1, 5, true],
        [1, 30, true],
        [128, 5, false],
      ],
    );
    assert.equal(cacheRulesOf('mistral', sol.price), undefined);
  });

  it('takes from the reported usage what is kept', () => {
    assert.equal(keptOf({ input: 3, cacheRead: 4_000, cacheWriteOther: 500 }, sol.rules), 4_500);
    assert.equal(keptOf({ input: 500, cacheRead: 4_096 }, gpt55.rules), 4_480);
  });

  it('reads the longest prefix that is still kept', () => {
    const { rules } = opus;
    assert.equal(warmTokens([], 0, rules), 0);
    assert.equal(warmTokens([sent(0, 9_000), sent(4, 9_500)], 8 * MINUTE, rules), 9_500);
    assert.equal(warmTokens([sent(0, 9_000), sent(4, 9_500)], 9 * MINUTE + 1, rules), 0);
    assert.equal(warmTokens([sent(0, 800)], 0, rules), 0);
    assert.equal(warmTokens([sent(0, 800)], 0, rules, 512), 800);
  });

  it('a prefix is renewed by whatever begins with it in time, and not by what comes late', () => {
    const { rules } = opus;
    // Kept for an hour at first; what was added is kept for five minutes.
    const prefixes = [sent(0, 9_000, '1h'), sent(50, 9_500), sent(100, 9_900)];
    assert.equal(warmTokens(prefixes, 104 * MINUTE, rules), 9_900);
    assert.equal(warmTokens(prefixes, 150 * MINUTE, rules), 9_000);
    assert.equal(warmTokens(prefixes, 161 * MINUTE, rules), 0);
  });

  it('begins anew only where carrying costs more over the turns to be expected', () => {
    const pays = ({ price, rules }: typeof opus, carry: number, turns: number, read = carry) =>
      rewritingPays({ tokens: carry, read }, { tokens: 30_000, read: 0 }, turns, price, rules, 'short');
    // 30,000 tokens and half of 40,000 at $5 per million, less 70,000 at $0.5, against 40,000 at $0.5 every turn.
    assert.equal(pays(gpt55, 70_000, 10), false);
    assert.equal(pays(gpt55, 70_000, 11), true);
    // Where reading costs a twentieth of the input it is better to carry on.
    assert.equal(pays(opus, 70_000, 20), false);
    // Nothing is in the cache any more.
    assert.equal(pays(opus, 31_000, 1, 0), true);
  });

  it('has a prefix kept for an hour where pauses would expire it before', () => {
    const keep = (...pauses: number[]) =>
      keepFor(
        30_000,
        pauses.map((p) => p * MINUTE),
        opus.price,
        opus.rules,
      );
    assert.equal(keep(), 'short');
    assert.equal(keep(1, 2, 1), 'short');
    assert.equal(keep(1, 20, 1), '1h');
    assert.equal(keep(90, 100), 'short');
    assert.equal(keepFor(30_000, [20 * MINUTE], sol.price, sol.rules), 'short');
  });
});
