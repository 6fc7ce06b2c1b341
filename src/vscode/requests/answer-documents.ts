/** Answers as read-only Markdown documents that grow while the model writes; an editor that shows one has it again after a reload. */
import * as vscode from 'vscode';
import { type Answer, documentOf, titleOf } from './answer.js';
import { ANSWER_SCHEME, AnswerFiles } from './answer-files.js';
import type { Answers } from './answers.js';

/** Editors are told of a growing answer no more often, in ms. */
const PAUSE_MS = 150;

export class AnswerDocuments extends AnswerFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeFile = this.#changed.event;

  /** @param restore puts secrets back in place of their placeholders, as far as they are known. */
  constructor(
    private readonly answers: Answers,
    private readonly restore: (text: string) => string,
  ) {
    super();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.register(),
      answers.onDidChange((answer) => this.#tell(answer)),
    );
  }

  /** Shows the answer beside what has the focus, which stays there; `preview` renders its Markdown. */
  async open(answer: Answer, { preview = false } = {}): Promise<void> {
    const uri = uriOf(answer);
    if (preview) await vscode.commands.executeCommand('markdown.showPreview', uri).then(undefined, () => this.open(answer));
    else await vscode.window.showTextDocument(uri, { preview: false, preserveFocus: true });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { byteLength } = await this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: byteLength, size: byteLength };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const answer = await this.answers.find(uri.path.split('/')[1] ?? '');
    if (!answer) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(documentOf(answer, this.restore));
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  #tell(answer: Answer): void {
    const uri = uriOf(answer);
    const tell = (): void => {
      this.#timers.delete(answer.id);
      this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    };
    if (!this.#timers.has(answer.id)) this.#timers.set(answer.id, setTimeout(tell, PAUSE_MS));
  }
}

function uriOf(answer: Answer): vscode.Uri {
  return vscode.Uri.from({ scheme: ANSWER_SCHEME, path: `/${answer.id}/${titleOf(answer)}` });
}
