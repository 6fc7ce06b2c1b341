import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { planWithFlow } from '../../src/engine/plan-with-flow.js';
import { snapshotOf } from '../workspaces.js';
import { evidenceOf } from './plans.js';

const SHOP = `export function total(items, rate) {
  let sum = 0;
  for (const item of items) {
    if (item.free) continue;
    sum += item.price * rate;
  }
  for (const item of items) {
    sum += item.fee;
  }
  return sum;
}
`;

const plan = async (lines: readonly [number, number] | string, text = SHOP, path = 'src/total.js') => {
  const target =
    typeof lines === 'string'
      ? ({ kind: 'symbol', path, symbol: lines } as const)
      : ({ kind: 'lines', path, lines: { start: lines[0] - 1, end: lines[1] - 1 } } as const);
  return await planWithFlow(await snapshotOf({ [path]: text }), { action: 'extract-function', target, budget: 32_000 }, resolve('dist'));
};

const evidence = async (...asked: Parameters<typeof plan>): Promise<string[]> => {
  const result = await plan(...asked);
  assert.equal(result.kind, 'planned', result.kind === 'refused' ? result.message : '');
  return result.kind === 'planned' ? evidenceOf(result.plan).split('\n') : [];
};

describe('actions/extract: Extract Function', () => {
  it('tells what the selected lines take and hand back', async () => {
    assert.deepEqual((await evidence([3, 6])).slice(-3), [
      'Computed from the syntax of lines 3 to 6 (whole statements):',
      '- to pass in: items (line 1), sum (line 2), rate (line 1)',
      '- assigned here and read behind it, to hand back: sum (line 2, not assigned on every way)',
    ]);
    assert.ok((await evidence([4, 5])).includes('- goes on with a loop around it: line 4'));
  });
  it('tells the stretches of a whole function', async () => {
    assert.deepEqual((await evidence('total')).slice(-2), [
      'Stretches of it that could stand alone, computed from the syntax:',
      '- lines 3 to 6: takes items, sum, rate; hands back sum',
    ]);
  });
  it('refuses lines that cut a statement, and names those that do not', async () => {
    assert.deepEqual(await plan([5, 7]), {
      kind: 'refused',
      message: 'The lines begin or end within a statement. Select lines 3 to 9.',
    });
  });
  it('says why nothing is computed', async () => {
    const of = async (text: string, path: string): Promise<string | undefined> => (await evidence([1, 1], text, path)).at(-1);
    assert.equal(await of('a=1\n', 'a.sh'), 'What it reads and hands back is unknown: it is not computed for Bash.');
    assert.equal(await of('function f() { return ( }\n', 'a.js'), 'What it reads and hands back is unknown: it does not parse.');
  });
});
