/** The engine for the folders of this window, opened by the first command that needs it. */
import * as vscode from 'vscode';
import { openWorkspace } from '../index/index.js';
import type { Snapshot } from '../index/snapshot.js';

export class Workspaces {
  constructor(
    private readonly assets: string,
    private readonly store: string | undefined,
  ) {}

  /** The present state of the window's folders, read with progress and cancel; undefined when there is no folder or the user cancelled. */
  async read(title: string): Promise<Snapshot | undefined> {
    const roots = vscode.workspace.workspaceFolders?.filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath) ?? [];
    if (roots.length === 0) {
      void vscode.window.showInformationMessage('Longview needs a folder on disk: open one first.');
      return undefined;
    }
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        const abort = new AbortController();
        const listener = token.onCancellationRequested(() => abort.abort());
        try {
          return await openWorkspace(
            {
              roots,
              assets: this.assets,
              store: this.store,
              onProgress: (p) => progress.report({ message: `${p.done} of ${p.total} files` }),
            },
            abort.signal,
          );
        } catch (error) {
          if (abort.signal.aborted) return undefined;
          throw error;
        } finally {
          listener.dispose();
        }
      },
    );
  }
}
