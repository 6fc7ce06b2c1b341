import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Store, type StoredIndex } from '../../src/index/store.js';
import { Folder } from '../folders.js';

const sample: StoredIndex = {
  files: new Map([
    ['a.ts', { size: 3, mtimeMs: 12.5, key: 'k1' }],
    ['b.ts', { size: 4, mtimeMs: 13, key: 'k2' }],
  ]),
  records: new Map([
    ['k1', Buffer.from('first record')],
    ['k2', Buffer.from('second record')],
  ]),
  linksKey: 'links',
  links: Buffer.from('the links'),
  scannedMs: 1_000,
};

describe('index/store', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  const plain = (index: StoredIndex): unknown => [
    [...index.files],
    [...index.records].map(([k, v]) => [k, v.toString()]),
    index.linksKey,
    index.links.toString(),
    index.scannedMs,
  ];

  it('gives back what was written', () => {
    const store = new Store(folder.path, 'v1');
    assert.equal(store.read().kind, 'none');
    store.write(sample);
    const state = store.read();
    assert.equal(state.kind, 'ready');
    assert.deepEqual(plain((state as { index: StoredIndex }).index), plain(sample));
  });

  it('does not see what another version wrote', () => {
    new Store(folder.path, 'v1').write(sample);
    assert.equal(new Store(folder.path, 'v2').read().kind, 'none');
  });

  it('never gives back a byte that was not written, wherever the file is damaged or cut', () => {
    const store = new Store(folder.path, 'v1');
    store.write(sample);
    const file = join(folder.path, readdirSync(folder.path)[0]!);
    const whole = readFileSync(file);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, flip, cut) => {
        const bytes = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) bytes[at]! ^= flip;
        writeFileSync(file, bytes);
        const state = store.read();
        if (state.kind !== 'ready') return;
        for (const [key, record] of state.index.records) assert.equal(Buffer.from(record).toString(), sample.records.get(key)?.toString());
        if (state.index.linksKey !== '') assert.equal(Buffer.from(state.index.links).toString(), 'the links');
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the old index in place while a new one is half written', () => {
    const store = new Store(folder.path, 'v1');
    store.write(sample);
    writeFileSync(join(folder.path, 'index-v1.bin.123.tmp'), 'half');
    assert.equal(store.read().kind, 'ready');
  });
});
