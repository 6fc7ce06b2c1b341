import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ClockedLedger, granted, order, paid } from '../money/ledger/orders.js';
import { Workspace } from './longview.js';

const AT = ['--at', '2026-11-21T12:00:00Z'];

describe('longview models', () => {
  let workspace: Workspace;
  before(() => {
    workspace = new Workspace({
      'prompt.md': 'Why does the upload fail?\n'.repeat(400),
      'mine.json': '{ "ollama/*": { "input": 0, "output": 0 }, "anthropic/claude-fable-5-2": { "input": 10, "output": 50 } }',
      'wrong.json': '{ "gpt-5": {}, "a/b": { "input": "1" } }',
      'broken.json': '{',
    });
  });
  after(() => workspace.dispose());

  const json = (...args: string[]) => JSON.parse(workspace.longview('models', ...args, ...AT, '--json').out);

  it('lists windows and prices with their date, and an unknown price as unknown', () => {
    const { code, out, err } = workspace.longview('models', ...AT);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^anthropic\/claude-opus-5-5 +1,000,000 +128,000 +4 +0\.2 +5 +20 +2026-09-23$/m);
    assert.match(out, /^anthropic\/claude-fable-5-2 +\? +\? +\? +\? +\? +\? +unknown$/m);
    assert.match(out, /^unknown: no price for anthropic\/claude-fable-5-2 in @pydantic\/genai-prices 0\.1\.8$/m);
  });

  it('quotes a prompt at each model, exactly where tokens can be counted and as a range where not', () => {
    const { out } = workspace.longview('models', '--tokens', '100k', 'openai/gpt-6-sol', 'anthropic/claude-opus-5-5', ...AT);
    assert.match(out, /^openai\/gpt-6-sol +yes +100,000 +\$0\.265 +\$0\.058 +\$0\.33$/m);
    assert.match(out, /^anthropic\/claude-opus-5-5 +yes +130,000–165,000 +\$0\.677–\$0\.849 +\$0\.115–\$0\.136 +\$0\.985$/m);
  });

  it('quotes in micro-dollars as JSON', () => {
    const { prompt, models } = json('--budget', '100k', '--cacheable', '0', '--output', '0', 'openai/gpt-6-sol');
    assert.deepEqual(prompt, { o200k: 100_000 });
    assert.equal(models[0].price.source.date, '2026-09-23');
    const { tokens, fits, cold, warm, worst } = models[0].quote;
    assert.deepEqual([tokens.exact, tokens.estimate, fits], [true, 100_000, 'yes']);
    assert.deepEqual([cold, warm, worst], [{ low: 200_000, high: 200_000 }, { low: 200_000, high: 200_000 }, 330_000]);
  });

  it('takes the tokens that earlier requests were billed for, where there are enough of them', async () => {
    const ledger = new ClockedLedger(join(workspace.dir, 'ledger'));
    for (let i = 0; i < 20; i++) {
      const reservation = granted(await ledger.reserve(order({ session: `s${i}`, o200k: 20_000 })));
      await ledger.settle(reservation, { ...paid(10), usage: { input: 28_000, output: 10 } });
    }
    const tokens = (...args: string[]) => json('--tokens', '100k', 'anthropic/claude-opus-5-5', ...args).models[0].quote.tokens;
    const { estimate, low, high, basis } = tokens('--ledger', 'ledger');
    assert.deepEqual([estimate, low, high, basis], [140_000, 137_200, 142_800, 'measured on 20 requests in 20 sessions']);
    assert.deepEqual([tokens().low, tokens().high], [130_000, 165_000]);
  });

  it('counts a prompt that is already written', () => {
    assert.equal(json('--prompt', 'prompt.md', 'openai/gpt-6-sol').prompt.o200k, 2_400);
  });

  it("takes the user's prices, for one model or a whole provider", () => {
    const { models } = json(
      '--tokens',
      '1000',
      '--prices',
      'mine.json',
      'anthropic/claude-fable-5-2',
      'ollama/qwen3:32b',
      'lmstudio/qwen3',
    );
    assert.deepEqual(
      models.map((m: { quote: { worst?: number; unknown?: string } }) => m.quote.worst ?? m.quote.unknown),
      [416_500, 0, 'no price for lmstudio/qwen3 in @pydantic/genai-prices 0.1.8'],
    );
  });

  it('knows of other models what the price table tells', () => {
    const [model] = json('openrouter/anthropic/claude-opus-4.6').models;
    assert.deepEqual([model.window, model.price.rates.input, model.limitsFrom], [1_000_000, 5, 'the price table']);
  });

  it('says what is wrong with the prices, entry by entry', () => {
    const { code, err } = workspace.longview('models', '--prices', 'wrong.json');
    assert.equal(code, 1);
    assert.match(err, /"gpt-5": name it "provider\/model".*\n.*"a\/b": "input" must be a number.*\n.*"a\/b": "output" is missing/);
    assert.match(workspace.longview('models', '--prices', 'broken.json').err, /--prices "broken\.json" is not JSON/);
    assert.match(workspace.longview('models', '--prices', 'gone.json').err, /"gone\.json" could not be read \(ENOENT\)/);
  });

  it('answers wrong options with exit code 2', () => {
    for (const args of [['--tokens', 'x'], ['--tokens', '1', '--budget', '1'], ['--at', 'noon'], ['--cacheable', '101'], ['gpt-6']]) {
      const { code, out } = workspace.longview('models', ...args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
    }
    assert.match(
      workspace.longview('models', 'gpt-6').err,
      /Did you mean openai\/gpt-6-astra or openai\/gpt-6\.1-sol or openai\/gpt-6\.1-terra\?/,
    );
  });
});
