import assert from 'node:assert/strict';
import { coChanges } from '../../src/context/co-change.js';
import { parseLog, readHistory } from '../../src/workspace/history.js';
import { Folder } from '../folders.js';

describe('context/co-change', () => {
  const history = {
    commits: [
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'd'],
      ['d', 'e'],
      ['d', 'e'],
    ].map((files, i) => ({ time: 10 - i, files })),
  };

  it('ties files to a seed by how often they changed with it, once being no tie', () => {
    const ties = coChanges(history, new Map([['a', 1]]));
    assert.deepEqual([...ties], [['b', { strength: 2 / 3, with: 'a', commits: 2 }]]);
  });
  it('says nothing without history', () => {
    assert.equal(coChanges(undefined, new Map([['a', 1]])).size, 0);
  });
});

describe('workspace/history', () => {
  it('reads what each commit touched, newest first, and leaves wide commits out', async () => {
    const folder = new Folder({ 'a.ts': '1', 'x y.ts': '1' });
    folder.git('init', '-q');
    folder.git('add', '.');
    folder.git('commit', '-qm', 'one');
    folder.write('a.ts', '2');
    folder.git('commit', '-qam', 'two');
    for (let i = 0; i < 60; i++) folder.write(`many/${i}`, 'x');
    folder.git('add', '.');
    folder.git('commit', '-qm', 'wide');
    const history = await readHistory([{ folder: folder.path, prefix: 'app/' }]);
    assert.deepEqual(
      history?.commits.map((c) => c.files),
      [['app/a.ts'], ['app/a.ts', 'app/x y.ts']],
    );
    folder.remove();
  });
  it('is none in a plain folder and after a single commit', async () => {
    const folder = new Folder({ 'a.ts': '1' });
    assert.equal(await readHistory([{ folder: folder.path, prefix: '' }]), undefined);
    folder.remove();
    assert.deepEqual(parseLog('\x0112\0\na b\0c\0', ''), [{ time: 12, files: ['a b', 'c'] }]);
  });
});
