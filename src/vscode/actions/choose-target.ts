/** Targets that have to be chosen or read first: a cycle of the workspace, what git says has changed. */
import * as vscode from 'vscode';
import type { ListedAction, Target } from '../../actions/action.js';
import { changeFor } from '../../actions/change-for.js';
import { counted } from '../../base/count.js';
import { nameOf } from '../../base/paths.js';
import type { Cycle } from '../../graph/cycles.js';
import { askWithProgress } from '../commands/asking.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import type { Aim, Place } from './targets.js';

/** Undefined where the user gave up or there is none, after saying so. */
export async function readTarget(index: WorkspaceIndex, action: ListedAction, aim: Aim, place: Place): Promise<Target | undefined> {
  switch (aim.kind) {
    case 'choose-cycle':
      return await chooseCycle(index, action, place);
    case 'read-change':
      return await readChange(index, action);
    default:
      return aim;
  }
}

/** Cycles of the file in front first, then the largest. */
async function chooseCycle(index: WorkspaceIndex, { title }: ListedAction, { path }: Place): Promise<Target | undefined> {
  const cycles = await askWithProgress(index, 'looking for cycles', 'cycles', {});
  if (!cycles) return undefined;
  if (cycles.length === 0) {
    void vscode.window.showInformationMessage('Longview found no dependency cycles.');
    return undefined;
  }
  const isHere = (cycle: Cycle): boolean => path !== undefined && cycle.files.includes(path);
  const sorted = [...cycles.filter(isHere), ...cycles.filter((c) => !isHere(c))];
  const items = sorted.map((cycle) => ({
    label: cycle.shortest.map((e) => nameOf(e.from)).join(' → '),
    description: isHere(cycle) ? 'with the active file' : '',
    detail: `${counted(cycle.files.length, 'file')}: ${cycle.shortest.map((e) => e.from).join(', ')}`,
    cycle,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: 'Cycle, by its shortest loop', matchOnDetail: true });
  return chosen && { kind: 'cycle', files: chosen.cycle.shortest.map((e) => e.from) };
}

async function readChange(index: WorkspaceIndex, { id }: ListedAction): Promise<Target | undefined> {
  const change = await changeFor(id, (scope) => askWithProgress(index, 'reading what has changed', 'change', scope));
  if (change?.kind !== 'failed') return change;
  void vscode.window.showInformationMessage(change.reason);
  return undefined;
}
