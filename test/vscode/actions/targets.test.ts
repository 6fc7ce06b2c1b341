import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ACTIONS } from '../../../src/actions/actions.js';
import type { FileSymbol } from '../../../src/engine/protocol.js';
import type { Finding } from '../../../src/graph/findings/finding.js';
import { ACTION_COMMANDS, isRefactoring } from '../../../src/vscode/actions/action-commands.js';
import { adviceFor, aimAt, nameOfAim, type Place, symbolAt } from '../../../src/vscode/actions/targets.js';

const action = (id: string) => ACTIONS.find((a) => a.id === id)!;
const EDITOR: Place = { path: 'src/router.ts', symbol: 'Router.handle', pointedAt: false };
const SELECTED: Place = { ...EDITOR, lines: { start: 3, end: 5 } };
const POINTED: Place = { path: 'src/router.ts', pointedAt: true };
const CYCLE: Finding = {
  kind: 'cycle',
  principle: 'acyclic dependencies',
  severity: 'high',
  files: ['a.ts', 'b.ts'],
  evidence: [{ path: 'a.ts', line: 0, words: 'depends on b.ts' }],
  message: 'A ring.',
  key: 'cycle:1',
};
const symbol = (name: string, kind: FileSymbol['kind'], start: number, end: number, container = -1): FileSymbol => ({
  name,
  kind,
  container,
  start,
  end,
  tokens: 1,
});

describe('vscode/actions/action-commands', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { commands: { command: string }[] } };

  it('has a command in the manifest for every action', () => {
    const commands = new Set(manifest.contributes.commands.map((c) => c.command));
    for (const [command, id] of Object.entries(ACTION_COMMANDS)) {
      assert.ok(commands.has(`longview.${command}`), `longview.${command} is not in the manifest`);
      assert.ok(action(id), `there is no action ${id}`);
    }
    const reached = new Set(Object.values(ACTION_COMMANDS));
    assert.deepEqual(
      ACTIONS.filter(({ id }) => !reached.has(id) && !isRefactoring(id)).map(({ id }) => id),
      [],
    );
  });
});

describe('vscode/actions/targets', () => {
  it('is about the selection, else the symbol at the cursor, else the file', () => {
    assert.deepEqual(aimAt(action('explain'), SELECTED), { kind: 'lines', path: 'src/router.ts', lines: { start: 3, end: 5 } });
    assert.deepEqual(aimAt(action('explain'), EDITOR), { kind: 'symbol', path: 'src/router.ts', symbol: 'Router.handle' });
    assert.deepEqual(aimAt(action('explain'), POINTED), { kind: 'file', path: 'src/router.ts' });
    assert.deepEqual(aimAt(action('split-module'), SELECTED), { kind: 'file', path: 'src/router.ts' });
  });

  it('has a cycle chosen, but for a row or a file that was pointed at', () => {
    assert.deepEqual(aimAt(action('break-cycle'), EDITOR), { kind: 'choose-cycle' });
    assert.deepEqual(aimAt(action('break-cycle'), POINTED), { kind: 'file', path: 'src/router.ts' });
    assert.deepEqual(aimAt(action('break-cycle'), { cycle: ['a.ts', 'b.ts'], pointedAt: true }), {
      kind: 'cycle',
      files: ['a.ts', 'b.ts'],
    });
  });

  it('asks about the workspace where nothing is selected or pointed at', () => {
    assert.deepEqual(aimAt(action('ask'), EDITOR), { kind: 'workspace' });
    assert.equal(aimAt(action('ask'), SELECTED)?.kind, 'lines');
    assert.equal(aimAt(action('ask'), POINTED)?.kind, 'file');
  });

  it('is about a finding where the action takes its kind, else about its file', () => {
    const place: Place = { finding: CYCLE, path: 'a.ts', pointedAt: true };
    assert.deepEqual(aimAt(action('break-cycle'), place), { kind: 'finding', finding: CYCLE });
    assert.deepEqual(aimAt({ takes: ['finding', 'file'], findings: ['layering'] }, place), { kind: 'file', path: 'a.ts' });
  });

  it('reads the change for a review, whatever is open', () => {
    assert.deepEqual(aimAt(action('review-change'), SELECTED), { kind: 'read-change' });
  });

  it('says what to do where there is nothing to be about', () => {
    const nowhere: Place = { pointedAt: false };
    assert.equal(aimAt(action('extract-function'), nowhere), undefined);
    assert.equal(
      adviceFor(action('extract-function')),
      'Extract Function needs to know where: select the lines or place the cursor in a symbol.',
    );
    assert.match(adviceFor(action('refactor')), /^Refactor needs to know where: select the lines, place the cursor in a symbol, .* or /);
  });

  it('finds the innermost unit around a line, past its variables', () => {
    const symbols = [symbol('Router', 'class', 0, 20), symbol('routes', 'field', 2, 4, 0), symbol('handle', 'method', 6, 12, 0)];
    assert.deepEqual(
      [3, 7, 30].map((line) => symbolAt(symbols, line)),
      [0, 2, undefined],
    );
  });

  it('has a name for what every action would be about', () => {
    for (const a of ACTIONS) for (const place of [EDITOR, SELECTED, POINTED]) assert.equal(typeof nameOfAim(aimAt(a, place)), 'string');
    assert.equal(nameOfAim(aimAt(action('explain'), SELECTED)), 'lines 4 to 6');
  });
});
