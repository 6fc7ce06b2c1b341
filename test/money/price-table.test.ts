import assert from 'node:assert/strict';
import { ratesFor } from '../../src/money/price.js';
import { PriceTable } from '../../src/money/price-table.js';
import { NOW, shippedTable } from './table.js';

describe('money/price-table', () => {
  const table = shippedTable();
  const found = (model: string, provider = 'anthropic'): string => {
    const price = table.find(provider, model, NOW);
    return price.kind === 'known' ? `${price.match} ${price.model}` : 'unknown';
  };

  it('a near name is another model: nothing is borrowed from it', () => {
    for (const name of [
      'claude-sonnet-5-5-foo',
      'claude-sonnet',
      'claude-sonnet-55',
      'claude-opus-4-6-fast',
      'claude-haiku-5',
      'claude-fable-5-2',
    ]) {
      assert.equal(found(name), 'unknown', name);
    }
    assert.equal(found('gpt-6-sol-mini', 'openai'), 'unknown');
    assert.equal(found('gpt-6-sol', 'anthropic'), 'unknown');
    assert.equal(found('anything', 'nobody'), 'unknown');
  });

  it('a date or "-latest" at the end names the same model', () => {
    assert.equal(found('claude-opus-5-5-20260901'), 'dated anthropic/claude-opus-5-5');
    assert.equal(found('claude-sonnet-5-5-latest'), 'dated anthropic/claude-sonnet-5-5');
    assert.equal(found('claude-3-5-haiku-20241022'), 'dated anthropic/claude-3-5-haiku-latest');
    assert.equal(found('gpt-6-sol-2026-09-01', 'openai'), 'dated openai/gpt-6-sol');
    assert.equal(found('claude-opus-5-5-20269901x'), 'unknown');
  });

  it('a name the list itself calls equal is exact, in any case', () => {
    assert.equal(found('gpt-5.5-2026-04-23', 'openai'), 'exact openai/gpt-5.5');
    assert.equal(found('Claude-Opus-5-5'), 'exact anthropic/claude-opus-5-5');
  });

  it('leaves out what clients put around a name', () => {
    assert.equal(found('claude-opus-4-6[1m]'), 'exact anthropic/claude-opus-4-6');
    assert.equal(found('anthropic/claude-opus-4-6'), 'exact anthropic/claude-opus-4-6');
    assert.equal(found('anthropic/claude-opus-4.6', 'openrouter'), 'exact openrouter/anthropic/claude-opus-4.6');
  });

  it("the user's price comes before ours, and ours before the bundled list's", () => {
    const mine = shippedTable({ 'anthropic/claude-opus-5-5': { input: 1, output: 2, source: 'contract', date: '2026-11-01' } });
    const price = mine.find('anthropic', 'claude-opus-5-5-20260901', NOW);
    assert.ok(price.kind === 'known');
    assert.deepEqual([price.rates.input, price.source], [1, { kind: 'user', name: 'user: contract', date: '2026-11-01' }]);
    const ours = mine.find('anthropic', 'claude-haiku-5-5', NOW);
    assert.ok(ours.kind === 'known' && ours.source.kind === 'longview');
    const theirs = mine.find('anthropic', 'claude-opus-5', NOW);
    assert.ok(theirs.kind === 'known');
    assert.deepEqual(theirs.source, { kind: 'table', name: '@pydantic/genai-prices 0.1.8', date: '2026-09-23' });
  });

  it('a provider is free only if the user says so', () => {
    assert.equal(table.find('ollama', 'qwen3:32b', NOW).kind, 'unknown');
    const local = shippedTable({ 'ollama/*': { input: 0, output: 0 } }).find('ollama', 'qwen3:32b', NOW);
    assert.ok(local.kind === 'known' && local.match === 'provider' && local.rates.input === 0);
  });

  it('a tier changes what it names and keeps the rest of those below it', () => {
    const tiers = [
      { above: 200, input: 2 },
      { above: 400, output: 9 },
    ];
    const at = (tokens: number): number[] => {
      const { input, output } = ratesFor({ input: 1, output: 4, tiers }, tokens);
      return [input, output];
    };
    assert.deepEqual(
      [at(200), at(201), at(400), at(401)],
      [
        [1, 4],
        [2, 4],
        [2, 4],
        [2, 9],
      ],
    );
  });

  it('names the last list it looked in', () => {
    const none = new PriceTable([]).find('a', 'b', NOW);
    assert.deepEqual(none, { kind: 'unknown', reason: 'no price for a/b in any table' });
  });

  it('tells the context window that the list states', () => {
    assert.equal(table.windowOf('google', 'gemini-3.8-flash'), 1_000_000);
    assert.equal(table.windowOf('anthropic', 'claude-fable-5-2'), undefined);
  });
});
