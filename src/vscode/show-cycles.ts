/** Longview: Show Dependency Cycles lists each cycle's shortest loop; choosing an edge goes to the line that imports. */
import * as vscode from 'vscode';
import type { Workspaces } from './workspaces.js';

export async function showCyclesCommand(workspaces: Workspaces): Promise<void> {
  const cycles = await workspaces.read('Longview: looking for cycles', (ask) => ask('cycles', {}));
  if (!cycles) return;
  if (cycles.length === 0) {
    void vscode.window.showInformationMessage('Longview found no dependency cycles.');
    return;
  }
  const items = cycles.flatMap((cycle) => [
    { label: `${cycle.files.length} files, shortest loop ${cycle.shortest.length}`, kind: vscode.QuickPickItemKind.Separator },
    ...cycle.shortest.map((edge) => ({ label: edge.from, description: `line ${edge.line + 1} → ${edge.to}`, edge })),
  ]);
  const chosen = await vscode.window.showQuickPick(items, { title: `${cycles.length} dependency cycles`, matchOnDescription: true });
  if (!chosen || !('edge' in chosen)) return;
  const { from } = chosen.edge;
  const absolute = await workspaces.read('Longview: opening', (ask) => ask('locate', from));
  if (absolute === undefined) return;
  const line = new vscode.Position(chosen.edge.line, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(absolute), { selection: new vscode.Range(line, line) });
}
