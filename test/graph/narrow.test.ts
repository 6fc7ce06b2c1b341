import assert from 'node:assert/strict';
import { NOTHING_RESOLVED, type ResolvedState } from '../../src/graph/resolution.js';
import { resolved, shownLinks } from '../resolutions.js';

/** What a change of some files (undefined: gone) has resolved anew. It leads to the links of a fresh start. */
async function anew(files: Readonly<Record<string, string>>, change: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const before: ResolvedState = await resolved(new Map(Object.entries(files)));
  const changed = new Map(Object.entries({ ...files, ...change }).flatMap(([p, text]) => (text === undefined ? [] : [[p, text] as const])));
  const after = await resolved(changed, before);
  assert.deepEqual(shownLinks(changed, after), shownLinks(changed, await resolved(changed, NOTHING_RESOLVED)));
  return [...after.files].flatMap(([path, file]) => (before.files.get(path) === file ? [] : [path])).sort();
}

const JAVA = {
  'shop/Shop.java': 'package shop;\nclass Shop extends Base { Cart cart; void run() { cart.add(); } }\n',
  'shop/Cart.java': 'package shop;\nclass Cart { void add() {} }\n',
  'shop/Base.java': 'package shop;\nclass Base {}\n',
  'till/Till.java': 'package till;\nimport shop.*;\nclass Till { Cart cart; Receipt last; }\n',
  'far/Far.java': 'package far;\nclass Far { int n; }\n',
};

describe('graph/narrow', () => {
  it('resolves only the file where a definition was added that nobody asks for', async () => {
    assert.deepEqual(await anew(JAVA, { 'far/Far.java': `${JAVA['far/Far.java']}class Further {}\n` }), ['far/Far.java']);
  });

  it('resolves again who asked for a record that others see differently now', async () => {
    assert.deepEqual(await anew(JAVA, { 'shop/Cart.java': 'package shop;\nclass Cart { void put() {} }\n' }), [
      'shop/Cart.java',
      'shop/Shop.java',
    ]);
  });

  it('resolves again who looked for a name in vain: behind a star import, in the same package, in what is inherited', async () => {
    assert.deepEqual(await anew(JAVA, { 'shop/Receipt.java': 'package shop;\nclass Receipt {}\n' }), [
      'shop/Receipt.java',
      'till/Till.java',
    ]);
    assert.deepEqual(await anew(JAVA, { 'till/Cart.java': 'package till;\nclass Cart {}\n' }), ['till/Cart.java', 'till/Till.java']);
    assert.deepEqual(await anew(JAVA, { 'shop/Base.java': 'package shop;\nclass Base { class Cart {} }\n' }), [
      'shop/Base.java',
      'shop/Shop.java',
    ]);
  });

  it('resolves again who used a file that is gone, and nobody for a file of another language', async () => {
    assert.deepEqual(await anew(JAVA, { 'shop/Cart.java': undefined }), ['shop/Shop.java', 'till/Till.java']);
    assert.deepEqual(await anew(JAVA, { 'README.md': '# Shop\n' }), []);
  });

  it('does not take for settled what types that lean on one another mean', async () => {
    const ring = {
      'A.java': 'class A extends B.In { class Out {} }\n',
      'B.java': 'class B extends A.Out { class In {} }\n',
      'C.java': 'class C { B.In in; A.Out out; }\n',
      'D.java': 'class D {}\n',
    };
    await anew(ring, { 'D.java': 'class D extends B.Out {}\n' });
    await anew(ring, { '0.java': 'class Zero extends A.In {}\n' });
    await anew(ring, { 'B.java': 'class B { class In {} }\n' });
  });
});
