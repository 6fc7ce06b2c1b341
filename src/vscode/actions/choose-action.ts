/** Longview: Run Action… lists every action with what it would be about here, the workspace's own in a group of their own. */
import * as vscode from 'vscode';
import type { ActionList, ListedAction } from '../../actions/action.js';
import { absoluteOf } from '../trees/file-places.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { aimAt, nameOfAim, type Place } from './targets.js';

interface ActionItem extends vscode.QuickPickItem {
  readonly action?: ListedAction;
  readonly problem?: string;
}

/** Undefined where the user gave up, or went to mend an action of their own. */
export async function chooseAction(index: WorkspaceIndex, list: ActionList, place: Place): Promise<ListedAction | undefined> {
  const picked = await vscode.window.showQuickPick(actionItems(list, place), {
    title: 'Run Action',
    placeHolder: 'What should be done? You see context and price before anything is sent.',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.problem !== undefined) await openProblem(index, picked.problem);
  return picked?.action;
}

/** Rows of the picker. */
export function actionItems({ actions, problems }: ActionList, place: Place): ActionItem[] {
  const item = (action: ListedAction): ActionItem => ({
    label: action.title,
    description: nameOfAim(aimAt(action, place)),
    detail: `${action.summary}${action.answers === 'proposal' ? '; changes files once you have accepted them' : ''}`,
    action,
  });
  const own = actions.filter((a) => a.from !== undefined);
  const separator = (label: string): ActionItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    ...actions.filter((a) => a.from === undefined).map(item),
    ...(own.length > 0 || problems.length > 0 ? [separator('of this workspace')] : []),
    ...own.map(item),
    ...problems.map((problem): ActionItem => ({ label: `$(error) ${problem}`, detail: 'Open it', problem })),
  ];
}

/** A problem begins with its file and, where one is to blame, the line: ".longview/actions/a.md:3: …". */
async function openProblem(index: WorkspaceIndex, problem: string): Promise<void> {
  const [, path, line] = /^(.+?\.md)(?::(\d+))?:/.exec(problem) ?? [];
  const absolute = path === undefined ? undefined : absoluteOf(index.last?.roots ?? [], path);
  if (absolute === undefined) return;
  const at = new vscode.Position(Math.max(0, Number(line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(absolute), { selection: new vscode.Range(at, at) });
}
