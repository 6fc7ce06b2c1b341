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

  it('knows what C# asks for: parts, extension methods, global usings, namespaces that come and go', async () => {
    const project = (...references: string[]): string =>
      `<Project Sdk="Microsoft.NET.Sdk">${references.map((r) => `<ItemGroup><ProjectReference Include="${r}" /></ItemGroup>`).join('')}</Project>`;
    const files = {
      'app/App.csproj': project('../lib/Lib.csproj'),
      'app/App.cs':
        'using Lib;\nusing Late;\nnamespace App { class Main { Shop shop; Later later; void Run() { shop.Sell(); shop.Shout(); } } }\n',
      'app/Other.cs': 'namespace App { class Other { int n; } }\n',
      'lib/Lib.csproj': project(),
      'lib/Shop.cs': 'namespace Lib { public partial class Shop { } }\n',
      'lib/More.cs': 'namespace Lib { public partial class Shop { public void Sell() {} } }\n',
    };
    assert.deepEqual(await anew(files, { 'app/Other.cs': `${files['app/Other.cs']}class Further {}\n` }), ['app/Other.cs']);
    // Who calls what the parts hold has asked for all of them.
    assert.deepEqual(await anew(files, { 'lib/More.cs': 'namespace Lib { public partial class Shop { public void Buy() {} } }\n' }), [
      'app/App.cs',
      'lib/More.cs',
    ]);
    assert.deepEqual(
      await anew(files, { 'lib/Third.cs': 'namespace Lib { public partial class Shop { public void Sell(int n) {} } }\n' }),
      ['app/App.cs', 'lib/Third.cs'],
    );
    // A namespace that others declare too is no less there.
    assert.deepEqual(await anew(files, { 'app/Other.cs': undefined }), []);
    const shout = 'namespace Lib { public static class Loud { public static void Shout(this Shop shop) {} } }\n';
    assert.deepEqual(await anew(files, { 'lib/Loud.cs': shout }), ['app/App.cs', 'lib/Loud.cs']);
    assert.deepEqual(await anew(files, { 'lib/Later.cs': 'namespace Late { public class Later {} }\n' }), ['app/App.cs', 'lib/Later.cs']);
    const global = { 'app/Usings.cs': 'global using Later = Lib.Shop;\n' };
    assert.deepEqual(await anew(files, global), ['app/App.cs', 'app/Usings.cs']);
    assert.deepEqual(await anew({ ...files, ...global }, { 'app/Usings.cs': 'global using Lib;\n' }), ['app/App.cs', 'app/Usings.cs']);
    // A project file steers all of them.
    assert.equal((await anew(files, { 'app/App.csproj': project() })).length, 4);
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
