import assert from 'node:assert/strict';
import type { PackedFile } from '../../src/context/pack.js';
import { postPack, receivePack, withoutTexts } from '../../src/engine/sent-pack.js';

const file: PackedFile = {
  path: 'a.ts',
  level: 'full',
  score: 1,
  reason: 'contains “a…”',
  terms: [{ signal: 'words', value: 2, words: 'contains “a…”' }],
  tokens: 3,
  text: 'a = "ü"',
  ranges: [{ start: 0, end: 0 }],
};
const left = { paths: ['b.ts'], scores: Float64Array.of(0.5) };
const sent = withoutTexts({
  kind: 'packed',
  pack: { files: [file], left, prompt: '\ufeff==== a.ts\na = "ü 😀"', tokens: 9, budget: 2_000, whole: false },
});

describe('engine/sent-pack', () => {
  it('arrives as it was sent, its prompt and terms in memory that is handed over', () => {
    const { posted, transfer } = postPack(sent);
    const received = receivePack(structuredClone(posted, { transfer }));
    assert.ok(sent.kind === 'packed' && received.kind === 'packed');
    const { prompt, files, ...rest } = sent.pack;
    assert.equal(received.pack.prompt, prompt);
    assert.deepEqual({ ...received.pack, prompt: undefined, files: undefined }, { ...rest, prompt: undefined, files: undefined });
    assert.deepEqual(
      received.pack.files.map(({ path, level, score, reason, tokens, terms }) => ({ path, level, score, reason, terms, tokens })),
      files,
    );
    assert.equal(transfer.length, 2);
  });

  it('leaves a refusal as it is', () => {
    const refused = { kind: 'refused', message: 'too small' } as const;
    assert.deepEqual(receivePack(postPack(refused).posted), refused);
  });
});
