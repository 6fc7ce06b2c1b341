import assert from 'node:assert/strict';
import { shownIn } from './findings.js';

const refused = (files: Readonly<Record<string, string>>): Promise<string[]> => shownIn(files, 'refused-override');
const BIRD = 'package birds;\npublic class Bird {\n  public void fly() { wings++; }\n  public void sing() { }\n}\n';

describe('graph/findings/refused-override', () => {
  it('finds members of a base that only throw, in Java', async () => {
    assert.deepEqual(
      await refused({
        'birds/Bird.java': BIRD,
        'birds/Penguin.java':
          'package birds;\nclass Penguin extends Bird {\n  @Override\n  public void fly() {\n    // too heavy\n    throw new UnsupportedOperationException("fly");\n  }\n}\n',
      }),
      ['medium refused-override: birds/Penguin.java:3 Penguin.fly only throws | birds/Bird.java:3 Bird.fly promises it'],
    );
  });

  it('finds them in C#, PHP, Python and TypeScript, through a base of the base', async () => {
    const shown = await refused({
      'Bird.cs': 'namespace Birds;\npublic interface IBird {\n  void Fly();\n}\n',
      'Penguin.cs': 'namespace Birds;\npublic class Penguin : IBird {\n  public void Fly() => throw new NotSupportedException();\n}\n',
      'composer.json': '{"autoload": {"psr-4": {"Birds\\\\": ""}}}',
      'Bird.php': '<?php\nnamespace Birds;\nclass Bird {\n  public function fly() { return 1; }\n}\n',
      'Penguin.php':
        '<?php\nnamespace Birds;\nclass Penguin extends Bird {\n  public function fly() { throw new \\BadMethodCallException("no"); }\n}\n',
      'bird.py': 'class Bird:\n    def fly(self):\n        return 1\n',
      'penguin.py':
        'from bird import Bird\n\nclass Penguin(Bird):\n    def fly(self):\n        """Never."""\n        raise NotImplementedError("no")\n',
      'bird.ts': 'export class Animal { move() { return 1; } }\nexport class Bird extends Animal {}\n',
      'penguin.ts':
        "import { Bird } from './bird';\nexport class Penguin extends Bird {\n  move() {\n    throw new Error('Not supported');\n  }\n}\n",
    });
    assert.deepEqual(
      shown.map((line) => /: (\S+)/.exec(line)?.[1]),
      ['Penguin.cs:3', 'Penguin.php:4', 'penguin.py:4', 'penguin.ts:3'],
    );
  });

  it('finds them in Ruby, Go, Rust, Swift and Scala', async () => {
    const shown = await refused({
      'bird.rb': 'class Bird\n  def fly(to)\n    1\n  end\nend\n',
      'penguin.rb':
        'require_relative \'bird\'\nclass Penguin < Bird\n  def fly(to)\n    # too heavy\n    raise NotImplementedError, "no #{to}"\n  end\nend\n',
      'go.mod': 'module birds\n',
      'birds/bird.go': 'package birds\n\ntype Bird interface {\n\tFly(to string) error\n\tSing()\n}\n',
      'birds/penguin.go':
        'package birds\n\ntype Penguin struct{}\n\nfunc (p *Penguin) Fly(to string) error {\n\tpanic("not implemented")\n}\n\nfunc (p *Penguin) Sing() { out() }\n',
      'Cargo.toml': '[package]\nname = "birds"\n',
      'src/lib.rs':
        "pub trait Bird<'a> {\n    fn fly(&self, to: &'a str) -> bool;\n}\n\npub struct Penguin;\n\nimpl<'a> Bird<'a> for Penguin {\n    fn fly(&self, to: &'a str) -> bool {\n        unimplemented!(\"{} is too far\", to)\n    }\n}\n",
      'Bird.swift': 'protocol Bird {\n  func fly(to: String)\n}\n',
      'Penguin.swift':
        'struct Penguin {}\n\nextension Penguin: Bird {\n  func fly(to: String) {\n    fatalError("flying is not supported")\n  }\n}\n',
      'birds/Bird.scala': 'package birds\n\ntrait Bird {\n  def fly(to: String): Int\n}\n',
      'birds/Penguin.scala': 'package birds\n\nclass Penguin extends Bird {\n  override def fly(to: String): Int = ???\n}\n',
    });
    assert.deepEqual(
      shown.map((line) => /: (\S+)/.exec(line)?.[1]),
      ['Penguin.swift:4', 'birds/Penguin.scala:4', 'birds/penguin.go:5', 'penguin.rb:3', 'src/lib.rs:8'],
    );
  });

  it("takes a type in Go for an interface's where an assignment says so, or where both have one package and two methods", async () => {
    const penguin = 'func (p *Penguin) Fly() { panic("not supported") }\n';
    const go = (bird: string, folder: string, rest: string): Promise<string[]> =>
      refused({
        'go.mod': 'module birds\n',
        'bird/bird.go': `package bird\n\ntype Bird interface {\n${bird}\n}\n`,
        [`${folder}/penguin.go`]: `package ${folder}\n\n${rest}\n\ntype Penguin struct{}\n\n${penguin}\nfunc (p *Penguin) Sing() { out() }\n`,
      });
    assert.equal((await go('\tFly()\n\tSing()', 'bird', '')).length, 1);
    assert.deepEqual(await go('\tFly()', 'bird', ''), []);
    assert.deepEqual(await go('\tFly()\n\tSing()\n\tNest()', 'bird', ''), []);
    assert.deepEqual(await go('\tFly()\n\tSing()', 'ice', ''), []);
    assert.equal((await go('\tFly()', 'ice', 'import "birds/bird"\n\nvar _ bird.Bird = (*Penguin)(nil)')).length, 1);
  });

  it('tells overloads apart by what they take, in Java and C#', async () => {
    const java = (params: string): Promise<string[]> =>
      refused({
        'birds/Bird.java': 'package birds;\npublic interface Bird<T> {\n  void fly();\n  void fly(java.util.List<String> to, T by);\n}\n',
        'birds/Penguin.java': `package birds;\nclass Penguin implements Bird<Air> {\n  public void fly(${params}) { throw new UnsupportedOperationException(); }\n}\n`,
      });
    assert.deepEqual(await java('final @Nullable List<String> to, Air by'), [
      'medium refused-override: birds/Penguin.java:3 Penguin.fly only throws | birds/Bird.java:4 Bird.fly promises it',
    ]);
    assert.deepEqual(await java('int times'), []);
    assert.deepEqual(
      await refused({
        'Bird.cs':
          'namespace Birds;\npublic class Bird {\n  public virtual void Fly(int far) { Go(far); }\n  public virtual void Fly(string to) { Go(to); }\n}\n',
        'Penguin.cs':
          'namespace Birds;\npublic class Penguin : Bird {\n  public override void Fly(string? to) => throw new NotSupportedException();\n}\n',
      }),
      ['medium refused-override: Penguin.cs:3 Penguin.Fly only throws | Bird.cs:4 Bird.Fly promises it'],
    );
  });

  it('leaves alone what asks its subtypes to override it, stand-ins, and a body that does something first', async () => {
    const subclass = (name: string, body: string): Record<string, string> => ({
      'birds/Bird.java': BIRD,
      [`birds/${name}.java`]: `package birds;\nclass ${name} extends Bird {\n  public void fly() { ${body} }\n}\n`,
    });
    const throwing = 'throw new UnsupportedOperationException();';
    assert.equal((await refused(subclass('Penguin', throwing))).length, 1);
    assert.deepEqual(await refused(subclass('StubBird', throwing)), []);
    assert.deepEqual(
      await refused({
        ...subclass('SeaBird', throwing),
        'birds/Gull.java': 'package birds;\nclass Gull extends SeaBird { public void fly() { } }\n',
      }),
      [],
    );
    assert.deepEqual(await refused(subclass('Penguin', `if (heavy) ${throwing}`)), []);
    assert.deepEqual(await refused({ ...subclass('Penguin', throwing), 'birds/Bird.java': BIRD.replace('wings++;', throwing) }), []);
  });
});
