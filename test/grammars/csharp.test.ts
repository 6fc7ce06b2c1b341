import assert from 'node:assert/strict';
import { prepare } from '../../grammars/csharp/prepare.js';
import { recordOf, shownSymbols } from '../workspaces.js';

const references = async (body: string): Promise<string[]> => {
  const { references: found } = await recordOf('a.cs', `class A\n{\n  void Run()\n  {\n    ${body}\n  }\n}\n`);
  return found.map((r) => `${r.kind} ${r.qualifier === '' ? '' : `${r.qualifier} . `}${r.name}`);
};
const bindings = async (source: string): Promise<string[]> =>
  (await recordOf('a.cs', source)).bindings.map((b) => `${b.name}: ${b.type === '' ? `= ${b.init}` : b.type}`);

describe('grammars: C#', () => {
  it('says of definitions what a resolver needs: modifiers, type parameters, bounds, parameters', async () => {
    const { symbols } = await recordOf(
      'a.cs',
      `namespace N;
public partial class Store<K, V> : Base<V>, IStore where V : Item, new()
{
  public static T Find<T>(this Store<K, T> store, List<T?> items, int limit = 3, params T[] more) => default;
  void IStore.Clear() { }
}
record Point(int X, Item Y);
`,
    );
    assert.deepEqual(
      symbols.map((s) => `${s.name} ${s.mark ?? '-'} ${s.supers?.join(' ') ?? ''}`.trim()),
      [
        'Store partial public <K,V> V:Item Base<V> IStore',
        'Find static public extension <T> (Store<K,T>,List<T>,int?,T[]*)',
        'Clear explicit ()',
        'Point (int,Item)',
      ],
    );
  });

  it('tells what a name is used as by where it stands', async () => {
    assert.deepEqual(await references('Foo.Bar(x, limit);'), ['member Foo', 'call Foo/xx . Bar', 'value x', 'value limit']);
    assert.deepEqual(await references('N.Box<int> b = new Box<Item>();'), ['type N', 'type N`1 . Box', 'new `1 . Box', 'type Item']);
    assert.deepEqual(await references('a?.B?.C();'), ['member a', 'member a . B', 'call a.B/ . C']);
    assert.deepEqual(await references('var o = new Foo { Size = 1, Inner = { Depth = 2 } };'), [
      'new Foo',
      'member (Foo) . Size',
      'member (Foo) . Inner',
      'member (Foo).Inner . Depth',
    ]);
    assert.deepEqual(await references('if (a is Foo { Size: 1 } or Kind.Big) return nameof(Foo);'), [
      'value a',
      'type Foo',
      'member (Foo) . Size',
      'member Kind',
      'member Kind . Big',
      'member Foo',
    ]);
  });

  it('writes down what names are bound to', async () => {
    assert.deepEqual(
      await bindings(`class A
{
  List<Foo> items = new();
  Task<Bar?> Load(Foo[] given)
  {
    var one = given[0].Next();
    foreach (var (key, value) in map) { }
    if (map.TryGetValue(1, out var found)) { }
    foreach (Foo other in items) { }
  }
}
`),
      [
        'items: List<Foo>',
        'Load(): Task<Bar>',
        'given: Foo[]',
        'one: = given[].Next()',
        'key: = map*$0',
        'value: = map*$1',
        'found: = map.TryGetValue~1xx',
        'other: Foo',
      ],
    );
  });

  it('keeps lambdas apart that call different things by one name', async () => {
    const { bindings: bound, references: used } = await recordOf(
      'a.cs',
      'class A\n{\n  object Run() => items.Where(x => x.Open).Select(x => x.Item);\n}\n',
    );
    assert.deepEqual(
      bound.filter((b) => b.name.startsWith('x')).map((b) => `${b.name} ${b.init}`),
      ['x@0 items.Where~0f^0', 'x@1 items.Where(=>x@0.Open).Select~0f^0'].sort(),
    );
    assert.deepEqual(
      used.filter((r) => r.qualifier.startsWith('x')).map((r) => `${r.qualifier}.${r.name}`),
      ['x@0.Open', 'x@1.Item'],
    );
  });
});

describe('grammars: C# preprocessing directives', () => {
  const whole = (text: string): string => prepare(text).replace(/ +/g, ' ').replace(/\n\s*/g, '\n').trim();

  it('keep every offset and line', () => {
    const text = 'class A {\r\n#region x\r\n#if A\r\n  int a = f(\r\n#else\r\n  int b = g(\r\n#endif\r\n1);\r\n}\n';
    const prepared = prepare(text);
    assert.equal(prepared.length, text.length);
    assert.deepEqual(
      [...prepared.matchAll(/\r?\n/g)].map((m) => m.index),
      [...text.matchAll(/\r?\n/g)].map((m) => m.index),
    );
    assert.equal(prepared.indexOf('int a'), text.indexOf('int a'));
    assert.equal(prepared.includes('int b'), false);
  });

  it('leave all branches where each is whole', () => {
    assert.equal(whole('void F() {\n#if X\n  a();\n#else\n  b();\n#endif\n}'), 'void F() {\na();\nb();\n}');
  });

  it('leave the branch of a current .NET where a statement is split', () => {
    const split = (condition: string): string => whole(`x = f(\n#if ${condition}\n  1\n#else\n  2\n#endif\n);`);
    assert.equal(split('FEATURE_SPAN'), 'x = f(\n1\n);');
    assert.equal(split('!FEATURE_SPAN'), 'x = f(\n2\n);');
    assert.equal(split('NETFRAMEWORK || NETSTANDARD2_0'), 'x = f(\n2\n);');
    assert.equal(split('NET8_0_OR_GREATER && !NET472'), 'x = f(\n1\n);');
    assert.equal(split('(NETSTANDARD || true) == false'), 'x = f(\n2\n);');
  });

  it('are none inside strings and comments', () => {
    for (const text of ['var s = @"\n#if X\n";', 'var s = """\n#if X\n""";', '/*\n#if X\n*/']) assert.equal(prepare(text), text);
  });

  it('stand in the middle of an expression without a parse error', async () => {
    const record = await recordOf('a.cs', 'class A\n{\n  int F(int a\n#if X\n    , int b\n#endif\n  ) => a;\n}\n');
    assert.deepEqual(record.parse, { kind: 'parsed', errors: 0 });
    assert.deepEqual(shownSymbols(record), ['class A 1-8', 'method A.F 3-7']);
  });
});
