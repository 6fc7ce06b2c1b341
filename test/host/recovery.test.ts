import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './editor.js';
import { opened } from './opened.js';

const FILES = 2_000;

describe('A large repository in the editor', () => {
  it('comes out right when its branch is switched while it is being read', async () => {
    const { index } = await opened();
    const root = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
    };
    git('switch', '-qc', 'large');
    for (let i = 0; i < FILES; i++) {
      const folder = join(root, 'large', `part${i % 40}`);
      mkdirSync(folder, { recursive: true });
      const next = `import { f${(i + 40) % FILES} } from './f${(i + 40) % FILES}';\n`;
      writeFileSync(join(folder, `f${i}.ts`), `${next}export function f${i}() {\n  return f${(i + 40) % FILES}();\n}\n`.repeat(3));
    }
    git('add', 'large');
    git('commit', '-qm', 'large');

    const halfway = new Promise<void>((done) => {
      const listener = index.onDidChangeState((state) => {
        if (state.kind !== 'indexing' || state.done < FILES / 10) return;
        listener.dispose();
        done();
      });
    });
    const rebuilt = index.rebuild();
    await halfway;
    git('switch', '-q', 'main');
    await rebuilt;
    // Whatever the watcher has told so far: an answer comes from the files as they are.
    const large = async (): Promise<number> =>
      (await index.ask('graph', undefined)).files.filter((path) => path.startsWith('large/')).length;
    const holds = (files: number): Promise<void> => eventually(async () => assert.equal(await large(), files));
    await holds(0);
    assert.equal(index.state.kind, 'ready');

    git('switch', '-q', 'large');
    await holds(FILES);
  }).timeout(180_000);
});
