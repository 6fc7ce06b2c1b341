/** Longview: Run Action… lists every action with what it would be about here, the workspace's own in a group of their own. */
import * as vscode from 'vscode';
import type { ActionList, ListedAction } from '../../actions/action.js';
import { openAt } from '../open-at.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { type ActionRow, actionRows } from './action-rows.js';
import type { Place } from './targets.js';

/** Undefined where the user gave up, or went to mend an action of their own. */
export async function chooseAction(index: WorkspaceIndex, list: ActionList, place: Place): Promise<ListedAction | undefined> {
  const items = actionRows(list, place).map((row) => ({ ...itemOf(row), row }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Run Action',
    placeHolder: 'What should be done? You see context and price before anything is sent.',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.row.kind === 'problem' && picked.row.path !== undefined) await openAt(index, picked.row.path, picked.row.line);
  return picked?.row.kind === 'action' ? picked.row.action : undefined;
}

function itemOf(row: ActionRow): vscode.QuickPickItem {
  switch (row.kind) {
    case 'group':
      return { label: row.label, kind: vscode.QuickPickItemKind.Separator };
    case 'action':
      return { label: row.action.title, description: row.about, detail: row.action.summary };
    case 'problem':
      return { label: `$(error) ${row.words}`, detail: 'Open it' };
  }
}
