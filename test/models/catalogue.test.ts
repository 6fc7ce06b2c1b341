import assert from 'node:assert/strict';
import { openCatalogue, readModels } from '../../src/models/catalogue.js';
import { NOW, shippedTable } from '../money/table.js';

describe('models/catalogue', () => {
  const models = openCatalogue();
  const byName = new Map(models.map((m) => [`${m.provider}/${m.id}`, m]));

  it('lists every model once, with limits that agree with each other', () => {
    assert.equal(byName.size, models.length);
    for (const { id, window, maxInput, maxOutput } of models) {
      for (const limit of [window, maxInput, maxOutput]) assert.ok(limit === undefined || (Number.isSafeInteger(limit) && limit > 0), id);
      if (window !== undefined) assert.ok((maxInput ?? 0) <= window && (maxOutput ?? 0) <= window, id);
    }
  });

  it('knows limits as data', () => {
    const { window, maxInput, maxOutput, cacheMinimum } = byName.get('openai/gpt-6-sol')!;
    assert.deepEqual([window, maxInput, maxOutput, cacheMinimum], [1_050_000, 922_000, 128_000, 1_024]);
    assert.equal(byName.get('anthropic/claude-haiku-4-5')?.window, 200_000);
  });

  it('what is not published stays undefined', () => {
    const unknown = byName.get('anthropic/claude-fable-5-2')!;
    assert.deepEqual([unknown.window, unknown.maxOutput, unknown.capabilities], [undefined, undefined, {}]);
  });

  it('names models as the price table does: all but the one that nobody has a price for', () => {
    const table = shippedTable();
    const unpriced = models.filter((m) => table.find(m.provider, m.id, NOW).kind === 'unknown').map((m) => m.id);
    assert.deepEqual(unpriced, ['claude-fable-5-2']);
    const other = models.filter((m) => {
      const price = table.find(m.provider, m.id, NOW);
      return price.kind === 'known' && price.model !== `${m.provider}/${m.id}`;
    });
    assert.deepEqual(other, []);
  });

  it('refuses a file that names a family, a source or a tier that is not there', () => {
    const entry = { provider: 'a', id: 'b', name: 'B', tokens: 'o200k', tier: 'light', source: 's' };
    assert.throws(() => readModels({ tiers: 'ours', sources: {}, models: [entry] }), /b: no such source/);
    assert.throws(
      () => readModels({ tiers: 'ours', sources: { s: 'S' }, models: [{ ...entry, tokens: 'martian' }] }),
      /b: no such token family/,
    );
    assert.throws(() => readModels({ tiers: 'ours', sources: { s: 'S' }, models: [{ ...entry, tier: 'golden' }] }), /b: no such tier/);
  });
});
