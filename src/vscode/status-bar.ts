/** The one status bar item: today's cost and what the index is doing; a click opens the sidebar. */
import * as vscode from 'vscode';
import type { TodaysCost } from './todays-cost.js';

/** What the item says beside the cost. */
export interface Status {
  readonly icon: string;
  readonly words: string;
  /** More of it, for the tooltip. */
  readonly lines: readonly string[];
}

export const NO_FOLDER: Status = { icon: 'telescope', words: 'no folder to read', lines: [] };
export const NOT_READ: Status = { icon: 'telescope', words: 'workspace not read yet', lines: [] };

export class StatusItem implements vscode.Disposable {
  #status = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file') ? NOT_READ : NO_FOLDER;
  readonly #item = vscode.window.createStatusBarItem('longview.status', vscode.StatusBarAlignment.Left, 0);
  readonly #subscription: vscode.Disposable;

  constructor(private readonly cost: TodaysCost) {
    this.#item.name = 'Longview';
    this.#item.command = 'longview.context.focus';
    this.#subscription = cost.onDidChange(() => this.#write());
    this.#write();
    this.#item.show();
  }

  show(status: Status): void {
    this.#status = status;
    this.#write();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #write(): void {
    const total = this.cost.today?.total;
    const { icon, words } = this.#status;
    this.#item.text = total === undefined ? `$(${icon})` : `$(${icon}) ${total}`;
    this.#item.tooltip = this.#tooltip();
    this.#item.accessibilityInformation = { label: `Longview: ${total === undefined ? '' : `${total} today, `}${words}` };
  }

  /** Lines of plain text: nothing in a path or a message is taken for Markdown. */
  #tooltip(): vscode.MarkdownString {
    const { today } = this.cost;
    const { words, lines } = this.#status;
    const text = new vscode.MarkdownString('**Longview**', true);
    for (const line of [...(today ? [`${today.total} today`, ...today.lines] : []), words, ...lines])
      text.appendMarkdown('\n\n').appendText(line);
    return text;
  }
}
