/** Accepting a finding: with a comment at a line that shows it, or with a reason in the rules of its folder. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Evidence, Finding } from '../../graph/findings/finding.js';
import { RULES_FILE } from '../../graph/findings/rules.js';
import { locate } from '../open-at.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { commentEdit } from './lightbulb.js';

/** What both commands are called on: a row of Findings, or an object with a finding. */
export interface Acceptable {
  readonly finding: Finding;
  /** The line to accept it at; else its first. */
  readonly evidence?: Evidence;
}

/** Writes a comment above the line that shows the finding, and shows it: one undo takes it back. */
export async function acceptWithComment(index: WorkspaceIndex, { finding, evidence }: Acceptable): Promise<void> {
  const { path, line } = (await asItIsNow(index, finding, evidence)) ?? evidence ?? finding.evidence[0]!;
  const absolute = await locate(index, path);
  if (absolute === undefined) return;
  const document = await vscode.workspace.openTextDocument(absolute);
  const edit = commentEdit(document, line, finding.kind);
  if (!edit) {
    const rule = 'Accept in Rules…';
    const answer = await vscode.window.showInformationMessage(`No comment can stand at line ${line + 1} of ${path}.`, rule);
    if (answer === rule) await acceptInRules(index, { finding });
    return;
  }
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  await vscode.workspace.applyEdit(edit);
  const at = new vscode.Position(line, 0);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Lines may have moved since the list was made; its key finds the finding again. Undefined where it is gone. */
async function asItIsNow(index: WorkspaceIndex, { key }: Finding, evidence: Evidence | undefined): Promise<Evidence | undefined> {
  const { findings } = await index.ask('findings', undefined);
  const now = findings.find((f) => f.key === key);
  if (!evidence) return now?.evidence[0];
  return now?.evidence.find((e) => e.path === evidence.path && e.words === evidence.words && Math.abs(e.line - evidence.line) < 50);
}

/** Asks for a reason and adds an entry to `.longview/rules.json`, which is made where there is none. */
export async function acceptInRules(index: WorkspaceIndex, { finding }: Acceptable): Promise<void> {
  const { acceptByRule, canAcceptByRule } = await import('./accept-rule.js');
  const roots = index.last?.roots ?? [];
  const root = roots.find(({ prefix }) => canAcceptByRule(finding, prefix));
  if (!root) {
    void vscode.window.showInformationMessage(
      'One entry cannot mean all files of this finding: they are too many, or in several folders of the workspace. Accept it with a comment.',
    );
    return;
  }
  const reason = await vscode.window.showInputBox({
    title: `Accept “${finding.kind}” in ${RULES_FILE}`,
    prompt: 'Why is this accepted? The reason stands in the rules, for whoever reads them.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A reason is required.' : undefined),
  });
  if (reason === undefined) return;
  const uri = vscode.Uri.file(join(root.folder, RULES_FILE));
  const there = await vscode.workspace.openTextDocument(uri).then(
    (document) => document,
    () => undefined,
  );
  const text = acceptByRule(there?.getText() ?? '', finding, reason.trim(), root.prefix);
  if (text === undefined) {
    const open = 'Open';
    const answer = await vscode.window.showErrorMessage(`${RULES_FILE} is wrong as it is: an entry would not count.`, open);
    if (answer === open) await vscode.window.showTextDocument(uri);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  if (there) edit.replace(uri, new vscode.Range(0, 0, there.lineCount, 0), text);
  else {
    edit.createFile(uri, { ignoreIfExists: true });
    edit.insert(uri, new vscode.Position(0, 0), text);
  }
  if (!(await vscode.workspace.applyEdit(edit))) return;
  await (await vscode.workspace.openTextDocument(uri)).save();
}
