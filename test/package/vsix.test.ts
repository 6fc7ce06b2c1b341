import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Folder } from '../folders.js';
import { makeVsix, problemsOfVsix, zipEntries } from '../host/vsix.js';

describe('The packaged extension', () => {
  const folder = new Folder();
  const vsix = join(folder.path, 'longview.vsix');
  before('pack it', () => makeVsix(vsix));
  after(() => folder.remove());

  it('has what it needs, nothing else, and is small enough', () => {
    assert.deepEqual(problemsOfVsix(vsix), []);
  });

  it('has an icon of 256 pixels', () => {
    const icon = zipEntries(readFileSync(vsix))
      .find((entry) => entry.path === 'extension/media/icon.png')!
      .read();
    // PNG: width and height follow the signature and the head of the first chunk.
    assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
  });
});
