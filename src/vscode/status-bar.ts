/** The one status bar item: today's cost and what the index is doing; a click opens the sidebar. */
import * as vscode from 'vscode';
import type { CurrentPack } from './current-pack.js';
import type { IndexState, WorkspaceIndex } from './workspace-index.js';

/** What was spent today, ready to be shown. */
export interface SpentToday {
  /** "$0.42", "≥ $0.42". */
  readonly total: string;
  /** Lines of Markdown that break it down. */
  readonly lines: readonly string[];
}

export interface TodaysCost {
  readonly today: SpentToday;
  readonly onDidChange: vscode.Event<void>;
}

/** Nothing can be sent yet, so nothing was spent. */
export const NOTHING_SPENT: TodaysCost = {
  today: { total: '$0', lines: ['No request was sent.'] },
  onDidChange: () => new vscode.Disposable(() => undefined),
};

export function showStatus(index: WorkspaceIndex, pack: CurrentPack, cost: TodaysCost): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('longview.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Longview';
  item.command = 'longview.context.focus';
  const show = (): void => {
    const { total } = cost.today;
    const { icon, words } = describe(index.state);
    item.text = `$(${icon}) ${total}`;
    item.tooltip = tooltip(index.state, pack, cost.today);
    item.accessibilityInformation = { label: `Longview: ${total} today, ${words}` };
  };
  show();
  item.show();
  return vscode.Disposable.from(item, index.onDidChangeState(show), pack.onDidChangeState(show), cost.onDidChange(show));
}

function describe(state: IndexState): { readonly icon: string; readonly words: string } {
  switch (state.kind) {
    case 'no-folder':
      return { icon: 'telescope', words: 'no folder to read' };
    case 'asleep':
      return { icon: 'telescope', words: 'workspace not read yet' };
    case 'indexing':
      return {
        icon: 'loading~spin',
        words: state.total > 0 ? `reading ${count(state.done)} of ${count(state.total)} files` : 'reading the workspace',
      };
    case 'ready':
      return { icon: 'telescope', words: `${count(state.last.files)} files, ${count(state.last.tokens)} tokens` };
    case 'paused':
      return { icon: 'debug-pause', words: 'indexing is paused' };
    case 'failed':
      return { icon: 'warning', words: `indexing failed: ${state.message}` };
  }
}

function tooltip(state: IndexState, { pack }: CurrentPack, { total, lines }: SpentToday): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  const line = (s: string): void => {
    text.appendMarkdown(`${s}\n\n`);
  };
  line(`**Longview** — ${total} today`);
  for (const l of lines) line(l);
  text.appendText(describe(state).words).appendMarkdown('\n\n');
  if (state.kind === 'ready' && state.notice) text.appendText(state.notice).appendMarkdown('\n\n');
  if (pack) line(`Pack: ${count(pack.tokens)} of ${count(pack.budget)} tokens`);
  return text;
}

const count = (n: number): string => n.toLocaleString('en-US');
