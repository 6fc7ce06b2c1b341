/** Finds a file of the workspace on disk, and opens it at a line. */
import * as vscode from 'vscode';
import type { WorkspacePath } from '../workspace/entry.js';
import type { WorkspaceIndex } from './workspace-index.js';

/** @param line 0-based. A file that is gone meanwhile is said to be. */
export async function openAt(index: WorkspaceIndex, path: WorkspacePath, line = 0, viewColumn = vscode.ViewColumn.Active): Promise<void> {
  const absolute = await locate(index, path);
  if (absolute === undefined) return;
  const at = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(absolute), { selection: new vscode.Range(at, at), viewColumn });
}

/** Absolute path of a file; undefined when it is gone meanwhile, after saying so. */
export async function locate(index: WorkspaceIndex, path: WorkspacePath): Promise<string | undefined> {
  const absolute = await index.ask('locate', path);
  if (absolute === undefined) void vscode.window.showInformationMessage(`${path} is no longer in the workspace.`);
  return absolute;
}
