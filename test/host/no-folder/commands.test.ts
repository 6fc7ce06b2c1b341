import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('Without a folder', () => {
  it('packing opens nothing', async () => {
    await vscode.commands.executeCommand('longview.packContext', { task: 'anything', budget: 8000 });
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});
