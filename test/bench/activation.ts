/**
 * How long VS Code waits for Longview when a window opens: node dist/test/bench/activation.js [--windows N] [--repo DIR]
 *
 * In windows of an empty folder, or of a clone of DIR, in turn with an extension of the same manifest that does nothing: what that one
 * takes is VS Code's own.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startVSCode } from '../host/vscode.js';
import { openWorkbench } from '../host/workbench.js';
import { activationMs } from './activation-time.js';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { windows: { type: 'string', default: '5' }, repo: { type: 'string' } } });
  const scratch = mkdtempSync(join(tmpdir(), 'longview-activation-'));
  const folder = join(scratch, 'folder');
  if (values.repo) execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${resolve(values.repo)}`, folder]);
  else mkdirSync(folder);
  const extensions = { Longview: resolve('.'), 'an extension that does nothing': emptyExtension(join(scratch, 'empty')) };
  const took = Object.keys(extensions).map((name): [string, number[]] => [name, []]);
  try {
    for (let i = 0; i < Number(values.windows); i++)
      for (const [name, times] of took) times.push(await activationIn(folder, extensions[name as keyof typeof extensions]));
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
  for (const [name, times] of took) {
    const sorted = times.sort((a, b) => a - b);
    console.log(`${name}: median ${sorted[sorted.length >> 1]} ms of ${sorted.join(', ')}`);
  }
}

async function activationIn(folder: string, extension: string): Promise<number> {
  const vscode = await startVSCode({ open: folder, extension });
  try {
    // High enough for all rows: the quickest extension is the last.
    const workbench = await openWorkbench(vscode.url, { height: 3000 });
    try {
      return await activationMs(workbench);
    } finally {
      await workbench.close();
    }
  } finally {
    await vscode.stop();
  }
}

function emptyExtension(folder: string): string {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const part of ['package.json', 'package.nls.json', 'media']) cpSync(part, join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'dist', 'extension.js'), 'exports.activate = () => undefined;');
  return folder;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
