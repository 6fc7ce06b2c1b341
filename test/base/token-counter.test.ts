import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { TokenCounter } from '../../src/base/token-counter.js';
import { countTokens } from '../../src/base/tokens.js';

describe('base/token-counter', () => {
  it('agrees with the tokeniser on every range of lines of real files', () => {
    const files = ['src', 'grammars', 'test']
      .flatMap((d) => readdirSync(d, { recursive: true, encoding: 'utf8' }).map((f) => join(d, f)))
      .filter((f) => /\.(ts|scm)$/.test(f));
    let seed = 3;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed % below;
    };
    for (const file of [...files, 'README.md', 'package.json', 'biome.json']) {
      const text = readFileSync(file, 'utf8');
      const counter = new TokenCounter(text);
      assert.equal(counter.total, countTokens(text), file);
      const lines = text.split('\n');
      const starts = [0];
      for (const l of lines) starts.push(starts.at(-1)! + l.length + 1);
      for (let i = 0; i < 6; i++) {
        const first = random(lines.length);
        const last = first + random(lines.length - first);
        const [start, end] = [starts[first]!, starts[last + 1]! - 1];
        assert.equal(counter.count(start, end), countTokens(text.slice(start, end)), `${file}:${first + 1}-${last + 1}`);
      }
    }
  });

  it('agrees with the tokeniser on any slice of any text', () => {
    const text = fc
      .array(
        fc.constantFrom('a', 'B', ' ', '  ', '\n', '\n\n', '/', '//', '{', '"', '1', '123', "'s", 'é', '漢', '😀', '\t', 'word', '}', '_'),
        { maxLength: 40 },
      )
      .map((p) => p.join(''));
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(60), (t, a, b) => {
        const start = Math.min(a, b, t.length);
        const end = Math.min(Math.max(a, b), t.length);
        const slice = t.slice(start, end);
        // A cut through a surrogate pair is no text.
        if (!slice.isWellFormed()) return;
        assert.equal(new TokenCounter(t).count(start, end), countTokens(slice), JSON.stringify([t, start, end]));
      }),
      {
        numRuns: 3_000,
        examples: [
          ['a \t\t😀', 2, 4],
          ['😀\n\n', 1, 1],
        ],
      },
    );
  });
});
