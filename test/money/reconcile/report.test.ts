import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readReport } from '../../../src/money/reconcile/report.js';

const NOV_20 = Date.UTC(2026, 10, 20);
const NOV_21 = Date.UTC(2026, 10, 21);
const lines = (value: unknown) => {
  const read = readReport(value);
  return read.kind === 'read'
    ? read.lines.map(({ from, to, ...line }) => ({ ...line, days: (to - from) / 86_400_000, from }))
    : read.reason;
};
const day = { starting_at: '2026-11-20T00:00:00Z', ending_at: '2026-11-21T00:00:00Z' };
const seconds = { object: 'bucket', start_time: NOV_20 / 1000, end_time: NOV_21 / 1000 };

describe('money/reconcile/report', () => {
  it("reads Anthropic's usage report", () => {
    const result = {
      uncached_input_tokens: 1_500,
      cache_creation: { ephemeral_1h_input_tokens: 1_000, ephemeral_5m_input_tokens: 500 },
      cache_read_input_tokens: 200,
      output_tokens: 700,
      server_tool_use: { web_search_requests: 10 },
      api_key_id: null,
      workspace_id: null,
      model: 'claude-opus-5-5',
      service_tier: 'standard',
      context_window: '0-200k',
    };
    const tokens = { input: 1_500, cacheRead: 200, cacheWrite: 500, cacheWriteLong: 1_000, output: 700 };
    assert.deepEqual(lines({ data: [{ ...day, results: [result] }], has_more: false, next_page: null }), [
      { provider: 'anthropic', model: 'claude-opus-5-5', tokens, days: 1, from: NOV_20 },
    ]);
  });

  it("reads Anthropic's cost report, whose amounts are in cents", () => {
    const result = {
      currency: 'USD',
      amount: '123.78912',
      workspace_id: null,
      description: 'Claude Opus 5.5 Usage - Input Tokens',
      cost_type: 'tokens',
      model: 'claude-opus-5-5',
      token_type: 'uncached_input_tokens',
    };
    assert.deepEqual(lines({ data: [{ ...day, results: [result] }] }), [
      { provider: 'anthropic', model: 'claude-opus-5-5', billed: 1_237_891.2, days: 1, from: NOV_20 },
    ]);
  });

  it("reads Anthropic's analytics, which keep dimensions and figures apart", () => {
    const group = { model: 'claude-opus-5-5', workspace_id: null };
    const usage = {
      uncached_input_tokens: 5,
      cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
      cache_read_input_tokens: 0,
      output_tokens: 9,
      requests: 2,
      total_tokens: 14,
    };
    const cost = { amount: '0.02', list_amount: '0.02', currency: 'USD', requests: 2 };
    assert.deepEqual(lines([{ data: [{ ...day, group, usage }] }, { data: [{ ...day, group, cost }] }]), [
      {
        provider: 'anthropic',
        model: 'claude-opus-5-5',
        requests: 2,
        tokens: { input: 5, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, output: 9 },
        days: 1,
        from: NOV_20,
      },
      { provider: 'anthropic', model: 'claude-opus-5-5', requests: 2, billed: 200, days: 1, from: NOV_20 },
    ]);
  });

  it("reads OpenAI's usage, whose input has the cached tokens in it", () => {
    const result = {
      object: 'organization.usage.completions.result',
      input_tokens: 60_000,
      input_cached_tokens: 40_000,
      input_cache_write_tokens: 15_000,
      input_cache_write_12h_tokens: 3_000,
      output_tokens: 2_000,
      num_model_requests: 5,
      project_id: null,
      model: 'gpt-6-sol',
      batch: null,
    };
    const tokens = { input: 5_000, cacheRead: 40_000, cacheWrite: 12_000, cacheWriteLong: 3_000, output: 2_000 };
    assert.deepEqual(lines({ object: 'page', data: [{ ...seconds, results: [result] }] }), [
      { provider: 'openai', model: 'gpt-6-sol', requests: 5, tokens, days: 1, from: NOV_20 },
    ]);
  });

  it("reads OpenAI's costs by line item", () => {
    const result = {
      object: 'organization.costs.result',
      amount: { value: 0.0755, currency: 'usd' },
      line_item: 'gpt-6-sol, cached input',
      project_id: null,
    };
    const whole = { object: 'organization.costs.result', amount: { value: 1, currency: 'usd' }, line_item: null };
    assert.deepEqual(lines({ object: 'page', data: [{ ...seconds, results: [result, whole] }] }), [
      { provider: 'openai', model: 'gpt-6-sol', billed: 75_500, days: 1, from: NOV_20 },
      { provider: 'openai', billed: 1_000_000, days: 1, from: NOV_20 },
    ]);
  });

  it('says when there is more than the file has, and what it cannot read', () => {
    const read = readReport([
      { data: [], has_more: true },
      { data: [], has_more: true },
    ]);
    assert.ok(read.kind === 'read' && read.more);
    const last = readReport([
      { data: [], has_more: true },
      { data: [], has_more: false },
    ]);
    assert.ok(last.kind === 'read' && !last.more);
    assert.equal(lines({}), 'it is not a page of a usage or cost report: it has no "data"');
    assert.equal(lines({ data: [{ results: [] }] }), 'a bucket has no start or end');
    assert.match(
      String(lines({ data: [{ ...day, results: [{ amount: 'ten', currency: 'USD' }] }] })),
      /^a result is neither usage nor cost/,
    );
    assert.match(
      String(lines({ data: [{ ...day, results: [{ amount: '10', currency: 'EUR' }] }] })),
      /^a result is neither usage nor cost/,
    );
    assert.match(
      String(
        lines({
          data: [{ ...seconds, results: [{ object: 'organization.usage.completions.result', input_tokens: 1, input_cached_tokens: 2 }] }],
        }),
      ),
      /neither/,
    );
  });

  it('makes something of any JSON', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            data: fc.array(
              fc.record({ starting_at: fc.constant('2026-11-20'), ending_at: fc.constant('2026-11-21'), results: fc.jsonValue() }),
            ),
          }),
        ),
        (value) => {
          assert.ok(['read', 'invalid'].includes(readReport(value).kind));
        },
      ),
    );
  });
});
