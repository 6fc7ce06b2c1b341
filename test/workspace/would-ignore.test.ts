import assert from 'node:assert/strict';
import { wouldIgnore } from '../../src/workspace/would-ignore.js';
import { Folder } from '../folders.js';

const FILES = {
  '.gitignore': '*.log\nbuild/\n!keep.log\n',
  'src/.gitignore': 'local.ts\n',
  '.longviewignore': 'secret/\n',
  'src/.longviewignore': '*.gen.ts\n',
};
const IGNORED = ['a.log', 'src/b.log', 'build/x.ts', 'src/local.ts', 'secret/a.ts', 'src/a.gen.ts', 'src/deep/a.gen.ts', 'extra.ts'];
const LISTED = ['keep.log', 'local.ts', 'a.gen.ts', 'src/a.ts', 'new/deep/file.ts'];

describe('workspace/would-ignore', () => {
  for (const kind of ['repository', 'plain folder']) {
    it(`knows before a file is made whether a scan would list it, in a ${kind}`, async () => {
      const folder = new Folder(FILES);
      try {
        if (kind === 'repository') folder.git('init', '-q');
        for (const path of [...IGNORED, ...LISTED])
          assert.equal(await wouldIgnore(folder.path, path, ['extra.ts']), IGNORED.includes(path), path);
      } finally {
        folder.remove();
      }
    });
  }
});
