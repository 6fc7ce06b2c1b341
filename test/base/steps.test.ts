import assert from 'node:assert/strict';
import { atOnce, inTurns, mapSteps, type Steps } from '../../src/base/steps.js';

/** Counts for as long as it is let. */
function* busy(ms: number): Steps<number> {
  const end = performance.now() + ms;
  let n = 0;
  for (; performance.now() < end; n++) yield;
  return n;
}

describe('base/steps', () => {
  it('gives the same result at once and in turns', async () => {
    const squares = () => mapSteps([1, 2, 3], (n, at) => n * n + at);
    assert.deepEqual(atOnce(squares()), [1, 5, 11]);
    assert.deepEqual(await inTurns(squares()), [1, 5, 11]);
  });

  it('lets others run in between', async () => {
    let others = 0;
    const timer = setInterval(() => others++, 1);
    await inTurns(busy(200));
    clearInterval(timer);
    assert.ok(others > 0);
  });

  it('stops when it is told to, before and in the middle', async () => {
    await assert.rejects(inTurns(busy(1), AbortSignal.abort()), { name: 'AbortError' });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    await assert.rejects(inTurns(busy(60_000), abort.signal), { name: 'AbortError' });
  });
});
