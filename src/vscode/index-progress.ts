/** A bar at the top of Longview's view while the workspace is read, for as long as it takes more than a moment. */
import * as vscode from 'vscode';
import type { WorkspaceIndex } from './workspace-index.js';

const MOMENT_MS = 500;

export function showIndexProgress(index: WorkspaceIndex): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let done: (() => void) | undefined;
  const end = (): void => {
    clearTimeout(timer);
    timer = undefined;
    done?.();
    done = undefined;
  };
  const begin = (): void => {
    const over = new Promise<void>((resolve) => {
      done = resolve;
    });
    void vscode.window.withProgress({ location: { viewId: 'longview.context' } }, () => over);
  };
  const listener = index.onDidChangeState(({ kind }) => {
    if (kind !== 'indexing') end();
    else timer ??= setTimeout(begin, MOMENT_MS);
  });
  return new vscode.Disposable(() => {
    listener.dispose();
    end();
  });
}
