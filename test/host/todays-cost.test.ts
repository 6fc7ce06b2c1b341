import assert from 'node:assert/strict';
import { ledgerFolder } from '../../src/money/ledger/folder.js';
import { Ledger } from '../../src/money/ledger/ledger.js';
import { systemZone } from '../../src/money/local-day.js';
import { microUsd } from '../../src/money/micro-usd.js';
import { opened } from './opened.js';

describe("Today's cost in the editor", () => {
  it('is what any process wrote to the ledger, soon after it did', async () => {
    const { cost } = await opened();
    await cost.refresh();
    const ofOthers = cost.today?.lines.filter((l) => l.includes('claude-of-this-test'));
    assert.deepEqual(ofOthers, []);
    const other = new Ledger(ledgerFolder(process.env), { zone: systemZone() });
    const order = {
      request: 'r',
      number: 1,
      session: 's',
      workspace: 'w',
      provider: 'anthropic',
      model: 'claude-of-this-test',
      action: 'ask',
      o200k: 1_000,
      expectedCacheRead: 0,
      worst: microUsd(90_000),
      deadline: new Date(Date.now() + 60_000),
    };
    const reserved = await other.reserve(order);
    assert.equal(reserved.kind, 'reserved');
    await cost.refresh();
    assert.deepEqual(
      cost.today?.lines.filter((l) => l.startsWith('On its way')),
      ['On its way: at most $0.09'],
    );
    const told = new Promise<void>((done) => {
      const listener = cost.onDidChange(() => {
        if (!cost.today?.lines.includes('anthropic/claude-of-this-test: $0.0123, 1 request')) return;
        listener.dispose();
        done();
      });
    });
    await other.settle(reserved, { outcome: 'ok', cost: { microUsd: microUsd(12_300) } });
    await told;
  });
});
