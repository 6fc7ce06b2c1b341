import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode } from '../../src/workspace/decode.js';

describe('workspace/decode', () => {
  it('reads UTF-8 with and without byte order mark, and UTF-16', () => {
    assert.deepEqual([decode(Buffer.from('é')).text, decode(Buffer.from('\ufeffé')).text], ['é', 'é']);
    assert.equal(decode(Buffer.from('\ufeffa\nb', 'utf16le')).text, 'a\nb');
    assert.equal(decode(Buffer.from('\ufeffa\nb', 'utf16le').swap16()).traits.encoding, 'utf16be');
  });
  it('turns every line break into one kind and remembers which it was', () => {
    assert.deepEqual([decode(Buffer.from('a\r\nb\rc')).text, decode(Buffer.from('a\r\nb\n')).traits.eol], ['a\nb\nc', 'mixed']);
    assert.equal(decode(Buffer.from('a\r\nb\r\n')).traits.eol, 'crlf');
  });
  it('takes bytes with NUL for binary and marks broken ones', () => {
    assert.equal(decode(Buffer.from([1, 0, 2])).traits.encoding, 'binary');
    assert.equal(decode(Buffer.from([0x61, 0xff, 0x62])).traits.broken, true);
  });
  it('gives every valid text back, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        if (text.includes('\0') || text.includes('\r') || text.startsWith('\ufeff')) return;
        assert.equal(decode(Buffer.from(text)).text, text);
      }),
    );
  });
  it('throws for no bytes at all', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof decode(bytes).text === 'string'));
  });
});
