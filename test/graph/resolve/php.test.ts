import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

type Files = Readonly<Record<string, string>>;

const edges = async (files: Files): Promise<string[]> => shownEdges(await graphOfFiles(files));

/** Edges from `path` alone. */
const edgesFrom = async (path: string, files: Files): Promise<string[]> =>
  (await edges(files)).flatMap((e) => (e.startsWith(`${path} -> `) ? [e.slice(path.length + 4)] : []));

const composer = (manifest: object): string => JSON.stringify(manifest);

/** A package that loads `App\` from src/. */
const APP = { 'composer.json': composer({ autoload: { 'psr-4': { 'App\\': 'src/' } } }) };

const LOGGER =
  '<?php\nnamespace App\\Log;\nclass Logger { const LEVEL = 1; public static $last; function write() {} static function make() {} }\n';

describe('graph/resolve: PHP names', () => {
  const places: readonly [string, string][] = [
    ['new', 'new Logger();'],
    ['a static call', 'Logger::make();'],
    ['a static property', 'Logger::$last;'],
    ['a class constant', 'echo Logger::LEVEL;'],
    ['::class', 'run(Logger::class);'],
    ['instanceof', 'if ($x instanceof Logger) {}'],
    ['catch', 'try { f(); } catch (Other | Logger $e) {}'],
    ['a parameter', 'function g(?Logger $l) {}'],
    ['a closure', '$f = fn (int|Logger $l): int => 1;'],
    ['a result', 'function g(): static|Logger {}'],
    ['a property', 'class C { private ?Logger $l = null; }'],
    ['a base class', 'class C extends Logger {}'],
    ['an interface', 'class C implements Countable, Logger {}'],
    ['a trait', 'class C { use Logger; }'],
    ['an anonymous class', '$x = new class extends Logger {};'],
    ['an attribute', '#[Logger(1)] class C {}'],
    ['an enum', 'enum E: string implements Logger {}'],
  ];
  for (const [what, source] of places) {
    it(`sees a class of the same namespace in ${what}`, async () => {
      const files = { ...APP, 'src/Log/A.php': `<?php\nnamespace App\\Log;\n${source}\n`, 'src/Log/Logger.php': LOGGER };
      assert.deepEqual(await edgesFrom('src/Log/A.php', files), ['src/Log/Logger.php (use)']);
    });
  }
  const spellings: readonly [string, string][] = [
    ['use', 'use App\\Log\\Logger; new Logger();'],
    ['use with an alias', 'use App\\Log\\Logger as L; new L();'],
    ['a grouped use', 'use App\\{Missing, Log\\Logger}; new Logger();'],
    ['a namespace that use shortens', 'use App\\Log; new Log\\Logger();'],
    ['a fully qualified name', 'new \\App\\Log\\Logger();'],
    ['a qualified name', 'new Log\\Logger();'],
    ['namespace\\', 'new namespace\\Log\\Logger();'],
  ];
  for (const [what, source] of spellings) {
    it(`follows ${what}`, async () => {
      const files = { ...APP, 'src/A.php': `<?php\nnamespace App;\n${source}\n`, 'src/Log/Logger.php': LOGGER };
      assert.deepEqual(
        (await edgesFrom('src/A.php', files)).map((e) => e.replace(' (use)', '')),
        ['src/Log/Logger.php'],
      );
    });
  }
  it('keeps namespaces of one file apart, with their imports', async () => {
    const classes = {
      ...APP,
      'src/One/X.php': '<?php\nnamespace App\\One;\nclass X {}\n',
      'src/Two/X.php': '<?php\nnamespace App\\Two;\nclass X {}\n',
      'src/Two/Y.php': '<?php\nnamespace App\\Two;\nclass Y {}\n',
    };
    const braced =
      'namespace App\\One {\n  new Y();\n}\nnamespace App\\Two {\n  use App\\One\\X as Y;\n  new X();\n}\nnamespace {\n  new Y();\n}\n';
    const plain = 'namespace App\\Two;\nclass A {}\nnamespace App\\One;\nclass B extends X {}\n';
    assert.deepEqual(await edgesFrom('a.php', { ...classes, 'a.php': `<?php\n${braced}` }), ['src/One/X.php', 'src/Two/X.php (use)']);
    assert.deepEqual(await edgesFrom('a.php', { ...classes, 'a.php': `<?php\n${plain}` }), ['src/One/X.php (use)']);
    const user = '<?php\nuse App\\One\\B;\nuse App\\Two\\A;\n';
    const mapped = { 'composer.json': composer({ autoload: { classmap: ['a.php'] } }), 'a.php': `<?php\n${plain}`, 'b.php': user };
    assert.deepEqual(await edgesFrom('b.php', mapped), ['a.php']);
  });
  it('knows no letter case, though the autoloader does', async () => {
    const files = { ...APP, 'src/Log/Logger.php': LOGGER };
    const source = '<?php\nuse app\\log\\LOGGER;\n';
    assert.deepEqual(await edgesFrom('src/A.php', { ...files, 'src/A.php': source }), []);
    const loads = `${source}require 'Log/Logger.php';\nfunction f(logger $l) { Logger::MAKE(); }\n`;
    assert.deepEqual(await edgesFrom('src/A.php', { ...files, 'src/A.php': loads }), ['src/Log/Logger.php']);
  });
  it('reports a class that is nowhere though the autoloader looks for it, but no library, no class of PHP and no namespace', async () => {
    const source =
      '<?php\nnamespace App;\nuse App\\Gone;\nuse App\\Log;\nuse Psr\\Log\\LoggerInterface;\nuse Countable;\nuse function strlen;\n';
    const { links } = await graphOfFiles({ ...APP, 'src/A.php': source, 'src/Log/Logger.php': LOGGER });
    assert.deepEqual(
      links('src/A.php').imports.map((l) => (l.external ? 'external' : l.confidence)),
      ['unresolved', 'resolved', 'external', 'external', 'external'],
    );
  });
  it('takes nothing from comments and strings', async () => {
    const source = "<?php\nnamespace App\\Log;\n/** @var Logger $x @param Logger $y */\n$x = 'App\\Log\\Logger';\n";
    assert.deepEqual(await edgesFrom('src/Log/A.php', { ...APP, 'src/Log/A.php': source, 'src/Log/Logger.php': LOGGER }), []);
  });
  it('does not take self, static and parent for classes, nor classes of PHP for those of the workspace', async () => {
    const files = {
      'a.php': '<?php\nclass A { function f(): static { return new self; } }\nnew Stringable(); new \\ArrayObject;\n',
      'b.php': '<?php\nclass Self_ {}\ninterface Stringable {}\nclass ArrayObject {}\n',
    };
    assert.deepEqual(await edges(files), []);
  });
});

describe('graph/resolve: PHP functions and constants', () => {
  const HELPERS = {
    'composer.json': composer({ autoload: { 'psr-4': { 'App\\': 'src/' }, files: ['src/helpers.php'] } }),
    'src/helpers.php': `<?php
namespace App {
  const LIMIT = 1;
  function trace() {}
}
namespace {
  define('APP_ROOT', __DIR__);
  if (!function_exists('collect')) { function collect() {} }
  if (!function_exists('str_contains')) { function str_contains() {} }
}
`,
  };
  const follows: readonly [string, string][] = [
    ['a function of the same namespace', 'namespace App; trace();'],
    ['a qualified function', 'App\\trace();'],
    ['a fully qualified function', 'namespace B; \\App\\trace();'],
    ['namespace\\f()', 'namespace App; namespace\\trace();'],
    ['use function', 'namespace B; use function App\\trace; trace();'],
    ['use function with an alias', 'namespace B; use function App\\{trace as t}; t();'],
    ['a global function from inside a namespace', 'namespace App\\Deep; collect();'],
    ['use const', 'namespace B; use const App\\LIMIT; echo LIMIT;'],
    ['a constant of the same namespace', 'namespace App; return LIMIT;'],
    ['a global constant from inside a namespace', 'namespace B; $x = [APP_ROOT];'],
  ];
  for (const [what, source] of follows) {
    it(`follows ${what} into a file that composer always loads`, async () => {
      const found = await edgesFrom('src/A.php', { ...HELPERS, 'src/A.php': `<?php\n${source}\n` });
      assert.deepEqual(
        found.map((e) => e.replace(' (use)', '')),
        ['src/helpers.php'],
      );
    });
  }
  it('leaves a function of PHP to PHP, though the workspace polyfills it', async () => {
    for (const source of [
      'str_contains("a", "b");',
      'namespace App; str_contains("a", "b"); \\str_contains("a", "b");',
      'use function str_contains;',
    ])
      assert.deepEqual(await edgesFrom('src/A.php', { ...HELPERS, 'src/A.php': `<?php\n${source}\n` }), [], source);
  });
  it('does not fall back from a qualified name, nor look for constants in other letter case', async () => {
    const source = '<?php\nnamespace App\\Deep;\nnamespace\\collect(); Other\\collect();\necho app_root;\n';
    assert.deepEqual(await edgesFrom('src/A.php', { ...HELPERS, 'src/A.php': source }), []);
  });
  it('does not take a method, a nested function or a class constant for a global one', async () => {
    const files = {
      'a.php': '<?php\nrun(); inner(); echo SIZE;\n',
      'b.php': '<?php\nclass B { const SIZE = 1; function run() { function inner() {} } }\n',
    };
    assert.deepEqual(await edges(files), []);
  });
  it('takes a stand-in for a function of PHP, as tests define it, only where it is loaded', async () => {
    const clock = '<?php\nnamespace App;\nfunction time() { return 42; }\n';
    const files = { ...APP, 'src/A.php': '<?php\nnamespace App;\nreturn time();\n', 'tests/clock.php': clock };
    assert.deepEqual(await edges(files), []);
    const loads = "<?php\nnamespace App;\nrequire __DIR__ . '/clock.php';\ntime();\n";
    assert.deepEqual(await edges({ ...files, 'tests/t.php': loads }), ['tests/t.php -> tests/clock.php']);
  });
  it('takes the only global function of a name where nothing is autoloaded, and never one of the tests', async () => {
    const files = {
      'index.php': '<?php\nrender(); add_action(); twice(); maybe();\n',
      'lib/render.php': "<?php\nfunction render() {}\nif (!function_exists('maybe')) { function maybe() {} }\n",
      'lib/a.php': '<?php\nfunction twice() {}\n',
      'lib/b.php': '<?php\nfunction twice() {}\n',
      'tests/stubs.php': '<?php\nfunction add_action() {}\n',
    };
    assert.deepEqual(await edges(files), ['index.php -> lib/render.php (use, named)']);
  });
});

describe('graph/resolve: PHP autoloading', () => {
  const USER = '<?php\nuse Acme\\Log\\Logger;\n';
  const sections: readonly [string, object, string][] = [
    ['psr-4', { 'psr-4': { 'Acme\\': 'lib/' } }, 'lib/Log/Logger.php'],
    ['psr-4 with several folders', { 'psr-4': { 'Acme\\': ['src', 'lib'] } }, 'lib/Log/Logger.php'],
    ['the longest psr-4 prefix', { 'psr-4': { 'Acme\\': 'old/', 'Acme\\Log\\': 'lib/log' } }, 'lib/log/Logger.php'],
    ['psr-4 for all namespaces', { 'psr-4': { '': 'lib/' } }, 'lib/Acme/Log/Logger.php'],
    ['psr-0', { 'psr-0': { Acme: 'lib/' } }, 'lib/Acme/Log/Logger.php'],
    ['classmap', { classmap: ['lib/'], 'exclude-from-classmap': ['/lib/old/'] }, 'lib/any/name.php'],
    ['classmap with patterns', { classmap: ['.'], 'exclude-from-classmap': ['**/old/', 'ol*', 'fix*'] }, 'lib/any/name.php'],
  ];
  for (const [what, autoload, path] of sections) {
    it(`finds the class where ${what} puts it, among other files that declare it`, async () => {
      const source = '<?php\nnamespace Acme\\Log;\nclass Logger {}\n';
      const files = { 'a.php': USER, 'old/Log/Logger.php': source, 'lib/old/Logger.php': source, 'fixtures/x.php': source, [path]: source };
      assert.deepEqual(await edgesFrom('a.php', { ...files, 'composer.json': composer({ autoload }) }), [path]);
      assert.deepEqual(await edgesFrom('a.php', { ...files, 'composer.json': composer({ 'autoload-dev': autoload }) }), [path]);
    });
  }
  it('reads underscores in psr-0 names as folders', async () => {
    const files = { 'composer.json': composer({ autoload: { 'psr-0': { Twig_: 'lib' } } }), 'a.php': '<?php\nnew Twig_Node_Text();\n' };
    assert.deepEqual(await edges({ ...files, 'lib/Twig/Node/Text.php': '<?php\nclass Twig_Node_Text {}\n' }), [
      'a.php -> lib/Twig/Node/Text.php (use)',
    ]);
  });
  it('follows an old class name into the file that makes it an alias', async () => {
    const files = {
      ...APP,
      'src/A.php': '<?php\nnamespace App;\nnew Old();\n',
      'src/New_.php': '<?php\nnamespace App;\nclass New_ {}\n',
      'src/Old.php': '<?php\nnamespace App;\nclass_alias(New_::class, Old::class);\n',
      'src/Gone.php': '<?php\n',
      'src/B.php': '<?php\nnamespace App;\nnew Gone();\n',
    };
    assert.deepEqual(await edges(files), ['src/A.php -> src/Old.php (use)', 'src/Old.php -> src/New_.php (use)']);
  });
  it('prefers the package of the file, then what it requires, then the packages around it', async () => {
    const app = (requires: object): string => composer({ require: requires, autoload: { 'psr-4': { 'App\\': 'src/' } } });
    const files = {
      'composer.json': composer({
        repositories: [{ type: 'path', url: 'packages/*' }],
        autoload: { 'psr-4': { 'App\\': 'src/', 'Acme\\': 'packages/' } },
      }),
      'src/Kernel.php': '<?php\nnamespace App;\nclass Kernel {}\n',
      'examples/one/composer.json': app({ 'acme/log': '*' }),
      'examples/one/src/Kernel.php': '<?php\nnamespace App;\nclass Kernel {}\n',
      'examples/one/index.php': '<?php\nnew App\\Kernel(); new Acme\\Log\\Logger(); Acme\\Log\\note();\n',
      'packages/Log/composer.json': composer({ name: 'acme/log', autoload: { 'psr-4': { 'Acme\\Log\\': '' }, files: ['note.php'] } }),
      'packages/Log/Logger.php': '<?php\nnamespace Acme\\Log;\nclass Logger {}\n',
      'packages/Log/note.php': '<?php\nnamespace Acme\\Log;\nfunction note() {}\n',
      'packages/Log/Tests/T.php': '<?php\nnew \\App\\Kernel();\n',
    };
    assert.deepEqual(await edges(files), [
      'examples/one/index.php -> examples/one/src/Kernel.php (use)',
      'examples/one/index.php -> packages/Log/Logger.php (use)',
      'examples/one/index.php -> packages/Log/note.php (use)',
      'packages/Log/Tests/T.php -> src/Kernel.php (use)',
    ]);
  });
  it('leaves out the development rules of packages that are only required', async () => {
    const files = {
      'app/composer.json': composer({ require: { 'acme/log': '*' } }),
      'app/index.php': '<?php\nnew Acme\\Tests\\Fake();\n',
      'log/composer.json': composer({ name: 'acme/log', 'autoload-dev': { 'psr-4': { 'Acme\\Tests\\': 'tests' } } }),
      'log/tests/Fake.php': '<?php\nnamespace Acme\\Tests;\nclass Fake {}\n',
    };
    assert.deepEqual(await edges(files), []);
  });
  it('names a class that no rule reaches only in an own namespace, and only when it is the only one', async () => {
    const two = '<?php\nnamespace App\\Log;\nclass Logger {}\nclass Second {}\n';
    const files = { ...APP, 'src/A.php': '<?php\nnamespace App;\nnew Log\\Second();\n', 'src/Log/Logger.php': two };
    assert.deepEqual(await edges(files), ['src/A.php -> src/Log/Logger.php (use, named)']);
    assert.deepEqual(await edgesFrom('src/A.php', { ...files, 'src/Log/copy.php': two }), []);
  });
  it('names a class that a package beside or below offers, though nobody has written down that it is required', async () => {
    const files = {
      ...APP,
      'src/A.php': '<?php\nnamespace App;\nuse Lib\\Http;\nuse Lib\\Second;\nnew \\Lib\\Tests\\Fake();\n',
      'bundle/lib/composer.json': composer({
        autoload: { 'psr-4': { 'Lib\\': 'src' } },
        'autoload-dev': { 'psr-4': { 'Lib\\Tests\\': 'tests' } },
      }),
      'bundle/lib/src/Http.php': '<?php\nnamespace Lib;\nclass Http {}\nclass Second {}\n',
      'bundle/lib/tests/Fake.php': '<?php\nnamespace Lib\\Tests;\nclass Fake {}\n',
    };
    assert.deepEqual(await edges(files), ['src/A.php -> bundle/lib/src/Http.php (named)']);
  });
  it('goes to the file that is autoloaded also when it cannot be read', async () => {
    const long = `<?php\nnamespace App;\nclass Long { const A = '${'x,'.repeat(40_000)}'; }\n`;
    assert.deepEqual(await edges({ ...APP, 'src/A.php': '<?php\nnew App\\Long();\n', 'src/Long.php': long }), [
      'src/A.php -> src/Long.php (use)',
    ]);
  });
  it('finds classes in files that are always loaded, and leaves namespaced classes of PHP to PHP', async () => {
    const files = {
      'composer.json': composer({ autoload: { files: ['lib/all.php'], classmap: ['stubs'] } }),
      'lib/all.php': '<?php\nclass A {}\n',
      'copy/all.php': '<?php\nclass A {}\n',
      'stubs/Random.php': '<?php\nnamespace Random;\nclass RandomException {}\n',
      'x.php': '<?php\nnew A();\nnew \\Random\\RandomException();\n',
    };
    assert.deepEqual(await edges(files), ['x.php -> lib/all.php (use)']);
  });
  it('does not take a stub for the class of a library', async () => {
    const files = {
      ...APP,
      'src/A.php': '<?php\nnamespace App;\nuse Psr\\Log\\LoggerInterface;\nnew \\Twig_Environment();\n',
      'stubs/psr.php': '<?php\nnamespace Psr\\Log;\ninterface LoggerInterface {}\n',
      'stubs/twig.php': '<?php\nclass Twig_Environment {}\n',
    };
    assert.deepEqual(await edges(files), []);
  });
  it('reads a damaged composer.json as none', async () => {
    const source = { 'a.php': '<?php\nnew App\\B();\n', 'src/B.php': '<?php\nnamespace App;\nclass B {}\n' };
    for (const manifest of ['{', '[]', 'null', '{"autoload": 1}', '{"autoload": {"psr-4": {"App\\\\": [1]}, "files": {}}}'])
      assert.deepEqual(await edges({ ...source, 'composer.json': manifest }), ['a.php -> src/B.php (use, named)'], manifest);
  });
});

describe('graph/resolve: PHP require and include', () => {
  const ways: readonly [string, string][] = [
    ['__DIR__', "require __DIR__ . '/lib/x.php';"],
    ['__DIR__ and a folder up', "require_once(__DIR__ . '/../a/lib/x.php');"],
    ['dirname(__FILE__)', "include dirname(__FILE__) . '/lib/x.php';"],
    ['dirname(__DIR__)', "include_once dirname(__DIR__) . '/a/lib/x.php';"],
    ['dirname() over several levels', "require \\dirname(__FILE__, 2) . '/a/lib/x.php';"],
    ['realpath()', "require realpath(__DIR__ . '/lib/x.php');"],
    ['DIRECTORY_SEPARATOR', "require __DIR__ . \\DIRECTORY_SEPARATOR . 'lib' . DIRECTORY_SEPARATOR . 'x.php';"],
    ['a path beside the file', 'require "lib/x.php";'],
  ];
  for (const [what, source] of ways) {
    it(`follows ${what}`, async () => {
      assert.deepEqual(await edges({ 'a/b.php': `<?php\n${source}\n`, 'a/lib/x.php': '<?php\n' }), ['a/b.php -> a/lib/x.php']);
    });
  }
  it('only names what the working folder or an include path decides', async () => {
    const source = "<?php\nrequire './x.php';\nrequire 'lib/y.php';\nrequire '/x.php';\nrequire $dir . '/x.php';\nrequire \"$a/x.php\";\n";
    assert.deepEqual(await edges({ 'a/b.php': source, 'a/x.php': '<?php\n', 'lib/y.php': '<?php\n', 'x.php': '<?php\n' }), [
      'a/b.php -> a/x.php (named)',
      'a/b.php -> lib/y.php (named)',
    ]);
  });
  it('puts in constants that spell a path, unless files disagree on them', async () => {
    const files = {
      'index.php': "<?php\ndefine('ROOT', dirname(__FILE__) . '/app/');\nconst INC = 'inc';\nrequire ROOT . 'boot.php';\n",
      'app/boot.php':
        "<?php\ndefine('LIB', ROOT . 'lib');\nrequire_once( ROOT . INC . '/a.php' );\nrequire LIB.'/b.php';\nrequire MISSING . 'b.php';\n",
      'app/inc/a.php': "<?php\ndefine('TWICE', __DIR__);\nrequire TWICE . '/c.php';\n",
      'app/inc/c.php': "<?php\nif (!defined('ROOT')) define('ROOT', __DIR__ . '/../');\n",
      'app/lib/b.php':
        "<?php\ndefine('TWICE', __DIR__);\ndefine('RING', RING . RING);\nrequire RING . '/c.php';\ndefine('SELF', SELF);\nrequire SELF;\n",
    };
    assert.deepEqual(await edges(files), [
      'app/boot.php -> app/inc/a.php (named)',
      'app/boot.php -> app/lib/b.php (named)',
      'app/boot.php -> index.php (use, named)',
      'index.php -> app/boot.php (named)',
    ]);
  });
  it('sees what included files include', async () => {
    const files = {
      'index.php': "<?php\nrequire 'boot.php';\nhelp();\nnew Thing();\n",
      'boot.php': "<?php\nrequire __DIR__ . '/lib/all.php';\n",
      'lib/all.php': "<?php\nrequire 'help.php';\nrequire '../boot.php';\nclass Thing {}\n",
      'lib/help.php': "<?php\nif (!function_exists('help')) { function help() {} }\n",
      'old/help.php': '<?php\nfunction help() {}\nclass Thing {}\n',
    };
    assert.deepEqual(await edgesFrom('index.php', files), ['boot.php', 'lib/all.php (use)', 'lib/help.php (use)']);
  });
});

describe('graph/resolve: PHP members', () => {
  const FILES = {
    ...APP,
    'src/Base.php': '<?php\nnamespace App;\nabstract class Base { protected Store $kept; const LIMIT = 1; function save() {} }\n',
    'src/Store.php': '<?php\nnamespace App;\nclass Store { function put() {} }\n',
    'src/Logs.php': '<?php\nnamespace App;\ntrait Logs { function log() {} }\n',
    'src/Mid.php': '<?php\nnamespace App;\nclass Mid extends Base { use Logs; function __construct(protected Store $made) {} }\n',
  };
  const reached = async (body: string): Promise<string[]> =>
    (await edgesFrom('src/A.php', { ...FILES, 'src/A.php': `<?php\nnamespace App;\n${body}\n` })).filter(
      (e) => !e.startsWith('src/Mid.php'),
    );
  const follows: readonly [string, string, string][] = [
    ['an inherited method of $this', 'class A extends Mid { function f() { $this->save(); } }', 'src/Base.php (reference)'],
    ['parent', 'class A extends Mid { function save() { parent::save(); } }', 'src/Base.php (reference)'],
    ['an inherited constant', 'echo Mid::LIMIT;', 'src/Base.php (reference)'],
    ['a method of a trait', 'function f(Mid $m) { $m->log(); }', 'src/Logs.php (reference)'],
    ['a promoted property', 'class A extends Mid { function f() { $this->made->put(); } }', 'src/Store.php (reference)'],
    ['what new makes', 'function f() { $m = new Mid(); $m->save(); }', 'src/Base.php (reference, named)'],
  ];
  for (const [what, body, edge] of follows) {
    it(`follows ${what}`, async () => {
      assert.deepEqual(await reached(body), [edge]);
    });
  }
  it('follows a typed property to the class that declares it and to the class it holds', async () => {
    assert.deepEqual(await reached('class A extends Mid { function f() { $this->kept->put(); } }'), [
      'src/Base.php (reference)',
      'src/Store.php (reference)',
    ]);
  });
  const silent: readonly [string, string][] = [
    ['a variable of another function', '$m = new Mid();\nfunction f() { $m->save(); }'],
    ['a variable that is assigned again', 'function f(Mid $m) { $m = other(); $m->save(); }'],
    ['a parameter that hides one', 'function f(Mid $m) {\n  return function ($m) { $m->save(); };\n}'],
    ['a loop variable', 'function f(Mid $m, $all) {\n  foreach (all() as $k => &$m) { $m->save(); }\n}'],
    ['a union of classes', 'function f(Mid|Other $m) { $m->save(); }'],
    ['an array of arguments', 'function f(Mid ...$m) { $m->save(); }'],
    [
      '$this in an anonymous class',
      'class A extends Mid {\n  function f() {\n    return new class {\n      function g() { $this->save(); }\n    };\n  }\n}',
    ],
    ['a class whose base is a library', 'class B extends \\Lib\\C {}\nclass A extends B { use Missing; function f() { $this->save(); } }'],
  ];
  for (const [what, body] of silent) {
    it(`says nothing of ${what}`, async () => {
      assert.deepEqual(await reached(body), []);
    });
  }
  it('looks at each class of a dense hierarchy once', async () => {
    const level = (n: number): string =>
      Array.from(
        { length: 9 },
        (_, i) => `interface I${n}_${i} extends ${Array.from({ length: 9 }, (_, j) => `I${n - 1}_${j}`).join(', ')} {}`,
      ).join('\n');
    const levels = Array.from({ length: 12 }, (_, n) => level(n + 1)).join('\n');
    const lowest = Array.from({ length: 9 }, (_, i) => `interface I0_${i} {}`).join('\n');
    assert.deepEqual(await edges({ 'a.php': `<?php\n${lowest}\n${levels}\nfunction f(I12_0 $x) { $x->nothing(); }\n` }), []);
  });
  it('survives names of a hundred thousand parts', async () => {
    const long = 'a\\'.repeat(100_000);
    assert.deepEqual(
      await edges({ ...APP, 'a.php': `<?php\nnamespace ${long}b;\nuse ${long}c;\nclass D extends c {}\n\\${long}e();\n` }),
      [],
    );
  });
  it('survives classes that are their own bases', async () => {
    const ring = {
      'a.php': '<?php\nclass A extends B { function f() { $this->nothing(); } }\n',
      'b.php': '<?php\nclass B extends A {}\n',
    };
    assert.deepEqual(await edges(ring), ['a.php -> b.php (use, named)', 'b.php -> a.php (use, named)']);
  });
});
