/** What the status bar item says of the index and the pack. */
import * as vscode from 'vscode';
import { formatCount } from '../base/count.js';
import type { CurrentPack } from './current-pack.js';
import { readSettings } from './settings.js';
import { NO_FOLDER, NOT_READ, type Status, type StatusItem } from './status-bar.js';
import type { IndexState, WorkspaceIndex } from './workspace-index.js';

/** Keeps the item as index and pack are, until disposed. */
export function followStatus(item: StatusItem, index: WorkspaceIndex, pack: CurrentPack): vscode.Disposable {
  const show = (): void => item.show(statusOf(index.state, pack));
  show();
  return vscode.Disposable.from(index.onDidChangeState(show), pack.onDidChangeState(show));
}

function statusOf(state: IndexState, { pack }: CurrentPack): Status {
  const lines: string[] = [];
  if (state.kind === 'ready' && state.notice) lines.push(state.notice);
  const memory = 'last' in state ? state.last?.memory : undefined;
  if (memory)
    lines.push(
      `Memory of the index: ${megabytes(memory.heap + memory.buffers)}, of its heap at most ${formatCount(readSettings().memoryLimit)} MB`,
    );
  if (pack) lines.push(`Pack: ${formatCount(pack.tokens)} of ${formatCount(pack.budget)} tokens`);
  return { ...describe(state), lines };
}

function describe(state: IndexState): { readonly icon: string; readonly words: string } {
  switch (state.kind) {
    case 'no-folder':
      return NO_FOLDER;
    case 'asleep':
      return NOT_READ;
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
