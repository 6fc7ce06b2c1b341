/** Longview: Show Dependency Cycles lists each cycle's shortest loop; choosing an edge goes to the line that imports. */
import * as vscode from 'vscode';
import { findCycles } from '../graph/cycles.js';
import type { Workspaces } from './workspaces.js';

export async function showCyclesCommand(workspaces: Workspaces): Promise<void> {
  const snapshot = await workspaces.read('Longview: reading the workspace');
  if (!snapshot) return;
  const cycles = findCycles(snapshot.graph);
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
  const entry = snapshot.entry(chosen.edge.from);
  if (!entry) return;
  const line = new vscode.Position(chosen.edge.line, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(entry.absolute), { selection: new vscode.Range(line, line) });
}
