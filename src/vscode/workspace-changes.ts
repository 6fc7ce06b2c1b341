/** Tells when the workspace may have changed: on disk, or in an editor before it is saved. */
import * as vscode from 'vscode';

/** A save is acted upon at once; what comes in bursts (a branch switch, a build) when it has been quiet for so long. */
const QUIET_MS = { save: 0, typing: 300, disk: 200 };
/** A burst that never ends is acted upon this often. */
const LONGEST_MS = 5_000;

export interface ChangeListener {
  /** At once, at every change. */
  noted(): void;
  /** Once for each burst of changes. */
  settled(): void;
}

export function watchWorkspace({ noted, settled }: ChangeListener): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  const soon = (ms: number): void => {
    noted();
    const now = Date.now();
    since ??= now;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = undefined;
        since = undefined;
        settled();
      },
      Math.min(ms, since + LONGEST_MS - now),
    );
  };
  const onDisk = ({ fsPath }: vscode.Uri): void => {
    // git writes these all the time; what a branch switch does to files is seen at the files.
    if (!/[\\/]\.git[\\/]/.test(fsPath)) soon(QUIET_MS.disk);
  };
  const watchers = (vscode.workspace.workspaceFolders ?? [])
    .filter((f) => f.uri.scheme === 'file')
    .flatMap((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**'));
      return [watcher, watcher.onDidCreate(onDisk), watcher.onDidChange(onDisk), watcher.onDidDelete(onDisk)];
    });
  const ofFile = (d: vscode.TextDocument): boolean => d.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(d.uri) !== undefined;
  return vscode.Disposable.from(
    ...watchers,
    vscode.workspace.onDidSaveTextDocument((d) => ofFile(d) && soon(QUIET_MS.save)),
    // An event without changes says that the document became dirty, or clean: given up, its text may stay in memory for minutes.
    vscode.workspace.onDidChangeTextDocument(({ contentChanges, document }) => {
      if (ofFile(document) && (contentChanges.length > 0 || !document.isDirty)) soon(QUIET_MS.typing);
    }),
    vscode.workspace.onDidCloseTextDocument((d) => ofFile(d) && soon(QUIET_MS.save)),
    { dispose: () => clearTimeout(timer) },
  );
}
