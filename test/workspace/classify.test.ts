import assert from 'node:assert/strict';
import { classifyName } from '../../src/workspace/classify.js';

const tests = (...paths: string[]): string[] => paths.filter((p) => classifyName(p).test);
const generated = (...paths: string[]): string[] => paths.filter((p) => classifyName(p).generated);

describe('workspace/classify', () => {
  it('takes for tests what the tools of each language run', () => {
    const found = [
      'src/a.test.ts',
      'src/a.spec.tsx',
      'src/__tests__/a.js',
      'test/app.router.js',
      'e2e/login.e2e-spec.ts',
      'tests/test_app.py',
      'app/conftest.py',
      'polls/tests.py',
      'router_test.go',
      'testdata/a.go',
      'crate/tests/it.rs',
      'src/queue/tests.rs',
      'src/test/java/a/Fixture.java',
      'lib/src/jvmTest/kotlin/A.kt',
      'okhttp/ConnectionTest.kt',
      'core/src/it/scala/A.scala',
      'test/Foo.Tests/Bar.cs',
      'src/FooTests/Bar.cs',
      'spec/models/user_spec.rb',
      'test/helper.rb',
      'tests/Unit/UserTest.php',
      'Tests/AppTests/Fake.swift',
      'tests/unit/queue.cpp',
      'src/queue_unittest.cc',
      'tests/data/sample.json',
    ];
    assert.deepEqual(tests(...found), found);
  });

  it('does not take for tests what only sounds like them', () => {
    assert.deepEqual(
      tests(
        'src/latest/index.ts',
        'src/contest/rank.py',
        'spec/openapi.yaml',
        'internal/testing/fake.go',
        'tests/run.go',
        'django/test/client.py',
        'tokio-test/src/io.rs',
        'spring-test/src/main/java/a/MockMvcTest.java',
        'src/main/java/a/KeySpec.java',
        'okhttp/ConnectionSpec.kt',
        'lib/rails/test/runner.rb',
        'src/Monolog/Test/TestCase.php',
        'src/Latest/A.cs',
        'src/memtest.c',
        'features/login.ts',
        'fixtures/users.json',
      ),
      [],
    );
  });

  it('knows names that only tools give', () => {
    const found = ['a.pb.go', 'a_pb2.py', 'Form1.Designer.cs', 'A.g.cs', 'a.min.js', 'user.g.dart', 'schema.generated.ts', 'routes.gen.ts'];
    assert.deepEqual(generated(...found, 'generated.ts', 'regenerated.go', 'code_generated.py', 'pb.go', 'genetics.ts'), found);
  });
});
