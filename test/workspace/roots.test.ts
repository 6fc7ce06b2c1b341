import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { scanWorkspace } from '../../src/workspace/scan.js';
import { Folder } from '../folders.js';

describe('workspace/roots', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ 'a/one.ts': '', 'b/a/two.ts': '', 'b/a~2/three.ts': '', 'c/a/four.ts': '' });
  });
  afterEach(() => folder.remove());
  const at = (...names: string[]): string[] => names.map((n) => join(folder.path, n));
  const paths = async (...names: string[]): Promise<string[]> => (await scanWorkspace(at(...names))).entries.map((e) => e.path);

  it('gives a single root no prefix and several their names', async () => {
    assert.deepEqual(await paths('b/a'), ['two.ts']);
    assert.deepEqual(await paths('b/a', 'b/a~2'), ['a/two.ts', 'a~2/three.ts']);
  });

  it('tells roots of the same name apart, in whatever order they are given', async () => {
    const named = ['a/one.ts', 'a~2/three.ts', 'a~3/two.ts', 'a~4/four.ts'];
    assert.deepEqual(await paths('a', 'b/a', 'b/a~2', 'c/a'), named);
    assert.deepEqual(await paths('c/a', 'b/a~2', 'b/a', 'a'), named);
  });

  it('gives a file of nested roots to the innermost alone, with git and without', async () => {
    const nested = ['a/two.ts', 'a~2/three.ts', 'b/x.ts'];
    folder.write('b/x.ts', '');
    assert.deepEqual(await paths('b', 'b/a', 'b/a~2'), nested);
    folder.git('init', '-q');
    assert.deepEqual(await paths('b/a~2', 'b', 'b/a'), nested);
  });

  it('takes a root that is given twice, or once more through a link, for one', async () => {
    symlinkSync('a', join(folder.path, 'link'));
    assert.deepEqual(await paths('a', 'a', 'link'), ['one.ts']);
  });

  it('reads a root that is itself a link', async () => {
    symlinkSync('b', join(folder.path, 'link'));
    assert.deepEqual(await paths('link'), ['a/two.ts', 'a~2/three.ts']);
    folder.git('init', '-q');
    assert.deepEqual(await paths('link'), ['a/two.ts', 'a~2/three.ts']);
  });

  it('follows no link from one root to another, and reports none: the file is there already', async () => {
    symlinkSync(join(folder.path, 'b'), join(folder.path, 'a/to-b'));
    const scan = await scanWorkspace(at('a', 'b'));
    assert.deepEqual([scan.entries.map((e) => e.path), scan.problems], [['a/one.ts', 'b/a/two.ts', 'b/a~2/three.ts'], []]);
  });

  it('reports a root that is not there, or no folder, and reads the others under the same names', async () => {
    const scan = await scanWorkspace(at('gone', 'a', 'b/a/two.ts'));
    assert.deepEqual(
      scan.entries.map((e) => e.path),
      ['a/one.ts'],
    );
    assert.deepEqual(
      scan.problems.map((p) => `${p.path.slice(folder.path.length)}: ${p.kind}, ${p.detail}`),
      ['/b/a/two.ts: no-folder, this is not a folder', '/gone: no-folder, there is no such folder'],
    );
  });

  it('reads an empty root', async () => {
    mkdirSync(join(folder.path, 'empty'));
    assert.deepEqual(await paths('empty'), []);
  });
});
