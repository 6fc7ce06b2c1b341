import assert from 'node:assert/strict';
import { notBilled, receiptOf } from '../../../src/money/ledger/receipt.js';
import { readAnthropicUsage, readOpenAiUsage } from '../../../src/money/wire-usage.js';
import { NOW, shippedTable } from '../table.js';

const table = shippedTable();
const opus = table.find('anthropic', 'claude-opus-5-5', NOW);

describe('money/ledger/receipt', () => {
  it('has the usage in disjoint buckets, its cost, what it would have cost without the cache, and whose price it is', () => {
    const usage = { input_tokens: 1_200, cache_creation_input_tokens: 8_000, cache_read_input_tokens: 90_000, output_tokens: 2_500 };
    assert.deepEqual(receiptOf('ok', readAnthropicUsage(usage), opus), {
      outcome: 'ok',
      usage: { input: 1_200, cacheRead: 90_000, cacheWrite5m: 8_000, output: 2_500 },
      cost: { microUsd: 112_800 },
      uncached: 446_800,
      price: { kind: 'table', name: '@pydantic/genai-prices 0.1.8', date: '2026-09-23', entry: 'anthropic/claude-opus-5-5' },
    });
  });

  it("keeps the provider's own figure beside ours", () => {
    const receipt = receiptOf(
      'ok',
      readOpenAiUsage({ prompt_tokens: 1_000, completion_tokens: 100, cost: 0.0123 }),
      table.find('openrouter', 'anthropic/claude-opus-4.6', NOW),
    );
    assert.deepEqual([receipt.cost, receipt.reported], [{ microUsd: 7_500 }, 12_300]);
  });

  it('is unknown, with the reason, where usage or price is', () => {
    assert.deepEqual(receiptOf('cut', readAnthropicUsage(undefined), opus), {
      outcome: 'cut',
      cost: { unknown: 'the provider reported no usage' },
    });
    const read = readAnthropicUsage({ input_tokens: 5, output_tokens: 9 });
    const unknown = receiptOf('ok', read, table.find('anthropic', 'claude-fable-5-2', NOW));
    assert.deepEqual(unknown.usage, { input: 5, output: 9 });
    assert.deepEqual(unknown.cost, { unknown: 'no price for anthropic/claude-fable-5-2 in @pydantic/genai-prices 0.1.8' });
    assert.ok(!('uncached' in unknown) && !('price' in unknown));
    const fast = receiptOf('ok', readAnthropicUsage({ input_tokens: 5, output_tokens: 9, speed: 'fast' }), opus);
    assert.deepEqual([fast.mode, 'unknown' in fast.cost], ['fast', true]);
  });

  it('costs nothing when the provider turned it away', () => {
    assert.deepEqual(notBilled('failed'), { outcome: 'failed', usage: {}, cost: { microUsd: 0 } });
  });
});
