import assert from 'node:assert/strict';
import { findingsIn, shownIn } from './findings.js';

/** Methods `prefix0`… of 22 lines each; every one calls the next and does `body`. */
const methods = (prefix: string, count: number, body: string): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `  ${prefix}${i}() {\n    ${body};\n${'    work();\n'.repeat(18)}    ${i + 1 < count ? `this.${prefix}${i + 1}();` : ''}\n  }\n`,
  ).join('');

const shop = (extra = ''): string =>
  `export class Shop {\n  private orders = [];\n  private prices = new Map();\n${methods('order', 11, 'this.orders.push(1)')}${methods('price', 11, 'this.prices.clear()')}${extra}}\n`;

/** Functions of 22 lines, each calling the next. */
const functions = (prefix: string, count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `export function ${prefix}${i}() {\n${'  work();\n'.repeat(20)}  ${i + 1 < count ? `${prefix}${i + 1}();` : ''}\n}\n`,
  ).join('');

describe('graph/findings/god-class', () => {
  it('finds a large class whose members fall into groups, each with state of its own', async () => {
    const [finding, ...others] = await findingsIn({ 'shop.ts': shop() }, 'god-class', 'god-file');
    assert.deepEqual(others, []);
    assert.equal(finding?.key, 'god-class:shop.ts#Shop');
    assert.equal(finding.message, 'Shop has 2 groups of members that use nothing of each other, of 243, 243 lines.');
    assert.deepEqual(
      finding.evidence.map((e) => `${e.line + 1} ${e.words}`),
      [
        '1 Shop begins',
        '2 a group: orders, order0, order1, order2, order3 and 7 more',
        '3 a group: prices, price0, price1, price2, price3 and 7 more',
      ],
    );
  });

  it('looks past what serves all parts alike, and says so', async () => {
    const logging = shop('  private logger(text: string) {}\n').replaceAll(
      '    work();\n    work();\n    work();',
      "    this.logger('now');",
    );
    const long = logging.replaceAll("    this.logger('now');", "    this.logger('now');\n    work();\n    work();");
    const [finding] = await findingsIn({ 'shop.ts': long }, 'god-class');
    assert.equal(finding?.message, 'Shop has 2 groups of members that use nothing of each other but for logger, of 243, 243 lines.');
  });

  it('leaves alone what one member holds together, what hands itself on, and methods on one state', async () => {
    const gods = (text: string): Promise<string[]> => shownIn({ 'shop.ts': text }, 'god-class');
    assert.equal((await gods(shop())).length, 1);
    assert.deepEqual(await gods(shop('  total() { this.orders; this.prices; }\n')), []);
    assert.deepEqual(await gods(shop('  all() { const self = this; self.orders; }\n')), []);
    assert.deepEqual(await gods(shop().replaceAll('this.prices.clear()', 'this.orders.pop()')), []);
    assert.deepEqual(await gods(shop().replaceAll('    work();\n', '')), []);
  });

  it('knows members that are named bare', async () => {
    const java = shop()
      .replace('export class', 'class')
      .replace('private orders = []', 'List orders')
      .replace('private prices = new Map()', 'Map prices')
      .replaceAll('this.', '')
      .replace(/^ {2}(order|price)(\d)/gm, '  void $1$2');
    assert.equal((await shownIn({ 'Shop.java': java }, 'god-class')).length, 1);
    assert.deepEqual(await shownIn({ 'Shop.java': java.replace('orders.push(1)', 'orders.push(prices)') }, 'god-class'), []);
  });

  it('finds a large file with three groups of definitions, not one with two', async () => {
    const file = (...groups: string[]): Promise<string[]> => shownIn({ 'all.ts': groups.map((g) => functions(g, 9)).join('') }, 'god-file');
    assert.deepEqual(await file('a', 'b', 'c'), [
      'low god-file: all.ts:1 a group: a0, a1, a2, a3, a4 and 4 more | all.ts:208 a group: b0, b1, b2, b3, b4 and 4 more | all.ts:415 a group: c0, c1, c2, c3, c4 and 4 more',
    ]);
    assert.deepEqual(await file('a', 'b'), []);
  });
});
