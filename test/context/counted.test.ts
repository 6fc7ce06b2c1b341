import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countTokens } from '../../src/base/tokens.js';
import { countAgain, countJoined } from '../../src/context/counted.js';

/** What stands before and after a cut, where a piece could run on. */
const edge = fc.constantFrom('', ' ', '\n', '\n\n', '  \n ', '}', '} //', '/', '=', 'a', 'A1', '\t', '\r\n', '…', 'é', '漢');

describe('context/counted', () => {
  it('counts joined sections exactly as their text', () => {
    const section = fc.tuple(edge, fc.string({ unit: 'binary', maxLength: 40 }), edge).map((parts) => parts.join(''));
    fc.assert(
      fc.property(section, fc.array(section, { maxLength: 4 }), (first, rest) => {
        const sections = [first, ...rest.map((s) => `==== ${s}`)];
        assert.equal(countJoined(sections), countTokens(sections.join('\n')));
      }),
      { numRuns: 500 },
    );
  });

  it('counts runs without a break as their text does', () => {
    const sections = [`x${' '.repeat(5_000)}`, `==== ${'a'.repeat(5_000)}`, '==== end'];
    assert.equal(countJoined(sections), countTokens(sections.join('\n')));
  });

  it('gives the same count the second time', () => {
    assert.equal(countAgain('a text that comes again'), countTokens('a text that comes again'));
    assert.equal(countAgain('a text that comes again'), countTokens('a text that comes again'));
  });
});
