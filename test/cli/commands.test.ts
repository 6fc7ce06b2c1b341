import assert from 'node:assert/strict';
import { Workspace } from './longview.js';

describe('the longview command', () => {
  let workspace: Workspace;
  before(() => {
    workspace = new Workspace({
      'src/a.ts': "import { b } from './b';\nexport function a(): number {\n  return b();\n}\n",
      'src/b.ts': "import { a } from './a';\nimport { gone } from './gone';\nexport function b(): number {\n  return a() + gone;\n}\n",
      'src/types.ts': "import type { a } from './a';\nexport type A = typeof a;\n",
      'README.md': '# A sample\n',
    });
  });
  after(() => workspace.dispose());

  it('prints its commands and asks for one when called without', () => {
    const { code, out, err } = workspace.longview();
    assert.equal(code, 2);
    assert.equal(out, '');
    for (const name of ['index', 'graph', 'cycles', 'pack', 'why', 'stats']) assert.match(err, new RegExp(`longview ${name} `));
  });

  it('gives every command a help text that ends without an error', () => {
    for (const name of ['index', 'graph', 'cycles', 'pack', 'why', 'stats', 'models', 'record']) {
      const { code, out, err } = workspace.longview(name, '--help');
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, new RegExp(`^longview ${name}`));
    }
  });

  it('answers a wrong command, option or argument with exit code 2 and where to look', () => {
    for (const args of [['indx'], ['graph', '--egdes'], ['cycles', 'src'], ['graph', '--kind', 'include'], ['graph', '--top', 'x']]) {
      const { code, out, err } = workspace.longview(...args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(err, /^longview: /);
    }
  });

  it('says which file cannot be read or written, and what to do', () => {
    for (const [args, message] of [
      [
        ['pack', '--query', 'a', '--out', 'gone/context.md'],
        /^longview: --out "gone\/context\.md" could not be written \(ENOENT\)\. Check its folder\.$/m,
      ],
      [['pack', '--query-file', 'gone.txt'], /^longview: --query-file "gone\.txt" could not be read \(ENOENT\)\. Check the path\.$/m],
      [
        ['audit', '--log', 'README.md'],
        /^longview: The audit log in ".*README\.md" cannot be read \(ENOTDIR\)\. Check the path and its permissions\.$/m,
      ],
      [['models', '--prices', 'README.md'], /^longview: --prices "README\.md" is not JSON: /m],
    ] as const) {
      const { code, err } = workspace.longview(...args);
      assert.equal(code, 1, err);
      assert.match(err, message);
    }
  });

  it('names the folder that does not exist and exits with 1', () => {
    const { code, err } = workspace.longview('stats', '--repo', 'nowhere');
    assert.equal(code, 1);
    assert.match(err, /nowhere" is not a folder\. Name an existing one with --repo\.\n$/);
  });

  it('prints edges as JSON lines, with their confidence', () => {
    const { code, out } = workspace.longview('graph', '--edges');
    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trim()
        .split('\n')
        .map((l) => JSON.parse(l)),
      [
        { from: 'src/a.ts', to: 'src/b.ts', confidence: 'resolved', kind: 'import', typeOnly: false },
        { from: 'src/b.ts', to: 'src/a.ts', confidence: 'resolved', kind: 'import', typeOnly: false },
        { from: 'src/types.ts', to: 'src/a.ts', confidence: 'resolved', kind: 'import', typeOnly: true },
      ],
    );
  });

  it('tells the place of one file: dependencies, dependents, and imports that lead nowhere', () => {
    const place = JSON.parse(workspace.longview('graph', 'src/b.ts', '--json').out);
    assert.deepEqual([place.path, place.fanIn, place.fanOut, place.instability], ['src/b.ts', 1, 1, 0.5]);
    assert.deepEqual(place.unresolved, [{ specifier: './gone', line: 2 }]);
    assert.equal(place.dependencies[0].path, 'src/a.ts');
    assert.equal(place.dependencies[0].line, 1);
  });

  it('says which file was meant when the named one does not exist', () => {
    const { code, err } = workspace.longview('graph', 'b.ts');
    assert.equal(code, 1);
    assert.match(err, /"b\.ts" is not a file of this workspace\. Did you mean src\/b\.ts\?/);
  });

  it('lists cycles with their shortest loop, and fails a check on them', () => {
    const listed = workspace.longview('cycles');
    assert.equal(listed.code, 0);
    assert.match(listed.out, /src\/a\.ts:1 → src\/b\.ts\n {2}src\/b\.ts:1 → src\/a\.ts/);
    assert.equal(workspace.longview('cycles', '--check', '--json').code, 3);
  });

  it('counts files, tokens and imports', () => {
    const stats = JSON.parse(workspace.longview('stats', '--json').out);
    assert.equal(stats.files, 4);
    assert.deepEqual(stats.imports, { inside: 3, external: 0, unresolved: 1 });
    assert.deepEqual(stats.edges, { resolved: 3, named: 0 });
    assert.equal(stats.cycles, 1);
  });

  it('prints nothing but the result when piped', () => {
    const { code, out, err } = workspace.longview('index');
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^4 files, all read\n$/);
  });
});
