import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Index } from '../../src/index/index.js';
import { Folder } from '../folders.js';
import { PROGRAMS } from '../programs.js';
import { shownEdges } from '../workspaces.js';

const assets = resolve('dist');
const START = Object.fromEntries(Object.entries(PROGRAMS).filter(([path]) => /^(src\/(app|lib)|py\/|package\.json)/.test(path)));

describe('index/incremental', () => {
  it('resolves a file alone when the others cannot see what changed in it', async () => {
    const folder = new Folder(START);
    try {
      const index = new Index({ roots: [folder.path], assets });
      await index.update();
      const changed = async (name: string, from: string, to: string): Promise<number> => {
        folder.write(name, START[name]!.replace(from, to));
        await index.update();
        return index.resolved;
      };
      // A body, then a method's name; three files of that family.
      assert.equal(await changed('src/lib/store.ts', 'const found = key;', 'const found = key;\n    const more = found;'), 1);
      assert.equal(await changed('src/lib/store.ts', 'get(', 'fetch('), 3);
      assert.equal(await changed('src/lib/store.ts', '', ''), 3);
      // A manifest that the family read.
      assert.equal(await changed('package.json', '/lib/*.ts', '/nowhere/*.ts'), 3);
      assert.equal(await changed('package.json', '', ''), 3);
      assert.equal(await changed('package.json', '', ''), 0);
    } finally {
      folder.remove();
    }
  });

  it('answers the same whether it was prepared for a change, held up in that, or not', async () => {
    const folder = new Folder({ 'A.java': 'class A { B b; void run() { b.go(); } }\n', 'B.java': 'class B { void go() {} }\n' });
    const store = new Folder({});
    try {
      for (const prepare of [() => undefined, (i: Index) => i.prepare(), (i: Index) => void i.prepare()]) {
        folder.write('A.java', 'class A { B b; void run() { b.go(); } }\n');
        const index = new Index({ roots: [folder.path], assets, store: store.path });
        await index.update();
        await prepare(index);
        folder.write('A.java', 'class A { B b; void run() { b.go();\n b.go(); } }\n');
        const { edges } = (await index.update()).graph;
        assert.deepEqual(
          edges.map(({ from, to, weight }) => [from, to, weight]),
          [['A.java', 'B.java', 3]],
        );
        assert.equal(index.resolved, 1);
        index.close();
      }
    } finally {
      folder.remove();
      store.remove();
    }
  });

  it('takes unsaved text for the file until it is given back', async () => {
    const folder = new Folder({ 'a.ts': "import { b } from './b';\n", 'b.ts': 'export const b = 1;\n', 'c.ts': 'export const b = 2;\n' });
    try {
      const index = new Index({ roots: [folder.path], assets });
      const targets = async (): Promise<string[]> => (await index.update()).graph.edges.map((e) => e.to);
      assert.deepEqual(await targets(), ['b.ts']);
      index.setUnsaved(`${folder.path}/a.ts`, "import { b } from './c';\n");
      assert.deepEqual(await targets(), ['c.ts']);
      assert.equal((await index.update()).text('a.ts'), "import { b } from './c';\n");
      index.setUnsaved(`${folder.path}/a.ts`, undefined);
      assert.deepEqual(await targets(), ['b.ts']);
    } finally {
      folder.remove();
    }
  });

  it('looks only at the files that are said to have changed', async () => {
    const folder = new Folder({ 'a.ts': "import './b';\n", 'b.ts': '', 'c.ts': '', '.gitignore': '' });
    const absolute = (name: string): string => join(folder.path, name);
    try {
      const index = new Index({ roots: [folder.path], assets });
      const edges = async (...changed: string[]): Promise<string[]> =>
        shownEdges((await index.update(undefined, changed.map(absolute))).graph);
      assert.deepEqual(await edges(), ['a.ts -> b.ts']);
      folder.write('a.ts', "import './c';\n");
      folder.write('b.ts', "import './c';\n");
      assert.deepEqual(await edges('b.ts'), ['a.ts -> b.ts', 'b.ts -> c.ts']);
      assert.deepEqual(await edges('a.ts', 'not-there.ts'), ['a.ts -> c.ts', 'b.ts -> c.ts']);
      assert.equal((await index.update(undefined, [])).text('a.ts'), "import './c';\n");
    } finally {
      folder.remove();
    }
  });

  it('looks at everything when a file that is said to have changed is gone, or decides about others', async () => {
    const folder = new Folder({ 'a.ts': '', 'b.ts': '', 'c.ts': '', '.gitignore': '' });
    const files = async (...changed: string[]): Promise<number> =>
      (
        await index.update(
          undefined,
          changed.map((name) => join(folder.path, name)),
        )
      ).entries.filter((e) => e.path.endsWith('.ts')).length;
    const index = new Index({ roots: [folder.path], assets });
    try {
      assert.equal(await files(), 3);
      folder.delete('a.ts');
      assert.equal(await files('b.ts'), 3);
      assert.equal(await files('a.ts'), 2);
      folder.write('.gitignore', 'b.ts\n');
      assert.equal(await files('.gitignore'), 1);
    } finally {
      folder.remove();
    }
  });

  it('does not lose a change of which an update was told that was given up', async () => {
    const folder = new Folder({ 'a.ts': "import './b';\n", 'b.ts': '', 'c.ts': '' });
    try {
      const index = new Index({ roots: [folder.path], assets });
      await index.update();
      folder.write('a.ts', "import './c';\n");
      const abort = new AbortController();
      const givenUp = index.update(abort.signal, [join(folder.path, 'a.ts')]);
      abort.abort();
      await assert.rejects(givenUp, { name: 'AbortError' });
      assert.deepEqual(shownEdges((await index.update(undefined, [])).graph), ['a.ts -> c.ts']);
    } finally {
      folder.remove();
    }
  });

  it('stores a change when it has been quiet for a while, or at once when asked', async () => {
    const folder = new Folder({ 'a.ts': 'export const a = 1;\n' });
    const store = new Folder();
    try {
      const index = new Index({ roots: [folder.path], assets, store: store.path, storeAfterMs: 60_000 });
      const stored = (): boolean => readdirSync(store.path).length > 0;
      await index.update();
      assert.equal(stored(), false);
      index.flush();
      assert.equal(stored(), true);
      // What was written is still there to be read.
      assert.equal((await index.update(undefined, [])).record('a.ts')?.symbols.length, 1);
      index.close();
    } finally {
      folder.remove();
      store.remove();
    }
  });
});
