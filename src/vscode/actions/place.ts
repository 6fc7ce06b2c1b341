/** Where a command was called: on a row of a tree, on files of the explorer, or in the editor. */
import * as vscode from 'vscode';
import { fullName, symbolNamed } from '../../actions/symbols.js';
import type { LineRange } from '../../context/pack.js';
import type { Cycle } from '../../graph/cycles.js';
import type { Finding } from '../../graph/findings/finding.js';
import { absoluteOf } from '../trees/file-places.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { type Place, symbolAt } from './targets.js';

const NOWHERE: Place = { pointedAt: false };

/**
 * @param asked what VS Code gives a command: a row, a file, or nothing in the palette.
 * @param all the selected files, where the explorer called it; else something else.
 */
export async function placeOf(index: WorkspaceIndex, asked: unknown, all: unknown): Promise<Place> {
  if (asked instanceof vscode.Uri) {
    const isEditors = !Array.isArray(all) && vscode.window.activeTextEditor?.document.uri.toString() === asked.toString();
    return isEditors ? await placeInEditor(index) : await placeOfFile(index, asked);
  }
  if (typeof asked !== 'object' || asked === null) return await placeInEditor(index);
  const row = asked as Row;
  if (row.finding) return { finding: row.finding, path: row.finding.evidence[0]?.path, pointedAt: true };
  if (row.cycle) return { cycle: row.cycle.shortest.map((e) => e.from), pointedAt: true };
  if (row.kind === 'symbol' && typeof row.index === 'number' && row.at !== undefined) {
    const symbols = await symbolsOf(index, row.at);
    return { path: row.at, symbol: symbols[row.index] && fullName(symbols, row.index), pointedAt: true };
  }
  return row.path === undefined ? await placeInEditor(index) : { path: row.path, pointedAt: true };
}

/** What rows of the trees have, each some of it. */
interface Row {
  readonly kind?: string;
  readonly finding?: Finding;
  readonly cycle?: Cycle;
  readonly path?: string;
  /** Of a symbol: its file, and its number there. */
  readonly at?: string;
  readonly index?: number;
}

async function placeOfFile(index: WorkspaceIndex, { fsPath }: vscode.Uri): Promise<Place> {
  return { path: await index.ask('pathOf', fsPath), pointedAt: true };
}

async function placeInEditor(index: WorkspaceIndex): Promise<Place> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'file') return NOWHERE;
  const file = await index.ask('file', editor.document.uri.fsPath);
  if (!file) return NOWHERE;
  const at = symbolAt(file.symbols, editor.selection.active.line);
  return {
    path: file.path,
    lines: linesOf(editor.selection),
    symbol: at === undefined ? undefined : fullName(file.symbols, at),
    pointedAt: false,
  };
}

/** The selected lines; a line that is selected up to its first character is not meant. */
function linesOf({ isEmpty, start, end }: vscode.Selection): LineRange | undefined {
  if (isEmpty) return undefined;
  return { start: start.line, end: end.character === 0 && end.line > start.line ? end.line - 1 : end.line };
}

/** Lines of the symbol that a name means; undefined where there is none. */
export async function linesOfSymbol(index: WorkspaceIndex, path: string, name: string): Promise<LineRange | undefined> {
  const symbols = await symbolsOf(index, path);
  const found = symbols[symbolNamed(symbols, name) ?? -1];
  return found && { start: found.start, end: found.end };
}

async function symbolsOf(index: WorkspaceIndex, path: string) {
  const absolute = absoluteOf(index.last?.roots ?? [], path);
  return (absolute === undefined ? undefined : await index.ask('file', absolute))?.symbols ?? [];
}
