import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { scanWorkspace } from '../../src/workspace/scan.js';
import { Folder } from '../folders.js';

const paths = async (...roots: string[]): Promise<string[]> => (await scanWorkspace(roots)).entries.map((e) => e.path);

describe('workspace/scan', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  it('lists what git tracks and what it does not ignore, minus .longviewignore', async () => {
    folder.git('init', '-q');
    folder.write('.gitignore', 'build/\n*.log\n');
    folder.write('sub/.gitignore', '!keep.log\n');
    folder.write('.git/info/exclude', 'local.txt\n');
    folder.write('.longviewignore', 'secret/\n');
    for (const f of ['a.ts', 'build/x.js', 'sub/keep.log', 'sub/b.log', 'local.txt', 'secret/s.ts', 'tracked.log']) folder.write(f, 'x');
    folder.git('add', '-f', 'tracked.log');
    assert.deepEqual(await paths(folder.path), ['.gitignore', '.longviewignore', 'a.ts', 'sub/.gitignore', 'sub/keep.log', 'tracked.log']);
  });

  it('follows no link, reports those that lead nowhere or out, skips pipes and files that are gone', async () => {
    folder.git('init', '-q');
    folder.write('gone.ts', 'x');
    folder.git('add', '.');
    rmSync(join(folder.path, 'gone.ts'));
    symlinkSync('loop', join(folder.path, 'loop'));
    symlinkSync('nowhere', join(folder.path, 'dangling'));
    symlinkSync('/etc', join(folder.path, 'out'));
    symlinkSync('a.ts', join(folder.path, 'inside'));
    symlinkSync('..', join(folder.path, 'up'));
    execFileSync('mkfifo', [join(folder.path, 'pipe')]);
    folder.write('a.ts', 'x');
    const scan = await scanWorkspace([folder.path]);
    assert.deepEqual(
      scan.entries.map((e) => e.path),
      ['a.ts'],
    );
    assert.deepEqual(
      scan.problems.map((p) => `${p.path} ${p.kind}`),
      ['dangling dangling-link', 'loop symlink-loop', 'out outside-root', 'up outside-root'],
    );
  });

  it('keeps names with line breaks', async () => {
    folder.write('a\nb.ts', 'x');
    assert.deepEqual(await paths(folder.path), ['a\nb.ts']);
    folder.git('init', '-q');
    assert.deepEqual(await paths(folder.path), ['a\nb.ts']);
  });

  it('classifies by name', async () => {
    for (const f of ['yarn.lock', 'vendor/x.go', 'a.min.js', 'src/a_test.go', 'logo.png', 'b.py']) folder.write(f, 'x');
    const { entries } = await scanWorkspace([folder.path]);
    const marks = entries.map(
      (e) =>
        `${e.path}: ${['lock', 'vendored', 'generated', 'test', 'binary'].filter((k) => e[k as 'lock']).join(' ')} ${e.language ?? '-'}`,
    );
    assert.deepEqual(marks, [
      'a.min.js: generated javascript',
      'b.py:  python',
      'logo.png: binary -',
      'src/a_test.go: test go',
      'vendor/x.go: vendored go',
      'yarn.lock: lock -',
    ]);
  });

  it('walks a plain folder to the same files that git would list', async () => {
    const name = fc.constantFrom('a', 'b', 'c.ts', 'd.log', 'build', 'x y');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((p) => p.join('/'));
    const pattern = fc.constantFrom(
      '*.log',
      'build/',
      '/a',
      'b',
      '!d.log',
      'a/*',
      '**/c.ts',
      '!a/c.ts',
      'x y',
      '# note',
      '!build/',
      'a/**/d.log',
      '[ab]',
      '\\!x',
    );
    const ignores = fc.array(fc.tuple(fc.constantFrom('', 'a/', 'build/'), fc.array(pattern, { maxLength: 4 })), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.array(path, { maxLength: 8 }), ignores, async (files, rules) => {
        const plain = new Folder();
        try {
          const write = (file: string, text: string): void => {
            try {
              plain.write(file, text);
            } catch {
              // One name was made a folder by another.
            }
          };
          for (const f of files) write(f, 'x');
          for (const [at, lines] of rules) write(`${at}.gitignore`, lines.join('\n'));
          const walked = await paths(plain.path);
          plain.git('init', '-q');
          assert.deepEqual(walked, await paths(plain.path));
        } finally {
          plain.remove();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out what further patterns name, whatever the ignore files say', async () => {
    folder.write('.longviewignore', '!a.ts\n');
    for (const f of ['a.ts', 'b.ts', 'data/c.ts', 'keep/data/d.ts']) folder.write(f, '');
    const left = async () => (await scanWorkspace([folder.path], { ignore: ['a.ts', '/data/'] })).entries.map((e) => e.path);
    assert.deepEqual(await left(), ['.longviewignore', 'b.ts', 'keep/data/d.ts']);
    folder.git('init', '-q');
    assert.deepEqual(await left(), ['.longviewignore', 'b.ts', 'keep/data/d.ts']);
  });

  it('obeys a .longviewignore that git ignores', async () => {
    folder.git('init', '-q');
    folder.write('.gitignore', '.longviewignore\n');
    folder.write('.longviewignore', 'a.ts\n');
    folder.write('a.ts', '');
    assert.deepEqual(await paths(folder.path), ['.gitignore']);
  });

  it('stops when it is told to', async () => {
    mkdirSync(join(folder.path, 'x'));
    await assert.rejects(scanWorkspace([folder.path], {}, AbortSignal.abort()), { name: 'AbortError' });
  });
});
