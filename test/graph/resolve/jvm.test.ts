import assert from 'node:assert/strict';
import { graphOfFiles, shownEdges } from '../../workspaces.js';

const edges = async (files: Readonly<Record<string, string>>): Promise<string[]> => shownEdges(await graphOfFiles(files));

describe('graph/resolve: Kotlin', () => {
  it('follows properties, results, companions and extensions whose receiver fits', async () => {
    assert.deepEqual(
      await edges({
        'a.kt': 'package p\n\nfun run(store: Store) {\n  store.open().close()\n  store.shout()\n  Store.make()\n}\n',
        'b.kt': 'package p\n\nfun other(text: String) = text.shout()\n',
        'session.kt': 'package p\n\nclass Session {\n  fun close() {}\n}\n',
        'shout.kt': 'package p\n\nfun Store.shout() {}\n',
        'store.kt': 'package p\n\nclass Store {\n  fun open() = Session()\n  companion object {\n    fun make() = Store()\n  }\n}\n',
      }),
      [
        'a.kt -> session.kt (use)',
        'a.kt -> shout.kt (use)',
        'a.kt -> store.kt (use)',
        'shout.kt -> store.kt (use)',
        'store.kt -> session.kt (use)',
      ],
    );
  });

  it('takes of expect and actual the one that is nearest', async () => {
    const edgesOf = await edges({
      'lib/commonMain/Clock.kt': 'package lib\n\nexpect class Clock\n',
      'lib/commonMain/Timer.kt': 'package lib\n\nclass Timer(val clock: Clock)\n',
      'lib/jvmMain/Clock.kt': 'package lib\n\nactual class Clock\n',
      'lib/jvmMain/Wait.kt': 'package lib\n\nclass Wait(val clock: Clock)\n',
    });
    assert.deepEqual(edgesOf, [
      'lib/commonMain/Timer.kt -> lib/commonMain/Clock.kt (use)',
      'lib/jvmMain/Wait.kt -> lib/jvmMain/Clock.kt (use)',
    ]);
  });

  it('does not see the module that is compiled with this one, nor tests from main code', async () => {
    const shout = (module: string): Record<string, string> => ({
      [`${module}/src/main/kotlin/Shout.kt`]: 'package p\n\nfun String.shout() = this\n',
    });
    const modules = {
      'settings.gradle.kts': 'include(":lib")\ninclude(":lib-testing")\nproject(":lib-testing").name = "support"\n',
      'lib/build.gradle.kts':
        'kotlin {\n  sourceSets {\n    val test by getting {\n      dependencies {\n        implementation(projects.support)\n      }\n    }\n  }\n}\n',
      'lib/src/main/kotlin/Use.kt': 'package p\n\nfun use(name: String) = name.shout()\n',
      'lib/src/test/kotlin/UseTest.kt': 'package p\n\nfun used(name: String) = name.shout()\n',
      ...shout('lib-testing'),
    };
    const test = 'lib/src/test/kotlin/UseTest.kt -> lib-testing/src/main/kotlin/Shout.kt (use)';
    const main = 'lib/src/main/kotlin/Use.kt -> lib-testing/src/main/kotlin/Shout.kt (use)';
    const build = (line: string): Record<string, string> => ({ 'lib-testing/build.gradle.kts': `dependencies {\n  ${line}\n}\n` });
    assert.deepEqual(await edges({ ...modules, ...build('api(projects.lib)') }), [test]);
    assert.deepEqual(await edges({ ...modules, ...build('api(project(":lib"))') }), [test]);
    // Not compiled with it, or nothing said.
    assert.deepEqual(await edges({ ...modules, ...build('testImplementation(projects.lib)') }), [main, test]);
    assert.deepEqual(await edges({ ...modules, ...build('// api(projects.lib)') }), [main, test]);
    const inTests = { ...build(''), 'lib/src/test/kotlin/Shout.kt': shout('a')['a/src/main/kotlin/Shout.kt']! };
    assert.deepEqual(await edges({ ...modules, ...inTests }), [
      main,
      'lib/src/test/kotlin/UseTest.kt -> lib/src/test/kotlin/Shout.kt (use, named)',
    ]);
  });

  it('sees Java, and Java sees it: getters are properties, functions belong to the class of their file', async () => {
    assert.deepEqual(
      await edges({
        'A.java':
          'package p;\n\nclass A {\n  int size(User user) { return Tools.count(user.getAddress().getStreet()) + MoreKt.more(); }\n}\n',
        'Address.kt': 'package p\n\nclass Address(val street: String)\n',
        'More.kt': 'package p\n\nfun more() = 1\n',
        'Old.java': 'package p;\n\nclass Old {\n  Address getAddress() { return null; }\n}\n',
        'Use.kt': 'package p\n\nfun use(old: Old) = old.address.street\n',
        'User.kt': 'package p\n\nclass User(val address: Address)\n',
        'tools.kt': '@file:JvmName("Tools")\npackage p\n\nfun count(text: String) = 1\n',
      }),
      [
        'A.java -> Address.kt (use)',
        'A.java -> More.kt (use)',
        'A.java -> User.kt (use)',
        'A.java -> tools.kt (use)',
        'Old.java -> Address.kt (use)',
        'Use.kt -> Address.kt (use)',
        'Use.kt -> Old.java (use)',
        'User.kt -> Address.kt (use)',
      ],
    );
  });

  it('lets locals, type parameters and library imports hide what the package calls by their name', async () => {
    assert.deepEqual(
      await edges({
        'a.kt':
          'package p\n\nimport lib.Job\n\nfun <Item> run(limit: Int, item: Item, job: Job) {\n  limit.inc()\n  job.go()\n  listOf(item).map { row -> row.send() }\n}\n',
        'b.kt':
          'package p\n\nval limit = 1\nval row = 2\nclass Item\nclass Job {\n  fun go() {}\n}\nfun String.send() {}\nprivate fun listOf(x: Int) = x\n',
      }),
      [],
    );
  });

  it('keeps what a script declares to the script', async () => {
    assert.deepEqual(await edges({ 'a.gradle.kts': 'fun version() = 1\n', 'b.gradle.kts': 'version()\n' }), []);
  });
});

describe('graph/resolve: Scala', () => {
  it('opens packages one inside the other, and imports from where they stand', async () => {
    assert.deepEqual(
      await edges({
        'a.scala': 'package org.app\npackage web\n\nimport mvc.Results._\n\nclass A extends Base {\n  def run(t: Tool) = ok(1)\n}\n',
        'base.scala': 'package org.app.web\n\ntrait Base\n',
        'hidden.scala': 'package org\n\nclass Base2\n',
        'results.scala': 'package org.app.mvc\n\nobject Results {\n  def ok(x: Int) = x\n}\n',
        'tool.scala': 'package org.app\n\nclass Tool\n',
        'x.scala': 'package org.app.web\n\nclass X extends Base2\n',
      }),
      ['a.scala -> base.scala (use)', 'a.scala -> results.scala', 'a.scala -> tool.scala (use)'],
    );
  });

  it('finds what package objects, companions and case classes give', async () => {
    assert.deepEqual(
      await edges({
        'a.scala': 'package p\n\nimport util._\n\nobject A {\n  val user = User("x")\n  def go = helper(user.address.street)\n}\n',
        'address.scala': 'package p\n\ncase class Address(street: String)\n',
        'package.scala': 'package p\n\npackage object util {\n  def helper(x: String) = x\n}\n',
        'user.scala': 'package p\n\ncase class User(name: String) {\n  def address: Address = Address(name)\n}\nobject User\n',
      }),
      [
        'a.scala -> address.scala (use)',
        'a.scala -> package.scala (use)',
        'a.scala -> user.scala (use)',
        'user.scala -> address.scala (use)',
      ],
    );
  });

  it('ends where types lean on one another in a ring', async () => {
    assert.deepEqual(
      await edges({
        'a.scala': 'package p\n\nimport B._\n\nobject A extends C with B.D\n',
        'b.scala': 'package p\n\nimport A._\n\nobject B extends D with A.C\n',
      }),
      ['a.scala -> b.scala', 'b.scala -> a.scala'],
    );
  });
});

describe('graph/resolve: Java', () => {
  it('names what a type extends in the scope around it: its own nested types are not in sight there', async () => {
    assert.deepEqual(
      await edges({
        'p/A.java': 'package p;\n\nclass A implements Builder<A> {\n  static class Builder {}\n}\n',
        'p/Builder.java': 'package p;\n\ninterface Builder<T> {}\n',
      }),
      ['p/A.java -> p/Builder.java (use)'],
    );
  });

  it('finds fields that are declared together', async () => {
    assert.deepEqual(
      await edges({
        'p/A.java': 'package p;\n\nclass A {\n  int x = B.one + B.two;\n  void f(B b) { b.second.go(); }\n}\n',
        'p/B.java': 'package p;\n\nclass B {\n  static int one, two;\n  C first, second;\n}\n',
        'p/C.java': 'package p;\n\nclass C {\n  void go() {}\n}\n',
      }),
      ['p/A.java -> p/B.java (use)', 'p/A.java -> p/C.java (use)', 'p/B.java -> p/C.java (use)'],
    );
  });
});
