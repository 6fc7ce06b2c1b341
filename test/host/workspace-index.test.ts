/** The index in the real extension host: what changes in the workspace, by whichever way, is what the next answer is made from. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Longview } from '../../src/vscode/longview.js';
import { eventually } from './editor.js';
import { opened } from './opened.js';

const root = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
const at = (...names: string[]): string => join(root(), ...names);
const write = (path: string, text: string): void => writeFileSync(at(path), text);

describe('The index in the editor', () => {
  let api: Longview;

  before(async () => {
    api = await opened();
  });

  beforeEach(async () => {
    for (const folder of ['follow', 'follow/more']) mkdirSync(at(folder), { recursive: true });
    write('follow/a.ts', "import { b } from './b';\nb();\n");
    write('follow/b.ts', 'export function b() {}\n');
    await follows(['follow/b.ts']);
  });

  /** Waits until follow/a.ts depends on just these files. */
  async function follows(paths: readonly string[]): Promise<void> {
    await eventually(async () => {
      const facts = await api.index.ask('file', at('follow/a.ts'));
      assert.deepEqual(facts?.dependencies.map((d) => d.path).sort(), [...paths].sort());
    });
  }

  it('takes in what is typed before it is saved, and gives it up when the editor is closed without saving', async () => {
    const document = await vscode.workspace.openTextDocument(at('follow/a.ts'));
    await vscode.window.showTextDocument(document);
    await replace(document, '');
    await follows([]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await follows(['follow/b.ts']);
  });

  it('takes in a save', async () => {
    const document = await vscode.workspace.openTextDocument(at('follow/b.ts'));
    await replace(document, 'export function c() {}\n');
    await document.save();
    const facts = await api.index.ask('file', at('follow/b.ts'));
    assert.deepEqual(
      facts?.symbols.map((s) => s.name),
      ['c'],
    );
    await replace(document, 'export function b() {}\n');
    await document.save();
  });

  it('takes in files that others create, rename and delete', async () => {
    write('follow/c.ts', 'export const c = 1;\n');
    write('follow/a.ts', "import { c } from './c';\nc;\n");
    await follows(['follow/c.ts']);
    renameSync(at('follow/c.ts'), at('follow/d.ts'));
    await follows([]);
    write('follow/a.ts', "import './d';\n");
    await follows(['follow/d.ts']);
    rmSync(at('follow/d.ts'));
    await follows([]);
  });

  it('honours .longviewignore and the setting as they change', async () => {
    write('.longviewignore', 'follow/b.ts\n');
    await follows([]);
    rmSync(at('.longviewignore'));
    await follows(['follow/b.ts']);
    const settings = vscode.workspace.getConfiguration('longview');
    await settings.update('index.ignore', ['b.ts'], vscode.ConfigurationTarget.Workspace);
    await follows([]);
    await settings.update('index.ignore', undefined, vscode.ConfigurationTarget.Workspace);
    await follows(['follow/b.ts']);
  });

  it('follows a switch of branch', async () => {
    const git = (...args: string[]): void => void execFileSync('git', ['-C', root(), '-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
    git('switch', '-qc', 'one');
    git('add', '.');
    git('commit', '-qm', 'one');
    git('switch', '-qc', 'two');
    write('follow/a.ts', "import './more/e';\n");
    write('follow/more/e.ts', 'export {};\n');
    git('add', '.');
    git('commit', '-qm', 'two');
    await follows(['follow/more/e.ts']);
    git('switch', '-q', 'one');
    await follows(['follow/b.ts']);
  });

  it('notes changes while paused and reads them when resumed', async () => {
    await vscode.commands.executeCommand('longview.pauseIndex');
    assert.equal(api.index.state.kind, 'paused');
    write('follow/a.ts', '');
    await new Promise((done) => setTimeout(done, 1_000));
    await follows(['follow/b.ts']);
    await vscode.commands.executeCommand('longview.resumeIndex');
    await follows([]);
  });

  it('is made anew on request', async () => {
    await vscode.commands.executeCommand('longview.rebuildIndex');
    assert.equal(api.index.state.kind, 'ready');
    await follows(['follow/b.ts']);
  });

  it('goes on when its store is deleted under it', async () => {
    rmSync(api.index.store!, { recursive: true, force: true });
    write('follow/a.ts', "import './more/f';\n");
    write('follow/more/f.ts', 'export {};\n');
    await follows(['follow/more/f.ts']);
    assert.equal(api.index.state.kind, 'ready');
  });

  it('is made once for other settings, also for who asks while the last engine ends', async () => {
    const settings = vscode.workspace.getConfiguration('longview');
    await settings.update('index.memoryLimit', 2048, vscode.ConfigurationTarget.Workspace);
    const shown: string[] = [];
    const states = api.index.onDidChangeState(({ kind }) => shown.push(kind));
    await api.index.ask('cycles', {});
    await new Promise((done) => setTimeout(done, 1_000));
    states.dispose();
    await settings.update('index.memoryLimit', undefined, vscode.ConfigurationTarget.Workspace);
    assert.equal(shown.includes('asleep'), false, shown.join(', '));
    await follows(['follow/b.ts']);
  });

  it('says that its thread was lost, and starts again with what it had', async () => {
    const settings = vscode.workspace.getConfiguration('longview');
    await settings.update('index.memoryLimit', 8, vscode.ConfigurationTarget.Workspace);
    await eventually(async () => assert.equal(api.index.state.kind, 'failed'));
    await assert.rejects(async () => await api.index.ask('cycles', {}), /Longview's engine stopped/);
    await settings.update('index.memoryLimit', undefined, vscode.ConfigurationTarget.Workspace);
    await follows(['follow/b.ts']);
  });
});

async function replace(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
