import assert from 'node:assert/strict';
import { flowOf, shownFlow } from '../syntax/flow/flows.js';

describe('grammars: what a selection reads and hands back', () => {
  it('JavaScript: destructuring, shadowing, augmented assignment, loops', async () => {
    const js = (source: string): Promise<string> => shownFlow('a.ts', source);
    assert.equal(
      await js(`
  export function total(items, { rate, ...rest }) {
    let sum = 0;
    const log = console.log;
>   for (const item of items) {
>     const { price: cost, count = rate } = item;
>     sum += cost * count;
>     log(sum);
>   }
    return sum;
  }`),
      'items, rate, sum, log → sum?',
    );
    assert.equal(
      await js(`
  function f(a) {
    let seen = 0;
    while (a.next()) {
      a.push(seen);
>     seen = a.size;
>     const a2 = seen + 1;
    }
  }`),
      'a → seen',
    );
    assert.equal(
      await js(`
  function f(a) {
    let x = a;
>   { let x = 1; use(x); }
>   const y = [a].map((a) => a + 1);
    return [x, y];
  }`),
      'a → y+',
    );
    assert.equal(
      await js(`
  async function f(a) {
    for (const b of a) {
>     if (b.done) continue;
>     await b.run();
>     if (b.failed) return b;
    }
  }`),
      'b →; exits continue 3, await 4, return 5',
    );
    assert.equal(
      await js(`
  class A {
    run(a) {
      const self = 1;
>     const b = this.x + a;
>     this.y = b;
      return b;
    }
  }`),
      'a → b+; self this',
    );
    assert.equal(
      await js(`
  function f() {
    let n = 0;
    const inc = () => { n++; };
>   inc();
>   show(n);
  }`),
      'inc, n →; shared n changed-by-outer 3',
    );
    assert.equal(
      await js(`
  function f(a) {
    let n = a;
>   n = a.one();
    n = a.two();
    return n;
  }`),
      'a →',
    );
    assert.equal(
      await js(`
  function f(a) {
    let n;
>   if (a) n = 1;
    return n;
  }`),
      'a → n?',
    );
    assert.equal(
      await js(`
  function outer(a) {
    let n = 0;
    return () => {
      const b = 2;
>     n += a + b;
      return n;
    };
  }`),
      'b →; outer a, n=',
    );
    assert.equal(
      await js(`
  function f(p) {
    let n = 0;
    try {
>     n = p.one();
>     p.two();
    } catch {}
    return n;
  }`),
      'p → n; shared n throws 7',
    );
  });
  it('JavaScript: expressions, cut statements, and what cannot be known', async () => {
    assert.equal(
      await shownFlow(
        'a.tsx',
        `
  function Page({ items, title }) {
    return (
      <main>
>       <ul title={title}>
>         {items.map((item) => <li key={item.id}>{item.name}</li>)}
>       </ul>
      </main>
    );
  }`,
      ),
      'expression: title, items →',
    );
    assert.deepEqual(
      await flowOf(
        'a.js',
        `
  function f(a) {
    g(a);
    if (a) {
>     g(a);
>   } else {
      h(a);
    }
  }`,
      ),
      { kind: 'cut', nearest: { start: 2, end: 6 } },
    );
    assert.deepEqual(await flowOf('a.js', `  function f(a) {\n>   eval(a);\n  }`), { kind: 'unknown', reason: '`eval` may use any name' });
    assert.deepEqual(await flowOf('a.swift', `> let a = 1`), { kind: 'unknown', reason: 'it is not computed for Swift' });
  });
  it('Python: names of the function, of comprehensions, of match, of global and nonlocal', async () => {
    const py = (source: string): Promise<string> => shownFlow('a.py', source);
    assert.equal(
      await py(`
  def total(items, rate=1):
      count = 0
      first = None
>     for item in items:
>         count += item.count * rate
>         squares = [item * item for item in item.parts if (last := item)]
      return count, last, squares`),
      'items, count, rate → count?, squares+?, last+?',
    );
    assert.equal(
      await py(`
  total = 0
  def f(self, a):
      global total
      n = 0
      def g():
          nonlocal n
          n = 1
>     total += a
>     self.x = n
      g()`),
      'a, n →; shared n changed-by-outer 7; globals total; self self',
    );
    assert.equal(
      await py(`
  def f(command, other):
      x = 0
>     match command:
>         case [x, *rest] if x > other:
>             found = rest
>         case Point(x=px, y=0):
>             found = px
      return found, x`),
      'command, x, other → x?, found+?',
    );
    assert.equal(
      await py(`
  def f(path):
>     with open(path) as file:
>         import json as j
>         data = j.load(file)
>     try:
>         rows = data['rows']
>     except KeyError as error:
>         raise ValueError(path) from error
      return rows`),
      'path → rows+?; exits throw 8',
    );
  });
});
