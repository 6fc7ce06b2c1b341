/** Asks the index on behalf of a command: with progress, a cancel, and a message when it cannot be answered. */
import * as vscode from 'vscode';
import type { Answer, Asked, Method } from '../../engine/protocol.js';
import { NoIndexError, type WorkspaceIndex } from '../workspace-index.js';

/** Undefined when the user cancelled or there is no index, after saying so. */
export async function askWithProgress<M extends Method>(
  index: WorkspaceIndex,
  title: string,
  method: M,
  asked: Asked<M>,
): Promise<Answer<M> | undefined> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Longview: ${title}`, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const listeners = vscode.Disposable.from(
        token.onCancellationRequested(() => abort.abort()),
        index.onDidChangeState((s) => s.kind === 'indexing' && progress.report({ message: `${s.done} of ${s.total} files` })),
      );
      try {
        return await index.ask(method, asked, abort.signal);
      } catch (error) {
        if (error instanceof NoIndexError) void vscode.window.showInformationMessage(error.message);
        else if (!abort.signal.aborted) throw error;
        return undefined;
      } finally {
        listeners.dispose();
      }
    },
  );
}
