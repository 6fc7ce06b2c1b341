import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fence } from '../../src/base/fence.js';

describe('base/fence', () => {
  it('is one that no text can end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '\n', 'a', ' ', '~') }), (text) => {
        const [first = '', ...rest] = fence(text).split('\n');
        assert.match(first, /^`{3,}$/);
        assert.equal(rest.pop(), first);
        assert.ok(!rest.some((line) => line.includes(first)));
        assert.equal(rest.join('\n'), text);
      }),
    );
  });
});
