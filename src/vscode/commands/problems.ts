/** Longview: Show What Could Not Be Read lists the files and folders that the last update left out, and why. */

import * as vscode from 'vscode';
import { formatCount } from '../../base/count.js';
import type { WorkspaceIndex } from '../workspace-index.js';

export async function showProblems(index: WorkspaceIndex): Promise<void> {
  const { state } = index;
  if (!('last' in state) || !state.last) {
    void vscode.window.showInformationMessage('The workspace has not been read yet.');
    return;
  }
  const { problems } = state.last;
  if (problems.length === 0) {
    void vscode.window.showInformationMessage(`All ${formatCount(state.last.files)} files of the workspace could be read.`);
    return;
  }
  const items = problems.map(({ path, kind, detail }) => ({ label: path || '(workspace folder)', description: kind, detail }));
  await vscode.window.showQuickPick(items, {
    title: `${problems.length} of the workspace could not be read`,
    matchOnDescription: true,
    matchOnDetail: true,
  });
}
