/** What tests in the extension host do with the editor again and again. */
import * as vscode from 'vscode';

/** Opens a file by its path in the first folder. */
export async function openSampleFile(path: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path));
}

/** Tries until it holds, for at most half a minute; the last failure is the test's. */
export async function eventually(holds: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + 30_000; ; await new Promise((done) => setTimeout(done, 50))) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
