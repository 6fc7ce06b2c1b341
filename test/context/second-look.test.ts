import assert from 'node:assert/strict';
import { atOnce } from '../../src/base/steps.js';
import { searchOf } from '../../src/context/search/search-index.js';
import { FEATURES, featuresOf, LOOKED_AT, lookAgain, seenIn, wholeOf } from '../../src/context/second-look.js';
import { NETWORK } from '../../src/context/second-look-weights.js';
import { findSignals, type Signals } from '../../src/context/signals.js';
import { snapshotOf } from '../workspaces.js';

const BOTH = { small: 0.5, middle: 0.5 };

describe('context/second-look', () => {
  let found: Signals;
  before(async () => {
    const snapshot = await snapshotOf({
      'src/cookie.ts': "import { seal } from './seal';\nexport function parseCookie(text: string) {\n  return seal(text);\n}\n",
      'src/seal.ts': 'export function seal(value: string) {\n  return value;\n}\n',
      'test/cookie.test.ts': "import { parseCookie } from '../src/cookie';\nparseCookie('a');\n",
    });
    found = atOnce(findSignals(atOnce(searchOf(snapshot)), snapshot, 'Test the parsing of a cookie', undefined));
  });

  const firstOf = (path: string): Record<string, number> => {
    const seen = seenIn(found, wholeOf(found), found.view.paths.indexOf(path), Uint32Array.of(0));
    const values = featuresOf(seen(0));
    return Object.fromEntries(FEATURES.map(([name], i) => [name, values[i]!]));
  };

  it('reads what speaks for a block', () => {
    const test = firstOf('test/cookie.test.ts');
    assert.deepEqual([test.test, test['test asked for'], test.first, test.imports], [1, 1, 1, 1]);
    const seal = firstOf('src/seal.ts');
    assert.deepEqual([seal.test, seal['test asked for'], seal.imports, seal.open], [0, 0, 0, 0]);
    assert.equal(seal['used by'], Math.log1p(1));
    assert.ok(test['share of block']! > 0 && seal['share of block'] === 0);
  });

  it('has a weight for everything that it reads', () => {
    for (const each of [NETWORK.means, NETWORK.deviations, ...NETWORK.hidden.map((h) => h.weights)])
      assert.equal(each.length, FEATURES.length);
    assert.ok(NETWORK.deviations.every((d) => d > 0));
  });

  it('corrects the blocks of the files that something leads to, and no others', () => {
    const again = atOnce(lookAgain(found, [1, Number.NEGATIVE_INFINITY, 2], () => Float64Array.of(1), BOTH));
    assert.deepEqual([...again.keys()], [2, 0]);
    for (const [logit] of again.values()) assert.ok(Number.isFinite(logit) && logit !== 1);
  });

  it('leaves blocks alone that are not among the best', async () => {
    const body = '  step();\n'.repeat(7);
    const many = await snapshotOf({
      'few.ts': 'step();\n',
      'many.ts': Array.from({ length: LOOKED_AT + 1 }, (_, i) => `function f${i}() {\n${body}}\n`).join(''),
    });
    const all = atOnce(findSignals(atOnce(searchOf(many)), many, 'step', undefined));
    const [few, first, end] = all.view.firstBlock;
    const logits = [new Float64Array(first! - few!).fill(1), new Float64Array(end! - first!).fill(2)];
    logits[1]![LOOKED_AT] = 1;
    const again = atOnce(lookAgain(all, [1, 2], (file) => logits[file]!, BOTH));
    assert.deepEqual([...again.keys()], [1]);
    assert.notEqual(again.get(1)![0], 2);
    assert.equal(again.get(1)![LOOKED_AT], 1);
  });

  it('changes nothing without a task', () => {
    const none = { ...found, query: { stems: new Map<string, number>(), names: new Set<string>() } };
    assert.equal(atOnce(lookAgain(none, [1, 1, 1], () => Float64Array.of(1), BOTH)).size, 0);
  });

  it('changes nothing where its share is none', () => {
    assert.equal(atOnce(lookAgain(found, [1, 1, 1], () => Float64Array.of(1), { small: 0, middle: 0 })).size, 0);
  });
});
