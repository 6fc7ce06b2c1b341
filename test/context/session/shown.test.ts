import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LineRange } from '../../../src/context/pack.js';
import { rangesOf } from '../../../src/context/select.js';
import { hashLines, matchLines } from '../../../src/context/session/line-match.js';
import { carryOver, maskOf, versionOf } from '../../../src/context/session/shown.js';

const shownOf = (lines: readonly string[], ranges: readonly LineRange[]) => ({
  path: 'a.ts',
  version: versionOf(lines),
  ranges,
  reason: '',
});
const carried = (before: string, ranges: readonly LineRange[], now: string) => {
  const { seen, revised } = carryOver(shownOf([...before], ranges), [...now]);
  return [seen.join(''), revised.join('')];
};

/** One letter a line. */
describe('context/session/shown', () => {
  it('finds the lines that are still there', () => {
    assert.deepEqual([...matchLines(hashLines([...'abcdef']), hashLines([...'xabdefy']))], [1, 2, -1, 3, 4, 5]);
    assert.deepEqual([...matchLines(hashLines([...'a}b}c}']), hashLines([...'a}c}b}']))], [0, 1, -1, -1, 2, 5]);
    assert.deepEqual([...matchLines(hashLines([]), hashLines(['a']))], []);
  });

  it('carries what was seen over an edit, and shows the edit with two lines around it', () => {
    assert.deepEqual(carried('abcdefgh', [{ start: 0, end: 7 }], 'abcdXfgh'), ['11110111', '00111110']);
    assert.deepEqual(carried('abcdefgh', [{ start: 0, end: 7 }], 'abcdfgh'), ['1111111', '0011110']);
    assert.deepEqual(carried('abcdefgh', [{ start: 0, end: 7 }], 'abcdefghX'), ['111111110', '000000111']);
  });

  it('shows no edit of lines that were not seen', () => {
    assert.deepEqual(carried('abcdefgh', [{ start: 0, end: 2 }], 'abcdeXgh'), ['11100000', '00000000']);
    // Between a line that was seen and one that was not.
    assert.deepEqual(carried('abcdefgh', [{ start: 0, end: 2 }], 'abcXdefgh'), ['111000000', '000000000']);
  });

  it('leaves nothing untold: no seen line is gone, and none came between two, without lines that show it', () => {
    const text = fc.array(fc.constantFrom(...'abcdef}'), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (before, now, on) => {
        const wasSeen = Uint8Array.from(before, (_, i) => Number(on[i]));
        const { seen, revised } = carryOver(shownOf(before, rangesOf(wasSeen)), now);
        const place = matchLines(hashLines(before), hashLines(now));
        assert.deepEqual(maskOf(rangesOf(wasSeen), before.length), wasSeen);
        let last = -1;
        for (const [line, at] of place.entries()) {
          if (at < 0) continue;
          assert.ok(at > last && before[line] === now[at]);
          assert.equal(seen[at], wasSeen[line]);
          // Whatever was taken out or put in since the last line that stayed.
          const from = last < 0 ? -1 : place.lastIndexOf(last, line - 1);
          const gone = wasSeen.subarray(from + 1, line).includes(1);
          const between = line > 0 && from === line - 1 && from >= 0 && wasSeen[from] === 1 && wasSeen[line] === 1 && at > last + 1;
          if (gone || between) assert.ok(revised.subarray(Math.max(0, last), at + 1).every((r) => r === 1));
          last = at;
        }
        assert.equal(seen.filter(Boolean).length, place.filter((at, line) => at >= 0 && wasSeen[line] === 1).length);
      }),
    );
  });
});
