/** The engine for the folders of this window, started by the first command that needs it. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Engine } from '../engine/engine.js';
import type { Answer, Asked, Method } from '../engine/protocol.js';
import type { Progress } from '../index/index.js';

/** Asks the engine; cancelled with the progress it belongs to. */
export type Ask = <M extends Method>(method: M, asked: Asked<M>) => Promise<Answer<M>>;

export class Workspaces implements vscode.Disposable {
  #engine: Engine | undefined;
  readonly #folders: vscode.Disposable;
  #show: ((progress: Progress) => void) | undefined;

  constructor(
    private readonly assets: string,
    private readonly store: string | undefined,
  ) {
    // Another set of folders is another workspace.
    this.#folders = vscode.workspace.onDidChangeWorkspaceFolders(() => this.#stop());
  }

  /** Brings the index up to date and lets `run` ask, with progress and cancel; undefined when there is no folder or the user cancelled. */
  async read<T>(title: string, run: (ask: Ask) => Promise<T>): Promise<T | undefined> {
    const engine = this.#open();
    if (!engine) {
      void vscode.window.showInformationMessage('Longview needs a folder on disk: open one first.');
      return undefined;
    }
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        const abort = new AbortController();
        const listener = token.onCancellationRequested(() => abort.abort());
        this.#show = (p) => progress.report({ message: `${p.done} of ${p.total} files` });
        try {
          await engine.ask('update', unsavedTexts(), abort.signal);
          return await run((method, asked) => engine.ask(method, asked, abort.signal));
        } catch (error) {
          if (abort.signal.aborted) return undefined;
          throw error;
        } finally {
          this.#show = undefined;
          listener.dispose();
        }
      },
    );
  }

  dispose(): void {
    this.#folders.dispose();
    this.#stop();
  }

  #open(): Engine | undefined {
    const roots = vscode.workspace.workspaceFolders?.filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath) ?? [];
    if (roots.length === 0) return undefined;
    this.#engine ??= new Engine(join(this.assets, 'engine.js'), { roots, assets: this.assets, store: this.store }, (p) => this.#show?.(p));
    return this.#engine;
  }

  #stop(): void {
    void this.#engine?.close();
    this.#engine = undefined;
  }
}

/** What stands in the editor counts, saved or not. */
function unsavedTexts(): { absolute: string; text: string }[] {
  return vscode.workspace.textDocuments
    .filter((d) => d.isDirty && d.uri.scheme === 'file')
    .map((d) => ({ absolute: d.uri.fsPath, text: d.getText() }));
}
