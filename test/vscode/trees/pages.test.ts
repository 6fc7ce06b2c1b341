import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inPages, PAGE } from '../../../src/vscode/trees/pages.js';

const numbers = (start: number, end: number): number[] => Array.from({ length: end - start }, (_, i) => start + i);

describe('vscode/trees/pages', () => {
  it('shows a short list as it is', () => {
    assert.deepEqual(inPages('list', 3, numbers), [0, 1, 2]);
  });

  it('shows every row once and in order, and few rows below any other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (count) => {
        const shown = inPages('list', count, numbers);
        assert.ok(shown.length <= 2 * PAGE);
        const all = shown.flatMap((row) => (typeof row === 'number' ? [row] : row.rows()));
        assert.equal(all.length, count);
        assert.ok(all.every((n, i) => n === i));
      }),
      { numRuns: 30 },
    );
  });

  it('makes a page only when somebody opens it', () => {
    const asked: [number, number][] = [];
    const shown = inPages('list', 10_000, (start, end) => {
      asked.push([start, end]);
      return numbers(start, end);
    });
    assert.deepEqual(asked, [[0, PAGE]]);
    const last = shown.at(-1);
    assert.ok(typeof last === 'object');
    assert.deepEqual([last.of, last.end, last.rows().at(-1)], ['list', 10_000, 9_999]);
  });
});
