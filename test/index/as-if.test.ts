import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { findCycles } from '../../src/graph/cycles.js';
import { examineAsIf, type PlannedText } from '../../src/index/as-if.js';
import { snapshotOf } from '../workspaces.js';

const FILES = {
  'src/a.ts': "import { b } from './b';\nexport const a = () => b();\n",
  'src/b.ts': "import { a } from './a';\nexport const b = () => a();\n",
  'src/c.ts': 'export const c = 1;\n',
  'tool/one.py': 'import tool.two\n',
  'tool/two.py': 'import tool.one\n',
};

describe('The workspace as it would be', () => {
  const examined = async (...planned: readonly PlannedText[]) =>
    await examineAsIf(await snapshotOf(FILES), planned, resolve('dist'), new AbortController().signal);
  const cyclesWith = async (...planned: readonly PlannedText[]) =>
    findCycles((await examined(...planned)).graph, {}).map(({ files }) => files.join(' '));

  it('is as it is where nothing is planned', async () => {
    assert.deepEqual(await cyclesWith(), ['src/a.ts src/b.ts', 'tool/one.py tool/two.py']);
  });

  it('has the cycle no more that an edit cuts, and the edges of other languages', async () => {
    assert.deepEqual(await cyclesWith({ path: 'src/b.ts', text: 'export const b = () => 1;\n' }), ['tool/one.py tool/two.py']);
  });

  it('has the files that are made or moved, and not those that are gone', async () => {
    const { entries, graph, text, record } = await examined(
      { path: 'src/b.ts', text: undefined },
      { path: 'src/deep/b.ts', text: "import { c } from '../c';\r\nexport const b = c;\r\n" },
      { path: 'src/a.ts', text: "import { b } from './deep/b';\nexport const a = b;\n" },
    );
    assert.deepEqual(
      entries.map(({ path }) => path),
      ['src/a.ts', 'src/c.ts', 'src/deep/b.ts', 'tool/one.py', 'tool/two.py'],
    );
    assert.deepEqual(
      graph.edges.filter(({ from }) => from.startsWith('src/')).map(({ from, to }) => `${from} → ${to}`),
      ['src/a.ts → src/deep/b.ts', 'src/deep/b.ts → src/c.ts'],
    );
    assert.equal(text('src/deep/b.ts'), "import { c } from '../c';\nexport const b = c;\n");
    assert.equal(record('src/b.ts'), undefined);
  });
});
