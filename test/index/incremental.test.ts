import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { Index } from '../../src/index/index.js';
import { Folder } from '../folders.js';
import { PROGRAMS as START } from '../programs.js';

const assets = resolve('dist');

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
});
