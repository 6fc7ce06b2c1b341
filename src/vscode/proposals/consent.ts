/** Asks, one by one, for what is not to be accepted by the way. */
import * as vscode from 'vscode';
import type { PlannedFile } from '../../proposals/plan.js';
import type { EditorFiles } from './editor-files.js';
import { acceptedHunks, type Pending } from './pending.js';

/** Whether the user wants a file changed that does more than the program. */
export async function consents({ path, to, kind, consent }: PlannedFile): Promise<boolean> {
  const yes = 'Accept This File';
  const what = { edit: 'Change', create: 'Make', delete: 'Delete', move: 'Move' }[kind];
  const detail = `It is ${consent}. A change there can do more than change the program: look at its diff first.`;
  const chosen = await vscode.window.showWarningMessage(
    `${what} ${path}${to === undefined ? '' : ` to ${to}`}?`,
    { modal: true, detail },
    yes,
  );
  return chosen === yes;
}

/** Whether files may be written that would not parse as well as before with only some of their hunks; true where none would. */
export async function toWorseText(pending: Pending, files: readonly PlannedFile[], around: EditorFiles): Promise<boolean> {
  const worse: string[] = [];
  for (const { path, before, after } of files) {
    if (before === undefined || after === undefined || acceptedHunks(pending, path) === 'all') continue;
    const [was, is] = [await around.syntaxErrors(path, before), await around.syntaxErrors(path, after)];
    if (is !== undefined && is > (was ?? 0)) worse.push(path);
  }
  if (worse.length === 0) return true;
  const yes = 'Apply';
  const chosen = await vscode.window.showWarningMessage(
    `With the hunks that are accepted ${worse.join(', ')} would parse worse than before.`,
    { modal: true, detail: 'Hunks of a file may need each other.' },
    yes,
  );
  return chosen === yes;
}
