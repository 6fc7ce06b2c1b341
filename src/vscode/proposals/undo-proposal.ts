/** Longview: Undo Proposal takes back what was applied last, after a restart too. */
import * as vscode from 'vscode';
import type { UndoJournal } from '../../proposals/journal.js';
import { planUndo } from '../../proposals/undo.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import type { Acceptance } from './acceptance.js';
import { EditorFiles } from './editor-files.js';
import { writeDocuments } from './write-documents.js';

/** Says what it came to. Touches nothing if one of the files has changed since. */
export async function undoProposal(index: WorkspaceIndex, journal: () => UndoJournal, acceptance: Acceptance): Promise<void> {
  // Where the files lie, and which workspace it is, is known once they have been read.
  await index.ask('present', []);
  const kept = journal();
  const [record] = await kept.list();
  if (!record) return void vscode.window.showInformationMessage('No proposal was applied here that could be taken back.');
  const around = new EditorFiles(index);
  const { files, changedSince } = await planUndo(record, around.look);
  if (changedSince.length > 0)
    return void vscode.window.showErrorMessage(
      `Longview: Changed since it was written: ${changedSince.join(', ')}. Nothing was taken back. Put these files back first.`,
    );
  const written = await writeDocuments(files, around);
  if (written.kind !== 'written') return void vscode.window.showErrorMessage(`Longview: ${written.message}`);
  await kept.remove(record);
  await acceptance.undone(record.id);
  const what = files.length === 0 ? 'Already taken back' : 'Took back';
  void vscode.window.showInformationMessage(`${what}: ${record.title}`);
}
