import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type IndexState, type MadeRecord, Store, StoreDamagedError } from '../../src/index/store.js';
import { Folder } from '../folders.js';

const V1 = '1111111111111111';
const V2 = '2222222222222222';

function made(text: string): MadeRecord {
  const unparsed = text === 'huge' ? ({ kind: 'huge' } as const) : undefined;
  return { bytes: Buffer.from(text), interfaceKey: `interface of ${text}`, tokens: text.length, unparsed };
}

/** A state of files "f0", "f1", … with these contents, which are the records' keys too. */
function stateOf(contents: readonly string[]): IndexState {
  return {
    paths: new Map(contents.map((key, i) => [`f${i}`, { size: key.length, mtimeMs: i + 0.25, key }])),
    open: [],
    families: new Map([['go', { key: 'family', records: ['f0'], manifests: ['go.mod'] }]]),
    files: new Map(contents.map((key, i) => [`f${i}`, { contentKey: key, bytes: Buffer.from(`links of ${key}`) }])),
    scannedMs: 1_000.5,
  };
}

function save(store: Store, contents: readonly string[]): void {
  for (const key of contents) if (!store.has(key)) store.add(key, made(key));
  store.save(stateOf(contents));
}

/** Everything a store gives back. */
function shown(store: Store): unknown {
  const { stored } = store;
  return (
    stored && {
      files: [...stored.files].map(([path, file]) => [
        path,
        file,
        Buffer.from(store.bytes(file.key) ?? []).toString(),
        store.about(file.key),
      ]),
      families: [...stored.families],
      links: [...stored.links].map(([path, l]) => [path, l.contentKey, Buffer.from(l.bytes).toString()]),
      scannedMs: stored.scannedMs,
    }
  );
}

function expected(contents: readonly string[]): unknown {
  const { paths, families, files, scannedMs } = stateOf(contents);
  return {
    files: [...paths].map(([path, file]) => {
      const { bytes: _, ...about } = made(file.key);
      return [path, file, file.key, about];
    }),
    families: [...families],
    links: [...files].map(([path, l]) => [path, l.contentKey, Buffer.from(l.bytes).toString()]),
    scannedMs,
  };
}

describe('index/store', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  const names = (): string[] => readdirSync(join(folder.path, V1));
  const about = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (k, v) => (['segment', 'offset', 'length', 'crc', 'bytes'].includes(k) ? undefined : v)));

  it('gives back what was saved, in this process and the next', () => {
    const store = new Store(folder.path, V1);
    assert.equal(store.stored, undefined);
    save(store, ['one', 'two', 'huge']);
    assert.deepEqual(about(shown(store)), about(expected(['one', 'two', 'huge'])));
    assert.deepEqual(about(shown(new Store(folder.path, V1))), about(expected(['one', 'two', 'huge'])));
  });

  it('gives back the last of any series of states, and keeps few files', () => {
    const contents = fc.array(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(contents, { minLength: 1, maxLength: 40 }), fc.array(fc.boolean()), (states, reopen) => {
        rmSync(folder.path, { recursive: true, force: true });
        let store = new Store(folder.path, V1);
        for (const [i, state] of states.entries()) {
          save(store, state);
          if (!reopen[i]) continue;
          store.close();
          store = new Store(folder.path, V1);
        }
        store.close();
        assert.deepEqual(about(shown(new Store(folder.path, V1))), about(expected(states.at(-1)!)));
        assert.ok((new Store(folder.path, V1).stored?.segments.length ?? 0) <= 17);
      }),
      { numRuns: 60 },
    );
  });

  it('writes only what is new', () => {
    const store = new Store(folder.path, V1);
    save(store, ['one', 'two']);
    const before = new Map(names().map((n) => [n, readFileSync(join(folder.path, V1, n), 'utf8')]));
    save(store, ['one', 'three']);
    const added = names().filter((n) => !before.has(n));
    assert.equal(added.length, 1);
    assert.equal(readFileSync(join(folder.path, V1, added[0]!), 'utf8'), 'three');
  });

  it('does not see what another version saved', () => {
    save(new Store(folder.path, V1), ['one']);
    assert.equal(new Store(folder.path, V2).stored, undefined);
  });

  it('reads on what it opened after another process saved', () => {
    save(new Store(folder.path, V1), ['one', 'two']);
    const old = new Store(folder.path, V1);
    const other = new Store(folder.path, V1);
    for (let i = 0; i < 20; i++) save(other, ['two', `n${i}`]);
    assert.equal(Buffer.from(old.bytes('one') ?? []).toString(), 'one');
  });

  it('never gives back a byte that was not saved, wherever a file of it is damaged or cut', () => {
    save(new Store(folder.path, V1), ['first record', 'second record']);
    const files = names().map((n) => join(folder.path, V1, n));
    const whole = files.map((f) => readFileSync(f));
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), (which, where, flip, cut) => {
        for (const [i, f] of files.entries()) writeFileSync(f, whole[i]!);
        const file = which % files.length;
        const at = where % whole[file]!.length;
        const bytes = Buffer.from(cut ? whole[file]!.subarray(0, at) : whole[file]!);
        if (!cut) bytes[at]! ^= flip;
        writeFileSync(files[file]!, bytes);
        const store = new Store(folder.path, V1);
        try {
          if (store.stored) assert.deepEqual(about(shown(store)), about(expected(['first record', 'second record'])));
          else assert.notEqual(store.damage, undefined);
        } catch (error) {
          assert.ok(error instanceof StoreDamagedError, String(error));
          assert.equal(new Store(folder.path, V1).stored, undefined);
        } finally {
          store.close();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does without a folder', () => {
    const store = new Store(undefined, V1);
    save(store, ['one']);
    assert.equal(Buffer.from(store.bytes('one') ?? []).toString(), 'one');
  });
});
