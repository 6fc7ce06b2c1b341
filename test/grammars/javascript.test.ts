import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars/javascript and typescript', () => {
  it('finds functions, classes with their members, and constants', async () => {
    const record = await recordOf(
      'a.ts',
      `
/** Says hello. */
export function hello(name: string): string {
  return name;
}
export abstract class Greeter<T> extends Base implements Loud {
  private count = 0;
  constructor(readonly name: string) {
    super();
  }
  @logged()
  greet(): void {
    hello(this.name);
  }
}
export const LIMIT = 3;
const later = async () => {
  await hello('x');
};
export enum Color {
  Red,
  Green = 'g',
}
`,
    );
    assert.deepEqual(shownSymbols(record), [
      '+function hello 3-5',
      '+class Greeter 6-15',
      'field Greeter.count 7-7',
      '+constructor Greeter.constructor 8-10',
      '+method Greeter.greet 11-14',
      '+variable LIMIT 16-16',
      'function later 17-19',
      '+enum Color 20-23',
      '+enumMember Color.Red 21-21',
      '+enumMember Color.Green 22-22',
    ]);
    assert.equal(record.symbols[0]?.docStart, 1);
    assert.deepEqual(record.symbols[1]?.supers, ['Base', 'Loud']);
  });

  it('reads names wherever a value can stand', async () => {
    const positions = {
      'a.ts':
        'table[key]; -sum; (inner); left, right; total += step; count++; target = source; for (const x of list) {} switch (a) { case CASE: } enum E { One = first } ' +
        'function f({ y = preset } = whole) {} ({ [computed]: 1 }); class C { z = start; #p = 1; q() { this.#p; this.#go(); } } kept satisfies T; <T>cast; generic<T>; bare',
      'b.js': 'async function* f(y = preset) { await later; yield one; throw wrong; } class C { z = start; } export default all',
      'c.tsx': 'const e = <Menu.Item on={act} {...rest} />;',
    };
    const read: string[] = [];
    for (const [path, text] of Object.entries(positions)) {
      const { references, parse } = await recordOf(path, text);
      assert.deepEqual(parse, { kind: 'parsed', errors: 0 });
      for (const { name, kind } of references) if (kind !== 'type') read.push(name);
    }
    const wanted =
      'table key sum inner left right total step count target source list a CASE first preset whole computed start #p #go kept cast generic bare ' +
      'preset later one wrong start all Menu Item act rest';
    assert.deepEqual(read.sort(), wanted.split(' ').sort());
  });

  it('reads what a chain of members leads through', async () => {
    const { references } = await recordOf('a.js', 'class A { run() { this.shop.till.open; this.shop.till.close(); } }');
    assert.deepEqual(
      references.map(({ name, qualifier, kind }) => `${kind} ${qualifier}.${name}`),
      ['member this.shop', 'member this.shop.till', 'member this.shop.till.open', 'call this.shop.till.close'],
    );
  });

  it('reads imports of every form', async () => {
    const { imports } = await recordOf(
      'a.ts',
      `
import def, { a as b, type T } from './one';
import * as ns from './two';
import type { U } from './three';
import './four';
import five = require('./five');
export { x as y } from './six';
export * from './seven';
const { p, q: r } = require('./eight');
const lazy = () => import('./nine');
`,
    );
    assert.deepEqual(
      imports.map((i) => `${i.kind} ${i.specifier} ${i.names.map((n) => `${n.name}>${n.as}`).join(' ')}`.trim()),
      [
        'import ./one default>def a>b T>T',
        'import ./two *>ns',
        'type ./three U>U',
        'import ./four',
        'require ./five *>five',
        'reexport ./six x>y',
        'reexport ./seven *>*',
        'require ./eight p>p q>r',
        'dynamic ./nine',
      ],
    );
  });

  it('names assigned functions, exported objects and the blocks of a test', async () => {
    const record = await recordOf(
      'a.js',
      `
var app = exports = module.exports = {};
app.use = function use(fn) {
  return this;
};
exports.make = () => app;
describe('app', () => {
  it('works', () => {});
});
`,
    );
    assert.deepEqual(shownSymbols(record), [
      'variable app 2-2',
      'function use 3-5',
      '+function make 6-6',
      'section app 7-9',
      'section app.works 8-8',
    ]);
  });

  it('keeps a record of a file it cannot parse', async () => {
    const record = await recordOf('a.ts', 'export class A { m( { }\n}}} function ok() {}\n');
    assert.equal(record.parse.kind, 'parsed');
    assert.ok(record.parse.kind === 'parsed' && record.parse.errors > 0);
    assert.equal(record.lineCount, 2);
  });
});
