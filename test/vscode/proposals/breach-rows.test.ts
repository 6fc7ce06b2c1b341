import assert from 'node:assert/strict';
import type { Breach } from '../../../src/proposals/breaches.js';
import { pendingOf } from '../../../src/vscode/proposals/pending.js';
import { proposalRows, wordsOf } from '../../../src/vscode/proposals/proposal-rows.js';

describe('vscode/proposals: rules that are broken', () => {
  const file = { kind: 'edit' as const, path: 'src/a.ts', before: 'a\n', after: 'b\n', warnings: [] };
  const plan = { files: [file], refused: [{ path: 'src/b.ts', reason: 'no' }] };
  const pending = pendingOf({ id: 'p', title: 't', misread: [], changes: [], requests: [] }, plan);
  const breach: Breach = { rule: 'Never use any.', from: 'AGENTS.md', file: 'src/a.ts', line: 3, why: 'a is typed any' };

  it('stand behind the files and before what is refused, and hide neither', () => {
    assert.deepEqual(
      proposalRows(pending, [breach, { ...breach, line: undefined }]).map(({ kind }) => kind),
      ['file', 'breach', 'breach', 'refused'],
    );
    assert.deepEqual(
      proposalRows(pending).map(({ kind }) => kind),
      ['file', 'refused'],
    );
  });

  it('name place, reason and rule, and whether the rule is written down', () => {
    const [, row] = proposalRows(pending, [breach]);
    const { label, description, tooltip } = wordsOf(row!);
    assert.deepEqual([label, description, tooltip], ['src/a.ts:3', 'a is typed any', 'a is typed any\n“Never use any.” (AGENTS.md)']);
    const [, made] = proposalRows(pending, [{ ...breach, from: undefined, line: undefined }]);
    assert.equal(wordsOf(made!).label, 'src/a.ts');
    assert.match(wordsOf(made!).tooltip, /not in the rules in these words/);
  });
});
