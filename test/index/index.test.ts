import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type IndexOptions, openWorkspace } from '../../src/index/index.js';
import type { Snapshot } from '../../src/index/snapshot.js';
import { plainRecord } from '../../src/syntax/codec.js';
import type { FileRecord } from '../../src/syntax/record.js';
import { Folder } from '../folders.js';

const assets = resolve('dist');

const plainOf = (record: FileRecord | undefined): FileRecord | undefined => record && plainRecord(record);

/** Everything a snapshot says, for comparing two of them. */
const told = (s: Snapshot): unknown =>
  s.entries.map((e) => [e.path, plainOf(s.record(e.path))]).concat([['edges', s.graph.edges as never]]);

describe('index/index', () => {
  let folder: Folder;
  let store: Folder;
  beforeEach(() => {
    folder = new Folder({
      'a.ts': "import { b } from './b';\nb();\n",
      'b.ts': 'export function b() {}\n',
      'c.py': 'import os\n',
      'notes.txt': 'hello\n',
    });
    store = new Folder();
    age();
  });
  afterEach(() => {
    folder.remove();
    store.remove();
  });

  /** Makes every file old enough that its age can be trusted. */
  function age(...names: string[]): void {
    for (const name of names.length > 0 ? names : ['a.ts', 'b.ts', 'c.py', 'notes.txt'])
      utimesSync(join(folder.path, name), 1_000_000, 1_000_000);
  }
  async function open(more: Partial<IndexOptions> = {}): Promise<{ snapshot: Snapshot; read: number }> {
    let read = 0;
    const snapshot = await openWorkspace({ roots: [folder.path], assets, store: store.path, onProgress: (p) => (read = p.total), ...more });
    return { snapshot, read };
  }

  it('reads every file once, then only what changed, and answers as a fresh start would', async () => {
    assert.equal((await open()).read, 4);
    assert.equal((await open()).read, 0);
    folder.write('b.ts', 'export function b() {}\nexport function more() {}\n');
    rmSync(join(folder.path, 'c.py'));
    const { snapshot, read } = await open();
    assert.equal(read, 1);
    assert.deepEqual(told(snapshot), told((await open({ store: undefined })).snapshot));
    assert.deepEqual(
      snapshot.graph.edges.map((e) => `${e.from} ${e.to}`),
      ['a.ts b.ts'],
    );
  });

  it('keeps the record of a file that was merely touched, unless it is to be read in another way', async () => {
    await open();
    age('b.ts');
    utimesSync(join(folder.path, 'a.ts'), 2_000_000, 2_000_000);
    const { snapshot, read } = await open();
    assert.equal(read, 1);
    assert.deepEqual(told(snapshot), told((await open({ store: undefined })).snapshot));
    utimesSync(join(folder.path, 'a.ts'), 3_000_000, 3_000_000);
    const outlined = (await open({ hugeBytes: 10 })).snapshot;
    assert.equal(outlined.record('a.ts')?.parse.kind, 'huge');
    utimesSync(join(folder.path, 'a.ts'), 4_000_000, 4_000_000);
    assert.equal((await open()).snapshot.record('a.ts')?.parse.kind, 'parsed');
  });

  it('sees a change that left size and age as they were within the clock’s grain', async () => {
    const now = Date.now() / 1000;
    utimesSync(join(folder.path, 'b.ts'), now, now);
    await open();
    writeFileSync(join(folder.path, 'b.ts'), 'export function c() {}\n');
    utimesSync(join(folder.path, 'b.ts'), now, now);
    assert.deepEqual(
      (await open()).snapshot.record('b.ts')?.symbols.map((s) => s.name),
      ['c'],
    );
  });

  it('makes a damaged store anew and says so', async () => {
    await open();
    for (const name of readdirSync(store.path, { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.bin')) writeFileSync(join(store.path, name), 'rubbish');
    const { snapshot, read } = await open();
    assert.equal(read, 4);
    assert.deepEqual(
      snapshot.problems.map((p) => p.kind),
      ['store-rebuilt'],
    );
    assert.equal((await open()).read, 0);
  });

  it('goes on without a store that cannot be written, and says so', async () => {
    store.write('file', '');
    const { snapshot } = await open({ store: join(store.path, 'file', 'below') });
    assert.equal(snapshot.record('b.ts')?.symbols.length, 1);
    assert.deepEqual(
      snapshot.problems.map((p) => p.kind),
      ['store-unwritable'],
    );
  });

  it('stops when it is told to, with nothing left running', async () => {
    const abort = new AbortController();
    await assert.rejects(openWorkspace({ roots: [folder.path], assets, onProgress: () => abort.abort() }, abort.signal), {
      name: 'AbortError',
    });
  });

  it('survives being killed at any moment, and two processes at once', async () => {
    for (let i = 0; i < 60; i++) folder.write(`many/f${i}.ts`, `export function f${i}() {}\n`.repeat(20));
    const index = () =>
      spawn(process.execPath, ['dist/cli.js', 'index', '--repo', folder.path, '--store', store.path, '-q'], { stdio: 'ignore' });
    for (let round = 0; round < 12; round++) {
      const pair = [index(), index()];
      folder.write('a.ts', `import { b } from './b';\nb(${round});\n`);
      await new Promise((done) => setTimeout(done, 40 * round));
      for (const p of pair) p.kill('SIGKILL');
      await Promise.all(
        pair.map((p) => new Promise((done) => (p.exitCode !== null || p.signalCode !== null ? done(undefined) : p.once('close', done)))),
      );
    }
    const { snapshot } = await open();
    assert.deepEqual(told(snapshot), told((await open({ store: undefined })).snapshot));
    assert.deepEqual(snapshot.problems, []);
  });
});
