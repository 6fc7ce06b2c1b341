/** The commands of the palette. Each checks for itself what it needs: a command can be called even where it is hidden. */
import * as vscode from 'vscode';
import { placeOf } from '../focus.js';
import type { Services } from '../services.js';
import { type AskedPack, chooseModel, packContextCommand, setBudget, setTask } from './choose.js';
import { copyContext, openContext, saveContext } from './context.js';
import { showCycles } from './cycles.js';
import { showProblems } from './problems.js';

export function registerCommands({ index, pack, quotes, log, editorModels }: Services): vscode.Disposable {
  // Enablement and menus in package.json ask for the index's state.
  const tell = (): void => void vscode.commands.executeCommand('setContext', 'longview.index', index.state.kind);
  tell();
  const commands: Readonly<Record<string, (asked?: unknown) => unknown>> = {
    packContext: (asked) => packContextCommand(pack, asked as AskedPack | undefined),
    setTask: () => setTask(pack),
    setBudget: () => setBudget(pack),
    chooseModel: () => chooseModel(pack, quotes, editorModels),
    focusHere: (asked) => {
      const place = asked instanceof vscode.Uri && asked.scheme === 'file' ? placeAt(asked) : placeOf(vscode.window.activeTextEditor);
      if (place) pack.choose({ focus: { kind: 'place', place } });
      else void vscode.window.showInformationMessage('Open a file of the workspace first: the context starts from it.');
    },
    focusEditor: () => pack.choose({ focus: { kind: 'editor' } }),
    focusNone: () => pack.choose({ focus: { kind: 'none' } }),
    copyContext: () => copyContext(pack),
    saveContext: () => saveContext(pack),
    openContext: () => openContext(pack),
    showCycles: () => showCycles(index),
    showProblems: () => showProblems(index),
    cancelIndexing: () => index.cancel(),
    pauseIndex: () => index.pause(),
    resumeIndex: () => index.resume(),
    rebuildIndex: () => index.rebuild(),
    showLog: () => log.show(),
    openWalkthrough: () => vscode.commands.executeCommand('workbench.action.openWalkthrough', 'longview.longview#start', false),
    openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:longview.longview'),
  };
  return vscode.Disposable.from(
    index.onDidChangeState(tell),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`longview.${name}`, run)),
  );
}

/** A file, with the selection where it is the active editor's. */
function placeAt({ fsPath }: vscode.Uri): { readonly absolute: string } {
  const active = placeOf(vscode.window.activeTextEditor);
  return active?.absolute === fsPath ? active : { absolute: fsPath };
}
