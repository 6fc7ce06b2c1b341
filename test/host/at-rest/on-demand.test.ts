import assert from 'node:assert/strict';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../extension-id.js';
import { opened } from '../opened.js';

const loaded = (bundle: string) => Object.keys(require.cache).some((file) => basename(file) === bundle && !file.includes('test'));

describe('In a window that has not needed Longview yet', () => {
  it('only the status bar item is loaded', async () => {
    await vscode.extensions.getExtension(EXTENSION_ID)!.activate();
    assert.deepEqual([loaded('extension.js'), loaded('longview.js')], [true, false]);
  });

  it('every command of the manifest can be called', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const declared: { command: string }[] = vscode.extensions.getExtension(EXTENSION_ID)!.packageJSON.contributes.commands;
    assert.deepEqual(
      declared.map((c) => c.command).filter((command) => !known.has(command)),
      [],
    );
    assert.equal(loaded('longview.js'), false);
  });

  it('the first command loads the rest and is carried out, with what it was given', async () => {
    await vscode.commands.executeCommand('longview.packContext', { task: 'sort the entries', budget: 32_000 });
    assert.equal(loaded('longview.js'), true);
    const { pack } = await opened();
    assert.deepEqual([pack.choice.task, pack.choice.budget], ['sort the entries', 32_000]);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /sort the entries/);
  });

  it('commands are registered once: another call does the same', async () => {
    await vscode.commands.executeCommand('longview.focusNone');
    assert.equal((await opened()).pack.choice.focus.kind, 'none');
  });
});
