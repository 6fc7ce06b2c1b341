import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteReader, ByteWriter } from '../../src/base/bytes.js';

describe('base/bytes', () => {
  it('gives numbers of either sign back', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), fc.array(fc.integer()), (numbers, signed) => {
        const out = new ByteWriter();
        for (const n of numbers) out.number(n);
        for (const n of signed) out.signed(n);
        const back = new ByteReader(out.bytes());
        assert.deepEqual(
          numbers.map(() => back.number()),
          numbers,
        );
        assert.deepEqual(
          signed.map(() => back.signed()),
          signed,
        );
        assert.equal(back.left, 0);
      }),
    );
  });
  it('gives strings of any script back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (strings) => {
        assert.deepEqual(new ByteReader(new ByteWriter().strings(strings).bytes()).strings(), strings);
      }),
    );
  });
  it('does not read past the end', () => {
    const whole = new ByteWriter().number(300).strings(['one', 'two']).bytes();
    for (let size = 0; size < whole.length; size++) {
      const reader = new ByteReader(whole.subarray(0, size));
      assert.throws(() => [reader.number(), reader.strings()], RangeError);
    }
  });
  it('refuses a number below zero', () => {
    assert.throws(() => new ByteWriter().number(-1), RangeError);
  });
});
