import assert from 'node:assert/strict';
import { join } from 'node:path';
import { costOfEntry, type Entry } from '../../src/money/ledger/account.js';
import { readHistory } from '../../src/money/ledger/reader.js';
import { receiptOf } from '../../src/money/ledger/receipt.js';
import { replay } from '../../src/money/replay.js';
import { readAnthropicUsage } from '../../src/money/wire-usage.js';
import { Folder } from '../folders.js';
import { ClockedLedger, granted, order, paid } from './ledger/orders.js';
import { NOW, shippedTable } from './table.js';

const table = shippedTable();
const price = (provider: string, model: string) => table.find(provider, model, NOW);

describe('money/replay', () => {
  let entries: readonly Entry[];
  before(async () => {
    const folder = new Folder();
    const ledger = new ClockedLedger(join(folder.path, 'ledger'));
    const usage = {
      input_tokens: 1_200,
      cache_creation_input_tokens: 8_000,
      cache_read_input_tokens: 90_000,
      output_tokens: 2_500,
      output_tokens_details: { thinking_tokens: 500 },
    };
    const receipt = receiptOf('ok', readAnthropicUsage(usage), price('anthropic', 'claude-opus-5-5'));
    await ledger.settle(granted(await ledger.reserve(order())), receipt);
    await ledger.settle(granted(await ledger.reserve(order({ request: 'r2' }))), {
      ...receipt,
      ...paid(1),
      usage: { webSearches: 3, output: 10 },
    });
    await ledger.settle(granted(await ledger.reserve(order({ request: 'r3' }))), { outcome: 'cut', cost: { unknown: 'cut' } });
    ({ entries } = await readHistory(join(folder.path, 'ledger')));
    folder.remove();
  });
  const costs = (all: readonly Entry[]) => all.map((entry) => costOfEntry(entry));

  it('at the same prices the priced costs are the same', () => {
    const again = replay(entries, ({ provider, model }) => ({ provider, model, price: price(provider, model), scale: 1 }));
    assert.deepEqual(costs(again.slice(0, 1)), [112_800]);
    const [first] = again;
    assert.ok(first?.kind === 'settled' && entries[0]?.kind === 'settled');
    assert.deepEqual([first.usage, first.uncached], [entries[0].usage, entries[0].uncached]);
  });

  it('at another model the tokens are scaled, searches are not, and what is unknown stays unknown', () => {
    const there = replay(entries, () => ({ provider: 'openai', model: 'gpt-6-sol', price: price('openai', 'gpt-6-sol'), scale: 0.5 }));
    // 600 × 2 + 4,000 × 2.5 + 45,000 × 0.2 + 1,250 × 10; 3 × 10,000 + 5 × 10.
    assert.deepEqual(costs(there), [32_700, 30_050, undefined]);
    const [, second, third] = there;
    assert.ok(second?.kind === 'settled' && third?.kind === 'settled');
    assert.deepEqual(second.usage, { output: 5, webSearches: 3 });
    assert.deepEqual([third.cost, third.worst], [{ unknown: 'no usage was reported' }, undefined]);
    const nowhere = replay(entries, () => ({ provider: 'acme', model: 'large', price: price('acme', 'large'), scale: 1 }));
    assert.deepEqual(costs(nowhere), [undefined, undefined, undefined]);
  });
});
