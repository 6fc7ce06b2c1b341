import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileWrite, removeUnfinished, WriteRefusedError, writeFiles } from '../../src/workspace/write-files.js';
import { useFolders } from '../folders.js';

describe('workspace/write-files', () => {
  const newFolder = useFolders();

  let root: string;
  const at = (path: string): string => join(root, path);
  const write = (path: string, before: string | undefined, after: string | undefined): FileWrite => ({
    absolute: at(path),
    before: before === undefined ? undefined : Buffer.from(before),
    after: after === undefined ? undefined : Buffer.from(after),
  });

  beforeEach(() => {
    root = newFolder().path;
    writeFileSync(at('a'), 'a');
    writeFileSync(at('b'), 'b');
  });

  it('changes, makes and deletes files, and keeps their permissions', async () => {
    chmodSync(at('a'), 0o755);
    await writeFiles([write('a', 'a', 'A'), write('b', 'b', undefined), write('new/deep/c', undefined, 'c')], [root]);
    assert.equal(readFileSync(at('a'), 'utf8'), 'A');
    if (process.platform !== 'win32') assert.equal(statSync(at('a')).mode & 0o777, 0o755);
    assert.equal(readFileSync(at('new/deep/c'), 'utf8'), 'c');
    assert.deepEqual(readdirSync(root).sort(), ['a', 'new']);
  });

  it('writes nothing at all where one file is not as it was', async () => {
    for (const [wrong, why] of [
      [write('b', 'B', 'x'), /has changed/],
      [write('b', undefined, 'x'), /is there already/],
      [write('c', 'c', 'x'), /is gone/],
    ] as const) {
      await assert.rejects(writeFiles([write('a', 'a', 'A'), write('new/c', undefined, 'c'), wrong], [root]), (error: Error) => {
        assert.ok(error instanceof WriteRefusedError);
        assert.match(error.message, why);
        return true;
      });
      assert.deepEqual(readdirSync(root).sort(), ['a', 'b']);
      assert.equal(readFileSync(at('a'), 'utf8'), 'a');
    }
  });

  it('follows no link out of the workspace', async () => {
    const outside = newFolder().path;
    writeFileSync(join(outside, 'x'), 'x');
    symlinkSync(outside, at('folder'), 'dir');
    symlinkSync(join(outside, 'x'), at('file'));
    for (const wrong of [
      write('folder/x', 'x', 'y'),
      write('folder/new', undefined, 'y'),
      write('file', 'x', 'y'),
      write('../out', undefined, 'y'),
    ])
      await assert.rejects(writeFiles([write('a', 'a', 'A'), wrong], [root]), WriteRefusedError);
    assert.deepEqual(readdirSync(outside), ['x']);
    assert.equal(readFileSync(join(outside, 'x'), 'utf8'), 'x');
    assert.equal(readFileSync(at('a'), 'utf8'), 'a');
    assert.equal(existsSync(join(root, '..', 'out')), false);
  });

  it('puts back what was written when a later file cannot be', async () => {
    // The second deletion of a file fails after everything was looked at.
    const twice = [write('b', 'b', undefined), write('b', 'b', undefined)];
    await assert.rejects(writeFiles([write('a', 'a', 'A'), write('new/deep/c', undefined, 'c'), ...twice], [root]), WriteRefusedError);
    assert.deepEqual(readdirSync(root).sort(), ['a', 'b']);
    assert.equal(readFileSync(at('a'), 'utf8') + readFileSync(at('b'), 'utf8'), 'ab');
    mkdirSync(at('there'));
    await assert.rejects(writeFiles([write('there/c', undefined, 'c'), ...twice], [root]));
    assert.deepEqual(readdirSync(at('there')), []);
  });

  it('gives a file that is made the permissions asked for, and removes what a killed process left', async () => {
    await writeFiles([{ ...write('run.sh', undefined, 'x'), mode: 0o755 }], [root]);
    assert.equal(statSync(at('run.sh')).mode & 0o777, 0o755);
    for (const name of ['.longview-0123456789ab', '.longview-mine', '.longviewignore']) writeFileSync(at(name), '');
    await removeUnfinished([root, at('nowhere')]);
    assert.deepEqual(readdirSync(root).sort(), ['.longview-mine', '.longviewignore', 'a', 'b', 'run.sh']);
  });
});
