/** Asks the index on behalf of a command: with progress, a cancel, and a message when it cannot be answered. */
import * as vscode from 'vscode';
import type { Answer, Asked, Method } from '../../engine/protocol.js';
import { NoIndexError, type WorkspaceIndex } from '../workspace-index.js';
import { withCancel } from './with-cancel.js';

/** Undefined when the user cancelled or there is no index, after saying so. */
export async function askWithProgress<M extends Method>(
  index: WorkspaceIndex,
  title: string,
  method: M,
  asked: Asked<M>,
): Promise<Answer<M> | undefined> {
  return await withCancel(title, async (signal, progress) => {
    const listener = index.onDidChangeState((s) => s.kind === 'indexing' && progress.report({ message: `${s.done} of ${s.total} files` }));
    try {
      return await index.ask(method, asked, signal);
    } catch (error) {
      if (!(error instanceof NoIndexError)) throw error;
      void vscode.window.showInformationMessage(error.message);
      return undefined;
    } finally {
      listener.dispose();
    }
  });
}
