/** What the lightbulb and the refactor menu offer on code: titles and commands alone, nothing is computed for them. */
import * as vscode from 'vscode';

const { RefactorExtract, RefactorRewrite } = vscode.CodeActionKind;
const OFFERED: readonly { readonly title: string; readonly command: string; readonly kind: vscode.CodeActionKind }[] = [
  { title: 'Extract Function with Longview…', command: 'longview.extractFunction', kind: RefactorExtract },
  { title: 'Extract Class with Longview…', command: 'longview.extractClass', kind: RefactorExtract },
  { title: 'Extract Module with Longview…', command: 'longview.extractModule', kind: RefactorExtract },
  { title: 'Refactor with Longview…', command: 'longview.refactor', kind: RefactorRewrite },
];

export function registerSelectionLightbulb(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions(_document, range, { triggerKind, only }) {
        // A cursor that moves past is offered nothing.
        if (range.isEmpty && triggerKind === vscode.CodeActionTriggerKind.Automatic) return [];
        const wanted = OFFERED.filter(({ kind }) => !only || only.intersects(kind));
        const possible = range.isEmpty ? wanted.filter(({ kind }) => kind === RefactorRewrite) : wanted;
        return possible.map(({ title, command, kind }) => {
          const action = new vscode.CodeAction(title, kind);
          action.command = { command, title };
          return action;
        });
      },
    },
    { providedCodeActionKinds: [RefactorExtract, RefactorRewrite] },
  );
}
