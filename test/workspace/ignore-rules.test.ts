import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { IgnoreRules } from '../../src/workspace/ignore-rules.js';
import { Folder } from '../folders.js';

/** Which of `paths` (a folder ends with "/") the rules ignore. */
function ignored(rules: string, ...paths: string[]): string[] {
  const compiled = new IgnoreRules().with('', rules);
  return paths.filter((p) => compiled.ignores(p.replace(/\/$/, ''), p.endsWith('/')));
}

describe('workspace/ignore-rules', () => {
  it('lets the last pattern that names a path decide', () => {
    assert.deepEqual(ignored('*.log\n!keep.log\n', 'a.log', 'keep.log', 'b/keep.log', 'a.ts'), ['a.log']);
  });
  it('takes nothing back out of an ignored folder', () => {
    assert.deepEqual(ignored('build/\n!build/keep.ts\n', 'build/keep.ts', 'build'), ['build/keep.ts']);
    assert.equal(new IgnoreRules().with('', 'build/').with('build', '!keep.ts').ignores('build/keep.ts', false), true);
  });
  it('binds a pattern with a slash to the folder of its file', () => {
    assert.deepEqual(ignored('/a\nb/c\nd\n', 'a', 'x/a', 'b/c', 'x/b/c', 'x/d'), ['a', 'b/c', 'x/d']);
    assert.equal(new IgnoreRules().with('x', '/a').ignores('x/a', false), true);
  });
  it('minds the case of letters unless told not to', () => {
    assert.equal(new IgnoreRules().with('', 'Build').ignores('build', false), false);
    assert.equal(new IgnoreRules(true).with('', 'Build').ignores('bUILD', false), true);
    assert.equal(new IgnoreRules(true).with('', 'É').ignores('é', false), false);
  });
  it('knows comments, escapes, blanks at the end and a byte order mark', () => {
    assert.deepEqual(ignored('\ufeffa\n#b\n\\#b\n\\!c\nd  \ne\\ \nf\r\n', 'a', 'b', '#b', '!c', 'd', 'e ', 'f'), [
      'a',
      '#b',
      '!c',
      'd',
      'e ',
      'f',
    ]);
  });
  it('takes time in proportion to a pattern that is made to take for ever', () => {
    assert.deepEqual(ignored(`/${'*a'.repeat(50)}b\n/${'**/a/'.repeat(50)}b`, 'a'.repeat(4_000), 'a/'.repeat(100)), []);
  });

  it('ignores what git ignores, whatever the patterns', async () => {
    const piece = fc.constantFrom(
      ...['a', 'b', 'ab', 'A', '*', '**', '?', '/', '/', '!', '\\', '[ab]', '[!a]', '[^b-z]', '[]a]', '[a', '[[:alpha:]]', ' ', '#', '.'],
      ...['[a-]', '[\\]]', 'é', '-', '**/', '/**', '*.b', '/**/'],
    );
    const line = fc.oneof(
      fc.array(piece, { minLength: 1, maxLength: 5 }).map((p) => p.join('')),
      fc.array(fc.constantFrom('a', 'b', '*', '**', 'a*', '?'), { minLength: 1, maxLength: 4 }).map((p) => p.join('/')),
    );
    const name = fc.constantFrom('a', 'b', 'ab', 'A', 'a.b', 'é', ' a', '#b', '!a', 'ba', '-', ']');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((p) => p.join('/'));
    const file = fc.tuple(fc.constantFrom('', '', 'a', 'a/b'), fc.array(line, { minLength: 1, maxLength: 5 }));
    const repository = new Folder();
    repository.git('init', '-q');
    try {
      await fc.assert(
        fc.property(
          fc.array(file, { minLength: 1, maxLength: 3 }),
          fc.uniqueArray(path, { minLength: 1, maxLength: 30 }),
          fc.boolean(),
          (files, paths, ignoreCase) => {
            for (const at of ['', 'a', 'a/b']) repository.write(`${at}/.gitignore`, '');
            let rules = new IgnoreRules(ignoreCase);
            for (const [at, lines] of [...new Map(files)].sort(([a], [b]) => a.length - b.length)) {
              repository.write(`${at}/.gitignore`, lines.join('\n'));
              rules = rules.with(at, lines.join('\n'));
            }
            // What stands before an existing folder "a" or "a/b" is read off the disk; all else is a file.
            // Under core.ignoreCase git's own matcher is at odds with itself about escapes and brackets.
            if (ignoreCase) fc.pre(files.every(([, lines]) => !/[[\\]/.test(lines.join(''))));
            const asked = paths.filter((p) => p !== 'a' && p !== 'a/b');
            const { stdout, stderr, status } = spawnSync(
              'git',
              ['-c', `core.ignoreCase=${ignoreCase}`, 'check-ignore', '--no-index', '-z', '--stdin'],
              {
                cwd: repository.path,
                input: asked.join('\0'),
                encoding: 'utf8',
              },
            );
            assert.ok(status === 0 || status === 1, stderr);
            assert.deepEqual(
              asked.filter((p) => rules.ignores(p, false)),
              stdout.split('\0').slice(0, -1),
            );
          },
        ),
        { numRuns: Number(process.env.LONGVIEW_RUNS ?? 100) },
      );
    } finally {
      repository.remove();
    }
  });
});
