import assert from 'node:assert/strict';
import { microUsd } from '../../../src/money/micro-usd.js';
import { type Answer, documentOf, readAnswer, titleOf } from '../../../src/vscode/requests/answer.js';

const ANSWER: Answer = {
  id: 'a1',
  asked: '2026-11-21T14:05:09.000Z',
  workspaceName: 'parcels',
  model: 'acme/large',
  modelName: 'Acme Large',
  task: 'Where does a redirect belong?\n> not a quote',
  files: ['src/a.ts', 'src/b.ts'],
  text: 'In `<longview-secret:x:0123456789ab>`.',
  thinking: '',
  state: 'complete',
  parts: [
    {
      request: 'a1',
      quoted: { low: microUsd(1_000), high: microUsd(4_000) },
      receipt: { outcome: 'ok', usage: { input: 300, output: 40 }, cost: { microUsd: microUsd(2_000) } },
    },
  ],
};

describe('The document of an answer', () => {
  it('says who was asked what, the answer with its secrets put back, and what it cost', () => {
    const document = documentOf(ANSWER, (text) => text.replace(/<longview-secret:[^>]+>/, 'token'));
    assert.equal(
      document,
      `> **Acme Large** on 2 files, 2026-11-21 14:05 UTC
>
> Where does a redirect belong?
> > not a quote

In \`token\`.

> 300 tokens in, 0 of them cached, 40 out: $0.002, quoted $0.001–$0.004`,
    );
  });

  it('says that an answer is not whole, and why', () => {
    const document = documentOf({ ...ANSWER, state: 'cut', message: 'Acme: the connection failed.', parts: [] }, String);
    assert.match(document, /ab>`\.\n\n> The answer broke off\. Acme: the connection failed\.$/);
  });

  it('says who was asked instead of whom', () => {
    const notes = ['Acme: the key was not accepted. Other Small was asked instead, for $0.001.'];
    assert.match(
      documentOf({ ...ANSWER, notes, parts: [] }, String),
      /ab>`\.\n\n> Acme: the key was not accepted\. Other Small was asked instead/,
    );
  });

  it('never says that an unknown cost is nothing', () => {
    const receipt = { outcome: 'cut', cost: { unknown: 'the answer broke off before its usage was reported' } } as const;
    const document = documentOf({ ...ANSWER, parts: [{ request: 'a1', quoted: {}, receipt }] }, String);
    assert.match(document, /> Cost unknown: the answer broke off before its usage was reported$/);
  });

  it('is called what was asked, in characters that every file name may have', () => {
    const tasks = ['fix it', 'a/b\\c: <d>?', '', '...', 'retry a failed upload once before giving up on the carrier altogether'];
    assert.deepEqual(
      tasks.map((task) => titleOf({ task })),
      ['fix it.md', 'a b c d.md', 'Answer.md', 'Answer.md', 'retry a failed upload once before giving up on….md'],
    );
  });
});

describe('An answer on disk', () => {
  it('comes back as it was', () => {
    assert.deepEqual(readAnswer(JSON.stringify(ANSWER)), ANSWER);
  });

  it('broke off if its window was closed while it was written', () => {
    const read = readAnswer(JSON.stringify({ ...ANSWER, state: 'answering' }));
    assert.deepEqual([read?.state, read?.text], ['cut', ANSWER.text]);
  });

  it('is none if it is torn or something else', () => {
    for (const text of [
      '',
      '{"id":"a1"',
      '42',
      'null',
      '{}',
      JSON.stringify({ ...ANSWER, text: 7 }),
      JSON.stringify({ ...ANSWER, notes: 'x' }),
    ])
      assert.equal(readAnswer(text), undefined);
  });
});
