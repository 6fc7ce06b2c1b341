import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID } from './extension-id.js';
import { opened } from './opened.js';

describe('The extension', () => {
  const extension = () => vscode.extensions.getExtension(EXTENSION_ID) ?? assert.fail('Longview is not installed');

  it('activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('has every command of its manifest', async () => {
    await opened();
    const known = new Set(await vscode.commands.getCommands(true));
    const declared: { command: string }[] = extension().packageJSON.contributes.commands;
    assert.ok(declared.length > 0);
    assert.deepEqual(
      declared.map((c) => c.command).filter((command) => !known.has(command)),
      [],
    );
  });
});
