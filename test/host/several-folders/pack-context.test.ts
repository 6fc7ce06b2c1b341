import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('With several folders', () => {
  it('one pack has files of all of them', async () => {
    await vscode.commands.executeCommand('longview.packContext', { task: 'print the barcode of a booking', budget: 16_000 });
    const prompt = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(prompt, /def encode\(text: str\)/);
    assert.match(prompt, /class Bookings/);
  });
});
