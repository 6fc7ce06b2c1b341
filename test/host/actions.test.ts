import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Finding } from '../../src/graph/findings/finding.js';
import type { PackChoice } from '../../src/vscode/current-pack.js';
import type { Longview } from '../../src/vscode/longview.js';
import { PLAIN } from '../../src/vscode/requests/wanted.js';
import { set } from './asks.js';
import { eventually, openSampleFile } from './editor.js';
import { opened } from './opened.js';

let longview: Longview;
const choice = (): PackChoice => longview.pack.choice;

before(async () => {
  longview = await opened();
});

/** The titles of what is offered for lines of the active editor. */
async function offered(kind: string, start: number, end: number): Promise<readonly string[]> {
  const { document } = vscode.window.activeTextEditor!;
  const range = new vscode.Range(start, 0, end, 3);
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    start === end ? new vscode.Range(start, 0, start, 0) : range,
    kind,
  );
  return found.map((a) => a.title).filter((title) => title.includes('Longview'));
}

async function select(editor: vscode.TextEditor, text: string, lines = 0): Promise<void> {
  const { line } = editor.document.positionAt(editor.document.getText().indexOf(text));
  editor.selection = new vscode.Selection(line, 0, line + lines, lines > 0 ? 3 : 0);
}

describe('Actions', () => {
  beforeEach(() => longview.pack.choose({ task: '', focus: { kind: 'none' }, pins: {}, drops: [], ask: PLAIN }));
  after(() => longview.pack.choose({ task: '', focus: { kind: 'editor' }, pins: {}, drops: [], ask: PLAIN }));

  it('put what is asked into the sidebar: the symbol at the cursor, with the evidence of the graph', async () => {
    const editor = await openSampleFile('src/retry.ts');
    await select(editor, 'export async function');
    await vscode.commands.executeCommand('longview.explain');
    const { ask, task, focus } = choice();
    assert.equal(ask.action, 'explain');
    assert.equal(ask.answers, 'text');
    assert.match(task, /^Explain `\w+` in src\/retry\.ts$/);
    assert.match(ask.instructions, /Evidence that Longview computed/);
    assert.ok(focus.kind === 'place' && focus.place.absolute.endsWith('/src/retry.ts') && focus.place.lines);
  });

  it('are about the selected lines where something is selected', async () => {
    const editor = await openSampleFile('src/booking.ts');
    await select(editor, 'import', 2);
    await vscode.commands.executeCommand('longview.explain');
    const { focus, ask } = choice();
    assert.deepEqual(focus.kind === 'place' && focus.place.lines, { start: editor.selection.start.line, end: editor.selection.end.line });
    assert.match(ask.title, /^Explain lines \d+ to \d+ of src\/booking\.ts$/);
  });

  it('solve a finding: its action is asked for changes, with the files of the loop pinned', async () => {
    const { findings } = await longview.index.ask('findings', undefined);
    const finding: Finding = findings.find((f) => f.kind === 'cycle')!;
    longview.pack.choose({ pins: { 'src/money.ts': 'outline' } });
    await vscode.commands.executeCommand('longview.solveFinding', { kind: 'finding', finding });
    assert.deepEqual([choice().ask.action, choice().ask.answers], ['break-cycle', 'proposal']);
    assert.match(choice().ask.title, /^Break the dependency cycle src\/booking\.ts → src\/tracking\.ts$/);
    assert.deepEqual(Object.keys(choice().pins).sort(), ['src/booking.ts', 'src/money.ts', 'src/tracking.ts']);
    // Its pins go with it; those of the user stay.
    await vscode.commands.executeCommand('longview.runAction', { action: 'explain', target: { kind: 'file', path: 'src/retry.ts' } });
    assert.ok('src/money.ts' in choice().pins && !('src/tracking.ts' in choice().pins));
  });

  it('are about a file that the explorer or a row points at', async () => {
    const editor = await openSampleFile('src/booking.ts');
    await vscode.commands.executeCommand('longview.splitModule', editor.document.uri, [editor.document.uri]);
    assert.equal(choice().ask.title, 'Split src/booking.ts');
    await vscode.commands.executeCommand('longview.explain', { kind: 'neighbour', path: 'src/parcel.ts' });
    assert.equal(choice().ask.title, 'Explain src/parcel.ts');
  });

  it('take the words that a keybinding gives', async () => {
    const target = { kind: 'file', path: 'src/parcel.ts' };
    await vscode.commands.executeCommand('longview.runAction', { action: 'refactor', target, wish: 'name units in weights' });
    assert.match(choice().task, /name units in weights/);
    assert.equal(choice().ask.answers, 'proposal');
  });

  it('write a message for what git says has changed, in a small context', async () => {
    const editor = await openSampleFile('src/money.ts');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// Amounts are in cents.\n'));
    await editor.document.save();
    await vscode.commands.executeCommand('longview.writeCommitMessage');
    const { ask } = choice();
    assert.deepEqual([ask.action, ask.answers, ask.title], ['commit-message', 'text', 'Write a commit message for 1 file']);
    assert.match(ask.instructions, /Amounts are in cents/);
    const packed = await longview.pack.now();
    assert.ok(packed.kind === 'packed' && packed.pack.budget <= 4_000);
  });

  it('plan a migration with what it costs to read each module', async () => {
    await set('prices', { 'acme/large': { input: 2, output: 10 } });
    await set('endpoints', { acme: { baseUrl: 'http://127.0.0.1:9/v1' } });
    await set('model', 'acme/large');
    try {
      await vscode.commands.executeCommand('longview.planMigration');
      const [, tokens = '', price = ''] = /files, ([\d,]+) tokens, \$(\d+\.\d+) to read once/.exec(choice().ask.instructions) ?? [];
      const exact = (Number(tokens.replace(',', '')) * 2) / 1e6;
      // Its own count of tokens is not known: the range of the estimate is in the price.
      assert.ok(Number(price) >= exact && Number(price) < 2 * exact, `$${price} for ${tokens} tokens`);
    } finally {
      for (const name of ['prices', 'endpoints', 'model']) await set(name, undefined);
    }
  });

  it('are offered for a selection, extractions for nothing less', async () => {
    await openSampleFile('src/booking.ts');
    assert.deepEqual(await offered('refactor.extract', 3, 6), [
      'Extract Function with Longview…',
      'Extract Class with Longview…',
      'Extract Module with Longview…',
    ]);
    assert.deepEqual(await offered('refactor.extract', 3, 3), []);
    assert.deepEqual(await offered('refactor.rewrite', 3, 6), ['Refactor with Longview…']);
  });

  it('stay where they were when an action cannot be done', async () => {
    await eventually(async () => assert.ok(longview.index.last));
    await vscode.commands.executeCommand('longview.runAction', { action: 'break-cycle', target: { kind: 'file', path: 'src/money.ts' } });
    assert.equal(choice().ask.action, PLAIN.action);
  });
});
