/** The one status bar item: today's cost and what the index is doing; a click opens the sidebar. */

import * as vscode from 'vscode';
import { formatCount } from '../base/count.js';
import type { CurrentPack } from './current-pack.js';
import { readSettings } from './settings.js';
import type { TodaysCost } from './todays-cost.js';
import type { IndexState, WorkspaceIndex } from './workspace-index.js';

export function showStatus(index: WorkspaceIndex, pack: CurrentPack, cost: TodaysCost): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('longview.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Longview';
  item.command = 'longview.context.focus';
  const show = (): void => {
    const total = cost.today?.total;
    const { icon, words } = describe(index.state);
    item.text = total === undefined ? `$(${icon})` : `$(${icon}) ${total}`;
    item.tooltip = tooltip(index.state, pack, cost);
    item.accessibilityInformation = { label: `Longview: ${total === undefined ? '' : `${total} today, `}${words}` };
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
        words: state.total > 0 ? `reading ${formatCount(state.done)} of ${formatCount(state.total)} files` : 'reading the workspace',
      };
    case 'ready':
      return { icon: 'telescope', words: `${formatCount(state.last.files)} files, ${formatCount(state.last.tokens)} tokens` };
    case 'paused':
      return { icon: 'debug-pause', words: 'indexing is paused' };
    case 'failed':
      return { icon: 'warning', words: `indexing failed: ${state.message}` };
  }
}

const megabytes = (bytes: number): string => `${formatCount(Math.round(bytes / 1e6))} MB`;

/** Lines of plain text: nothing in a path or a message is taken for Markdown. */
function tooltip(state: IndexState, { pack }: CurrentPack, { today }: TodaysCost): vscode.MarkdownString {
  const text = new vscode.MarkdownString('**Longview**', true);
  const line = (words: string): void => {
    text.appendMarkdown('\n\n').appendText(words);
  };
  if (today) line(`${today.total} today`);
  for (const l of today?.lines ?? []) line(l);
  line(describe(state).words);
  if (state.kind === 'ready' && state.notice) line(state.notice);
  const memory = 'last' in state ? state.last?.memory : undefined;
  if (memory)
    line(
      `Memory of the index: ${megabytes(memory.heap + memory.buffers)}, of its heap at most ${formatCount(readSettings().memoryLimit)} MB`,
    );
  if (pack) line(`Pack: ${formatCount(pack.tokens)} of ${formatCount(pack.budget)} tokens`);
  return text;
}
