import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars: PHP', () => {
  it('finds what a file defines, and marks what loading it may leave undefined', async () => {
    const record = await recordOf(
      'a.php',
      `<?php
namespace A {
    const ONE = 1, TWO = 2;
    #[Attr]
    enum Suit: string implements HasLabel
    {
        case Hearts = 'H';
        const Wild = self::Hearts;
    }
}
namespace {
    define('ROOT', __DIR__);
    defined('PATH') || define('PATH', ROOT);
    if (!function_exists('helper')) {
        function helper() {}
    } else {
        abstract class Late { abstract protected function run(): void; }
    }
}
`,
    );
    assert.deepEqual(shownSymbols(record), [
      '+constant ONE 3-3',
      '+constant TWO 3-3',
      '+enum Suit 4-9',
      '+enumMember Suit.Hearts 7-7',
      '+constant Suit.Wild 8-8',
      '+constant ROOT 12-12',
      '+constant PATH 13-13',
      '+function helper 15-15',
      '+class Late 17-17',
      '+method Late.run 17-17',
    ]);
    assert.deepEqual(
      record.symbols.flatMap((s) => (s.mark === undefined ? [] : [`${s.name}: ${s.mark}`])),
      ['ROOT: define', 'PATH: define conditional', 'helper: conditional', 'Late: conditional'],
    );
  });
  it('tells on which line each namespace begins', async () => {
    const record = await recordOf('a.php', '<?php\nnamespace A\\B;\nclass C {}\nnamespace D;\nnamespace\\f();\n');
    assert.deepEqual(
      record.bindings.map((b) => `${b.name} ${b.type} ${b.line}`),
      ['namespace A\\B 1', 'namespace D 3'],
    );
    assert.equal(record.package, 'A\\B');
  });
  it('reads every form of use', async () => {
    const record = await recordOf(
      'a.php',
      `<?php
use A, \\B\\C as D;
use function E\\f, E\\g as h;
use const E\\{X, Y as Z};
use F\\{G, function i, const J};
class K { use L; }
$f = function () use ($g) {};
`,
    );
    assert.deepEqual(
      record.imports.map((i) => `${i.mark ?? 'class'} ${i.specifier} as ${i.names[0]?.as}`),
      [
        'class A as A',
        'class B\\C as D',
        'function E\\f as f',
        'function E\\g as h',
        'const E\\X as X',
        'const E\\Y as Z',
        'class F\\G as G',
        'function F\\i as i',
        'const F\\J as J',
      ],
    );
  });
  it('reads include paths as far as they can be known', async () => {
    const record = await recordOf(
      'a.php',
      `<?php
require __DIR__ . '/a.php';
require_once dirname(__DIR__, 2) . "/b.php";
include(dirname(dirname(__FILE__)) . '/c.php');
include_once realpath(__DIR__ . '/../' . 'd.php');
require 'e.php';
require './f.php';
require $path;
require "$dir/g.php";
require __FILE__ . '.php';
require self::$path . '/h.php';
`,
    );
    assert.deepEqual(
      record.imports.map((i) => `${i.specifier} ${i.mark ?? ''}`.trim()),
      ['./a.php file', '../../b.php file', '../c.php file', '../d.php file', 'e.php', './f.php'],
    );
  });
  it('tells classes, functions, constants and members apart', async () => {
    const record = await recordOf(
      'a.php',
      `<?php
f(A::B, C::class, label: D, E::$g);
return $x instanceof F ? new G(H) : namespace\\i(...);
[J => K::L(), M . __LINE__ . true];
goto end; end:
$o?->n->o(P ?? -Q);
`,
    );
    assert.deepEqual(record.references.map((r) => `${r.kind} ${r.qualifier === '' ? '' : `${r.qualifier}.`}${r.name}`).sort(), [
      'call ?.o',
      'call K.L',
      'call f',
      'call namespace\\i',
      'member $o.n',
      'member A.B',
      'member E.g',
      'new G',
      'type A',
      'type C',
      'type E',
      'type F',
      'type K',
      'value D',
      'value H',
      'value J',
      'value M',
      'value P',
      'value Q',
    ]);
  });
  it('says what a variable is, and that a new value hides the old one', async () => {
    const record = await recordOf(
      'a.php',
      `<?php
class A {
    private ?Store $store, $other;
    public int $size;
    function __construct(private readonly Log|null $log) {}
    function f(B|int $b, C&D $c, E ...$e) {
        $g = new \\H\\I();
        $b = f();
        [$j, [$k]] = l();
        foreach ($m as $n => &$o) {}
        try {} catch (P $p) {}
    }
}
`,
    );
    assert.deepEqual(
      record.bindings.map((b) => `${b.name}: ${b.type === '' ? b.init : b.type}`.trim()),
      [
        '$this->store: Store',
        '$this->other: Store',
        '$log: Log',
        '$this->log: Log',
        '$b: B',
        '$c:',
        '$e:',
        '$g: new \\H\\I',
        '$b:',
        '$j:',
        '$k:',
        '$n:',
        '$o:',
        '$p: P',
      ],
    );
  });
});
