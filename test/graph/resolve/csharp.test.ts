import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

/** Edges of files in one project unless project files say otherwise. */
const edges = async (files: Readonly<Record<string, string>>): Promise<string[]> => shownEdges(await graphOfFiles(files));

const project = (inside = ''): string => `<Project Sdk="Microsoft.NET.Sdk">${inside}</Project>`;
const refersTo = (path: string): string => project(`<ItemGroup><ProjectReference Include="${path}" /></ItemGroup>`);

/** A class in the namespace App whose only method has this body. */
const inApp = (body: string, before = ''): string =>
  `${before}namespace App;\nclass A\n{\n  void Run(Order order)\n  {\n    ${body}\n  }\n}\n`;

describe('graph/resolve: C# names of types', () => {
  it('finds a type in the namespaces around and in those that using directives open, and nowhere else', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'using App.Core;\nnamespace App.Web;\nclass A\n{\n  Service s;\n  Local l;\n  Console c;\n  Outer o;\n}\n',
        'Console.cs': 'namespace Other;\nclass Console {}\n',
        'Local.cs': 'namespace App.Web\n{\n  class Local {}\n}\n',
        'Outer.cs': 'namespace App;\nclass Outer {}\n',
        'Service.cs': 'namespace App.Core;\nclass Service {}\n',
      }),
      ['A.cs -> Local.cs (use)', 'A.cs -> Outer.cs (use)', 'A.cs -> Service.cs (use)'],
    );
  });

  it('takes the namespace around before any using directive', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'using Lib;\nnamespace App.Web;\nclass A\n{\n  Log log;\n}\n',
        'App.Log.cs': 'namespace App;\nclass Log {}\n',
        'Lib.Log.cs': 'namespace Lib;\nclass Log {}\n',
      }),
      ['A.cs -> App.Log.cs (use)'],
    );
  });

  it('tells Foo, Foo<T> and Foo<T, U> apart', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'namespace N;\nclass A\n{\n  Set<int> one;\n  object two = typeof(Set<,>);\n}\n',
        'Set.cs': 'namespace N;\nclass Set {}\n',
        'Set1.cs': 'namespace N;\nclass Set<T> {}\n',
        'Set2.cs': 'namespace N;\nclass Set<T, U> {}\n',
      }),
      ['A.cs -> Set1.cs (use)', 'A.cs -> Set2.cs (use)'],
    );
  });

  it('leads to every part of a partial type', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'namespace N;\nclass A\n{\n  Parser p;\n}\n',
        'Parser.Lex.cs': 'namespace N;\npartial class Parser\n{\n  void Lex() {}\n}\n',
        'Parser.cs': 'namespace N;\npartial class Parser\n{\n  void Parse()\n  {\n    Lex();\n  }\n}\n',
      }),
      ['A.cs -> Parser.Lex.cs (use)', 'A.cs -> Parser.cs (use)', 'Parser.cs -> Parser.Lex.cs (use)'],
    );
  });

  it('follows aliases, and stops where one names a library', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'using Mine = N.Text;\nusing Text = System.Text.StringBuilder;\nnamespace N.Inner;\nclass A\n{\n  Mine mine;\n}\n',
        'B.cs':
          'namespace N\n{\n  namespace Inner\n  {\n    using Text = System.Text.StringBuilder;\n    class B\n    {\n      Text text;\n    }\n  }\n}\n',
        'Text.cs': 'namespace N;\nclass Text {}\n',
      }),
      ['A.cs -> Text.cs'],
    );
  });

  it('sees nested types from inside, through bases and behind a dot', async () => {
    assert.deepEqual(
      await edges({
        'Base.cs': 'namespace N;\nclass Base\n{\n  protected class Node {}\n}\n',
        'Derived.cs': 'namespace N;\nclass Derived : Base\n{\n  Node node;\n}\n',
        'Node.cs': 'namespace N;\nclass Node {}\n',
        'Other.cs': 'namespace N;\nclass Other\n{\n  Base.Node node;\n}\n',
      }),
      ['Derived.cs -> Base.cs (use)', 'Other.cs -> Base.cs (use)'],
    );
  });

  it('lets a type parameter hide a type', async () => {
    assert.deepEqual(
      await edges({ 'A.cs': 'namespace N;\nclass A<Item>\n{\n  Item item;\n}\n', 'Item.cs': 'namespace N;\nclass Item {}\n' }),
      [],
    );
  });

  it('takes [Foo] for FooAttribute, and for Foo only where that is an attribute', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'namespace N;\n[Mark]\n[Test]\nclass A {}\n',
        'Mark.cs': 'namespace N;\nclass MarkAttribute : System.Attribute {}\n',
        'Test.cs': 'namespace N;\nclass Test {}\n',
      }),
      ['A.cs -> Mark.cs (use)'],
    );
  });
});

describe('graph/resolve: C# members', () => {
  it('takes a bare call or value for a member, own or inherited, never for a type', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'namespace N;\nclass A : Base\n{\n  object Run(int Limit)\n  {\n    Check();\n    Report();\n    return Limit;\n  }\n}\n',
        'Base.cs': 'namespace N;\nclass Base\n{\n  protected void Check() {}\n}\n',
        'Check.cs': 'namespace N;\nclass Check {}\n',
        'Limit.cs': 'namespace N;\nclass Limit {}\n',
        'Report.cs': 'namespace N;\ndelegate void Report();\n',
      }),
      ['A.cs -> Base.cs (use)'],
    );
  });

  it('reads `Level.Low` right where a property is called like its type', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': 'namespace N;\nclass A\n{\n  Level Level { get; }\n  bool Low()\n  {\n    return Level == Level.Low;\n  }\n}\n',
        'Level.cs': 'namespace N;\nenum Level { Low, High }\n',
      }),
      ['A.cs -> Level.cs (use)'],
    );
  });

  it('follows locals, fields, results, indexers and await to the member that is meant', async () => {
    const files = {
      'Line.cs': 'namespace App;\nclass Line\n{\n  public void Print() {}\n}\n',
      'Order.cs':
        'namespace App;\nclass Order\n{\n  public System.Collections.Generic.List<Line> Lines;\n  public System.Threading.Tasks.Task<Line> First() => null;\n  public Line this[int i] => Lines[i];\n}\n',
    };
    for (const body of [
      'order.Lines[0].Print();',
      'foreach (var line in order.Lines) line.Print();',
      'var line = order[1];\n    line?.Print();',
      '(await order.First()).Print();',
      'if (order.Lines is { Count: 1 } lines) lines[0].Print();',
    ])
      assert.deepEqual(
        await edges({ ...files, 'A.cs': inApp(body) }),
        ['A.cs -> Line.cs (use)', 'A.cs -> Order.cs (use)', 'Order.cs -> Line.cs (use)'],
        body,
      );
  });

  it('gives the parameters of lambdas their types, through LINQ too', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': inApp('order.Lines.Where(x => x.Open).Select(x => x.Item).ToList().ForEach(x => x.Ship());'),
        'Item.cs': 'namespace App;\nclass Item\n{\n  public void Ship() {}\n}\n',
        'Line.cs': 'namespace App;\nclass Line\n{\n  public bool Open;\n  public Item Item;\n}\n',
        'Order.cs': 'namespace App;\nclass Order\n{\n  public IReadOnlyList<Line> Lines;\n}\n',
        'Ship.cs': 'namespace App;\nclass Other\n{\n  public void Ship() {}\n  public bool Open;\n}\n',
      }),
      ['A.cs -> Item.cs (use)', 'A.cs -> Line.cs (use)', 'A.cs -> Order.cs (use)', 'Line.cs -> Item.cs (use)', 'Order.cs -> Line.cs (use)'],
    );
  });

  it('puts type arguments in for parameters, of types and of methods', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': inApp('new Box<Order>().Value.Pay();\n    Tools.Same(order).Pay();'),
        'Box.cs': 'namespace App;\nclass Box<T> : Holder<T> {}\n',
        'Holder.cs': 'namespace App;\nclass Holder<V>\n{\n  public V Value;\n}\n',
        'Order.cs': 'namespace App;\npartial class Order {}\n',
        'Order.Pay.cs': 'namespace App;\npartial class Order\n{\n  public void Pay() {}\n}\n',
        'Tools.cs': 'namespace App;\nstatic class Tools\n{\n  public static T Same<T>(T value) => value;\n}\n',
      }),
      [
        'A.cs -> Box.cs (use)',
        'A.cs -> Holder.cs (use)',
        'A.cs -> Order.Pay.cs (use)',
        'A.cs -> Order.cs (use)',
        'A.cs -> Tools.cs (use)',
        'Box.cs -> Holder.cs (use)',
      ],
    );
  });

  it('takes the overload with as many parameters as the call has arguments', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': inApp('order.Pay(1, 2);'),
        'Base.cs': 'namespace App;\nclass Base\n{\n  public void Pay(int a, int b, int c = 3) {}\n}\n',
        'Order.cs': 'namespace App;\nclass Order : Base\n{\n  public void Pay(int a) {}\n}\n',
      }),
      ['A.cs -> Base.cs (use)', 'A.cs -> Order.cs (use)', 'Order.cs -> Base.cs (use)'],
    );
  });

  it('tells overloads apart by lambdas, strings and type arguments', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': inApp('order.Map("x");\n    order.Sort<int>(1);'),
        'Base.cs': 'namespace App;\nclass Base\n{\n  public void Map(string name) {}\n  public void Sort<T>(T by) {}\n}\n',
        'Order.cs':
          'namespace App;\nclass Order : Base\n{\n  public void Map(Func<int, int> map) {}\n  public void Sort(object by) {}\n}\n',
      }),
      ['A.cs -> Base.cs (use)', 'A.cs -> Order.cs (use)', 'Order.cs -> Base.cs (use)'],
    );
  });

  it('brings static members by `using static`', async () => {
    assert.deepEqual(
      await edges({
        'A.cs': inApp('Clamp(1);', 'using static Lib.Tools;\n'),
        'Order.cs': 'namespace App;\nclass Order {}\n',
        'Tools.cs': 'namespace Lib;\nstatic class Tools\n{\n  public static int Clamp(int x) => x;\n}\n',
      }),
      ['A.cs -> Order.cs (use)', 'A.cs -> Tools.cs'],
    );
  });
});

describe('graph/resolve: C# extension methods', () => {
  const shout = (namespace: string, type: string): string =>
    `namespace ${namespace};\nstatic class Shouting\n{\n  public static void Shout(this ${type} x) {}\n}\n`;
  const order = { 'Order.cs': 'namespace App;\nclass Order : Base {}\nclass Base {}\n' };

  it('joins those that are open here and fit the receiver', async () => {
    const of = async (namespace: string, type: string): Promise<string[]> =>
      (await edges({ ...order, 'A.cs': inApp('order.Shout();', 'using Lib;\n'), 'Shouting.cs': shout(namespace, type) })).filter((e) =>
        e.startsWith('A.cs -> S'),
      );
    assert.deepEqual(await of('Lib', 'App.Base'), ['A.cs -> Shouting.cs (use)']);
    assert.deepEqual(await of('Lib', 'object'), ['A.cs -> Shouting.cs (use)']);
    assert.deepEqual(await of('Lib', 'string'), []);
    assert.deepEqual(await of('Elsewhere', 'App.Base'), []);
  });

  it('says `named` behind a value whose type is not known', async () => {
    assert.deepEqual(await edges({ ...order, 'A.cs': inApp('Unknown.Thing().Shout();'), 'Shouting.cs': shout('App', 'string') }), [
      'A.cs -> Order.cs (use)',
      'A.cs -> Shouting.cs (use, named)',
    ]);
  });

  it('leaves to LINQ what LINQ does', async () => {
    assert.deepEqual(
      await edges({
        ...order,
        'A.cs': inApp('new List<Order>().Any();'),
        'Sequences.cs': 'namespace App;\nstatic class Sequences\n{\n  public static bool Any(this IEnumerable x) => true;\n}\n',
      }),
      ['A.cs -> Order.cs (use)'],
    );
  });
});

describe('graph/resolve: C# projects', () => {
  it('sees the types of projects that it refers to, directly or not, and no others', async () => {
    const app = 'namespace N;\nclass A\n{\n  Core core;\n  Base bottom;\n  Stray stray;\n}\n';
    assert.deepEqual(
      await edges({
        'app/A.cs': app,
        'app/App.csproj': refersTo('..\\core\\Core.csproj'),
        'base/Base.cs': 'namespace N;\npublic class Base {}\n',
        'base/Base.csproj': project(),
        'core/Core.cs': 'namespace N;\npublic class Core {}\n',
        'core/Core.csproj': refersTo('../base/Base.csproj'),
        'other/Other.csproj': project(),
        'other/Stray.cs': 'namespace N;\npublic class Stray {}\n',
      }),
      ['app/A.cs -> base/Base.cs (use)', 'app/A.cs -> core/Core.cs (use)'],
    );
  });

  it('takes a type of its own project before one of the same name elsewhere', async () => {
    assert.deepEqual(
      await edges({
        'lib/Guard.cs': 'namespace N;\nclass Guard {}\n',
        'lib/Lib.csproj': project(),
        'test/A.cs': 'namespace N;\nclass A\n{\n  Guard guard;\n}\n',
        'test/Guard.cs': 'namespace N;\nclass Guard {}\n',
        'test/Test.csproj': refersTo('../lib/Lib.csproj'),
      }),
      ['test/A.cs -> test/Guard.cs (use)'],
    );
  });

  it('shares files that several projects compile', async () => {
    assert.deepEqual(
      await edges({
        'lib/A.cs': 'namespace N;\nclass A\n{\n  Check check;\n}\n',
        'lib/Lib.csproj': project('<ItemGroup><Compile Include="..\\shared\\*.cs" /></ItemGroup>'),
        'other/B.cs': 'namespace N;\nclass B\n{\n  Check check;\n}\n',
        'other/Other.csproj': project(),
        'shared/Check.cs': 'namespace N;\nclass Check {}\n',
      }),
      ['lib/A.cs -> shared/Check.cs (use)'],
    );
  });

  it('opens what <Using> and a global using name in their project alone', async () => {
    const user = (name: string): string => `namespace ${name};\nclass ${name}\n{\n  Tool tool;\n  Gear gear;\n}\n`;
    assert.deepEqual(
      await edges({
        'Directory.Build.props': '<Project><ItemGroup><Using Include="Kit.Gears" /></ItemGroup></Project>',
        'kit/Gear.cs': 'namespace Kit.Gears;\npublic class Gear {}\n',
        'kit/Kit.csproj': project(),
        'kit/Tool.cs': 'namespace Kit;\npublic class Tool {}\n',
        'one/One.cs': user('One'),
        'one/One.csproj': refersTo('../kit/Kit.csproj'),
        'one/Usings.cs': 'global using Kit;\n',
        'two/Two.cs': user('Two'),
        'two/Two.csproj': refersTo('../kit/Kit.csproj'),
      }),
      ['one/One.cs -> kit/Gear.cs (use)', 'one/One.cs -> kit/Tool.cs (use)', 'two/Two.cs -> kit/Gear.cs (use)'],
    );
  });

  it('never joins a type of a package to one of the workspace that bears its name elsewhere', async () => {
    assert.deepEqual(
      await edges({
        'A.cs':
          'using Serilog;\nnamespace App;\nclass A\n{\n  ILogger log;\n  void Run(string text)\n  {\n    JsonConvert.SerializeObject(log);\n    text.Trim();\n  }\n}\n',
        'Json.cs': 'namespace Tools;\nclass JsonConvert {}\nstatic class Strings\n{\n  public static string Trim(this string s) => s;\n}\n',
        'Logger.cs': 'namespace Tools.Logging;\ninterface ILogger {}\n',
      }),
      [],
    );
  });
});
