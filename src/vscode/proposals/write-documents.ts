/**
 * Writes planned files into the editor as one edit, so that one undo takes all of it back.
 * Files that were saved before are saved again; text that was not saved stays unsaved.
 */
import { chmodSync } from 'node:fs';
import * as vscode from 'vscode';
import { hunksOf } from '../../proposals/hunks.js';
import type { UndoJournal } from '../../proposals/journal.js';
import type { PlannedFile, Present } from '../../proposals/plan.js';
import { planUndo, type UndoneFile, type UndoRecord } from '../../proposals/undo.js';
import { textBytes } from '../../workspace/text-file.js';
import { hashOf } from '../../workspace/text-hash.js';
import { documentAt, type EditorFiles } from './editor-files.js';

export type Written =
  | { readonly kind: 'written' }
  /** Nothing was changed; the message says why, and the one thing to do. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The editor broke off. */
  | { readonly kind: 'failed'; readonly message: string };

/** Where a file is when it has been written. */
const targetOf = ({ path, to }: Pick<PlannedFile, 'path' | 'to'>): string => to ?? path;

/** All of the files, or none of them. */
export async function writeDocuments(files: readonly PlannedFile[], around: EditorFiles): Promise<Written> {
  const opened = await Promise.all(
    files.map(async (file) => (hasDocument(file) ? await vscode.workspace.openTextDocument(uriOf(file.path, around)) : undefined)),
  );
  // From here to the edit nothing waits: what is looked at is what is changed.
  const stands = files.flatMap((file, i) => standsAgainst(file, opened[i], around));
  if (stands.length > 0) return { kind: 'refused', message: `${stands.join(' ')} Nothing was changed.` };
  const saved = files.filter((_, i) => !opened[i]?.isDirty);
  const done = await vscode.workspace.applyEdit(editOf(files, opened, around));
  const wrong = done ? files.filter((file) => !isWritten(file, around)) : files;
  if (wrong.length > 0) return { kind: 'failed', message: `The editor could not write ${wrong.map(targetOf).join(', ')}.` };
  await save(saved, around);
  for (const { kind, path, traits } of files) {
    if (kind === 'create' && traits?.mode !== undefined) chmodSync(uriOf(path, around).fsPath, traits.mode);
  }
  return { kind: 'written' };
}

/** As {@link writeDocuments}, with a record on disk first, which is kept if it is written. What was broken off is put back. */
export async function writeWithRecord(
  files: readonly PlannedFile[],
  record: UndoRecord,
  journal: UndoJournal,
  around: EditorFiles,
): Promise<Written> {
  await journal.write(record);
  const written = await writeDocuments(files, around).catch(
    (error: unknown): Written => ({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
  if (written.kind === 'refused') await journal.remove(record);
  // Where that cannot be kept, the record from before still holds for all that no formatter has changed.
  if (written.kind === 'written')
    await journal.write({ ...record, files: record.files.map((file) => asSaved(file, around)) }).catch(() => undefined);
  if (written.kind !== 'failed') return written;
  const back = await planUndo(record, around.look);
  const restored = back.changedSince.length === 0 && (await writeDocuments(back.files, around)).kind === 'written';
  if (!restored) return { kind: 'failed', message: `${written.message} Longview: Undo Proposal puts back what was there.` };
  await journal.remove(record);
  return { kind: 'failed', message: `${written.message} All files are as they were.` };
}

const hasDocument = ({ kind, after, before }: PlannedFile): boolean => kind === 'edit' || (kind === 'move' && after !== before);

function uriOf(path: string, around: EditorFiles): vscode.Uri {
  const place = around.place(path);
  if (!place) throw new Error(`${path} is in none of the workspace's folders`);
  return vscode.Uri.file(place.absolute);
}

/** Reasons why the file cannot be written as planned, none if it can. */
function standsAgainst(file: PlannedFile, document: vscode.TextDocument | undefined, around: EditorFiles): readonly string[] {
  const { kind, path, to, before } = file;
  const now = around.see(path);
  const there = now.kind === 'text' ? now.text : undefined;
  if (now.kind === 'untouchable') return [`${path} ${now.reason}.`];
  if (there !== before || (document && document.getText() !== before)) return [`${path} has changed meanwhile.`];
  if (to !== undefined && around.see(to).kind !== 'nothing') return [`${to} is there already.`];
  const unsaved = kind === 'delete' && documentAt(around.place(path)!.absolute)?.isDirty;
  return unsaved ? [`${path} would be deleted with changes that are not saved. Save it first.`] : [];
}

function editOf(
  files: readonly PlannedFile[],
  opened: readonly (vscode.TextDocument | undefined)[],
  around: EditorFiles,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const [i, file] of files.entries()) {
    const { kind, path, to, after = '', traits } = file;
    const uri = uriOf(path, around);
    const document = opened[i];
    if (kind === 'create') edit.createFile(uri, { contents: textBytes(after, traits?.marked === true) });
    if (kind === 'delete') edit.deleteFile(uri);
    const target = to === undefined ? uri : uriOf(to, around);
    if (to !== undefined) edit.renameFile(uri, target);
    if (!document) continue;
    for (const { start, end, added } of hunksOf(file)) {
      const range = document.validateRange(new vscode.Range(start, 0, end, 0));
      edit.replace(target, range, added.join(''));
    }
  }
  return edit;
}

function isWritten({ path, to, after }: PlannedFile, around: EditorFiles): boolean {
  const now = (p: string): Present => around.see(p);
  if (to !== undefined && now(path).kind !== 'nothing') return false;
  const target = now(to ?? path);
  return after === undefined ? target.kind === 'nothing' : target.kind === 'text' && target.text === after;
}

/** Unless the user wants to save refactored files themselves. */
async function save(files: readonly PlannedFile[], around: EditorFiles): Promise<void> {
  if (!vscode.workspace.getConfiguration('files').get('refactoring.autoSave', true)) return;
  for (const file of files) {
    const place = file.after === undefined ? undefined : around.place(targetOf(file));
    const document = place && documentAt(place.absolute);
    if (document?.isDirty) await document.save();
  }
}

/** A formatter that runs on saving has the last word: taken back is what it made. */
function asSaved(file: UndoneFile, around: EditorFiles): UndoneFile {
  const now = around.see(targetOf(file));
  return file.after === undefined || now.kind !== 'text' ? file : { ...file, after: hashOf(now.text) };
}
