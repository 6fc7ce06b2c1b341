/** What a request starts from: the active editor with its selection, a place that was kept, or nothing. */
import * as vscode from 'vscode';

/** A file with selected lines, 0-based and inclusive; without lines the file as a whole. */
export interface FocusPlace {
  readonly absolute: string;
  readonly lines?: { readonly start: number; readonly end: number };
}

export type FocusChoice =
  /** Follows the active editor. */
  { readonly kind: 'editor' } | { readonly kind: 'place'; readonly place: FocusPlace } | { readonly kind: 'none' };

/** A moving cursor is no new focus; a selection is, once it rests. */
const QUIET_MS = 400;

export class FocusOfEditor implements vscode.Disposable {
  #place: FocusPlace | undefined;
  /** Files that a list opened or is about to, and that no cursor was placed in yet. */
  readonly #glances = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  readonly #changed = new vscode.EventEmitter<FocusPlace | undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#place = placeOf(vscode.window.activeTextEditor);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        // A panel or an output that takes the place of the editor is not what the user works on.
        if (editor?.document.uri.scheme === 'file' && !this.#isGlance(editor)) this.#set(placeOf(editor));
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length === 0) return;
        const editor = vscode.window.activeTextEditor;
        // A file that is glanced at may take the tab of the one that is worked on.
        if (this.#place && !isOpen(this.#place.absolute) && !this.#isGlance(editor)) this.#set(placeOf(editor));
        for (const tab of closed) this.#glances.delete(fileOf(tab) ?? '');
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (textEditor !== vscode.window.activeTextEditor || textEditor.document.uri.scheme !== 'file') return;
        // Opening a file places a cursor too, of no kind.
        if (this.#isGlance(textEditor) && kind === undefined) return;
        this.#glances.delete(textEditor.document.uri.fsPath);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#set(placeOf(textEditor)), QUIET_MS);
      }),
    );
  }

  /** A list opens the file: a glance at it and no new focus, until the user places the cursor in it. */
  glanceAt(absolute: string): void {
    if (absolute !== this.#place?.absolute) this.#glances.add(absolute);
  }

  /** The place that the choice stands for now. */
  of(choice: FocusChoice): FocusPlace | undefined {
    return choice.kind === 'editor' ? this.#place : choice.kind === 'place' ? choice.place : undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #isGlance(editor: vscode.TextEditor | undefined): boolean {
    return editor?.document.uri.scheme === 'file' && this.#glances.has(editor.document.uri.fsPath);
  }

  #set(place: FocusPlace | undefined): void {
    clearTimeout(this.#timer);
    if (JSON.stringify(place) === JSON.stringify(this.#place)) return;
    this.#place = place;
    this.#changed.fire(place);
  }
}

/** The file of an editor, with what is selected in it. */
export function placeOf(editor: vscode.TextEditor | undefined): FocusPlace | undefined {
  if (editor?.document.uri.scheme !== 'file') return undefined;
  const { selection } = editor;
  const absolute = editor.document.uri.fsPath;
  return selection.isEmpty ? { absolute } : { absolute, lines: { start: selection.start.line, end: selection.end.line } };
}

/** Whether a tab has the file, in front or behind others. */
function isOpen(absolute: string): boolean {
  return vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => fileOf(tab) === absolute));
}

function fileOf({ input }: vscode.Tab): string | undefined {
  const uri = input instanceof vscode.TabInputText ? input.uri : input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}
