/** Longview: Show Dependency Cycles lists each cycle's shortest loop; choosing an edge goes to the line that imports. */
import * as vscode from 'vscode';
import { openAt } from '../open-at.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { askWithProgress } from './asking.js';

export async function showCycles(index: WorkspaceIndex): Promise<void> {
  const cycles = await askWithProgress(index, 'looking for cycles', 'cycles', {});
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
  if (chosen && 'edge' in chosen) await openAt(index, chosen.edge.from, chosen.edge.line);
}
