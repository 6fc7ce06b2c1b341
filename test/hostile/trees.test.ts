import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openWorkspace } from '../../src/index/index.js';
import { Folder } from '../folders.js';

const CLI = resolve('dist/cli.js');

/** Runs the built command on a folder; as another user when `uid` is given. */
function longview(folder: Folder, args: readonly string[], uid?: number): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, ...args, ...(args[0] === '--help' ? [] : ['--repo', folder.path, '--no-store'])],
    {
      encoding: 'utf8',
      cwd: '/',
      maxBuffer: 1 << 28,
      ...(uid === undefined ? {} : { uid, gid: uid }),
    },
  );
  return { code: status, out: stdout, err: stderr };
}

describe('hostile trees', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  function makeOdd(): void {
    folder.write('a.ts', "import { b } from './b';\nexport const a = b;\n");
    folder.write('b.ts', "import { a } from './a';\nexport const b = a;\n");
    folder.write('B.ts', 'export const b = 2;\n');
    folder.write('line\nbreak.ts', "import './a';\n");
    folder.write('quote"\'$(x).ts', "import './a';\n");
    folder.write('-rf.ts', '');
    folder.write('==== path.md', '# x\n');
    folder.write('random.py', Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7919 + (i >> 3)) % 256)));
    folder.write(`${'long'.repeat(60)}.ts`, '');
    writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from('bad\xff.ts', 'latin1')]), '');
    mkdirSync(join(folder.path, 'ring'));
    symlinkSync('..', join(folder.path, 'ring/up'));
    symlinkSync('self', join(folder.path, 'self'));
    symlinkSync('two', join(folder.path, 'one'));
    symlinkSync('one', join(folder.path, 'two'));
    symlinkSync('/etc/passwd', join(folder.path, 'passwd.ts'));
    execFileSync('mkfifo', [join(folder.path, 'pipe.ts')]);
  }

  it('reads what can be read and names the rest, with git and without', () => {
    makeOdd();
    const links = ['one: symlink-loop', 'passwd.ts: outside-root', 'self: symlink-loop', 'two: symlink-loop'];
    const report = (): string[] => {
      const { code, out, err } = longview(folder, ['index', '--json']);
      assert.deepEqual([code, err], [0, '']);
      const { files, problems } = JSON.parse(out) as { files: number; problems: { path: string; kind: string }[] };
      assert.equal(files, 9);
      return problems.map((p) => `${p.path}: ${p.kind}`);
    };
    // git does not list pipes.
    assert.deepEqual(report(), ['bad\\xff.ts: bad-name', ...links.slice(0, 2), 'pipe.ts: not-a-file', ...links.slice(2)]);
    folder.git('init', '-q');
    assert.deepEqual(report(), ['bad\\xff.ts: bad-name', ...links]);
  });

  it('answers every command, the same bytes each time', () => {
    makeOdd();
    for (const args of [['graph', '--edges'], ['cycles'], ['stats', '--json'], ['pack', '--query', 'b', '--budget', '2k']]) {
      const { code, out, err } = longview(folder, args);
      assert.deepEqual([code, err], [0, ''], args.join(' '));
      assert.ok(out.length > 0, args.join(' '));
      if (args[0] === 'pack') assert.equal(longview(folder, args).out, out);
    }
  });

  it('reports files and folders that it may not read', function () {
    // The superuser may read everything: then somebody else looks, who must be able to read the command at least.
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    if (longview(folder, ['--help'], uid).code !== 0) this.skip();
    folder.write('a.ts', '');
    folder.write('secret.ts', '');
    folder.write('closed/b.ts', '');
    chmodSync(join(folder.path, 'secret.ts'), 0);
    chmodSync(join(folder.path, 'closed'), 0);
    chmodSync(folder.path, 0o755);
    const { code, out } = longview(folder, ['index', '--json'], uid);
    chmodSync(join(folder.path, 'closed'), 0o755);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out).problems, [
      { path: 'closed', kind: 'unreadable', detail: 'EACCES' },
      { path: 'secret.ts', kind: 'unreadable', detail: 'EACCES' },
    ]);
  });

  it('reports files that vanish, or become something else, between the scan and the reading', async () => {
    for (const name of ['a.ts', 'gone.ts', 'link.ts', 'pipe.ts']) folder.write(name, '');
    const at = (name: string): string => join(folder.path, name);
    const onProgress = ({ done }: { done: number }): void => {
      // The files have been listed and none has been read.
      if (done > 0) return;
      for (const name of ['gone.ts', 'link.ts', 'pipe.ts']) rmSync(at(name), { force: true });
      symlinkSync('/etc/passwd', at('link.ts'));
      execFileSync('mkfifo', [at('pipe.ts')]);
    };
    const snapshot = await openWorkspace({ roots: [folder.path], assets: resolve('dist'), onProgress });
    assert.deepEqual(
      snapshot.problems.map((p) => `${p.path}: ${p.kind} ${p.detail}`),
      ['gone.ts: vanished ENOENT', 'link.ts: unreadable ELOOP', 'pipe.ts: unreadable ENOTFILE'],
    );
    assert.equal(snapshot.text('link.ts'), undefined);
  });

  it('reports paths that are longer than the system takes', () => {
    // Made by a shell that goes down step by step, as no absolute path could.
    const name = 'd'.repeat(200);
    execFileSync('sh', ['-c', `for i in $(seq 25); do mkdir ${name} && cd -P ${name} || exit 1; done; echo x > deep.ts`], {
      cwd: folder.path,
    });
    folder.write('a.ts', '');
    const { code, out } = longview(folder, ['index', '--json']);
    execFileSync('rm', ['-rf', join(folder.path, name)]);
    assert.equal(code, 0);
    const { files, problems } = JSON.parse(out);
    assert.equal(files, 1);
    assert.deepEqual([problems.length, problems[0].kind, problems[0].detail], [1, 'unreadable', 'ENAMETOOLONG']);
  });

  it('reads thousands of small files', () => {
    for (let i = 0; i < 3_000; i++)
      folder.write(`d${i % 50}/f${i}.ts`, `import { f${i + 1} } from '../d${(i + 1) % 50}/f${i + 1}';\nexport const f${i} = ${i};\n`);
    const stats = JSON.parse(longview(folder, ['stats', '--json']).out);
    assert.deepEqual([stats.files, stats.problems, stats.imports.inside], [3_000, 0, 2_999]);
  });
});
