import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LongviewApi } from '../../src/extension.js';
import { EXTENSION_ID } from './extension-id.js';

describe('Economics', () => {
  it('are a document that says what an accepted change has cost', async () => {
    await vscode.extensions.getExtension<LongviewApi>(EXTENSION_ID)!.activate();
    await vscode.commands.executeCommand('longview.economics');
    const uri = vscode.Uri.from({ scheme: 'longview-economics', path: '/Economics.md' });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /^# Economics\n\n(?:No proposals yet\.|An accepted change has cost)/);
  });
});
