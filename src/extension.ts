/** Entry of the VS Code extension: registers commands and nothing else. activate() does no I/O. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type AskedPack, packContextCommand } from './vscode/pack-context.js';
import { showCyclesCommand } from './vscode/show-cycles.js';
import { Workspaces } from './vscode/workspaces.js';

export function activate(context: vscode.ExtensionContext): void {
  const workspaces = new Workspaces(join(context.extensionPath, 'dist'), context.storageUri?.fsPath);
  context.subscriptions.push(
    workspaces,
    vscode.commands.registerCommand('longview.packContext', (asked?: AskedPack) => packContextCommand(workspaces, asked)),
    vscode.commands.registerCommand('longview.showCycles', () => showCyclesCommand(workspaces)),
  );
}
