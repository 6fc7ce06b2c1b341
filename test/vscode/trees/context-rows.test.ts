import assert from 'node:assert/strict';
import type { Level } from '../../../src/context/pack.js';
import type { ListedFile, SentPack } from '../../../src/engine/protocol.js';
import { ContextRows, type FileRow, type GroupRow, isFileRow, rowOf, type SortKey } from '../../../src/vscode/trees/context-rows.js';
import { PAGE } from '../../../src/vscode/trees/pages.js';

function listed(path: string, level: Level, tokens: number, score: number): ListedFile {
  return { path, level, tokens, score, reason: 'uses a.ts', terms: [] };
}

function pack(files: readonly ListedFile[], left: readonly string[] = []): SentPack {
  const scores = Float64Array.from(left, (_, i) => 1 / (i + 2));
  return { files, left: { paths: left, scores }, prompt: '', tokens: 900, budget: 1000, whole: false };
}

const SOME = pack(
  [listed('src/b.ts', 'full', 400, 3), listed('lib/b.ts', 'outline', 40, 2), listed('a.ts', 'path', 0, 1)],
  ['left/x.ts', 'left/y.ts'],
);
const NOTHING = { pins: {}, drops: [] };

function paths(rows: ContextRows, group: GroupRow | undefined): string[] {
  return rows.children(group).map((row) => (isFileRow(row) ? row.path : row.kind));
}

describe('vscode/trees/context-rows', () => {
  it('groups files by how they stand, empty groups left out', () => {
    const rows = new ContextRows(SOME, { pins: { 'lib/b.ts': 'outline' }, drops: ['gone.ts', 'dull.ts'] }, 'score');
    assert.deepEqual(
      rows.groups.map((g) => [g.standing, g.files, g.tokens, paths(rows, g)]),
      [
        ['pinned', 1, 40, ['lib/b.ts']],
        ['packed', 2, 400, ['src/b.ts', 'a.ts']],
        ['dropped', 2, 0, ['dull.ts', 'gone.ts']],
        ['left', 2, 0, ['left/x.ts', 'left/y.ts']],
      ],
    );
    assert.deepEqual(
      new ContextRows(SOME, NOTHING, 'score').groups.map((g) => g.standing),
      ['packed', 'left'],
    );
  });

  it('moves a file at once when it is dropped or pinned, before the next pack is made', () => {
    const dropped = new ContextRows(SOME, { pins: {}, drops: ['a.ts'] }, 'score');
    assert.deepEqual(
      dropped.groups.map((g) => [g.standing, g.files]),
      [
        ['packed', 2],
        ['dropped', 1],
        ['left', 2],
      ],
    );
    const pinned = new ContextRows(SOME, { pins: { 'left/x.ts': 'full' }, drops: [] }, 'score');
    assert.deepEqual(
      pinned.groups.map((g) => [g.standing, ...paths(pinned, g)]),
      [
        ['pinned', 'left/x.ts'],
        ['packed', 'src/b.ts', 'lib/b.ts', 'a.ts'],
        ['left', 'left/y.ts'],
      ],
    );
  });

  it('keeps the pins of a pack that was refused, so that they can be taken back', () => {
    const refused = new ContextRows(undefined, { pins: { 'huge.ts': 'full' }, drops: [] }, 'score');
    const [row] = refused.children(refused.groups[0]) as FileRow[];
    assert.deepEqual([row?.standing, row?.pinnedAt, row?.listed], ['pinned', 'full', undefined]);
  });

  it('sorts by score, path or tokens; files without room stay best first', () => {
    const order = (sort: SortKey): string[] => {
      const rows = new ContextRows(SOME, NOTHING, sort);
      return paths(rows, rows.groups[0]);
    };
    assert.deepEqual(order('score'), ['src/b.ts', 'lib/b.ts', 'a.ts']);
    assert.deepEqual(order('path'), ['a.ts', 'lib/b.ts', 'src/b.ts']);
    assert.deepEqual(order('tokens'), ['src/b.ts', 'lib/b.ts', 'a.ts']);
    const byPath = new ContextRows(pack([], ['z.ts', 'a.ts']), NOTHING, 'path');
    assert.deepEqual(paths(byPath, byPath.groups[0]), ['z.ts', 'a.ts']);
  });

  it('calls a file by its folder too where another one has the same name', () => {
    const rows = new ContextRows(SOME, NOTHING, 'score');
    const labels = rows.children(rows.groups[0]).map((row) => rows.label(row as FileRow));
    assert.deepEqual(labels, ['src/b.ts', 'lib/b.ts', 'a.ts']);
  });

  it('shows ten thousand files without room in pages, each with its own score', () => {
    const left = Array.from({ length: 10_000 }, (_, i) => `f${i}.ts`);
    const rows = new ContextRows(pack([], left), NOTHING, 'score');
    const shown = rows.children(rows.groups[0]);
    const page = shown[PAGE];
    assert.ok(page?.kind === 'page');
    const [first] = rows.children(page) as FileRow[];
    assert.deepEqual([first?.path, first?.score, first?.standing], [`f${PAGE}.ts`, 1 / (PAGE + 2), 'left']);
  });

  it('finds how any file stands', () => {
    const choice = { pins: { 'a.ts': 'path' as const }, drops: ['d.ts'] };
    assert.deepEqual(
      ['a.ts', 'd.ts', 'src/b.ts', 'else.ts'].map((path) => rowOf(path, SOME, choice).standing),
      ['pinned', 'dropped', 'packed', 'left'],
    );
  });
});
