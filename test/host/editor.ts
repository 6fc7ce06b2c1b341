/** What tests in the extension host do with the editor again and again. */
import * as vscode from 'vscode';

/** Opens a file by its path in the first folder. */
export async function openSampleFile(path: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path));
}
