import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeRecord, encodeRecord, plainRecord } from '../../src/syntax/codec.js';
import { PROGRAMS } from '../programs.js';
import { recordOf } from '../workspaces.js';

describe('syntax/codec', () => {
  it('gives records back as they were', async () => {
    const sources = {
      ...PROGRAMS,
      'a.ts': "import { type A, b as c } from './a';\n/** Doc. */\nexport class B extends A {\n  run(): void {}\n}\nexport { c as d };\n",
      'a.rs': '#[path = "x.rs"]\nmod a;\nuse crate::a::{B, C as D};\nimpl B for D { fn f(&self) {} }\n',
      'a.md': '# Überschrift\n',
      'empty.txt': '',
    };
    for (const [name, text] of Object.entries(sources)) {
      const record = await recordOf(name, text);
      assert.deepEqual(plainRecord(decodeRecord(encodeRecord(record))), record, name);
    }
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
  it('throws or gives a record for any bytes, and never runs on', async () => {
    const bytes = encodeRecord(await recordOf('a.ts', PROGRAMS['src/app.ts']!));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const damaged = bytes.slice();
        damaged[at] = value;
        try {
          plainRecord(decodeRecord(damaged));
        } catch (error) {
          assert.ok(error instanceof Error);
        }
      }),
    );
  });
});
