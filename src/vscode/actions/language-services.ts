/** What the editor's language services can do themselves: renames, extractions and moves that need no model and cost nothing. */
import * as vscode from 'vscode';
import type { ListedAction } from '../../actions/action.js';

/** A language service that is still reading a project is not waited for longer. */
const LONGEST_MS = 3_000;
/** Code actions whose edits are worked out to be offered. */
const MOST = 12;

/** Of which kind a language service's own way would be. */
const WAYS: Readonly<Record<string, { readonly kind: string; readonly fits: RegExp }>> = {
  'extract-function': { kind: 'refactor.extract', fits: /^refactor\.extract(\.(function|method))?$/ },
  'extract-class': { kind: 'refactor.extract', fits: /^refactor\.extract\.(class|interface|type)/ },
  'extract-module': { kind: 'refactor.move', fits: /^refactor\.move/ },
};

/** The language service's ways are taken or the model's is chosen: `model`. `done` where nothing is left to do. */
export async function offerLanguageService({ id, title }: Pick<ListedAction, 'id' | 'title'>): Promise<'model' | 'done'> {
  const way = WAYS[id];
  const editor = vscode.window.activeTextEditor;
  if (!way || editor?.document.uri.scheme !== 'file') return 'model';
  const found = await codeActions(editor.document.uri, editor.selection, way.kind);
  const ways = found.filter((a) => way.fits.test(a.kind?.value ?? ''));
  if (ways.length === 0) return 'model';
  const model = { label: `${title} with a model`, description: 'you see context and price first', codeAction: undefined };
  const items = [...ways.map((codeAction) => ({ label: codeAction.title, description: FREE, codeAction })), model];
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Which way?' });
  if (picked === model) return 'model';
  if (picked?.codeAction) await apply(picked.codeAction);
  return 'done';
}

const FREE = 'by the language service, free';

/** What the language service offers of a kind at a place, but for what is disabled and Longview's own. */
export async function codeActions(uri: vscode.Uri, range: vscode.Range, kind: string): Promise<readonly vscode.CodeAction[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, LONGEST_MS);
  });
  const asked = vscode.commands.executeCommand<vscode.CodeAction[] | undefined>('vscode.executeCodeActionProvider', uri, range, kind, MOST);
  const found = (await Promise.race([asked, late])) ?? [];
  clearTimeout(timer);
  return found.filter((a) => a.disabled === undefined && a.command?.command.startsWith('longview.') !== true);
}

async function apply({ edit, command }: vscode.CodeAction): Promise<void> {
  if (edit) await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** A command of the editor that a refactoring may come down to. */
export interface EditorWay {
  readonly label: string;
  readonly description: string;
  run(): Thenable<unknown>;
}

/** Rename and import order, as far as the language of the active editor has them. */
export async function editorWays(): Promise<readonly EditorWay[]> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'file') return [];
  const { uri } = editor.document;
  const canRename = await vscode.commands.executeCommand<unknown>('vscode.prepareRename', uri, editor.selection.active).then(
    (range) => range !== undefined && range !== null,
    () => false,
  );
  const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
  const organizes = await codeActions(uri, whole, vscode.CodeActionKind.SourceOrganizeImports.value);
  const way = (label: string, command: string): EditorWay => ({
    label,
    description: FREE,
    run: () => vscode.commands.executeCommand(command),
  });
  return [
    ...(canRename ? [way('Rename Symbol…', 'editor.action.rename')] : []),
    ...(organizes.length > 0 ? [way('Organize Imports', 'editor.action.organizeImports')] : []),
  ];
}
