import assert from 'node:assert/strict';
import { openCatalogue } from '../../src/models/catalogue.js';
import { claudeAt } from '../../src/models/claude-names.js';
import { NOW, shippedTable } from '../money/table.js';

describe('models/claude-names', () => {
  const known = openCatalogue();

  it('knows a model by the name that each cloud gives it', () => {
    const names = {
      'bedrock/global.anthropic.claude-opus-5-5': 'claude-opus-5-5',
      'bedrock/us.anthropic.claude-sonnet-5-v1:0': 'claude-sonnet-5',
      'bedrock/anthropic.claude-haiku-4-5-20251001-v1:0': 'claude-haiku-4-5',
      'vertex/claude-opus-5': 'claude-opus-5',
      'vertex-regional/claude-haiku-4-5@20251001': 'claude-haiku-4-5',
      'foundry/claude-sonnet-5-5': 'claude-sonnet-5-5',
    };
    for (const [name, plain] of Object.entries(names)) {
      const [provider, id] = name.split('/') as [string, string];
      const { tokens, window } = known.find((m) => m.provider === 'anthropic' && m.id === plain)!;
      const found = claudeAt(provider, id, known);
      assert.ok(found, name);
      assert.deepEqual([found.provider, found.id, found.tokens, found.window], [provider, id, tokens, window]);
    }
  });

  it('takes no other model for one', () => {
    for (const [provider, id] of [
      ['bedrock', 'meta.llama-4'],
      ['bedrock', 'us.anthropic.claude-opus-5-5-foo'],
      ['foundry', 'my-deployment'],
      ['vertex', 'claude-'],
      ['openrouter', 'claude-opus-5'],
    ] as const) {
      assert.equal(claudeAt(provider, id, known), undefined, id);
    }
  });

  it('prices them where the table does: apart for global and regional names, and not at all on Foundry or in a region of Vertex', () => {
    const table = shippedTable();
    const input = (provider: string, id: string): number | undefined => {
      const price = table.find(provider, id, NOW);
      return price.kind === 'known' ? price.rates.input : undefined;
    };
    assert.equal(input('bedrock', 'global.anthropic.claude-opus-5-5'), 4);
    for (const region of ['us.', 'eu.', 'jp.', 'apac.', '']) {
      assert.equal(input('bedrock', `${region}anthropic.claude-sonnet-5-v1:0`), 2.2, region);
      assert.equal(input('bedrock', `${region}anthropic.claude-opus-5-5`), 4.4, region);
    }
    assert.equal(input('vertex', 'claude-opus-5-5'), 4);
    assert.equal(input('vertex-regional', 'claude-opus-5-5'), undefined);
    assert.equal(input('foundry', 'claude-opus-5-5'), undefined);
  });
});
