/** Longview: Pack Context for a Task… asks for task and budget and opens the finished prompt as a document. */
import * as vscode from 'vscode';
import type { Focus } from '../context/pack.js';
import type { Ask, Workspaces } from './workspaces.js';

const BUDGETS = [8_000, 32_000, 128_000, 200_000, 1_000_000];

/** What a keybinding or another extension may give instead of being asked. */
export interface AskedPack {
  readonly task?: string;
  /** o200k tokens. */
  readonly budget?: number;
}

export async function packContextCommand(workspaces: Workspaces, asked: AskedPack = {}): Promise<void> {
  const task = asked.task ?? (await askTask());
  if (task === undefined) return;
  const budget = asked.budget ?? (await askBudget());
  if (budget === undefined) return;
  const editor = vscode.window.activeTextEditor;
  const result = await workspaces.read('Longview: packing', async (ask) => {
    const focus = await focusOf(ask, editor);
    return await ask('pack', { task, budget, ...(focus ? { focus } : {}) });
  });
  if (!result) return;
  if (result.kind === 'refused') {
    void vscode.window.showErrorMessage(result.message);
    return;
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content: result.pack.prompt }));
  const { pack } = result;
  const shown = pack.files.filter((f) => f.text !== '').length;
  void vscode.window.setStatusBarMessage(
    `Longview: ${shown} files, ${pack.tokens.toLocaleString()} of ${pack.budget.toLocaleString()} tokens`,
    10_000,
  );
}

function askTask(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Pack Context (1/2)',
    prompt: 'What is to be done? The files that matter to it are chosen by these words and by the open file.',
    placeHolder: 'Retry a failed upload once before giving up',
    ignoreFocusOut: true,
  });
}

async function askBudget(): Promise<number | undefined> {
  const items = BUDGETS.map((tokens) => ({ label: `${tokens.toLocaleString()} tokens`, tokens }));
  return (await vscode.window.showQuickPick(items, { title: 'Pack Context (2/2)', placeHolder: 'Token budget' }))?.tokens;
}

/** The open file, when it belongs to the workspace, with what is selected in it. */
async function focusOf(ask: Ask, editor: vscode.TextEditor | undefined): Promise<Focus | undefined> {
  if (!editor || editor.document.uri.scheme !== 'file') return undefined;
  const file = await ask('file', editor.document.uri.fsPath);
  if (!file) return undefined;
  const { selection } = editor;
  return { path: file.path, ...(selection.isEmpty ? {} : { lines: { start: selection.start.line, end: selection.end.line } }) };
}
