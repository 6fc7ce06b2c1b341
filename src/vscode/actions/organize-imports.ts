/** Longview: Organize Imports of the Last Proposal lets the language services tidy what moved definitions left behind. */
import * as vscode from 'vscode';
import type { UndoJournal } from '../../proposals/journal.js';
import { absoluteOf } from '../trees/file-places.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { codeActions } from './language-services.js';

/** Edits that undo takes back file by file; nothing is saved. */
export async function organizeImports(index: WorkspaceIndex, journal: UndoJournal): Promise<void> {
  const [last] = await journal.list();
  if (!last) {
    void vscode.window.showInformationMessage('No proposal has been applied to this workspace.');
    return;
  }
  const roots = index.last?.roots ?? [];
  const written = last.files.flatMap(({ path, to, after }) => (after === undefined ? [] : (absoluteOf(roots, to ?? path) ?? [])));
  let changed = 0;
  for (const absolute of written) if (await organize(vscode.Uri.file(absolute))) changed++;
  void vscode.window.showInformationMessage(
    changed === 0
      ? `The language services have nothing to tidy in the files of “${last.title}”.`
      : `Imports of ${changed} of ${written.length} files of “${last.title}” were organized.`,
  );
}

async function organize(uri: vscode.Uri): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri).then(
    (d) => d,
    () => undefined,
  );
  if (!document) return false;
  const { version } = document;
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const [first] = await codeActions(uri, whole, vscode.CodeActionKind.SourceOrganizeImports.value);
  if (first?.edit) await vscode.workspace.applyEdit(first.edit);
  if (first?.command) await vscode.commands.executeCommand(first.command.command, ...(first.command.arguments ?? []));
  return document.version !== version;
}
