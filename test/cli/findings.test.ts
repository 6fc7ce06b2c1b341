import assert from 'node:assert/strict';
import { Workspace } from './longview.js';

describe('longview findings', () => {
  let workspace: Workspace;
  before(() => {
    workspace = new Workspace({
      'src/a.ts': "import { b } from '../lib/b';\nexport const a = () => b();\n",
      'lib/b.ts': "import { a } from '../src/a';\nexport const b = () => a();\n",
    });
  });
  after(() => workspace.dispose());

  it('prints what it finds, most severe first, with lines from 1', () => {
    const { code, out } = workspace.longview('findings');
    assert.equal(code, 0);
    assert.match(
      out,
      /^High \(1\)\n\ncycle: 2 files in 2 folders depend on each other\. .*\n {2}lib\/b\.ts:1 {2}depends on src\/a\.ts.*\n/,
    );
    assert.match(out, /\n1 finding\.\n$/);
  });

  it('exits with 3 under --check, of the kinds that are asked for alone', () => {
    assert.equal(workspace.longview('findings', '--check').code, 3);
    const { code, out } = workspace.longview('findings', '--check', '--kind', 'dead-export,type-switch');
    assert.deepEqual([code, out], [0, 'No findings.\n']);
    assert.equal(workspace.longview('findings', '--kind', 'cycles').code, 2);
  });

  it('follows the rules of the folder, and says what is wrong with them', () => {
    const forbid = { layers: { lib: 'lib/', app: 'src/' }, forbid: [{ from: 'lib', to: 'app' }] };
    workspace.write('.longview/rules.json', JSON.stringify({ ...forbid, suppress: [{ kind: 'cycle', path: '**', reason: 'known' }] }));
    const { findings, suppressed } = JSON.parse(workspace.longview('findings', '--json').out);
    assert.equal(suppressed, 1);
    assert.deepEqual(
      findings.map((f: { kind: string; key: string; evidence: unknown }) => [f.kind, f.key, f.evidence]),
      [['layering', 'layering:lib/b.ts->src/a.ts', [{ path: 'lib/b.ts', line: 1, words: 'depends on src/a.ts' }]]],
    );

    workspace.write('.longview/rules.json', '{"forbid": [{"from": "lib", "to": "app"}]}');
    const { code, out, err } = workspace.longview('findings');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^longview: \.longview\/rules\.json: "forbid" 1, "from": there is no layer "lib"\. Define it in "layers"\./);
  });
});
