import assert from 'node:assert/strict';
import fc from 'fast-check';
import { printable, unseenIn } from '../../src/base/invisible.js';

describe('base/invisible', () => {
  it('leaves text as it is, and shows what would command a terminal', () => {
    const text = 'a\tb\nä 日本 👩‍💻 نص\n';
    assert.equal(printable(text), text);
    assert.equal(printable('one\r\ntwo\r\n'), 'one\ntwo\n');
    assert.equal(printable('safe\revil'), 'safe\\u{d}evil');
    for (const command of [
      '\x1b]0;title\x07',
      '\x1b]52;c;ZXZpbA==\x07',
      '\x1b]8;;https://x.example\x1b\\',
      '\x9b2J',
      '\x1b[8m',
      '\b\b',
      '\u202e',
      '\x90q',
    ])
      assert.match(printable(command), /^(?:\\u\{[0-9a-f]+\}|[ -~])+$/, JSON.stringify(command));
  });

  it('prints no character that commands a terminal, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(printable(text), /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 5_000 },
    );
  });

  it('names characters that a reader does not see, and not those that letters are joined by', () => {
    assert.deepEqual(unseenIn('a\u202eb\u200bc\u202e'), ['\u202e', '\u200b']);
    assert.deepEqual(unseenIn('👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌خواهم\r\n\t'), []);
  });
});
