import assert from 'node:assert/strict';
import { flowOf, shown, shownFlow } from '../syntax/flow/flows.js';

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
  const cases: readonly (readonly [title: string, file: string, source: string, expected: string])[] = [
    [
      'Go: := of a name that is there assigns, in a block it hides; zero values; defer',
      'a.go',
      `
  func f(path string) (n int, err error) {
  	var sum int
  	file := open(path)
> 	defer file.Close()
> 	data, err := read(file)
> 	for _, line := range data {
> 		sum += line.Size
> 		err := check(line)
> 		if err != nil { return 0, err }
> 	}
  	return sum, err
  }`,
      'file, sum → err, sum?; exits defer 4, return 9',
    ],
    [
      'Go: addresses, closures, labels',
      'a.go',
      `
  func f(a []int) int {
  	x, y := 1, 2
  L:
  	for _, v := range a {
> 		scan(&x)
> 		func() { y = v }()
> 		if v > 2 { continue L }
> 		switch v { case 1: break }
  	}
  	return x + y
  }`,
      'x, y, v → x?, y?; exits continue 7; shared x address 5, y changed-by-inner 6',
    ],
    [
      'Java: patterns, lambdas, yield of a switch',
      'A.java',
      `
  class A { int f(Object o, int size) {
    int found = 0, last;
>   if (o instanceof Foo foo && foo.ok()) found = foo.size;
>   last = switch (size) { case 1 -> { yield 2; } default -> found; };
>   run(item -> item.size + this.size);
    return last + found;
  } }`,
      'o, found, size → found?, last; self this',
    ],
    [
      'C#: out, tuples, local functions, patterns',
      'a.cs',
      `
  class A { async Task<int> F(string s, int a, int b) {
    int n;
>   if (!Parse(s, out n)) throw new E(s);
>   (a, b) = (b, a);
>   int Twice(int v) => v * 2;
>   var d = a switch { 1 => 2, Foo h => h.x, _ => n };
>   await Run(ref b);
    return Twice(d) + a + b + n;
  } }`,
      's, b, a → n, b, a, d+; defines Twice; exits throw 3, await 7; shared b address 7',
    ],
    [
      'Rust: a second let hides the first; patterns, ?, format strings, tails',
      'a.rs',
      `
  fn f(a: Option<i32>, text: &str) -> Result<i32> {
      let x = 1;
>     let x = x + text.len();
>     if let Some(n) = a { println!("{n} {text}"); }
>     let y = load(text)?;
      Ok(x + y)
  }`,
      'x, text, a → x+, y+; exits return 5',
    ],
    [
      'Rust: the value of a block',
      'a.rs',
      `
  fn f(v: &mut Vec<i32>, mut k: i32) -> i32 {
      k += 1;
>     fill(&mut k);
>     match k { MAX => 1, other => other + v.len() }
  }`,
      'k, v →; exits value 4; shared k address 3',
    ],
    [
      'C: pointers, addresses, case labels',
      'a.c',
      `
  int f(int n, char *buf) {
    int i, count = 0, *p = &n;
>   for (i = 0; i < n; i++) {
>     if (buf[i] == 0) break;
>     count++;
>   }
>   *p = count;
    return count + i;
  }`,
      'n, buf, count, p → i, count?; shared n address 2',
    ],
    [
      'C++: structured bindings, lambdas, conditions that declare',
      'a.cpp',
      `
  int f(Map &map, int key) {
    int hits = 0;
    auto log = [&hits](int n) { hits += n; };
>   if (auto it = map.find(key); it != map.end()) log(1);
>   auto [first, second] = map.pair(key);
    return hits + first;
  }`,
      'map, key, log → first+; unseen arguments that a call may take by reference',
    ],
    [
      'Ruby: blocks see the variables around them, methods do not',
      'a.rb',
      `
  def f(items, rate)
    total = 0
>   items.each do |item|
>     next if item.free?
>     total += item.price * rate
>     cost = total
>   end
>   first, (_, *rest) = items
    puts total, rest
  end`,
      'items, total, rate → total?, rest+; shared total changed-by-inner 5',
    ],
    [
      'Ruby: rescue leaves what was not assigned',
      'a.rb',
      `
  def f(path)
    data = nil
    begin
>     data = read(path)
>     check(data)
    rescue E => e
      raise
    end
    data
  end`,
      'path → data; shared data throws 9',
    ],
    [
      'PHP: closures take copies, foreach, functions that change what they are given',
      'a.php',
      `
  <?php
  function f(array $items, $rate) {
    $total = 0;
>   foreach ($items as $key => [$price, $count]) { $total += $price * $rate; }
>   if (preg_match('/a/', $rate, $match)) { $last = $match[0]; }
>   $twice = function ($x) use ($total) { return $x * $total; };
    return [$total, $last, $twice($key), $this->x];
  }`,
      '$items, $total, $rate → $key+?, $total?, $last+?, $twice+',
    ],
    [
      'Kotlin: it, lambdas, named arguments, string templates',
      'a.kt',
      `
  fun f(items: List<Item>, rate: Int): Int {
      var total = 0
      val name = "x"
>     items.forEach { total += it.price * rate }
>     val label = "$name \${items.size}"
>     show(label = label, total = total)
>     val (a, b) = items.pair() ?: return 0
      return total + a
  }`,
      'items, total, rate, name → total?, a+; exits return 7; shared total changed-by-inner 4',
    ],
  ];
  it('Rust: a whole function, with its attributes, is told by its stretches', async () => {
    const flow = await flowOf(
      'a.rs',
      `
  impl A {
>     #[inline]
>     fn f(&self, items: &[i32]) -> i32 {
>         let mut sum = 0;
>         for item in items {
>             let next = item + 1;
>             sum += next;
>         }
>
>         let mut most = sum;
>         if most > 9 {
>             most = 9;
>         }
>         most + 1
>     }
  }`,
    );
    assert.deepEqual(flow.kind === 'parts' ? flow.parts.map((part) => shown(part)) : flow, [
      'items → sum+',
      'items, sum → sum?',
      'sum →; exits value 14',
    ]);
  });
  for (const [title, file, source, expected] of cases) {
    it(title, async () => assert.equal(await shownFlow(file, source), expected));
  }
});
