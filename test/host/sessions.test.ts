import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ledgerFolder } from '../../src/money/ledger/folder.js';
import { readHistory } from '../../src/money/ledger/reader.js';
import { answering } from '../models/providers/chat-replies.js';
import { Asks, set } from './asks.js';

describe('A session in the editor', () => {
  let asks: Asks;
  const lastRow = async () => {
    const row = (await readHistory(ledgerFolder(process.env))).entries.at(-1);
    assert.ok(row?.kind === 'settled');
    return row;
  };
  /** What was sent, request by request. */
  const sent = (): readonly string[] => asks.server.asked.map(({ body }) => JSON.stringify((body as { messages: unknown }).messages));

  before(async () => {
    asks = await Asks.start();
    // By its id the provider's cache is known.
    const openai = { baseUrl: asks.acme.baseUrl, protocol: 'openai-chat', keyVariable: 'ACME_KEY' };
    await set('endpoints', { acme: asks.acme, openai });
    const [input, output, cacheRead] = [2, 10, 0.2];
    await set('prices', {
      'acme/large': { input, output, cacheRead },
      'openai/large': { input, output, cacheRead },
      'openai/small': { input: 0.5, output: 5, cacheRead: 0.2 },
    });
  });
  after(() => asks.stop());
  beforeEach(async () => {
    asks.server.answer(answering(['It is ', 'retried.']));
    await set('model', 'openai/large');
    await asks.begin('ask a carrier again when booking fails');
    await asks.send();
    asks.longview.pack.choose({ task: 'where is the price of a parcel made' });
  });

  it('repeats what was sent byte for byte, foresees what the cache serves, and books both', async () => {
    const { requests } = asks.longview;
    const first = await lastRow();
    assert.deepEqual([first.session, first.expectedCacheRead, first.usage?.cacheRead], [requests.session, 0, 1_000]);
    assert.deepEqual(requests.ongoing.carried, { turns: 1, tokens: 4_040 });

    await asks.send();
    const [before, after] = sent();
    assert.equal(after!.slice(0, before!.length - 1), before!.slice(0, -1));
    assert.match(after!.slice(before!.length - 1), /^,\{"role":"assistant","content":"It is retried\."\},\{"role":"user"/);
    // All that was reported of the first prompt, in whole steps of the provider's cache.
    const quoted = requests.answer?.parts[0]?.quoted;
    assert.equal(quoted?.cached?.read, 3_968);
    assert.ok(quoted.cached.of > 4_040);
    const second = await lastRow();
    assert.deepEqual([second.session, second.expectedCacheRead, second.usage?.cacheRead], [requests.session, 3_968, 1_000]);

    await vscode.commands.executeCommand('longview.newSession');
    assert.equal(requests.ongoing.carried, undefined);
    assert.notEqual(requests.session, second.session);
  });

  it('warns before it sends that another model bills all of it again, and what that costs', async () => {
    const { requests } = asks.longview;
    await asks.priced();
    assert.equal(requests.shown?.again, undefined);
    await set('model', 'openai/small');
    await asks.priced();
    assert.match(requests.shown?.again ?? '', /tokens are billed again.*\$0\.00/);
  });

  it('lets the router reckon with what the cache of its model will serve', async () => {
    const { requests } = asks.longview;
    await set('auto.models', ['openai/large', 'openai/small']);
    await set('model', 'auto');
    try {
      await asks.priced();
      const { table } = await requests.route(requests.shown!.pack);
      const row = (model: string) => table.rows.find((r) => r.model === model);
      assert.equal(row('openai/large')?.tokens.warm, 3_968);
      assert.equal(row('openai/small')?.tokens.warm, 0);
      assert.ok(row('openai/large')!.tokens.estimate > 4_040);
      assert.match(row('openai/large')?.reasons.join() ?? '', /3,968 tokens of the prompt are in its cache/);
    } finally {
      await set('auto.models', undefined);
    }
  });

  it('sends each question alone where sessions are off', async () => {
    const { requests } = asks.longview;
    await set('sessions', false);
    try {
      assert.equal(requests.ongoing.carried, undefined);
      await asks.send();
      assert.doesNotMatch(sent()[1]!, /It is retried|ask a carrier again when booking fails/);
      assert.equal((await lastRow()).expectedCacheRead, 0);
    } finally {
      await set('sessions', undefined);
    }
  });
});
