import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

const edges = async (files: Readonly<Record<string, string>>): Promise<string[]> => shownEdges(await graphOfFiles(files));

const MODULE = { 'go.mod': 'module example.com/app\n' };

describe('graph/resolve: Go packages', () => {
  it('leads an import to the files that declare what is used, and joins uses inside a package', async () => {
    assert.deepEqual(
      await edges({
        ...MODULE,
        'main.go':
          'package main\n\nimport (\n\t"fmt"\n\t"example.com/app/store"\n)\n\nfunc main() {\n\ts := store.Open()\n\ts.Close()\n\thelper()\n\tfmt.Println()\n}\n',
        'helper.go': 'package main\n\nfunc helper() {}\n',
        'store/open.go': 'package store\n\nfunc Open() *Store { return nil }\n',
        'store/store.go': 'package store\n\ntype Store struct{}\n\nfunc (s *Store) Close() {}\n',
        'store/unused.go': 'package store\n\nfunc Println() {}\n',
      }),
      ['main.go -> helper.go (use)', 'main.go -> store/open.go', 'main.go -> store/store.go', 'store/open.go -> store/store.go (use)'],
    );
  });

  it('lets an import hide what another build of the package declares by its name', async () => {
    assert.deepEqual(
      await edges({
        ...MODULE,
        'codec.go': '//go:build !fast\n\npackage codec\n\nimport "encoding/json"\n\nvar Encode = json.Marshal\n',
        'fast.go': '//go:build fast\n\npackage codec\n\nvar json = Config{}.Freeze()\n\nvar Encode = json.Marshal\n',
        'config.go':
          'package codec\n\ntype Config struct{}\n\nfunc (c Config) Freeze() Config { return c }\n\nfunc (c Config) Marshal() {}\n',
      }),
      ['fast.go -> config.go (use)'],
    );
  });

  it('takes the definition that is built together with the file', async () => {
    assert.deepEqual(
      await edges({
        'all.go': 'package p\n\nvar a = open()\n',
        'open_linux.go': 'package p\n\nfunc open() int { return 0 }\n',
        'open_windows.go': 'package p\n\nfunc open() int { return 1 }\n',
        'use_windows.go': 'package p\n\nvar b = open()\n',
      }),
      ['all.go -> open_linux.go (use)', 'use_windows.go -> open_windows.go (use)'],
    );
  });

  it('sees the names of tests from tests only, and internal ones from the external test package', async () => {
    assert.deepEqual(
      await edges({
        ...MODULE,
        'p/p.go': 'package p\n\nvar a = Exposed\n',
        'p/export_test.go': 'package p\n\nvar Exposed = 1\n',
        'p/in_test.go': 'package p\n\nvar b = Exposed\n',
        'p/out_test.go': 'package p_test\n\nimport "example.com/app/p"\n\nvar c = p.Exposed\n',
        'q/q_test.go': 'package q\n\nimport "example.com/app/p"\n\nvar d = p.Exposed\n',
      }),
      [
        'p/in_test.go -> p/export_test.go (use)',
        'p/out_test.go -> p/export_test.go (use)',
        'p/out_test.go -> p/p.go',
        'q/q_test.go -> p/p.go',
      ],
    );
  });

  it('sees through dot imports and renamed ones', async () => {
    assert.deepEqual(
      await edges({
        ...MODULE,
        'a.go':
          'package a\n\nimport (\n\t. "example.com/app/dsl"\n\tt "example.com/app/tool"\n)\n\nvar x = Describe()\n\nvar y = t.Make()\n\nvar z = tool.Make()\n',
        'dsl/dsl.go': 'package dsl\n\nfunc Describe() int { return 0 }\n',
        'tool/tool.go': 'package tool\n\nfunc Make() int { return 0 }\n',
      }),
      ['a.go -> dsl/dsl.go', 'a.go -> tool/tool.go'],
    );
  });

  it('leads an import of which nothing is used by name to the file that speaks for the package', async () => {
    assert.deepEqual(
      await edges({
        ...MODULE,
        'a.go': 'package a\n\nimport _ "example.com/app/driver"\n',
        'driver/driver.go': 'package driver\n',
        'driver/conn.go': 'package driver\n',
      }),
      ['a.go -> driver/driver.go'],
    );
  });

  it('imports the package of a folder, not the program beside it', async () => {
    assert.deepEqual(
      await edges({
        ...MODULE,
        'a.go': 'package a\n\nimport "example.com/app/gen"\n\nvar x = gen.Run()\n',
        'gen/a_main.go': '//go:build ignore\n\npackage main\n\nfunc Run() {}\n',
        'gen/gen.go': 'package gen\n\nfunc Run() int { return 0 }\n',
      }),
      ['a.go -> gen/gen.go'],
    );
  });
});

describe('graph/resolve: Go modules', () => {
  it('sees another module of the workspace by go.work or by replace, and not by its name alone', async () => {
    const files = {
      'app/go.mod': 'module example.com/app\n\nrequire example.com/lib v1.0.0\n',
      'app/a.go': 'package app\n\nimport "example.com/lib"\n\nvar x = lib.New()\n',
      'lib/go.mod': 'module example.com/lib\n',
      'lib/lib.go': 'package lib\n\nfunc New() int { return 0 }\n',
    };
    assert.deepEqual(await edges(files), []);
    assert.deepEqual(await edges({ ...files, 'go.work': 'go 1.22\n\nuse (\n\t./app\n\t./lib // the library\n)\n' }), [
      'app/a.go -> lib/lib.go',
    ]);
    assert.deepEqual(await edges({ ...files, 'go.work': 'go 1.22\n\nuse ./app\n' }), []);
    assert.deepEqual(await edges({ ...files, 'app/go.mod': 'module example.com/app\n\nreplace example.com/lib v1.0.0 => ../lib/\n' }), [
      'app/a.go -> lib/lib.go',
    ]);
  });

  it('keeps a module inside another one apart', async () => {
    assert.deepEqual(
      await edges({
        ...MODULE,
        'a.go': 'package a\n\nimport "example.com/app/tools/gen"\n\nvar x = gen.Run()\n',
        'tools/go.mod': 'module example.com/app/tools\n',
        'tools/gen/gen.go': 'package gen\n\nfunc Run() int { return 0 }\n',
      }),
      [],
    );
  });

  it('takes a package from vendor where the module is vendored', async () => {
    const files = {
      ...MODULE,
      'a.go': 'package a\n\nimport "example.org/lib"\n\nvar x = lib.New()\n',
      'vendor/example.org/lib/lib.go': 'package lib\n\nimport "example.org/base"\n\nfunc New() int { return base.Zero }\n',
      'vendor/example.org/base/base.go': 'package base\n\nconst Zero = 0\n',
    };
    assert.deepEqual(await edges({ ...files, 'vendor/modules.txt': '# example.org/lib v1.0.0\n' }), [
      'a.go -> vendor/example.org/lib/lib.go',
      'vendor/example.org/lib/lib.go -> vendor/example.org/base/base.go',
    ]);
    assert.deepEqual(await edges(files), []);
  });
});

describe('graph/resolve: Go scopes', () => {
  const hides = async (body: string): Promise<void> => {
    const b = 'package p\n\nvar limit = 1\n\ntype Item struct{}\n\nfunc (i Item) Close() {}\n';
    assert.deepEqual(await edges({ 'a.go': `package p\n\n${body}\n`, 'b.go': b }), [], body);
  };

  it('lets parameters, results and receivers hide names of the package', async () => {
    await hides('func f(limit int) int { return limit }');
    await hides('func f() (limit int) { limit = 2; return }');
    await hides('type T struct{}\n\nfunc (limit T) f() T { return limit }');
    await hides('var f = func(limit int) int { return limit }');
    await hides('type f func(limit int) error');
    await hides('type F interface{ Run(limit int) }');
  });

  it('lets variables, constants and types of a block hide names of the package', async () => {
    await hides('func f() { limit := 2; _ = limit }');
    await hides('func f() { var limit int; limit++ }');
    await hides('func f() { const limit = 2; _ = limit }');
    await hides('func f() { type Item int; var i Item; _ = i }');
    await hides('func f(list []int) { for limit := range list { _ = limit } }');
    await hides('func f(c chan int) { select { case limit := <-c: _ = limit } }');
    await hides('func f(x any) { switch limit := x.(type) { case int: _ = limit } }');
    await hides('func f() { if limit := 2; limit > 1 { _ = limit } else { limit++ } }');
    await hides('func f() {\nlimit:\n\tfor {\n\t\tbreak limit\n\t}\n}');
  });

  it('lets type parameters hide types of the package', async () => {
    await hides('func f[Item any](x Item) Item { return x }');
    await hides('type List[Item any] struct{ first Item }\n\nfunc (l List[Item]) First() Item { return l.first }');
  });

  it('uses the name of the package before, after and beside the block that hides it', async () => {
    const b = 'package p\n\nfunc limit() int { return 1 }\n';
    const uses = async (body: string): Promise<void> =>
      assert.deepEqual(await edges({ 'a.go': `package p\n\n${body}\n`, 'b.go': b }), ['a.go -> b.go (use)'], body);
    await uses('func f() { limit := limit(); _ = limit }');
    await uses('func f() { if true { limit := 2; _ = limit }; limit() }');
    await uses('func f(limit int) {}\n\nfunc g() { limit() }');
    await uses('type T struct{ limit int }\n\nvar t = T{limit: limit()}');
  });

  it('tells the variables of different blocks apart', async () => {
    assert.deepEqual(
      await edges({
        'a.go': 'package p\n\nfunc f(x A) {\n\tif x := (B{}); true {\n\t\tx.inB()\n\t}\n\tx.inB()\n}\n',
        'types.go': 'package p\n\ntype A struct{}\n\ntype B struct{}\n',
        'methods.go': 'package p\n\nfunc (b B) inB() {}\n',
      }),
      ['a.go -> methods.go (use)', 'a.go -> types.go (use)', 'methods.go -> types.go (use)'],
    );
  });
});

describe('graph/resolve: Go values', () => {
  const methods = {
    'item.go': 'package p\n\ntype Item struct{}\n',
    'close.go': 'package p\n\nfunc (i *Item) Close() {}\n',
  };
  const closes = async (body: string, more: Readonly<Record<string, string>> = {}): Promise<void> => {
    const found = await edges({ ...methods, ...more, 'a.go': `package p\n\n${body}\n` });
    assert.ok(found.includes('a.go -> close.go (use)'), `${body}: ${found.join(', ')}`);
  };

  it('follows variables to their types', async () => {
    await closes('func f(i Item) { i.Close() }');
    await closes('func f(list ...*Item) { list[0].Close() }');
    await closes('func f() { i := &Item{}; i.Close() }');
    await closes('func f() { var i Item; i.Close() }');
    await closes('func f() { i := new(Item); i.Close() }');
    await closes('func f(x any) { x.(*Item).Close() }');
    await closes('func f(x any) { switch i := x.(type) { case *Item: i.Close() } }');
    await closes('func f(m map[string]*Item) { for _, i := range m { i.Close() } }');
    await closes('func f(c chan Item) { for i := range c { i.Close() } }');
    await closes('func f(c chan Item) { i := <-c; i.Close() }');
    await closes('var all = []Item{}\n\nfunc f() { all[1].Close() }');
    await closes('func f() { for _, t := range []struct{ name string; item Item }{} { t.item.Close() } }');
  });

  it('follows calls to any of their results', async () => {
    await closes('func get() (int, *Item) { return 0, nil }\n\nfunc f() { _, i := get(); i.Close() }');
    await closes('type T struct{ get func() Item }\n\nfunc f(t T) { t.get().Close() }');
    await closes('func f(get func() (Item, error)) { i, _ := get(); i.Close() }');
  });

  it('follows embedded types, and stops where one from elsewhere may hide the member', async () => {
    await closes('type T struct{ *Item }\n\nfunc f(t T) { t.Close() }');
    await closes('type T struct{ *Item }\n\nfunc f(t T) { t.Item.Close() }');
    const hidden = await edges({
      ...methods,
      'a.go':
        'package p\n\nimport "io"\n\ntype Deep struct{ Item }\n\ntype T struct {\n\tio.Closer\n\tDeep\n}\n\nfunc f(t T) { t.Close() }\n',
    });
    assert.deepEqual(hidden, ['a.go -> item.go (use)', 'close.go -> item.go (use)']);
  });

  it('follows type arguments', async () => {
    await closes('type Box[T any] struct{ value T }\n\nfunc f(b Box[Item]) { b.value.Close() }');
    await closes('type Box[T any] struct{}\n\nfunc (b *Box[E]) Get() E { return *new(E) }\n\nfunc f(b *Box[*Item]) { b.Get().Close() }');
    await closes('func get[T any](n int) T { return *new(T) }\n\nfunc f() { get[Item](1).Close() }');
  });

  it('reads keys of literals as fields of their type, also of types left out', async () => {
    assert.deepEqual(
      await edges({
        'a.go': 'package p\n\nfunc f() any {\n\treturn []Row{{Name: "x"}}\n}\n',
        'row.go': 'package p\n\ntype Row struct {\n\tCommon\n\tName string\n}\n',
        'name.go': 'package p\n\nconst Name = 1\n\ntype Common struct{}\n',
      }),
      ['a.go -> row.go (use)', 'row.go -> name.go (use)'],
    );
    assert.deepEqual(
      await edges({ 'a.go': 'package p\n\nvar names = map[int]string{Name: "x"}\n', 'name.go': 'package p\n\nconst Name = 1\n' }),
      ['a.go -> name.go (use)'],
    );
  });

  it('survives types and values that lead round in a ring', async () => {
    assert.deepEqual(
      await edges({
        'a.go':
          'package p\n\ntype A struct{ B }\n\ntype C D\n\nvar x = y.z\n\nvar y = x.z\n\nfunc f(a A, c C) {\n\ta.gone()\n\tc.gone()\n\tx.gone()\n}\n',
        'b.go': 'package p\n\ntype B struct{ A }\n\ntype D C\n\nfunc gone() {}\n',
      }),
      ['a.go -> b.go (use)', 'b.go -> a.go (use)'],
    );
  });
});
