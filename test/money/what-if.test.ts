import assert from 'node:assert/strict';
import { join } from 'node:path';
import { costOfEntry, type Entry } from '../../src/money/ledger/account.js';
import { readHistory } from '../../src/money/ledger/reader.js';
import { receiptOf } from '../../src/money/ledger/receipt.js';
import { replay } from '../../src/money/replay.js';
import { type Circumstances, underCircumstances } from '../../src/money/what-if.js';
import { readAnthropicUsage } from '../../src/money/wire-usage.js';
import { Folder } from '../folders.js';
import { ClockedLedger, granted, order } from './ledger/orders.js';
import { NOW, shippedTable } from './table.js';

const table = shippedTable();
const USAGE = { input_tokens: 100_000, cache_read_input_tokens: 50_000, output_tokens: 2_000 };

/** At list prices: Opus 5.5 $4 / $0.20 / $20 a million, Sonnet 5.5 $2 / $0.10 / $10, GPT-4.1 $2 / $0.50 / $8. */
const CANDIDATES: Circumstances['candidates'] = [
  { provider: 'anthropic', model: 'claude-opus-5-5', rank: 2, ratio: 1.3, window: 1_000_000 },
  { provider: 'anthropic', model: 'claude-sonnet-5-5', rank: 1, ratio: 1.3, window: 1_000_000 },
  { provider: 'openai', model: 'gpt-4.1', rank: 1, ratio: 1, window: 1_000_000 },
  { provider: 'openai', model: 'gpt-6-sol', rank: 2, ratio: 1, window: 1_050_000 },
  { provider: 'openai', model: 'gpt-5.5', rank: 2, ratio: 1, window: 1_050_000 },
  { provider: 'x-ai', model: 'small-window', rank: 2, ratio: 1, window: 1_000 },
  { provider: 'x-ai', model: 'unrated', rank: undefined, ratio: 1, window: undefined },
];

describe('money/what-if', () => {
  const folder = new Folder();
  after(() => folder.remove());
  let entries: readonly Entry[];
  before(async () => {
    const ledger = new ClockedLedger(join(folder.path, 'ledger'));
    for (const model of ['claude-opus-5-5', 'claude-sonnet-5-5']) {
      const price = table.find('anthropic', model, NOW);
      const receipt = receiptOf('ok', readAnthropicUsage(USAGE), price);
      await ledger.settle(granted(await ledger.reserve(order({ request: model, model }))), receipt);
    }
    entries = (await readHistory(join(folder.path, 'ledger'))).entries;
  });

  const under = (circumstances: Partial<Circumstances>): Entry[] =>
    replay(entries, underCircumstances({ candidates: CANDIDATES, priceOf: (...of) => table.find(...of), ...circumstances }));
  const costs = (of: readonly Entry[]): (number | undefined)[] => of.map(costOfEntry);

  it('prices that drop to a fifth', () => {
    assert.deepEqual(costs(entries), [450_000, 225_000]);
    assert.deepEqual(costs(under({ factor: 0.2 })), [90_000, 45_000]);
    assert.deepEqual(costs(under({})), costs(entries));
  });

  it('a provider that is gone: the least good model that is good enough, and of those the cheapest for this request', () => {
    const replayed = under({ without: 'anthropic' });
    assert.deepEqual(
      replayed.map((e) => `${e.provider}/${e.model}`),
      ['openai/gpt-6-sol', 'openai/gpt-4.1'],
    );
    // 1.3 tokens there are one here.
    const price = table.find('openai', 'gpt-4.1', NOW);
    assert.ok(price.kind === 'known');
    const { input, cacheRead = 0, output } = price.rates;
    const tokens = (n: number): number => Math.round(n / 1.3);
    const cost = tokens(100_000) * input + tokens(50_000) * cacheRead + tokens(2_000) * output;
    assert.equal(costOfEntry(replayed[1]!), Math.round(cost));
  });

  it('leaves other providers as they are', () => {
    assert.deepEqual(costs(under({ without: 'openai' })), costs(entries));
  });

  it('where nobody is as good, the cost is unknown', () => {
    const replayed = under({ without: 'anthropic', candidates: CANDIDATES.filter((c) => c.provider !== 'openai') });
    assert.deepEqual(costs(replayed), [undefined, undefined]);
    assert.deepEqual(replayed[0]?.kind === 'settled' && replayed[0].cost, { unknown: 'no other model is known to be as good' });
  });
});
