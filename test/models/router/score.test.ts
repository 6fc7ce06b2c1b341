import assert from 'node:assert/strict';
import { answerTime, scoreOf } from '../../../src/models/router/score.js';
import { readTiers } from '../../../src/models/router/tiers.js';

describe('models/router/score', () => {
  it('is one at a cent and at ten seconds, and grows by one with each doubling far above', () => {
    assert.deepEqual(scoreOf(10_000, 10_000, 'balanced'), { total: 1.5, cost: 1, latency: 0.5 });
    assert.deepEqual(scoreOf(0, 0, 'fast'), { total: 0, cost: 0, latency: 0 });
    assert.equal(scoreOf(30_000, 10_000, 'cheap').total, 2);
    assert.deepEqual(scoreOf(30_000, 30_000, 'fast'), { total: 3, cost: 1, latency: 2 });
  });

  it('takes the time to the first text, and that of the answer at the measured speed', () => {
    assert.equal(answerTime({ firstToken: 1_500, speed: 50, measured: 3 }, 2_000), 41_500);
  });
});

describe('models/router/tiers', () => {
  it('reads what the user thinks of models, or says what is wrong with it', () => {
    const read = readTiers({ 'ollama/qwen3:32b': 'standard' });
    assert.ok(read.kind === 'read' && read.tiers.get('ollama/qwen3:32b') === 'standard');
    const wrong = readTiers({ qwen: 'light', 'a/b': 'best', 'a/c': 3 });
    assert.ok(wrong.kind === 'invalid');
    assert.deepEqual(wrong.problems, [
      '"qwen": name it "provider/model", like "anthropic/claude-sonnet-5"',
      '"a/b" must be one of light, standard, strong',
      '"a/c" must be one of light, standard, strong',
    ]);
    assert.equal(readTiers([]).kind, 'invalid');
  });
});
