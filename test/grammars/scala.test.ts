import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars: Scala', () => {
  it('reads classes behind annotations, objects, traits and enums, and leaves locals out', async () => {
    const record = await recordOf(
      'a.scala',
      `package a.b
package c

import x.Y
import x.{A, B => C, D => _, _}
import x.given

/** A controller. */
class Home @Inject() (val name: String, private[c] val hidden: Int) extends Base[String](name) with pkg.Shown {
  def this() = this("", 1)
  private lazy val made = new Foo(1)
  def run(xs: Seq[Foo]): Future[Bar] = {
    val local = 1
    xs.map(_.bar)
  }
  type Names = Map[String, Foo]
}
object Home {
  def apply() = new Home
}
package object util {
  def helper = 1
}
enum Color {
  case Red, Green
}
`,
    );
    assert.deepEqual(shownSymbols(record), [
      '+class Home 9-17',
      '+field Home.name 9-9',
      '+field Home.hidden 9-9',
      '+constructor Home.this 10-10',
      'field Home.made 11-11',
      '+method Home.run 12-15',
      '+type Home.Names 16-16',
      '+object Home 18-20',
      '+method Home.apply 19-19',
      '+object util 21-23',
      '+method util.helper 22-22',
      '+enum Color 24-26',
      '+enumMember Color.Red 25-25',
      '+enumMember Color.Green 25-25',
    ]);
    assert.deepEqual(record.symbols[0]?.supers, ['Base', 'pkg.Shown']);
    assert.deepEqual(
      record.imports.map((i) => [i.kind, i.specifier, i.names[0]?.as]),
      [
        ['package', 'a.b', undefined],
        ['package', 'c', undefined],
        ['import', 'x.Y', 'Y'],
        ['import', 'x.A', 'A'],
        ['import', 'x.B', 'C'],
        ['import', 'x', '*'],
        ['import', 'x', '*'],
      ],
    );
  });
});
