import assert from 'node:assert/strict';
import type { ListedAction } from '../../../src/actions/action.js';
import { actionRows } from '../../../src/vscode/actions/action-rows.js';

const EXPLAIN: ListedAction = {
  id: 'explain',
  title: 'Explain',
  summary: 'says what it is',
  takes: ['symbol', 'file'],
  answers: 'text',
  demands: 'question',
};
const SPLIT: ListedAction = {
  ...EXPLAIN,
  id: 'split-module',
  title: 'Split Module',
  takes: ['file'],
  answers: 'proposal',
  demands: 'change',
};
const OWN: ListedAction = { ...SPLIT, id: 'add-log', title: 'Add a Log Line', from: '.longview/actions/add-log.md' };

describe('vscode/actions/action-rows', () => {
  it('tells words from changes, the workspace’s own apart, each with what it would be about', () => {
    const rows = actionRows({ actions: [EXPLAIN, SPLIT, OWN], problems: [] }, { path: 'src/a.ts', symbol: 'f', pointedAt: false });
    assert.deepEqual(
      rows.map((r) => (r.kind === 'action' ? `${r.action.title}: ${r.about}` : r.kind === 'group' ? `-- ${r.label}` : r.words)),
      ['-- answers in words', 'Explain: f', '-- proposes changes', 'Split Module: a.ts', '-- of this workspace', 'Add a Log Line: a.ts'],
    );
  });

  it('ends with what is wrong with the workspace’s own, and where', () => {
    const problems = ['.longview/actions/add-log.md: line 3 is none of title, targets.', '.longview/actions/b.md: "title" is missing.'];
    assert.deepEqual(actionRows({ actions: [], problems }, { pointedAt: false }), [
      { kind: 'group', label: 'of this workspace' },
      { kind: 'problem', words: problems[0], path: '.longview/actions/add-log.md', line: 2 },
      { kind: 'problem', words: problems[1], path: '.longview/actions/b.md', line: 0 },
    ]);
  });
});
