import assert from 'node:assert/strict';
import { microUsd } from '../../../src/money/micro-usd.js';
import type { Answer } from '../../../src/vscode/requests/answer.js';
import { type AskFacts, answerView, askView } from '../../../src/vscode/sidebar/ask-state.js';

const FACTS: AskFacts = {
  ...{ phase: 'idle', obstacles: [], off: undefined, quote: undefined, session: undefined, answer: undefined },
  ...{ asked: { title: '', answers: 'text' }, proposal: { kind: 'none' }, fixable: 0 },
};
const OFF = { message: 'No model is chosen.', fixes: [{ label: 'Choose Model…' }] };
const ANSWER: Answer = {
  ...{ id: 'a', asked: '2026-11-21T14:05:09.000Z', workspaceName: 'w', model: 'acme/large', modelName: 'Acme Large', task: 't' },
  ...{ files: [], text: '', thinking: '', state: 'answering', parts: [] },
};

describe('The send button', () => {
  const send = (facts: Partial<AskFacts>) => askView({ ...FACTS, ...facts }).send;

  it('has the price on it, or says that it is not known', () => {
    const quote = { low: microUsd(30_000), high: microUsd(110_000), number: 7 };
    const nothing = { model: undefined, foreseen: undefined, again: undefined };
    assert.deepEqual(send({ quote }), { kind: 'ready', price: '$0.03–$0.11', quote: 7, ...nothing });
    assert.deepEqual(send({ quote: { number: 8 } }), { kind: 'ready', price: 'price unknown', quote: 8, ...nothing });
  });

  it('names the model that nobody but the router has chosen', () => {
    const quote = { low: microUsd(1_000), high: microUsd(1_000), number: 9, model: 'Acme Small' };
    assert.deepEqual(send({ quote }), {
      kind: 'ready',
      price: '$0.001',
      quote: 9,
      model: 'Acme Small',
      foreseen: undefined,
      again: undefined,
    });
  });

  it('says what the provider’s cache is expected to serve, and what is billed again', () => {
    const again = '18,204 tokens are billed again, for $0.0874: the model is another than before (acme/small).';
    const view = send({ quote: { low: microUsd(30_000), high: microUsd(30_000), cached: { read: 1_200, of: 19_940 }, number: 7, again } });
    const foreseen = '1,200 of 19,940 tokens are expected from the provider’s cache';
    assert.deepEqual(view, { kind: 'ready', price: '$0.03', quote: 7, model: undefined, foreseen, again });
  });

  it('is off without something to send, and says what stands against sending anything', () => {
    assert.deepEqual(send({}), { kind: 'off', obstacle: undefined });
    const quote = { number: 1 };
    assert.deepEqual(send({ quote, off: OFF }), { kind: 'off', obstacle: { message: OFF.message, fixes: ['Choose Model…'] } });
  });

  it('says what is under way, whatever the price is', () => {
    assert.deepEqual(send({ phase: 'preparing', quote: { number: 1 } }), { kind: 'preparing' });
    assert.deepEqual(send({ phase: 'answering', off: OFF }), { kind: 'answering' });
  });
});

describe('An answer in the sidebar', () => {
  const view = (answer: Partial<Answer>) =>
    answerView({ ...ANSWER, ...answer }, { canGoOn: false, restore: (t) => t.replaceAll('<x>', 'secret') });

  it('is the end of a long text, from the beginning of a line', () => {
    const text = Array.from({ length: 1_000 }, (_, i) => `line ${i} <x>`).join('\n');
    const { excerpt, characters } = view({ text });
    assert.match(excerpt, /^…\nline \d+ secret\n[\s\S]*line 999 secret$/);
    assert.equal(characters, text.replaceAll('<x>', 'secret').length);
    assert.ok(excerpt.length <= 4_001);
  });

  it('has a receipt for each request that has ended', () => {
    const receipt = { outcome: 'ok', usage: { input: 10, cacheRead: 5, output: 2 }, cost: { microUsd: microUsd(1_500) } } as const;
    const parts = [
      { request: 'r1', quoted: { low: microUsd(1_000), high: microUsd(1_000), cached: { read: 6, of: 15 } }, receipt },
      { request: 'r2', quoted: {} },
    ];
    assert.deepEqual(view({ parts }).receipts, [
      {
        ...{ request: 'r1', cost: '$0.0015', quoted: '$0.001', expectedRead: 6 },
        buckets: [
          { name: 'Prompt, not cached', tokens: 10 },
          { name: 'Read from the cache', tokens: 5 },
          { name: 'Answer', tokens: 2 },
        ],
      },
    ]);
  });
});
