import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { foldersUp, joinPath } from '../../src/base/paths.js';
import { countTokens } from '../../src/base/tokens.js';
import { splitWords, stemOf } from '../../src/base/words.js';

describe('base/tokens', () => {
  it('counts as o200k does, with control tokens as plain text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) =>
        assert.equal(countTokens(text), encode(text, { disallowedSpecial: new Set() }).length),
      ),
    );
    assert.ok(countTokens('<|endoftext|>') > 1);
  });
  it('is an upper bound for endless runs, and comes to an end', () => {
    assert.ok(countTokens('a'.repeat(2_000_000)) >= 2_000_000 / 16);
  });
});

describe('base/words', () => {
  it('splits identifiers as people read them', () => {
    assert.deepEqual(splitWords('parseHTTPUrl_v2 fooBar snake_case x'), ['parse', 'http', 'url', 'foo', 'bar', 'snake', 'case']);
  });
  it('gives the forms of a word one stem that begins them all', () => {
    assert.equal(new Set(['parse', 'parser', 'parsing', 'parsed', 'parses'].map(stemOf)).size, 1);
    assert.equal(new Set(['class', 'classes'].map(stemOf)).size, 1);
    fc.assert(fc.property(fc.stringMatching(/^[a-z]{1,12}$/), (word) => word.startsWith(stemOf(word))));
  });
});

describe('base/paths', () => {
  it('joins paths and says when one leads out', () => {
    assert.deepEqual(
      [joinPath('a/b', '../c'), joinPath('', './x'), joinPath('a', '../../x'), joinPath('a', '')],
      ['a/c', 'x', undefined, 'a'],
    );
    assert.deepEqual(foldersUp('a/b'), ['a/b', 'a', '']);
  });
});
