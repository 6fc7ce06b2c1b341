/**
 * `npm start [FOLDER]`: a real VS Code with Longview on that folder, or on a copy of a sample repository.
 * It is the `code` on PATH (or LONGVIEW_VSCODE), else the desktop build that @vscode/test-electron
 * downloads, else the offline VS Code in a browser. `--browser` takes the last at once, `--port N` says where.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { onPath, UnavailableError } from './install.js';
import { Sample } from './sample.js';
import { startVSCode } from './vscode.js';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { browser: { type: 'boolean', default: false }, port: { type: 'string', default: '0' } },
  });
  const folder = positionals[0] === undefined ? sampleFolder() : resolve(positionals[0]);
  statSync(folder);
  const desktop = values.browser ? undefined : await desktopVSCode();
  if (desktop) await runDesktop(desktop, folder);
  else await runInBrowser(folder, Number(values.port));
}

function sampleFolder(): string {
  const sample = new Sample();
  process.once('exit', () => sample.remove());
  console.log(`No folder was given: opening a copy of the sample repository, ${sample.path}`);
  return sample.path;
}

/** An executable, or undefined where there is none and none can be downloaded. */
async function desktopVSCode(): Promise<string | undefined> {
  const local = process.env['LONGVIEW_VSCODE'] || onPath('code');
  if (local) return local;
  // Without a display a downloaded one could not open a window.
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return undefined;
  try {
    return await downloadAndUnzipVSCode('stable');
  } catch (error) {
    console.log(`VS Code could not be downloaded (${error instanceof Error ? error.message : error}).`);
    return undefined;
  }
}

/** In a profile of its own, so that no other extension and no setting is in the way. */
async function runDesktop(executable: string, folder: string): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'longview-profile-'));
  process.once('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  const arguments_ = [
    folder,
    `--extensionDevelopmentPath=${resolve('.')}`,
    `--user-data-dir=${profile}`,
    '--disable-extensions',
    '--wait',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  console.log(`Starting ${executable}. Close its window or press Ctrl-C to end.`);
  const window = spawn(executable, arguments_, { stdio: 'inherit', shell: process.platform === 'win32' });
  endWithSignals(() => window.kill());
  await new Promise((done, fail) => window.once('close', done).once('error', fail));
}

async function runInBrowser(folder: string, port: number): Promise<void> {
  const vscode = await startVSCode({ open: folder, extension: resolve('.'), port });
  console.log(`VS Code with Longview is at\n\n  ${vscode.url}\n\nPress Ctrl-C to end.`);
  openBrowser(vscode.url);
  await vscode.exited;
}

/** Where there is no browser to open, the printed address has to do. */
function openBrowser(url: string): void {
  const opener = onPath('xdg-open');
  if (opener && (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])) {
    spawn(opener, [url], { stdio: 'ignore', detached: true })
      .once('error', () => undefined)
      .unref();
  }
}

function endWithSignals(end: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
}

main().catch((error: unknown) => {
  console.error(error instanceof UnavailableError ? error.message : error);
  process.exit(1);
});
