import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Longview } from '../../src/vscode/longview.js';
import { type FileRow, isFileRow, type Standing } from '../../src/vscode/trees/context-rows.js';
import type { DependencyRow } from '../../src/vscode/trees/dependency-rows.js';
import { openSampleFile } from './editor.js';
import { opened } from './opened.js';

let longview: Longview;

/** Waits for what a view shows after the engine answered. */
async function until<T>(look: () => T | false | undefined | Promise<T | false | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((done) => setTimeout(done, 50));
  }
}

before(async () => {
  longview = await opened();
});

describe('Context Files', () => {
  const row = (path: string): FileRow | undefined => {
    const { contextFiles } = longview;
    const rows = contextFiles.getChildren().flatMap((group) => contextFiles.getChildren(group));
    return rows.filter(isFileRow).find((r) => r.path === path);
  };
  const stands = (path: string, standing: Standing): Promise<FileRow> =>
    until(() => {
      const found = row(path);
      return found?.standing === standing && longview.pack.state.kind === 'packed' ? found : undefined;
    });

  beforeEach(async () => {
    await vscode.commands.executeCommand('longview.contextFiles.focus');
    longview.pack.choose({ task: 'book a parcel with a carrier', budget: 2000, focus: { kind: 'none' }, pins: {}, drops: [] });
  });
  after(() => longview.pack.choose({ task: '', focus: { kind: 'editor' }, pins: {}, drops: [] }));

  it('packs again when a file is pinned at another level, and when it is released', async () => {
    const level = (): string | undefined => row('src/booking.ts')?.listed?.level;
    const free = await stands('src/booking.ts', 'packed');
    assert.notEqual(level(), 'outline');
    await vscode.commands.executeCommand('longview.levelOutline', free);
    await until(() => level() === 'outline');
    const pinned = await stands('src/booking.ts', 'pinned');
    await vscode.commands.executeCommand('longview.unpinFile', pinned);
    await until(() => level() === free.listed?.level);
    await stands('src/booking.ts', 'packed');
  });

  it('takes a dropped file out of the prompt, several at once, and back in', async () => {
    const rows = [await stands('src/booking.ts', 'packed'), await stands('src/retry.ts', 'packed')];
    await vscode.commands.executeCommand('longview.dropFile', rows[0], rows);
    const dropped = await stands('src/retry.ts', 'dropped');
    assert.equal(row('src/booking.ts')?.standing, 'dropped');
    const state = await longview.pack.now();
    assert.ok(state.kind === 'packed' && state.pack.files.every((f) => f.path !== 'src/booking.ts'));
    await vscode.commands.executeCommand('longview.undropFile', dropped);
    await stands('src/retry.ts', 'packed');
    assert.equal(row('src/booking.ts')?.standing, 'dropped');
  });

  it('pins what the explorer and the palette call it on', async () => {
    const editor = await openSampleFile('src/money.ts');
    await vscode.commands.executeCommand('longview.dropFile', editor.document.uri);
    await stands('src/money.ts', 'dropped');
    await vscode.commands.executeCommand('longview.pinFile');
    const pinned = await stands('src/money.ts', 'pinned');
    assert.equal(pinned.pinnedAt, 'full');
  });

  it('lets a row be opened without starting the pack from it, until the cursor is placed there', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openSampleFile('src/money.ts');
    longview.pack.choose({ focus: { kind: 'editor' } });
    const focus = (): string => longview.pack.focus!.absolute.split('/').at(-1)!;
    assert.equal(focus(), 'money.ts');
    const { command } = longview.contextFiles.getTreeItem(await stands('src/booking.ts', 'packed'));
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments ?? []));
    await until(() => vscode.window.activeTextEditor?.document.uri.path.endsWith('/booking.ts'));
    assert.equal(focus(), 'money.ts');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('cursorDown');
    await until(() => focus() === 'booking.ts');
  });

  it('shows a row as its file, with a checkbox and words for a screen reader', async () => {
    const item = longview.contextFiles.getTreeItem(await stands('src/booking.ts', 'packed'));
    assert.equal(item.resourceUri?.path.endsWith('/src/booking.ts'), true);
    assert.match(String(item.description), /tokens/);
    assert.match(item.accessibilityInformation?.label ?? '', /^booking\.ts, .*, In the Pack, /);
    assert.equal(typeof item.checkboxState === 'object' && item.checkboxState.state, vscode.TreeItemCheckboxState.Checked);
    assert.equal(longview.contextFiles.view.badge?.value, longview.pack.pack?.files.length);
  });

  it('says in a document why a file stands where it does', async () => {
    await vscode.commands.executeCommand('longview.whyFile', await stands('src/booking.ts', 'packed'));
    const uri = vscode.Uri.from({ scheme: 'longview-why', path: '/Why booking.ts.md', query: 'src/booking.ts' });
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(text, /^# src\/booking\.ts\n/);
    assert.match(text, /rank \d+ of \d+/);
  });
});

describe('Dependencies', () => {
  const below = async (section: string): Promise<readonly DependencyRow[]> => {
    const { dependencies } = longview;
    const found = await until(async () => (await dependencies.getChildren()).find((r) => r.kind === 'section' && r.section === section));
    return await dependencies.getChildren(found);
  };
  const paths = (rows: readonly DependencyRow[]): string[] => rows.flatMap((r) => (r.kind === 'neighbour' ? [r.path] : []));

  beforeEach(() => vscode.commands.executeCommand('longview.dependencies.focus'));

  it('follows the active editor, and a click goes to the line', async () => {
    await openSampleFile('src/booking.ts');
    await until(() => longview.dependencies.view.description === 'booking.ts');
    assert.ok(paths(await below('dependencies')).includes('src/parcel.ts'));
    const dependents = await below('dependents');
    assert.ok(paths(dependents).includes('src/tracking.ts'));
    const item = longview.dependencies.getTreeItem(dependents.find((r) => r.kind === 'neighbour' && r.path === 'src/tracking.ts')!);
    await vscode.commands.executeCommand(item.command!.command, ...(item.command!.arguments ?? []));
    await until(() => longview.dependencies.view.description === 'tracking.ts');
    const editor = vscode.window.activeTextEditor!;
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /booking/);
  });

  it('keeps to the file while something else is in front of it, until the file is closed', async () => {
    await openSampleFile('src/booking.ts');
    await until(() => longview.dependencies.view.description === 'booking.ts');
    await vscode.commands.executeCommand('longview.whyFile');
    await until(() => vscode.window.activeTextEditor === undefined);
    await vscode.commands.executeCommand('longview.dependencies.focus');
    assert.equal(longview.dependencies.view.description, 'booking.ts');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => longview.dependencies.view.description === '');
    assert.equal(longview.pack.focus, undefined);
  });

  it('counts an import that is not saved yet', async () => {
    const editor = await openSampleFile('src/money.ts');
    await until(() => longview.dependencies.view.description === 'money.ts');
    assert.deepEqual(paths(await below('dependencies')), []);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "import './retry';\n"));
    await until(async () => paths(await below('dependencies')).includes('src/retry.ts'));
  });

  it('lists the cycles of the workspace, each with its shortest loop', async () => {
    const cycles = await below('cycles');
    assert.ok(cycles[0]?.kind === 'cycle');
    const loop = await longview.dependencies.getChildren(cycles[0]);
    assert.deepEqual(
      loop.map((r) => (r.kind === 'edge' ? `${r.at} → ${r.path}` : r.kind)),
      ['src/booking.ts → src/tracking.ts', 'src/tracking.ts → src/booking.ts'],
    );
  });
});
