/** What the lightbulb offers on a line that shows a finding. From memory: it never waits for the engine. */
import * as vscode from 'vscode';
import { acceptByComment } from './accept-comment.js';
import { removeExport } from './remove-export.js';
import { solutionOf } from './solutions.js';
import type { Shown, WorkspaceFindings } from './workspace-findings.js';

/** Findings on one line that are offered something. */
const MOST = 3;

export function registerLightbulb(findings: WorkspaceFindings): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions(document, range, { diagnostics, only }) {
        findings.glance();
        if (only && !only.intersects(vscode.CodeActionKind.QuickFix)) return [];
        const shown = findings.at(document.uri.fsPath, range.start.line, range.end.line);
        return shown.slice(0, MOST).flatMap((s) => {
          const mine = diagnostics.filter((d) => d.source === 'Longview' && d.message.startsWith(s.finding.message));
          return actionsFor(s, document, mine);
        });
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function actionsFor({ finding, evidence }: Shown, document: vscode.TextDocument, diagnostics: vscode.Diagnostic[]): vscode.CodeAction[] {
  const { action, title, wish } = solutionOf(finding);
  const target = { kind: 'finding', finding };
  const local = finding.kind === 'dead-export' ? withoutExport(document, finding.key.slice(finding.key.lastIndexOf('#') + 1)) : undefined;
  const offered = [
    ...(local ? [local] : []),
    calling(`${title} with Longview…`, 'longview.runAction', { action, target, ...(wish === undefined ? {} : { wish }) }),
    calling('Explain This Finding with Longview…', 'longview.runAction', { action: 'explain', target }),
    ...accepting(document, evidence.line, finding.kind),
    calling(`Accept “${finding.kind}” in the Rules…`, 'longview.acceptByRule', { finding }),
  ];
  for (const o of offered) o.diagnostics = diagnostics;
  return offered;
}

function calling(title: string, command: string, argument: unknown): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command, title, arguments: [argument] };
  return action;
}

function accepting(document: vscode.TextDocument, line: number, kind: string): vscode.CodeAction[] {
  const edit = commentEdit(document, line, kind);
  if (!edit) return [];
  const action = new vscode.CodeAction(`Accept “${kind}” Here with a Comment`, vscode.CodeActionKind.QuickFix);
  action.edit = edit;
  return [action];
}

/** The edit that accepts a kind of finding at a line; undefined where no comment can stand. */
export function commentEdit(document: vscode.TextDocument, line: number, kind: string): vscode.WorkspaceEdit | undefined {
  const found = acceptByComment(linesOf(document), document.languageId, line, kind);
  if (!found) return undefined;
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const edit = new vscode.WorkspaceEdit();
  if (found.kind === 'insert') edit.insert(document.uri, new vscode.Position(found.line, 0), found.text + eol);
  else edit.replace(document.uri, document.lineAt(found.line).range, found.text);
  return edit;
}

function withoutExport(document: vscode.TextDocument, name: string): vscode.CodeAction | undefined {
  const removals = removeExport(linesOf(document), document.languageId, name);
  if (!removals) return undefined;
  const action = new vscode.CodeAction(`Remove “export” from ${name}`, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const { line, start, end } of removals) action.edit.delete(document.uri, new vscode.Range(line, start, line, end));
  return action;
}

function linesOf(document: vscode.TextDocument): string[] {
  return document.getText().split(/\r\n|\r|\n/);
}
