import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeRecord, encodeRecord, plainRecord } from '../../src/syntax/codec.js';
import { recordOf } from '../workspaces.js';

describe('syntax/codec', () => {
  it('gives records back as they were', async () => {
    const record = await recordOf('a.ts', "import type { A } from './a';\n/** Doc. */\nexport class B extends A {\n  run(): void {}\n}\n");
    assert.deepEqual(plainRecord(decodeRecord(encodeRecord(record))), record);
  });
  it('gives any word index back', async () => {
    const empty = await recordOf('a.txt', '');
    fc.assert(
      fc.property(fc.array(fc.nat(4_000_000_000)), fc.array(fc.nat(300)), (one, other) => {
        const lines = new Uint32Array([...one.sort((a, b) => a - b), ...other.sort((a, b) => a - b)]);
        const words = { words: ['a', 'ß'], offsets: new Uint32Array([0, one.length, lines.length]), lines };
        assert.deepEqual(decodeRecord(encodeRecord({ ...empty, words })).words, words);
      }),
    );
  });
});
