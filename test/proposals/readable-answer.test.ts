import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ReadableAnswer, readable } from '../../src/proposals/readable-answer.js';

const CHANGES = [
  { kind: 'edit', path: 'src/a.ts', find: 'message": "x"', replace: '{"message": "no"}' },
  { kind: 'edit', path: 'src/a.ts', find: 'b', replace: 'c' },
  { kind: 'move', path: 'src/b.ts', to: 'src/c.ts' },
  { kind: 'delete', path: 'src/d\n.ts' },
];
const TOLD = '\n\n- edit src/a.ts\n- move src/b.ts → src/c.ts\n- delete src/d .ts';

/** As it is shown when it comes in these pieces. */
function shown(pieces: readonly string[]): string {
  const reader = new ReadableAnswer();
  return [...pieces, undefined].map((p) => reader.push(p)).join('');
}

describe('proposals/readable-answer', () => {
  it('shows the message, and which files are changed', () => {
    assert.equal(readable(JSON.stringify({ message: 'Say "hi".\n\t– ok', changes: CHANGES }, null, 2)), `Say "hi".\n\t– ok${TOLD}`);
  });

  it('passes on what is no object', () => {
    assert.equal(readable('Just words, {"message": 1}'), 'Just words, {"message": 1}');
    assert.equal(readable(''), '');
  });

  it('shows all of an object that has no message', () => {
    assert.equal(readable('{ a: 1 } is what you write'), '{ a: 1 } is what you write');
  });

  it('shows the same however the answer is cut up, with every character whole', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(text, fc.boolean(), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (message, escaped, sizes) => {
        const json = JSON.stringify({ message, changes: CHANGES });
        const answer = escaped ? json.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
        const pieces: string[] = [];
        for (let at = 0, i = 0; at < answer.length; i++) {
          const size = sizes[i % sizes.length]!;
          pieces.push(answer.slice(at, at + size));
          at += size;
        }
        assert.equal(shown(pieces), `${message}${TOLD}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws, and shows nothing of a text that is not its message', () => {
    const odd = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'u', '0', 'message', 'changes', 'kind', 'path', ' '),
    });
    fc.assert(
      fc.property(odd, (text) => {
        assert.equal(typeof readable(text), 'string');
        assert.equal(readable(`{"changes":[],"other":${JSON.stringify(text)},"message":"M"}`), 'M');
      }),
      { numRuns: 5_000 },
    );
  });
});
