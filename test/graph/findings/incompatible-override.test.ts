import assert from 'node:assert/strict';
import { findingsIn } from './findings.js';

/** What is said of an override in Python, by the lines of its class and of its base. */
function python(base: string, override: string): Promise<string[]> {
  const files = {
    'store.py': `from abc import abstractmethod\n\nclass Store:\n${base.replace(/^/gm, '    ')}\n        return 1\n`,
    'remote.py': `from store import Store\n\nclass Remote(Store):\n${override.replace(/^/gm, '    ')}\n        return 2\n`,
  };
  return wordsIn(files);
}

/** What is said of each override. */
const wordsIn = async (files: Readonly<Record<string, string>>): Promise<string[]> =>
  (await findingsIn(files, 'incompatible-override')).map((f) => f.evidence[0]!.words);

describe('graph/findings/incompatible-override', () => {
  it('finds overrides that require more than the base, or take less', async () => {
    assert.deepEqual(await python('def get(self, key):', 'def get(self, key, region):'), [
      'Remote.get requires region, which no caller of the base gives',
    ]);
    assert.deepEqual(await python('def get(self, key, fallback=None):', 'def get(self, key):'), ['Remote.get does not take fallback']);
    assert.deepEqual(await python('def get(self, key=None):', 'def get(self, key):'), [
      'Remote.get requires key, which callers of the base may leave out',
    ]);
    assert.deepEqual(await python('def get(self, key, *, fresh=False):', 'def get(self, key):'), ['Remote.get does not take fresh']);
    assert.deepEqual(await python('@staticmethod\ndef get(key):', '@staticmethod\ndef get():'), ['Remote.get does not take key']);
  });

  it('leaves alone what takes at least as much, under other names or with more that is optional', async () => {
    assert.deepEqual(await python('def get(self, key):', 'def get(self, name, region=("a", "b"), *, fresh: bool = False):'), []);
    assert.deepEqual(await python('def get(self, key, fallback=None):', 'def get(self, *args, **kwargs):'), []);
    assert.deepEqual(await python('def get(self, *args):', 'def get(self, key, region):'), []);
    assert.deepEqual(await python('def get(self, key, fallback):', 'def get(self, key, *, fallback):'), []);
    assert.deepEqual(await python('def _get(self, key):', 'def _get(self):'), []);
    assert.deepEqual(await python('def get(self):\n    pass\n\ndef other(self):', 'def get(self, key):'), []);
    assert.deepEqual(await python('def get(self):\n    raise TypeError("abstract")\n\ndef other(self):', 'def get(self, key):'), []);
    assert.deepEqual(await python('@wrapped\ndef get(self, key):', 'def get(self):'), []);
  });

  it('finds a result that may be None where the base gives always something, and a parameter that takes fewer types', async () => {
    assert.deepEqual(await python('def get(self, key) -> str:', 'def get(self, key) -> str | None:'), ['Remote.get may return None']);
    assert.deepEqual(await python('def get(self, key) -> "str":', 'def get(self, key) -> Optional[str]:'), ['Remote.get may return None']);
    assert.deepEqual(await python('def get(self, key: Union[int, str]) -> str:', 'def get(self, key: int) -> str:'), [
      'Remote.get takes no str as key',
    ]);
    assert.deepEqual(await python('def get(self, key) -> Any:', 'def get(self, key) -> str | None:'), []);
    assert.deepEqual(await python('def get(self, key) -> Optional[str]:', 'def get(self, key) -> str | None:'), []);
    assert.deepEqual(await python('def get(self, key: int) -> str:', 'def get(self, key: int | str) -> str:'), []);
  });

  it('finds a parameter of a subtype, in Python and TypeScript, which compilers take', async () => {
    assert.deepEqual(
      await wordsIn({
        'a.py':
          'class Node:\n    pass\n\nclass Call(Node):\n    pass\n\nclass Visitor:\n    def visit(self, node: Node):\n        return 1\n\nclass Calls(Visitor):\n    def visit(self, node: Call):\n        return 2\n',
      }),
      ['Calls.visit takes Call alone as node, where the base takes any Node'],
    );
    const nodes = (members: string): Record<string, string> => ({
      'a.ts': `export interface Node { id: string }\nexport interface Call extends Node {\n${members}\n}\nexport class Visitor {\n  visit(node: Node): void { use(node); }\n}\nexport class Calls extends Visitor {\n  visit(node: Call): void { use(node); }\n}\n`,
    });
    assert.deepEqual(await wordsIn(nodes('  callee: string;')), ['Calls.visit takes Call alone as node, where the base takes any Node']);
    assert.deepEqual(await wordsIn(nodes('  callee?: string;')), []);
  });

  /** What is said of a method of a class in TypeScript, by its text and that of its base. */
  const script = (base: string, override: string): Promise<string[]> =>
    wordsIn({
      'store.ts': `export abstract class Store {\n  ${base}\n}\n`,
      'remote.ts': `import { Store } from './store';\nexport class Remote extends Store {\n  ${override}\n}\n`,
    });

  it('finds parameters in TypeScript that take fewer types: its compiler compares methods either way round', async () => {
    assert.deepEqual(await script('abstract get(key: string | undefined): void;', 'get(key: string): void { read(key); }'), [
      'Remote.get takes no undefined as key',
    ]);
    assert.deepEqual(await script('get(key: string, at?: number) { return 1; }', 'override get(key: string, at: number) { return 2; }'), [
      'Remote.get requires at, which callers of the base may leave out',
    ]);
    assert.deepEqual(
      await script('get(at: Map<string, number> | null = null) { return 1; }', 'get(at: Map<string, number>) { return 2; }'),
      ['Remote.get requires at, which callers of the base may leave out'],
    );
  });

  it('compares TypeScript with TypeScript that has markup in it', async () => {
    assert.deepEqual(
      await wordsIn({
        'view.ts': 'export abstract class View {\n  abstract draw(at?: number): void;\n}\n',
        'page.tsx':
          "import { View } from './view';\nexport class Page extends View {\n  draw(at: number): void { show(<b>{at}</b>); }\n}\n",
      }),
      ['Page.draw requires at, which callers of the base may leave out'],
    );
  });

  it('leaves alone in TypeScript what the compiler refuses, what takes as much, and what has no subtypes', async () => {
    assert.deepEqual(await script('get = (key: string | null): void => {};', 'get = (key: string): void => {};'), []);
    assert.deepEqual(await script('get(key?: string) { return 1; }', 'get() { return 2; }'), []);
    assert.deepEqual(await script('get(key?: string) { return 1; }', "get(key = '') { return 2; }"), []);
    assert.deepEqual(await script('get(key?: any) { return 1; }', 'get(key: any) { return 2; }'), []);
    assert.deepEqual(await script('get(key: () => string | null) { return 1; }', 'get(key: () => string) { return 2; }'), []);
    assert.deepEqual(await script('static get(key?: string) { return 1; }', 'static get(key: string) { return 2; }'), []);
    assert.deepEqual(await script('private get(key?: string) { return 1; }', 'private get(key: string) { return 2; }'), []);
    assert.deepEqual(
      await script('get(key: string): void;\n  get(key?: number): void {}', 'get(key: string): void;\n  get(key: number): void {}'),
      [],
    );
  });

  it('finds in JavaScript arguments that are looked into without being given, and types of comments', async () => {
    const javascript = (override: string, base = 'get(key) { return 1; }'): Promise<string[]> =>
      wordsIn({ 'a.js': `class Store {\n  ${base}\n}\nclass Remote extends Store {\n  ${override}\n}\n` });
    assert.deepEqual(await javascript('get(key, region) { return region.name; }'), [
      'Remote.get requires region, which no caller of the base gives',
    ]);
    assert.deepEqual(await javascript('get(key, region) { return region && region.name; }'), []);
    assert.deepEqual(await javascript('get(key, region) { return region?.name; }'), []);
    assert.deepEqual(await javascript('get(key, region = {}) { return region.name; }'), []);
    assert.deepEqual(await javascript('get(key, region) { return [key, region]; }'), []);
    assert.deepEqual(await javascript('get(key, region) { return region.name; }', 'get() { return read(arguments); }'), []);
    assert.deepEqual(
      await javascript(
        '/** @param {string} key */\n  get(key) { return key.length; }',
        '/** @param {?string} key the name */\n  get(key) { return 1; }',
      ),
      ['Remote.get takes no null as key, by its comment'],
    );
  });

  it('finds in Ruby what takes another number of arguments, or other keywords', async () => {
    const ruby = (base: string, override: string): Promise<string[]> =>
      wordsIn({
        'store.rb': `class Store\n  def ${base}\n    1\n  end\nend\n`,
        'remote.rb': `require_relative 'store'\nclass Remote < Store\n  def ${override}\n    2\n  end\nend\n`,
      });
    assert.deepEqual(await ruby('get(key)', 'get(key, region)'), ['Remote.get requires region, which no caller of the base gives']);
    assert.deepEqual(await ruby('get key, fresh = nil', 'get key, fresh'), [
      'Remote.get requires fresh, which callers of the base may leave out',
    ]);
    assert.deepEqual(await ruby('get(key, fresh: false)', 'get(key)'), ['Remote.get does not take fresh']);
    assert.deepEqual(await ruby('get(key, fresh: false)', 'get(key, fresh:)'), [
      'Remote.get requires fresh, which callers of the base may leave out',
    ]);
    assert.deepEqual(await ruby('get(key, at)', 'get(key)'), ['Remote.get does not take at']);
    for (const same of ['get(name, region = nil, &block)', 'get(*)', 'get(...)', 'get(key, **rest)', 'get(key, options = {})']) {
      assert.deepEqual(await ruby('get(key)', same), [], same);
    }
    assert.deepEqual(await ruby('get(key, fresh: false)', 'get(key, options = {})'), []);
    assert.deepEqual(await ruby('get(key)\n    raise NotImplementedError\n  end\n  def initialize(a)', 'initialize(a, b)'), []);
    assert.deepEqual(await ruby('self.get(key)', 'self.get(key, region)'), []);
    assert.deepEqual(await ruby('other\n  end\n  private\n  def get(key)', 'get(key, region)'), []);
  });

  it('finds in PHP what comments promise, and PHP does not check', async () => {
    const php = (base: string, override: string): Promise<string[]> =>
      wordsIn({
        'composer.json': '{"autoload": {"psr-4": {"A\\\\": ""}}}',
        'Store.php': `<?php\nnamespace A;\nclass Store {\n${base}\n}\n`,
        'Remote.php': `<?php\nnamespace A;\nclass Remote extends Store {\n${override}\n}\n`,
      });
    const method = (doc: string, signature: string): string => `  /**\n   * ${doc}\n   */\n  public function ${signature} { return f(); }`;
    assert.deepEqual(await php(method('@return Entry<int, string>', 'get($key)'), method('@return Entry<int, string>|null', 'get($key)')), [
      'Remote.get may return null, by its comment',
    ]);
    assert.deepEqual(await php(method('@param  string|int  $key', 'get($key)'), method('@param  string  $key the key', 'get($key)')), [
      'Remote.get takes no int as key, by its comment',
    ]);
    assert.deepEqual(await php(method('@return Entry', 'get($key): Entry'), method('@return Entry|null', 'get($key): Entry')), []);
    assert.deepEqual(
      await php(method('@param string|null $key', 'get($key = null)'), method('@param string $key', 'get($key = null)')),
      [],
    );
    assert.deepEqual(await php(method('@return mixed', 'get($key)'), method('@return Entry|null', 'get($key)')), []);
    assert.deepEqual(await php(method('@return Entry', 'get($key)'), method('{@inheritdoc}', 'get($key)')), []);
  });

  it('finds in Java a result that may be null, and a parameter that may not, by annotations', async () => {
    const java = (base: string, override: string, marked = false): Promise<string[]> =>
      wordsIn({
        ...(marked ? { 'a/package-info.java': '@NullMarked\npackage a;\n\nimport org.jspecify.annotations.NullMarked;\n' } : {}),
        'a/Store.java': `package a;\npublic interface Store<T> {\n  ${base};\n}\n`,
        'a/Remote.java': `package a;\npublic class Remote implements Store<String> {\n  @Override\n  public ${override} { return read(); }\n}\n`,
      });
    assert.deepEqual(await java('@NonNull Entry get(String key)', '@Nullable Entry get(String key)'), ['Remote.get may return null']);
    assert.deepEqual(await java('Entry get(String key)', '@Nullable Entry get(String key)', true), ['Remote.get may return null']);
    assert.deepEqual(await java('Entry get(@Nullable String key)', 'Entry get(String key)', true), ['Remote.get takes no null as key']);
    assert.deepEqual(await java('Entry get(String key)', '@Nullable Entry get(String key)'), []);
    assert.deepEqual(await java('T get(String key)', '@Nullable Entry get(String key)', true), []);
    assert.deepEqual(await java('Map<String, Entry> get(String key)', 'Map<String, @Nullable Entry> get(String key)', true), []);
    assert.deepEqual(await java('Entry get(@Nullable String key)', 'Entry get(String key, int at)', true), []);
  });

  it('says whose promise is broken', async () => {
    const [finding] = await findingsIn(
      {
        'a.py': 'class Shape:\n    def scale(self, by):\n        return 1\n\nclass Dot(Shape):\n    def scale(self):\n        return 0\n',
      },
      'incompatible-override',
    );
    assert.equal(finding?.message, 'Dot.scale does not take by: code that is given a Shape may fail when it gets this one.');
    assert.deepEqual(
      finding.evidence.map((e) => `${e.line + 1} ${e.words}`),
      ['6 Dot.scale does not take by', '2 Shape.scale is overridden'],
    );
  });
});
