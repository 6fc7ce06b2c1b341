/** Long work on behalf of a command. */
import * as vscode from 'vscode';

export type Progress = vscode.Progress<{ readonly message: string }>;

/** Shows that the work goes on, with a cancel that aborts the signal; undefined when the user cancelled. Rejects as the work does otherwise. */
export async function withCancel<T>(title: string, work: (signal: AbortSignal, progress: Progress) => Promise<T>): Promise<T | undefined> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Longview: ${title}`, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const listener = token.onCancellationRequested(() => abort.abort());
      try {
        return await work(abort.signal, progress);
      } catch (error) {
        if (!abort.signal.aborted) throw error;
        return undefined;
      } finally {
        listener.dispose();
      }
    },
  );
}
