import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHistory } from '../../src/workspace/history.js';
import { type ScanOptions, scanWorkspace } from '../../src/workspace/scan.js';
import { Folder } from '../folders.js';

const paths = async (...roots: string[]): Promise<string[]> => (await scanWorkspace(roots)).entries.map((e) => e.path);
async function problems(root: string, options: ScanOptions = {}): Promise<string[]> {
  return (await scanWorkspace([root], options)).problems.map((p) => `${p.path}: ${p.kind}`);
}

describe('workspace/repository', () => {
  let folder: Folder;
  const others: Folder[] = [];
  const another = (files: Readonly<Record<string, string>>): Folder => {
    const other = new Folder(files);
    others.push(other);
    other.git('init', '-q');
    other.git('add', '.');
    other.git('commit', '-qm', 'one');
    return other;
  };
  beforeEach(() => {
    folder = new Folder();
    folder.git('init', '-q');
  });
  afterEach(() => {
    folder.remove();
    for (const other of others.splice(0)) other.remove();
  });

  it('lists a folder inside a repository, a worktree, and submodules within submodules', async () => {
    const inner = another({ 'deep.c': '' });
    const library = another({ 'lib.c': '', '.gitignore': '*.o\n' });
    library.git('submodule', 'add', '-q', inner.path, 'inner');
    library.git('commit', '-qm', 'two');
    folder.write('src/a.ts', '');
    folder.git('submodule', 'add', '-q', library.path, 'deps/lib');
    folder.git('submodule', '--quiet', 'update', '--init', '--recursive');
    folder.write('deps/lib/new.c', '');
    folder.write('deps/lib/new.o', '');
    folder.git('add', '.');
    folder.git('commit', '-qm', 'one');
    assert.deepEqual(await paths(join(folder.path, 'src')), ['a.ts']);
    const own = ['.gitmodules', 'src/a.ts'];
    const lib = ['.gitignore', '.gitmodules', 'inner/deep.c', 'lib.c', 'new.c'].map((p) => `deps/lib/${p}`);
    assert.deepEqual(await paths(folder.path), [...own, ...lib].sort());
    assert.deepEqual(await problems(folder.path), []);
    const tree = new Folder();
    others.push(tree);
    folder.git('worktree', 'add', '-q', join(tree.path, 'w'));
    assert.deepEqual(await paths(join(tree.path, 'w')), own);
    assert.deepEqual(await problems(join(tree.path, 'w')), ['deps/lib: submodule-absent']);
  });

  it('reads a broken submodule as a plain folder and says so', async () => {
    folder.git('submodule', 'add', '-q', another({ 'lib.c': '' }).path, 'lib');
    rmSync(join(folder.path, '.git/modules'), { recursive: true });
    assert.deepEqual(await paths(folder.path), ['.gitmodules', 'lib/lib.c']);
    assert.deepEqual(await problems(folder.path), ['lib: git-failed']);
    // An empty .git is no repository: git would go up and list the outer one again.
    rmSync(join(folder.path, 'lib/.git'));
    mkdirSync(join(folder.path, 'lib/.git'));
    assert.deepEqual(await paths(folder.path), ['.gitmodules', 'lib/lib.c']);
  });

  it('does not follow a link in the place of a submodule', async () => {
    folder.git('submodule', 'add', '-q', another({ 'lib.c': '' }).path, 'lib');
    renameSync(join(folder.path, 'lib'), join(folder.path, '.git/lib'));
    symlinkSync(another({ 'secret.c': '' }).path, join(folder.path, 'lib'));
    assert.deepEqual(await paths(folder.path), ['.gitmodules']);
    assert.deepEqual(await problems(folder.path), ['lib: outside-root']);
  });

  it('does not follow a link in the place of a tracked folder', async () => {
    folder.write('src/deep/a.ts', 'mine');
    folder.write('b.ts', '');
    folder.git('add', '.');
    renameSync(join(folder.path, 'src'), join(folder.path, '.git/src'));
    const outside = another({ 'deep/a.ts': 'not mine', 'src/deep/a.ts': 'not mine' });
    symlinkSync(outside.path, join(folder.path, 'src'));
    assert.deepEqual(await paths(folder.path), ['b.ts']);
    assert.deepEqual(await problems(folder.path), ['src: outside-root']);
  });

  it('reports a repository inside that git does not list', async () => {
    folder.write('a.ts', '');
    folder.write('nested/b.ts', '');
    execFileSync('git', ['init', '-q'], { cwd: join(folder.path, 'nested') });
    assert.deepEqual(await paths(folder.path), ['a.ts']);
    assert.deepEqual(await problems(folder.path), ['nested: nested-repository']);
    assert.deepEqual((await scanWorkspace([folder.path, join(folder.path, 'nested')])).problems, []);
  });

  it('reports a name that is not UTF-8 once, and a folder of such a name once', async () => {
    const at = (name: string): Buffer => Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from(name, 'latin1')]);
    writeFileSync(at('tracked\xff.ts'), '');
    mkdirSync(at('f\xe9'));
    writeFileSync(at('f\xe9/a.ts'), '');
    writeFileSync(at('f\xe9/b.ts'), '');
    folder.write('good\uFFFD.ts', '');
    folder.git('add', '.');
    writeFileSync(at('new\xff.ts'), '');
    const bad = ['f\\xe9: bad-name', 'new\\xff.ts: bad-name', 'tracked\\xff.ts: bad-name'];
    assert.deepEqual([await paths(folder.path), await problems(folder.path)], [['good\uFFFD.ts'], bad]);
    rmSync(join(folder.path, '.git'), { recursive: true });
    assert.deepEqual([await paths(folder.path), await problems(folder.path)], [['good\uFFFD.ts'], bad]);
  });

  it('runs no program that a repository names in its configuration', async () => {
    const ran = join(folder.path, '.git/ran');
    const touch = `touch '${ran}' #`;
    folder.write('a.ts', 'x');
    folder.write('.gitattributes', '* filter=evil diff=evil\n');
    folder.git('add', '.');
    folder.git('commit', '-qm', 'one');
    folder.write('a.ts', 'y');
    folder.git('commit', '-qam', 'two');
    for (const key of [
      'core.fsmonitor',
      'diff.external',
      'diff.evil.command',
      'diff.evil.textconv',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'gpg.program',
      'core.pager',
      'core.editor',
      'core.askPass',
      'pager.log',
      'alias.ls-files',
      'alias.log',
    ])
      folder.git('config', key, key.startsWith('alias') ? `!${touch}` : touch);
    folder.git('config', 'core.hooksPath', join(folder.path, '.git/evil'));
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction', 'pre-commit'])
      folder.write(`.git/evil/${hook}`, `#!/bin/sh\n${touch}\n`);
    execFileSync('chmod', ['-R', '+x', join(folder.path, '.git/evil')]);
    folder.git('config', 'log.showSignature', 'true');
    rmSync(ran, { force: true });
    assert.deepEqual(await paths(folder.path), ['.gitattributes', 'a.ts']);
    assert.equal((await readHistory([{ folder: folder.path, prefix: '' }]))?.commits.length, 2);
    assert.equal(existsSync(ran), false);
  });

  it('fetches nothing in a partial clone, whatever program the repository names for it', async () => {
    const origin = another({ 'src/a.ts': '' });
    origin.write('src/a.ts', 'x');
    origin.git('commit', '-qam', 'two');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const ran = join(folder.path, 'ran');
    folder.git('clone', '-q', '--filter=tree:0', '--no-checkout', `file://${origin.path}`, 'clone');
    const clone = join(folder.path, 'clone');
    const config = (key: string, value: string) => execFileSync('git', ['config', key, value], { cwd: clone });
    for (const url of ['ssh://example.invalid/x', `file://${origin.path}`, 'ext::touch ran', 'evil::x']) {
      config('remote.origin.url', url);
      config('core.sshCommand', `touch '${ran}' #`);
      config('remote.origin.uploadpack', `touch '${ran}' #`);
      config('protocol.allow', 'always');
      await scanWorkspace([clone]);
      assert.equal(await readHistory([{ folder: clone, prefix: '' }]), undefined);
      assert.equal(existsSync(ran), false, url);
    }
  });

  it('reads no pipe and no link as an ignore file', async () => {
    folder.write('a.ts', '');
    folder.write('rules', '*.ts\n');
    execFileSync('mkfifo', [join(folder.path, '.longviewignore')]);
    symlinkSync('rules', join(folder.path, '.gitignore'));
    assert.deepEqual(await paths(folder.path), ['a.ts', 'rules']);
    rmSync(join(folder.path, '.longviewignore'));
    symlinkSync('rules', join(folder.path, '.longviewignore'));
    assert.deepEqual(await paths(folder.path), ['a.ts', 'rules']);
  });

  it('does without git when git waits for ever', async () => {
    folder.write('a.ts', '');
    mkdirSync(join(folder.path, 'sub'));
    execFileSync('mkfifo', [join(folder.path, 'sub/.gitignore')]);
    const scan = await scanWorkspace([folder.path], { gitMs: 500 });
    assert.deepEqual(
      scan.entries.map((e) => e.path),
      ['a.ts'],
    );
    assert.deepEqual(
      scan.problems.map((p) => `${p.path}: ${p.detail}`),
      [': git gave no answer within 0.5 s', 'sub/.gitignore: neither file nor folder'],
    );
  });

  it('minds case in .longviewignore as core.ignoreCase says', async () => {
    folder.write('.longviewignore', 'Secret/\n');
    folder.write('secret/a.ts', '');
    assert.deepEqual(await paths(folder.path), ['.longviewignore', 'secret/a.ts']);
    folder.git('config', 'core.ignoreCase', 'true');
    assert.deepEqual(await paths(folder.path), ['.longviewignore']);
  });

  it('reads a folder that the repository around it ignores as a plain one', async () => {
    folder.write('.gitignore', 'out/\n');
    folder.write('out/a.ts', '');
    assert.deepEqual(await paths(folder.path), ['.gitignore']);
    assert.deepEqual(await paths(join(folder.path, 'out')), ['a.ts']);
  });

  it('names the one fix when git does not trust the owner', async function () {
    if (process.getuid?.() !== 0) this.skip();
    folder.write('a.ts', '');
    execFileSync('chown', ['-R', '65534', folder.path]);
    const scan = await scanWorkspace([folder.path]);
    assert.deepEqual(
      scan.entries.map((e) => e.path),
      ['a.ts'],
    );
    assert.match(scan.problems[0]?.detail ?? '', /^git does not trust .* git config --global --add safe\.directory \/\S+$/);
  });

  it('answers an abort among submodules with an abort, not with half a scan', async () => {
    for (const name of ['a', 'b']) folder.git('submodule', 'add', '-q', another({ 'lib.c': '' }).path, name);
    // git waits here until it is stopped.
    execFileSync('mkfifo', [join(folder.path, 'b/.gitignore')]);
    const abort = new AbortController();
    const scan = scanWorkspace([folder.path], {}, abort.signal);
    setTimeout(() => abort.abort(new Error('enough')), 300);
    await assert.rejects(scan, /enough/);
  });
});
