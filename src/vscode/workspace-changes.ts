/** Tells when the workspace may have changed: on disk, or in an editor before it is saved. */
import { statSync } from 'node:fs';
import * as vscode from 'vscode';

/** A save is acted upon at once; what comes in bursts (a branch switch, a build) when it has been quiet for so long. */
const QUIET_MS = { save: 0, typing: 300, disk: 200 };
/** A burst that never ends is acted upon this often. */
const LONGEST_MS = 5_000;

/** Watching can miss something; this often everything is looked at. */
const WHOLE_MS = 5 * 60_000;

export interface ChangeListener {
  /** At once, at every change: of one file's text, or, without a path, of anything. */
  noted(file?: string): void;
  /** Once for each burst of changes. */
  settled(): void;
}

export function watchWorkspace({ noted, settled }: ChangeListener): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  /** What waits is not put off by what follows. */
  let urgent = false;
  const soon = (ms: number, file?: string): void => {
    noted(file);
    if (urgent) return;
    urgent = ms === 0;
    const now = Date.now();
    since ??= now;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = undefined;
        since = undefined;
        urgent = false;
        settled();
      },
      Math.min(ms, since + LONGEST_MS - now),
    );
  };
  // git writes these all the time; what a branch switch does to files is seen at the files.
  const isGits = ({ fsPath }: vscode.Uri): boolean => /[\\/]\.git[\\/]/.test(fsPath);
  const onDisk = (uri: vscode.Uri): void => {
    if (!isGits(uri)) soon(QUIET_MS.disk);
  };
  /** Files that the editor saved, as they were right after. */
  const saved = new Map<string, string | undefined>();
  const onSave = (file: string): void => {
    // Before the update reads it: what it reads is this or newer.
    saved.set(file, stampOf(file));
    soon(QUIET_MS.save, file);
  };
  const isAsSaved = (file: string): boolean => saved.get(file) !== undefined && saved.get(file) === stampOf(file);
  const onText = (uri: vscode.Uri): void => {
    // The watcher tells of a save too, a moment later: that would be one more update in front of the pack.
    if (!isGits(uri) && !isAsSaved(uri.fsPath)) soon(QUIET_MS.disk, uri.fsPath);
  };
  const watchers = (vscode.workspace.workspaceFolders ?? [])
    .filter((f) => f.uri.scheme === 'file')
    .flatMap((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**'));
      return [watcher, watcher.onDidCreate(onDisk), watcher.onDidChange(onText), watcher.onDidDelete(onDisk)];
    });
  const ofFile = (d: vscode.TextDocument): boolean => d.uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(d.uri) !== undefined;
  const whole = setInterval(() => soon(QUIET_MS.disk), WHOLE_MS);
  return vscode.Disposable.from(
    ...watchers,
    vscode.workspace.onDidSaveTextDocument((d) => ofFile(d) && onSave(d.uri.fsPath)),
    // An event without changes says that the document became dirty, perhaps after its text had changed, or clean: given up, its text may stay in memory for minutes.
    vscode.workspace.onDidChangeTextDocument(({ document }) => ofFile(document) && soon(QUIET_MS.typing, document.uri.fsPath)),
    vscode.workspace.onDidCloseTextDocument((d) => ofFile(d) && soon(QUIET_MS.save, d.uri.fsPath)),
    {
      dispose: () => {
        clearTimeout(timer);
        clearInterval(whole);
      },
    },
  );
}

/** Tells one state of a file from another; undefined for one that cannot be looked at. */
function stampOf(file: string): string | undefined {
  try {
    const { size, mtimeMs, ctimeMs, ino } = statSync(file);
    return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  } catch {
    return undefined;
  }
}
