/** What the rooms of the editor are built from. */
import type * as vscode from 'vscode';
import type { CurrentPack } from './current-pack.js';
import type { EditorModels } from './models/editor-models.js';
import type { PriceQuotes } from './price-quotes.js';
import type { TodaysCost } from './todays-cost.js';
import type { WorkspaceIndex } from './workspace-index.js';

export interface Services {
  /** Folder of the extension. */
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly index: WorkspaceIndex;
  readonly pack: CurrentPack;
  readonly quotes: PriceQuotes;
  readonly cost: TodaysCost;
  readonly editorModels: EditorModels;
}
