import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openSampleFile } from './editor.js';

async function pack(task: string, budget: number): Promise<string> {
  await vscode.commands.executeCommand('longview.packContext', { task, budget });
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.languageId, 'markdown');
  return document.getText();
}

describe('Packing in the editor', () => {
  it('opens the prompt, with the files that the task is about, as a document', async () => {
    const prompt = await pack('ask a carrier again when booking fails', 8000);
    assert.match(prompt, /ask a carrier again when booking fails/);
    assert.match(prompt, /export async function withRetry/);
  });

  it('counts text that is not saved', async () => {
    const editor = await openSampleFile('src/money.ts');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'export const UNSAVED_THALER = 100;\n'));
    assert.match(await pack('what is a thaler worth in cents', 8000), /UNSAVED_THALER/);
  });

  it('sees what has just been saved', async () => {
    const editor = await openSampleFile('src/retry.ts');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'export function declareAtCustoms() {}\n'));
    await editor.document.save();
    assert.match(await pack('declare a parcel at customs', 8000), /declareAtCustoms/);
  });
});
