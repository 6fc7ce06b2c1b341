/** Stands in for Longview until something needs it: each command, view and document of ours loads all of it first. */
import * as vscode from 'vscode';
import type { Longview } from './longview.js';
import { AnswerFiles } from './requests/answer-files.js';

/** Settings under "longview" that ask for something without a view or a command. */
const ASKING_SETTINGS = ['index.startWithWindow', 'findings.diagnostics'];

export interface Waiting extends vscode.Disposable {
  /** Whether a setting, or a document of ours that the window was opened with, needs Longview at once. */
  isWanted(): boolean;
}

/** @param manifest the extension's package.json. */
export function untilOpened(manifest: unknown, open: () => Promise<Longview>): Waiting {
  const { commands, views } = (manifest as Manifest).contributes;
  const trees = Object.values(views)
    .flat()
    .filter(({ type }) => type !== 'webview');
  // They go when Longview brings its own.
  const standIns = vscode.Disposable.from(
    ...commands.map(({ command }) =>
      vscode.commands.registerCommand(command, async (...asked: unknown[]) => {
        await open();
        return await vscode.commands.executeCommand(command, ...asked);
      }),
    ),
    ...trees.map(({ id }) => vscode.window.registerTreeDataProvider(id, openingTree(open))),
    new OpeningFiles(open).register(),
    vscode.workspace.onDidChangeConfiguration((e) => {
      if (e.affectsConfiguration('longview') && hasAskingSetting()) void open();
    }),
  );
  return { isWanted: () => hasAskingSetting() || hasDocument(), dispose: () => standIns.dispose() };
}

/** These hand on what they are asked, and stay: a view asks for its page once. */
export function registerPages(open: () => Promise<Longview>): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider('longview.context', {
      resolveWebviewView: async (...asked) => (await open()).sidebar.resolveWebviewView(...asked),
    }),
    vscode.window.registerWebviewPanelSerializer('longview.graph', {
      deserializeWebviewPanel: async (panel) => (await open()).graphPanels.adopt(panel),
    }),
  );
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly type?: string }[]>>;
  };
}

function hasAskingSetting(): boolean {
  const settings = vscode.workspace.getConfiguration('longview');
  return ASKING_SETTINGS.some((id) => settings.get(id, false));
}

/** Documents that a content provider of ours has written, left open when the window was closed. */
function hasDocument(): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => {
    const shown =
      input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : input instanceof vscode.TabInputText ? [input.uri] : [];
    return shown.some(({ scheme }) => scheme.startsWith('longview-'));
  });
}

/** A tree that is looked at; it has rows when the real one takes its place. */
function openingTree(open: () => Promise<Longview>): vscode.TreeDataProvider<never> {
  return {
    getTreeItem: (row) => row,
    getChildren: async () => {
      await open();
      return [];
    },
  };
}

/** Answers are read from the provider that has taken this one's place by then. */
class OpeningFiles extends AnswerFiles {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly open: () => Promise<Longview>) {
    super();
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    await this.open();
    return await vscode.workspace.fs.stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    await this.open();
    return await vscode.workspace.fs.readFile(uri);
  }
}
