/** Longview: Export Requests… writes the whole ledger as a table for a spreadsheet or as JSON. */
import * as vscode from 'vscode';
import { formatCount } from '../../base/count.js';
import { COLUMNS, exportAttempts, toCsv } from '../../money/export.js';
import { asOf, readHistory } from '../../money/ledger/reader.js';

/** @param to where, if it is not to be asked. */
export async function exportRequests(folder: string, to?: vscode.Uri): Promise<void> {
  const target =
    to ??
    (await vscode.window.showSaveDialog({
      title: 'Export Requests',
      filters: { CSV: ['csv'], JSON: ['json'] },
      ...defaultUri('requests.csv'),
    }));
  if (!target) return;
  const { entries } = await readHistory(folder);
  const attempts = exportAttempts(asOf(entries, new Date()));
  const text = target.path.toLowerCase().endsWith('.json') ? `${JSON.stringify({ attempts }, null, 2)}\n` : toCsv(COLUMNS, attempts);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  void vscode.window.setStatusBarMessage(`Longview: exported ${formatCount(attempts.length)} attempts`, 10_000);
}

function defaultUri(name: string): { readonly defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {};
}
