import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFile, replaceFile } from '../../src/base/whole-files.js';

describe('base/whole-files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'longview-whole-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes a file once, whoever else makes it at the same time, and leaves nothing beside it', async () => {
    const path = join(folder, 'deep', 'file');
    const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
    const made = await Promise.all(texts.map((text) => createFile(path, text)));
    assert.equal(made.filter(Boolean).length, 1);
    assert.equal(readFileSync(path, 'utf8'), texts[made.indexOf(true)]);
    assert.deepEqual(readdirSync(join(folder, 'deep')), ['file']);
  });

  it('replaces a file by one of many writers’, whole and for the user alone', async () => {
    const path = join(folder, 'file');
    const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
    await Promise.all(texts.map((text) => replaceFile(path, text)));
    assert.ok(texts.includes(readFileSync(path, 'utf8')));
    assert.deepEqual(readdirSync(folder), ['file']);
    if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
  });
});
