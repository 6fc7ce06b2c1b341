/** Runs in the extension host, which calls run(): mocha on the files that LONGVIEW_TEST_RUN names. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import * as vscode from 'vscode';

/** What the outer process asks for. */
export interface HostRun {
  /** Absolute paths of bundled tests. */
  readonly files: readonly string[];
  /** Only tests whose full title matches. */
  readonly grep?: string | undefined;
  /** File that what is printed goes to. */
  readonly output: string;
  /** File to write the counts to. */
  readonly counts: string;
}

export async function run(): Promise<void> {
  const { files, grep, output, counts } = JSON.parse(process.env['LONGVIEW_TEST_RUN'] ?? '') as HostRun;
  printTo(output);
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', color: false, timeout: 60_000, ...(grep ? { grep } : {}) });
  mocha.rootHooks({ afterEach: asItWas });
  for (const file of files) mocha.addFile(file);
  const failed = await new Promise<number>((done) => {
    const runner = mocha.run(done);
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 0, pending: 0 };
      writeFileSync(counts, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  });
  if (failed > 0) throw new Error(`${failed} failed`);
}

/** An extension host has no terminal: what mocha, tests and the extension print is kept for the process that has one. */
function printTo(file: string): void {
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    // The host's console ignores assignment.
    Object.defineProperty(console, level, { value: (...args: unknown[]) => appendFileSync(file, `${format(...args)}\n`) });
  }
  Mocha.reporters.Base.consoleLog = console.log;
}

/** Each test finds no editor open and the committed files on disk. */
async function asItWas(): Promise<void> {
  while (vscode.window.activeTextEditor) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    for (const args of [
      ['checkout', '--quiet', '--force', 'main'],
      ['clean', '-fdq'],
    ]) {
      execFileSync('git', args, { cwd: uri.fsPath });
    }
  }
}
