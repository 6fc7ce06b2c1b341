/** Documents that say why a file stands where it stands in the context; they follow the pack as long as they are open. */
import * as vscode from 'vscode';
import { nameOf } from '../../base/paths.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { CurrentPack } from '../current-pack.js';
import type { ContextFiles } from './context-files.js';
import { rowOf } from './context-rows.js';
import { explainPlace } from './context-words.js';

const SCHEME = 'longview-why';

export class WhyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly pack: CurrentPack,
    private readonly files: ContextFiles,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      pack.onDidChangeState(({ kind }) => {
        if (kind === 'packing') return;
        for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) this.#changed.fire(uri);
      }),
    );
  }

  /** Shows the document as a preview of its Markdown. */
  async open(path: WorkspacePath): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/Why ${nameOf(path)}.md`, query: path });
    await vscode.commands.executeCommand('markdown.showPreview', uri).then(undefined, () => vscode.window.showTextDocument(uri));
  }

  async provideTextDocumentContent({ query }: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const place = await this.files.placeOf({ path: query }, token);
    const state = await this.pack.now();
    return explainPlace(rowOf(query, state.kind === 'packed' ? state.pack : undefined, this.pack.choice), this.files.frame, place);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
