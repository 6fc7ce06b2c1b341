/** Files that hold credentials by their names, and that the user lets out of this workspace all the same. Kept per workspace; nothing in a repository can name one. */
import * as vscode from 'vscode';
import type { WorkspacePath } from '../../workspace/entry.js';

const KEY = 'longview.allowedFiles';

export class AllowedFiles {
  constructor(private readonly memento: vscode.Memento) {}

  get paths(): Set<WorkspacePath> {
    return new Set(this.memento.get<readonly WorkspacePath[]>(KEY, []));
  }

  has(path: WorkspacePath): boolean {
    return this.paths.has(path);
  }

  async add(path: WorkspacePath): Promise<void> {
    await this.memento.update(KEY, [...this.paths.add(path)]);
  }

  /** Longview: Files Allowed to Leave… takes back what was allowed. */
  async review(): Promise<void> {
    const paths = [...this.paths].sort();
    if (paths.length === 0) {
      void vscode.window.showInformationMessage('No file of this workspace that holds credentials by its name is allowed to leave.');
      return;
    }
    const kept = await vscode.window.showQuickPick(
      paths.map((label) => ({ label, picked: true })),
      { title: 'Files Allowed to Leave', placeHolder: 'Take back a file by its checkbox', canPickMany: true },
    );
    if (kept)
      await this.memento.update(
        KEY,
        kept.map(({ label }) => label),
      );
  }
}
