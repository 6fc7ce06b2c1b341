import assert from 'node:assert/strict';
import { ACTIONS } from '../../../src/actions/actions.js';
import type { FoundFindings } from '../../../src/engine/protocol.js';
import { FINDING_KINDS, type Finding } from '../../../src/graph/findings/finding.js';
import { type FindingFilter, FindingRows, type FindingsRow, type Grouping, SHOW_ALL } from '../../../src/vscode/findings/finding-rows.js';
import { describeFindingRow, explainKind } from '../../../src/vscode/findings/finding-words.js';
import { solutionOf } from '../../../src/vscode/findings/solutions.js';

const CYCLE: Finding = {
  kind: 'cycle',
  principle: 'acyclic dependencies',
  severity: 'high',
  files: ['lib/b.ts', 'src/a.ts'],
  evidence: [
    { path: 'lib/b.ts', line: 0, words: 'depends on src/a.ts' },
    { path: 'src/a.ts', line: 4, words: 'depends on lib/b.ts' },
  ],
  message: '2 files in 2 folders depend on each other.',
  key: 'cycle:1',
};
const DEAD: Finding = {
  kind: 'dead-export',
  principle: 'no dead code',
  severity: 'low',
  files: ['src/a.ts'],
  evidence: [{ path: 'src/a.ts', line: 9, words: 'defines and exports the function f' }],
  message: 'No other file uses the function f.',
  key: 'dead-export:src/a.ts#f',
};
const FOUND: FoundFindings = { findings: [CYCLE, DEAD], suppressed: 1, wrongRules: [] };

/** Each row in its words, what is below it indented. */
function outline(rows: FindingRows, parent?: FindingsRow, indent = ''): string[] {
  return rows.children(parent).flatMap((row) => {
    if (row.kind === 'page') return [`${indent}page`];
    const { label, description } = describeFindingRow(row);
    return [`${indent}${label}: ${description}`, ...outline(rows, row, `${indent}  `)];
  });
}
const rows = (grouping: Grouping, filter: FindingFilter = SHOW_ALL, found = FOUND) => new FindingRows(found, grouping, filter);

describe('vscode/findings/finding-rows', () => {
  it('groups findings by severity, each with the lines that show it', () => {
    assert.deepEqual(outline(rows('severity')), [
      'High: 1',
      '  b.ts → a.ts: acyclic dependencies · 2 files in 2 folders depend on each other.',
      '    b.ts:1: depends on src/a.ts · lib',
      '    a.ts:5: depends on lib/b.ts · src',
      'Low: 1',
      '  f: no dead code · No other file uses the function f.',
      '    a.ts:10: defines and exports the function f · src',
    ]);
  });

  it('groups them by kind, and leaves out what is filtered', () => {
    const filtered = rows('kind', { kinds: ['dead-export'], severities: [] });
    assert.deepEqual(
      outline(filtered).filter((line) => !line.startsWith(' ')),
      ['Cycles: 1'],
    );
    assert.equal(filtered.hidden, 1);
    assert.deepEqual(rows('kind', { kinds: [], severities: ['high', 'low'] }).children(undefined), []);
  });

  it('begins with rules that are wrong', () => {
    const wrong = { path: '.longview/rules.json', absolute: '/w/.longview/rules.json', problems: ['is not JSON. Mend its syntax.'] };
    assert.equal(
      outline(rows('kind', SHOW_ALL, { ...FOUND, wrongRules: [wrong] }))[0],
      '.longview/rules.json: is not JSON. Mend its syntax.',
    );
  });

  it('shows ten thousand findings in pages', () => {
    const findings = Array.from({ length: 10_000 }, (_, i) => ({ ...DEAD, key: `dead-export:src/a.ts#f${i}` }));
    const many = rows('kind', SHOW_ALL, { ...FOUND, findings });
    assert.ok(many.children(many.children(undefined)[0]).length <= 400);
  });

  it('says severity, principle and places to those who do not see icons', () => {
    const spoken = (row: FindingsRow | undefined): string => (row && row.kind !== 'page' ? describeFindingRow(row).spoken : '');
    const [group] = rows('severity').children(undefined);
    const [finding] = rows('severity').children(group);
    assert.equal(spoken(group), 'High, 1 finding');
    assert.equal(
      spoken(finding),
      'b.ts → a.ts, high severity, acyclic dependencies: 2 files in 2 folders depend on each other. 2 lines that show it',
    );
    assert.equal(spoken(rows('severity').children(finding)[1]), 'a.ts line 5: depends on lib/b.ts');
  });

  it('has words and an answer for every kind', () => {
    for (const kind of FINDING_KINDS) {
      assert.match(explainKind(kind), new RegExp(`^# .+\\n\\n\`${kind}\`: .+\\n`));
      const { action: id, wish } = solutionOf({ kind });
      const action = ACTIONS.find((a) => a.id === id);
      assert.ok(action?.takes.includes('finding') && action.findings?.includes(kind) !== false, `${id} takes no ${kind}`);
      assert.ok(action?.wish?.required !== true || wish);
    }
  });
});
