import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costOf } from '../../src/money/cost.js';
import { splitUsage, type Usage } from '../../src/money/usage.js';
import { type ReadUsage, readAnthropicUsage, readOpenAiUsage } from '../../src/money/wire-usage.js';
import { NOW, shippedTable } from './table.js';

/** The fields that are not 0. */
function counted(read: ReadUsage): Partial<Usage> | string {
  return read.kind === 'read' ? Object.fromEntries(Object.entries(read.usage).filter(([, v]) => v !== 0)) : read.reason;
}

describe('money/wire-usage', () => {
  it("Anthropic's prompt is the sum of what was read, written and neither", () => {
    const usage = {
      input_tokens: 500,
      cache_creation_input_tokens: 30_000,
      cache_read_input_tokens: 90_000,
      cache_creation: { ephemeral_5m_input_tokens: 10_000, ephemeral_1h_input_tokens: 20_000 },
      output_tokens: 1_000,
      output_tokens_details: { thinking_tokens: 700 },
      server_tool_use: { web_search_requests: 3, web_fetch_requests: 0 },
      service_tier: 'standard',
      speed: 'standard',
      inference_geo: null,
    };
    const expected = {
      inputTotal: 120_500,
      cacheRead: 90_000,
      cacheWrite5m: 10_000,
      cacheWrite1h: 20_000,
      outputTotal: 1_000,
      reasoning: 700,
    };
    assert.deepEqual(counted(readAnthropicUsage(usage)), { ...expected, webSearches: 3 });
  });

  it('cache writes of Anthropic without a time are of five minutes', () => {
    assert.deepEqual(counted(readAnthropicUsage({ input_tokens: 5, cache_creation_input_tokens: 2_000, output_tokens: 9 })), {
      inputTotal: 2_005,
      cacheWrite5m: 2_000,
      outputTotal: 9,
    });
  });

  it('a request that was not billed at the standard rate says so', () => {
    const mode = (extra: object): unknown => (counted(readAnthropicUsage({ input_tokens: 5, output_tokens: 9, ...extra })) as Usage).mode;
    assert.deepEqual([mode({ speed: 'fast' }), mode({ service_tier: 'batch' }), mode({ inference_geo: 'us' })], ['fast', 'batch', 'us']);
    assert.equal(mode({ inference_geo: 'global' }), undefined);
    assert.equal((counted(readOpenAiUsage({ input_tokens: 5, output_tokens: 9 }, 'flex')) as Usage).mode, 'flex');
    assert.equal((counted(readOpenAiUsage({ input_tokens: 5, output_tokens: 9 }, 'default')) as Usage).mode, undefined);
  });

  it("OpenAI's cached and written tokens are part of the prompt, in both of its interfaces", () => {
    const expected = {
      inputTotal: 60_000,
      cacheRead: 40_000,
      cacheWriteOther: 12_000,
      cacheWrite12h: 3_000,
      outputTotal: 2_000,
      reasoning: 500,
    };
    const written = {
      cached_tokens: 40_000,
      cache_write_tokens: 15_000,
      cache_write_tokens_details: { ttl_30m_tokens: 12_000, ttl_12h_tokens: 3_000 },
    };
    const chat = { prompt_tokens: 60_000, completion_tokens: 2_000, total_tokens: 62_000 };
    const reasoned = { reasoning_tokens: 500 };
    assert.deepEqual(counted(readOpenAiUsage({ ...chat, prompt_tokens_details: written, completion_tokens_details: reasoned })), expected);
    const responses = { input_tokens: 60_000, input_tokens_details: written, output_tokens: 2_000, output_tokens_details: reasoned };
    assert.deepEqual(counted(readOpenAiUsage(responses)), expected);
  });

  it("xAI's answer leaves out its reasoning, which is billed", () => {
    const details = { prompt_tokens_details: { cached_tokens: 200 }, completion_tokens_details: { reasoning_tokens: 300 } };
    const expected = { inputTotal: 1_000, cacheRead: 200, outputTotal: 400, reasoning: 300 };
    assert.deepEqual(counted(readOpenAiUsage({ prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_400, ...details })), expected);
    assert.deepEqual(counted(readOpenAiUsage({ prompt_tokens: 1_000, completion_tokens: 100, ...details })), expected);
  });

  it('xAI says what it billed, in ten-billionths of a dollar', () => {
    const usage = counted(readOpenAiUsage({ prompt_tokens: 10, completion_tokens: 1, cost_in_usd_ticks: 12_345_678 }));
    assert.equal((usage as Usage).reported, 1_235);
  });

  it("Gemini's reasoning is only in the total", () => {
    const read = readOpenAiUsage({
      prompt_tokens: 21,
      completion_tokens: 0,
      total_tokens: 81,
      completion_tokens_details: { reasoning_tokens: 60 },
    });
    assert.deepEqual(counted(read), { inputTotal: 21, outputTotal: 60, reasoning: 60 });
    assert.ok(read.kind === 'read');
    const cost = costOf(read.usage, shippedTable().find('google', 'gemini-3.8-flash', NOW));
    assert.ok(cost.kind === 'known');
    // 240.75
    assert.equal(cost.microUsd, 241);
  });

  it("DeepSeek's and Mistral's cached tokens go by other names", () => {
    assert.equal(
      (counted(readOpenAiUsage({ prompt_tokens: 100, prompt_cache_hit_tokens: 80, completion_tokens: 1 })) as Usage).cacheRead,
      80,
    );
    assert.equal((counted(readOpenAiUsage({ prompt_tokens: 100, num_cached_tokens: 70, completion_tokens: 1 })) as Usage).cacheRead, 70);
    const misspelt = { prompt_tokens: 100, prompt_token_details: { cached_tokens: 60 }, completion_tokens: 1 };
    assert.equal((counted(readOpenAiUsage(misspelt)) as Usage).cacheRead, 60);
  });

  it("OpenRouter's cost counts, unless it is only the fee for the use of one's own key", () => {
    const usage = { prompt_tokens: 10, completion_tokens: 1, cost: 0.0123456 };
    assert.equal((counted(readOpenAiUsage(usage)) as Usage).reported, 12_346);
    assert.equal((counted(readOpenAiUsage({ ...usage, is_byok: true })) as Usage).reported, undefined);
  });

  it('what cannot be read is unknown, with the field that is wrong', () => {
    assert.equal(counted(readAnthropicUsage(undefined)), 'the provider reported no usage');
    assert.equal(
      counted(readOpenAiUsage({ prompt_tokens: 'many' })),
      'the provider reported usage that cannot be read: prompt_tokens is "many"',
    );
    assert.equal(
      counted(readOpenAiUsage({ prompt_tokens: 5, completion_tokens: 1, prompt_tokens_details: { cache_write_tokens: 6 } })),
      'the provider reported usage that contradicts itself: 6 cached tokens in a prompt of 5',
    );
  });

  it('reads any JSON into usage that adds up, or says why not', () => {
    const counts = fc.oneof(fc.nat(100), fc.constantFrom(null, -1, 0.5, Number.MAX_SAFE_INTEGER, 'x'));
    const detail = fc.dictionary(
      fc.constantFrom('cached_tokens', 'cache_write_tokens', 'reasoning_tokens', 'thinking_tokens', 'ephemeral_1h_input_tokens'),
      counts,
    );
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          input_tokens: counts,
          prompt_tokens: counts,
          output_tokens: counts,
          completion_tokens: counts,
          total_tokens: counts,
          cache_read_input_tokens: counts,
          cache_creation_input_tokens: counts,
          cache_creation: detail,
          prompt_tokens_details: detail,
          input_tokens_details: detail,
          output_tokens_details: detail,
          cost: fc.oneof(counts, fc.double()),
          cost_in_usd_ticks: counts,
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(anything, (wire) => {
        for (const read of [readAnthropicUsage(wire), readOpenAiUsage(wire)]) {
          if (read.kind === 'unknown') assert.notEqual(read.reason, '');
          else assert.equal(splitUsage(read.usage).kind, 'split');
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
