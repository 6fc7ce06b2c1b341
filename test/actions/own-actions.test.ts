import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listActions } from '../../src/actions/actions.js';
import { readOwnAction } from '../../src/actions/own-actions.js';
import { snapshotOf } from '../workspaces.js';
import { planned, refusal } from './plans.js';

const LOGGING = `---
title: "Add logging"
targets: lines, symbol
answers: proposal
wish: What should be logged?
pins: src/log.ts
---
Log {{wish}} in {{file}}.

{{selection}}
`;
const FILES = {
  '.longview/actions/add-logging.md': LOGGING,
  '.longview/actions/explain.md': '---\ntitle: Mine\n---\nDo it.\n',
  '.longview/actions/wrong.md': '---\ntitel: x\nanswers: maybe\n---\n{{foo}}\n',
  '.longview/actions/notes/deep.md': 'not one',
  'src/a.ts': 'export function a() {\n  return `{{wish}}`; // ``` \n}\n',
  'src/log.ts': 'export const log = console.log;\n',
};

describe('actions/own-actions', () => {
  it('lists those that are right behind the built-in ones, and says what is wrong with the others', async () => {
    const { actions, problems } = listActions(await snapshotOf(FILES));
    assert.deepEqual(
      actions.filter((a) => a.from).map(({ id, title, takes, answers, wish, from }) => ({ id, title, takes, answers, wish, from })),
      [
        {
          id: 'add-logging',
          title: 'Add logging',
          takes: ['lines', 'symbol'],
          answers: 'proposal',
          wish: { required: true, prompt: 'What should be logged?' },
          from: '.longview/actions/add-logging.md',
        },
      ],
    );
    assert.deepEqual(problems, [
      '.longview/actions/explain.md: "explain" is built in. Rename the file.',
      '.longview/actions/wrong.md: line 2 is none of title, targets, answers, wish, pins with a colon and a value.',
      '.longview/actions/wrong.md: "title" is missing. Say in a few words what it does.',
      '.longview/actions/wrong.md: "answers" is "maybe". Write text or proposal.',
      '.longview/actions/wrong.md: {{foo}} stands for nothing. There are {{file}}, {{selection}}, {{symbol}}, {{finding}}, {{wish}}.',
    ]);
  });

  it('reads a header and a placeholder of nothing but blanks in linear time', () => {
    const blanks = '\t'.repeat(3_000);
    const from = performance.now();
    assert.equal(readOwnAction(`---\ntitle:${blanks}x${blanks}y\n---\n{{${blanks}{\n`).kind, 'action');
    assert.ok(performance.now() - from < 1_000);
  });

  it('fills in placeholders once, code in a fence of its own', async () => {
    const snapshot = await snapshotOf(FILES);
    const target = { kind: 'lines', path: 'src/a.ts', lines: { start: 1, end: 1 } } as const;
    const plan = planned(snapshot, { action: 'add-logging', target, wish: 'every call' });
    assert.ok(plan.instructions.startsWith('Log every call in `src/a.ts`.\n\n````\n  return `{{wish}}`; // ``` \n````\n'));
    assert.deepEqual(
      plan.pack.pins?.map((p) => p.path),
      ['src/a.ts', 'src/log.ts'],
    );
    const symbol = { kind: 'symbol', path: 'src/a.ts', symbol: 'a' } as const;
    assert.match(refusal(snapshot, { action: 'add-logging', target: symbol, wish: 'x' }), /needs a selection/);
    assert.match(refusal(snapshot, { action: 'add-logging', target }), /needs to know: What should be logged\?/);
  });

  it('reads any text without failing, and takes nothing that has no title and no instructions', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('-', '\n', ':', 't', 'title', ' ', '{{', '}}', 'file') }), (text) => {
        const read = readOwnAction(text);
        if (read.kind === 'action') assert.ok(read.action.title !== '' && read.action.body !== '');
        else assert.ok(read.problems.length > 0);
      }),
    );
  });
});
