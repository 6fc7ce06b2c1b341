import assert from 'node:assert/strict';
import type { FileFacts } from '../../../src/engine/protocol.js';
import type { Edge } from '../../../src/graph/graph.js';
import { type DependencyRow, DependencyRows } from '../../../src/vscode/trees/dependency-rows.js';
import { describeRow } from '../../../src/vscode/trees/dependency-words.js';

const FILE: FileFacts = {
  path: 'src/app.ts',
  absolute: '/w/src/app.ts',
  language: 'typescript',
  tokens: 1_200,
  lines: 80,
  fanIn: 1,
  fanOut: 2,
  instability: 2 / 3,
  dependencies: [
    { path: 'src/io/file.ts', line: 2, kind: 'import', confidence: 'resolved', typeOnly: false, weight: 3 },
    { path: 'src/types.ts', line: 0, kind: 'import', confidence: 'named', typeOnly: true, weight: 1 },
  ],
  dependents: [{ path: 'main.ts', line: 11, kind: 'use', confidence: 'resolved', typeOnly: false, weight: 1 }],
  unresolved: [{ specifier: './gone', line: 4 }],
  symbols: [
    { name: 'App', kind: 'class', container: -1, start: 9, end: 60, tokens: 800 },
    { name: 'constructor', kind: 'constructor', container: 0, start: 10, end: 12, tokens: 30 },
    { name: 'run', kind: 'function', container: -1, start: 70, end: 79, tokens: 90 },
  ],
};

function edge(from: string, to: string, line: number): Edge {
  return { from, to, line, kind: 'import', confidence: 'resolved', typeOnly: false, weight: 1 };
}
const CYCLE = { files: ['a.ts', 'b.ts', 'c.ts'], shortest: [edge('a.ts', 'b.ts', 0), edge('b.ts', 'a.ts', 6)], edgeCount: 4 };

/** Each row in its words, what is below it indented. */
function outline(rows: DependencyRows, parent?: DependencyRow, indent = ''): string[] {
  return rows.children(parent).flatMap((row) => {
    if (row.kind === 'page') return [`${indent}page`];
    const { label, description } = describeRow(row, rows);
    return [`${indent}${label}${description ? `: ${description}` : ''}`, ...outline(rows, row, `${indent}  `)];
  });
}

describe('vscode/trees/dependency-rows', () => {
  it('tells everything that the graph knows of a file', () => {
    assert.deepEqual(outline(new DependencyRows(FILE, [CYCLE])), [
      'Imports and Uses: 2',
      '  file.ts: import · resolved · line 3 · src/io',
      '  types.ts: import · by name · types only · line 1 · src',
      'Imported and Used By: 1',
      '  main.ts: use · resolved · line 12',
      'Unresolved Imports: 1',
      '  ./gone: unresolved · line 5',
      'Symbols: 3',
      '  App: class · 800 tokens · line 10',
      '    constructor: constructor · 30 tokens · line 11',
      '  run: function · 90 tokens · line 71',
      'Facts',
      '  Path: src/app.ts',
      '  Language: typescript',
      '  Tokens: 1,200',
      '  Lines: 80',
      '  Fan-in: 1: files that depend on it',
      '  Fan-out: 2: files it depends on',
      '  Instability: 0.67: fan-out of both, 0 stable to 1 unstable',
      'Cycles of the Workspace: 1',
      '  a.ts → b.ts: 3 files · 4 edges',
      '    a.ts → b.ts: import · resolved · line 1',
      '    b.ts → a.ts: import · resolved · line 7',
      '    All 3 Files',
      '      a.ts',
      '      b.ts',
      '      c.ts',
    ]);
  });

  it('shows the cycles alone where no file is open, and says when there are none', () => {
    assert.deepEqual(outline(new DependencyRows(undefined, undefined)), ['Cycles of the Workspace']);
    assert.deepEqual(outline(new DependencyRows(undefined, [])), [
      'Cycles of the Workspace: 0',
      '  None: no file depends on itself through others',
    ]);
  });

  it('says confidence in an icon and in words, and where the edge is made', () => {
    const rows = new DependencyRows(FILE, undefined);
    const [first, second] = rows.children({ kind: 'section', section: 'dependencies', rows: 2 });
    assert.ok(first?.kind === 'neighbour' && second?.kind === 'neighbour');
    const [resolved, named] = [describeRow(first, rows), describeRow(second, rows)];
    assert.notEqual(resolved.icon, named.icon);
    assert.equal(
      resolved.tooltip,
      'src/app.ts imports src/io/file.ts.\nResolved: found by the rules of the language.\nFirst on line 3, 3 times in all.',
    );
    assert.equal(named.spoken, 'types.ts, import, by name, types only, line 1, in src');
    assert.equal(first.at, 'src/app.ts');
  });

  it('puts the line of a dependent in the dependent', () => {
    const rows = new DependencyRows(FILE, undefined);
    const [row] = rows.children({ kind: 'section', section: 'dependents', rows: 1 });
    assert.ok(row?.kind === 'neighbour');
    assert.equal(row.at, 'main.ts');
    assert.match(describeRow(row, rows).tooltip ?? '', /^main\.ts uses src\/app\.ts without an import/);
  });

  it('has an icon of the editor for a constructor', () => {
    const rows = new DependencyRows(FILE, undefined);
    assert.equal(describeRow({ kind: 'symbol', index: 1, at: FILE.path }, rows).icon, 'symbol-constructor');
  });
});
