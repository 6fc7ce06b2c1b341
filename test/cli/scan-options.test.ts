import assert from 'node:assert/strict';
import { Workspace } from './longview.js';

describe('options of the scan', () => {
  let workspace: Workspace;
  before(() => {
    workspace = new Workspace({ 'a.ts': 'export const a = 1;\n'.repeat(100), 'data/b.ts': 'export {};\n', 'c.ts': 'export {};\n' });
  });
  after(() => workspace.dispose());
  const report = (...args: string[]) => JSON.parse(workspace.longview('index', '--json', ...args).out);

  it('leaves out what --ignore names', () => {
    assert.equal(report().files, 3);
    assert.equal(report('--ignore', 'data/', '--ignore', 'c.*').files, 1);
  });

  it('keeps an outline of files over --huge, and parses them again under another limit', () => {
    const outline = [{ path: 'a.ts', state: 'huge', detail: 'over the size limit: an outline only' }];
    assert.deepEqual(report('--huge', '1k').unparsed, outline);
    assert.deepEqual(report().unparsed, []);
    assert.deepEqual(report('--huge', '1k').unparsed, outline);
  });

  it('says what a size looks like', () => {
    const { code, err } = workspace.longview('index', '--huge', 'much');
    assert.equal(code, 2);
    assert.match(err, /--huge "much" is not a number/);
  });
});
