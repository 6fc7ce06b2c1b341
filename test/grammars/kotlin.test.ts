import assert from 'node:assert/strict';
import { recordOf, shownSymbols } from '../workspaces.js';

describe('grammars: Kotlin', () => {
  it('reads classes, companions, extensions and constructor properties, and leaves locals out', async () => {
    const record = await recordOf(
      'a.kt',
      `@file:JvmName("Things")
package a.b

import x.y.Z
import x.y.*
import x.y.foo as bar

/** A user. */
@Serializable
data class User<T : Base>(
  val name: String,
  plain: Int,
) : Parent<T>(name), Shown by plain {
  private val list: List<Foo> = emptyList()
  companion object {
    const val LIMIT = 3
    fun of(): User = User()
  }
  enum class Kind { ONE, TWO }
  constructor(other: A) : this(other.name)
  fun run() {
    val local = 1
  }
}
object Single
fun interface Shown
annotation class Marked
@Marked
const val ONE = 1
typealias Names = Map<String, Foo>
internal fun Foo.Inner?.extended(): Int = 1
val Foo.size: Int get() = 1
private fun hidden() = Foo()
`,
    );
    assert.deepEqual(shownSymbols(record), [
      '+class User 9-24',
      '+property User.name 11-11',
      'property User.list 14-14',
      '+object User.Companion 15-18',
      '+property Companion.LIMIT 16-16',
      '+method Companion.of 17-17',
      '+enum User.Kind 19-19',
      '+enumMember Kind.ONE 19-19',
      '+enumMember Kind.TWO 19-19',
      '+constructor User.constructor 20-20',
      '+method User.run 21-23',
      '+object Single 25-25',
      '+interface Shown 26-26',
      '+class Marked 27-27',
      '+property ONE 28-29',
      '+type Names 30-30',
      '+function extended 31-31',
      '+property size 32-32',
      'function hidden 33-33',
    ]);
    assert.equal(record.package, 'a.b');
    assert.deepEqual(record.symbols[0]?.supers, ['Parent', 'Shown']);
    assert.deepEqual(
      record.symbols.filter((s) => s.mark !== undefined).map((s) => `${s.mark}.${s.name}`),
      ['Foo.Inner.extended', 'Foo.size'],
    );
    assert.deepEqual(
      record.imports.map((i) => [i.specifier, i.names[0]?.as]),
      [
        ['x.y.Z', 'Z'],
        ['x.y', '*'],
        ['x.y.foo', 'bar'],
      ],
    );
    assert.deepEqual(record.exports, [{ name: '*', as: 'Things' }]);
  });

  it('keeps what code says of the types of names', async () => {
    const { bindings } = await recordOf(
      'a.kt',
      `fun run(a: Foo?, vararg many: Bar): List<Baz> {
  val made = Foo.Inner(1).also { }
  val cast = x as Other
  val late by lazy { Late() }
  val either = a?.b() ?: c
  for (item in many) {}
  try { } catch (e: Failure) { }
}
`,
    );
    assert.deepEqual(
      bindings.map(({ name, type, init }) => `${name}: ${type} = ${init}`),
      [
        'run(): List = ',
        'run()[]: Baz = ',
        'a: Foo = ',
        'many: Bar[] = ',
        'made:  = Foo.Inner().also()',
        'cast:  = new Other',
        'late:  = Late()',
        'either:  = a.b()',
        'item:  = many[]',
        'e: Failure = ',
      ],
    );
  });
});
