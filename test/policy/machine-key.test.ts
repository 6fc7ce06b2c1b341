import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineKey } from '../../src/policy/machine-key.js';

describe('policy/machine-key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'longview-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is one, however many make it at once, and stays', async () => {
    const keys = await Promise.all(Array.from({ length: 30 }, () => machineKey(join(folder, 'data'))));
    keys.push(await machineKey(join(folder, 'data')));
    assert.equal(keys[0]!.length, 32);
    assert.equal(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size, 1);
  });

  it('is made anew where less than a key is left of it', async () => {
    writeFileSync(join(folder, 'redaction.key'), 'half');
    const key = await machineKey(folder);
    assert.equal(key.length, 32);
    assert.deepEqual(await machineKey(folder), key);
  });
});
