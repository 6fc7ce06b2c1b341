import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { LinguistAttributes } from '../../src/workspace/attributes.js';
import { scanWorkspace } from '../../src/workspace/scan.js';
import { Folder } from '../folders.js';

describe('workspace/attributes', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('marks files as .gitattributes says, against what their names say too', async () => {
    folder.write('.gitattributes', 'api/*.ts linguist-generated\nlib/** linguist-vendored=true\nvendor/own/** -linguist-vendored\n');
    for (const f of ['api/a.ts', 'lib/x/b.js', 'vendor/own/c.go', 'vendor/d.go', 'e.ts']) folder.write(f, '');
    const { entries } = await scanWorkspace([folder.path]);
    assert.deepEqual(
      entries.filter((e) => e.language).map((e) => [e.path, e.generated, e.vendored]),
      [
        ['api/a.ts', true, false],
        ['e.ts', false, false],
        ['lib/x/b.js', false, true],
        ['vendor/d.go', false, true],
        ['vendor/own/c.go', false, false],
      ],
    );
  });

  it('reads a long line in linear time', () => {
    const attributes = new LinguistAttributes();
    const from = performance.now();
    attributes.add('', `${'\\'.repeat(100_000)}\r linguist-generated`);
    assert.ok(performance.now() - from < 1_000);
  });

  it('reads lines as git does', () => {
    const line = fc
      .tuple(
        fc.constantFrom('*', '*.c', 'a', '/a', 'a/*', 'a/**', '**/b', '"a b"', '#a', '!a', 'a/', '[ab]', '[attr]a', 'a/b'),
        fc.constantFrom(' ', '\t', '  text '),
        fc.constantFrom(
          'linguist-generated',
          '-linguist-generated',
          '!linguist-generated',
          'linguist-generated=true',
          'linguist-generated=false',
          'xlinguist-generated',
          'linguist-vendored',
        ),
      )
      .map((parts) => parts.join(''));
    const file = fc.tuple(fc.constantFrom('', 'a'), fc.array(line, { minLength: 1, maxLength: 5 }));
    const paths = ['a', 'b', 'x.c', 'a/a', 'a/b', 'a/x.c', 'a/b/c', 'c/a', 'c/b', 'a b', '#a', '!a'];
    folder.git('init', '-q');
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 2 }), (files) => {
        for (const at of ['', 'a']) folder.write(`${at}/.gitattributes`, '');
        const attributes = new LinguistAttributes();
        for (const [at, lines] of [...new Map(files)].sort(([a], [b]) => a.length - b.length)) {
          folder.write(`${at}/.gitattributes`, lines.join('\n'));
          attributes.add(at, lines.join('\n'));
        }
        const { stdout } = spawnSync('git', ['check-attr', '-z', '--stdin', 'linguist-generated'], {
          cwd: folder.path,
          input: paths.join('\0'),
          encoding: 'utf8',
        });
        const values = stdout.split('\0').filter((_, i) => i % 3 === 2);
        assert.deepEqual(
          paths.map((p) => attributes.of(p).generated),
          values.map((v) => (v === 'unspecified' ? undefined : v !== 'unset' && v !== 'false')),
        );
      }),
      { numRuns: Number(process.env.LONGVIEW_RUNS ?? 60) },
    );
  });
});
