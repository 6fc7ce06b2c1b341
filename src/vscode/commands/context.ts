/** What is done with the finished pack: copied, saved, opened as a document. */

import * as vscode from 'vscode';
import { formatCount } from '../../base/count.js';
import type { SentPack } from '../../engine/protocol.js';
import type { CurrentPack } from '../current-pack.js';
import { withCancel } from './with-cancel.js';

export async function copyContext(pack: CurrentPack): Promise<void> {
  const made = await packNow(pack);
  if (!made) return;
  await vscode.env.clipboard.writeText(made.prompt);
  tell(`Copied ${describe(made)}`);
}

export async function openContext(pack: CurrentPack): Promise<void> {
  const made = await packNow(pack);
  if (!made) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content: made.prompt }));
  tell(describe(made));
}

export async function saveContext(pack: CurrentPack): Promise<void> {
  const made = await packNow(pack);
  if (!made) return;
  const folder = vscode.workspace.workspaceFolders?.find((f) => f.uri.scheme === 'file');
  const target = await vscode.window.showSaveDialog({
    title: 'Save Context',
    filters: { Markdown: ['md'], Text: ['txt'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, 'context.md') } : {}),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(made.prompt));
  tell(`Saved ${describe(made)}`);
}

/** The pack of what is chosen now, with progress and cancel; undefined when there is none, after saying why. */
async function packNow(pack: CurrentPack): Promise<SentPack | undefined> {
  return await withCancel('packing', async (signal) => {
    const state = await pack.now(signal);
    if (state.kind === 'packed') return state.pack;
    if (state.kind === 'nothing-asked') await askForTask();
    else if (state.kind !== 'packing') void vscode.window.showErrorMessage(`Longview: ${state.message}`);
    return undefined;
  });
}

async function askForTask(): Promise<void> {
  await vscode.commands.executeCommand('longview.context.focus');
  void vscode.window.showInformationMessage('Longview packs for a task or an open file: describe the task, or open a file.');
}

function describe({ files, tokens, budget }: SentPack): string {
  const shown = files.filter((f) => f.level !== 'path').length;
  return `${shown} files, ${formatCount(tokens)} of ${formatCount(budget)} tokens`;
}

function tell(what: string): void {
  void vscode.window.setStatusBarMessage(`Longview: ${what}`, 10_000);
}
