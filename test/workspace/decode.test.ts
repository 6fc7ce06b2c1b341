import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode } from '../../src/workspace/decode.js';

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const encodingOf = (bytes: Uint8Array): string => decode(bytes).traits.encoding;

describe('workspace/decode', () => {
  it('reads UTF-8 with and without byte order mark', () => {
    assert.deepEqual([decode(Buffer.from('é')).text, decode(Buffer.from('\ufeffé')).text], ['é', 'é']);
    assert.deepEqual([encodingOf(Buffer.from('é')), encodingOf(Buffer.from('\ufeffé'))], ['utf8', 'utf8-bom']);
  });

  it('reads UTF-16 of both byte orders, with a mark and by its NUL bytes without one', () => {
    const text = 'const a = "é日本";\n'.repeat(3);
    for (const [bytes, encoding] of [
      [Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf16le'],
      [swapped(`\ufeff${text}`), 'utf16be'],
      [Buffer.from(text, 'utf16le'), 'utf16le'],
      [swapped(text), 'utf16be'],
    ] as const)
      assert.deepEqual([decode(bytes).text, encodingOf(bytes)], [text, encoding]);
  });

  it('reads text that is not UTF-8 as windows-1252 and says so', () => {
    const { text, traits } = decode(Buffer.from('// caf\xe9 \x80 \x93so\x94\n', 'latin1'));
    assert.deepEqual([text, traits.encoding, traits.broken], ['// café € “so”\n', 'windows-1252', false]);
  });

  it('leaves UTF-8 with a few broken bytes UTF-8, and marks it', () => {
    const { text, traits } = decode(Buffer.concat([Buffer.from('naïve café über'), Buffer.from([0xc3, 0x0a])]));
    assert.deepEqual([text, traits.encoding, traits.broken], ['naïve café über\uFFFD\n', 'utf8', true]);
    assert.equal(decode(Buffer.from('a \uFFFD of its own')).traits.broken, false);
  });

  it('takes for binary what has NUL bytes without a pattern, control characters, or a mark of UTF-32', () => {
    assert.equal(encodingOf(Buffer.from([1, 0, 2])), 'binary');
    assert.equal(encodingOf(Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])), 'binary');
    assert.equal(encodingOf(Buffer.from([0x80, 1, 2, 3, 0x90, 4, 5, 6])), 'binary');
    // 16-bit numbers below 256: NUL in every other byte, yet no text.
    assert.equal(encodingOf(Buffer.from(Uint16Array.from({ length: 200 }, (_, i) => 1 + (i % 8)).buffer)), 'binary');
  });

  it('turns every line break into one kind and remembers which it was', () => {
    const of = (text: string) => [decode(Buffer.from(text)).text, decode(Buffer.from(text)).traits.eol];
    assert.deepEqual(of('a\r\nb\r\n'), ['a\nb\n', 'crlf']);
    assert.deepEqual(of('a\rb\r'), ['a\nb\n', 'cr']);
    assert.deepEqual(of('a\nb'), ['a\nb', 'lf']);
    assert.deepEqual(of('ab'), ['ab', 'none']);
    for (const mixed of ['a\r\nb\n', '\n\r\n', 'a\rb\r\n', 'a\rb\n']) assert.equal(of(mixed)[1], 'mixed');
  });

  it('gives every valid text back, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        fc.pre(!text.includes('\0') && !text.includes('\r') && !text.startsWith('\ufeff'));
        assert.equal(decode(Buffer.from(text)).text, text);
        assert.equal(decode(Buffer.from(`\ufeff${text}`, 'utf16le')).text, text);
      }),
    );
  });
  it('takes one endless line for minified, not code with some long lines', () => {
    const minified = (text: string): boolean => decode(Buffer.from(text)).traits.minified;
    assert.equal(minified('a=1;'.repeat(2_000)), true);
    assert.equal(minified(`/* licence */\n`.repeat(20) + 'a=1;'.repeat(2_000)), true);
    assert.equal(minified(`${'a=1;'.repeat(125)}\n`.repeat(20)), true);
    assert.equal(minified(`Check(\n${'x'.repeat(1_500)}\n);\n`.repeat(10)), false);
  });
  it('throws for no bytes at all', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof decode(bytes).text === 'string'));
  });
});
