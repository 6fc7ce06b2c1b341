import assert from 'node:assert/strict';
import { join } from 'node:path';
import { calibrate } from '../../src/models/calibrate.js';
import { tokenFamilies } from '../../src/models/token-counter.js';
import { readHistory } from '../../src/money/ledger/reader.js';
import { tokenSamples } from '../../src/money/token-samples.js';
import { Folder } from '../folders.js';
import { ClockedLedger, granted, order, paid } from './ledger/orders.js';

describe('money/token-samples', () => {
  it('settled requests calibrate the counter of their model, and of no other', async () => {
    const folder = new Folder();
    const path = join(folder.path, 'ledger');
    const ledger = new ClockedLedger(path);
    for (const [i, ratio] of [1.41, 1.42, 1.43, 1.44, 1.45].entries()) {
      const usage = { input: Math.round(20_000 * ratio) - 15_000, cacheRead: 15_000, output: 70 };
      await ledger.settle(granted(await ledger.reserve(order({ session: `s${i}`, o200k: 20_000 }))), { ...paid(10), usage });
    }
    await ledger.settle(granted(await ledger.reserve(order())), { outcome: 'cut', cost: { unknown: 'cut' } });
    await ledger.reserve(order());
    const { entries } = await readHistory(path);
    folder.remove();
    const samples = tokenSamples(entries, 'anthropic', 'claude-opus-5-5');
    assert.equal(samples.length, 5);
    assert.deepEqual(samples[0], { o200k: 20_000, reported: 28_200, session: 's0' });
    assert.equal(calibrate(tokenFamilies['claude-4.7']!, samples).ratio, 1.43);
    assert.deepEqual(tokenSamples(entries, 'anthropic', 'claude-haiku-5-5'), []);
  });
});
