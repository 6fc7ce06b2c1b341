/**
 * Tests inside a real extension host, by @vscode/test-electron. LONGVIEW_VSCODE names the VS Code: a path to
 * an executable, or what to download ('stable', '1.105.0', 'insiders'). Without it Linux takes the offline
 * VS Code, which needs no download from Microsoft; other systems take 'stable'.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { type Counts, NONE, readCounts, type Selection, sum } from '../counts.js';
import type { HostRun } from './in-host.js';
import { chromium, offlineVSCode, UnavailableError } from './install.js';
import { Sample } from './sample.js';

/** What a window has open while the tests of a folder under test/host/ run. */
const WINDOWS: Readonly<Record<string, (sample: Sample) => string | undefined>> = {
  host: (sample) => sample.path,
  'several-folders': severalFolders,
  'no-folder': () => undefined,
  'at-rest': (sample) => sample.path,
};

/** One VS Code after the other, one for each kind of window. */
export async function runHostTests({ files, grep }: Selection): Promise<Counts> {
  const executable = await vscodeExecutable();
  let counts = NONE;
  for (const [folder, open] of Object.entries(WINDOWS)) {
    const here = files.filter((file) => file.replaceAll('\\', '/').split('/').at(-2) === folder);
    if (here.length > 0) {
      const sample = new Sample();
      try {
        counts = sum(counts, await runWindow(executable, here, grep, open(sample)));
      } finally {
        sample.remove();
      }
    }
  }
  return counts;
}

async function runWindow(
  executable: string,
  files: readonly string[],
  grep: string | undefined,
  open: string | undefined,
): Promise<Counts> {
  const scratch = mkdtempSync(join(tmpdir(), 'longview-host-'));
  const run: HostRun = { files, grep, output: join(scratch, 'output.txt'), counts: join(scratch, 'counts.json') };
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: resolve('.'),
      extensionTestsPath: resolve('dist/test/host/in-host.js'),
      launchArgs: [...(open ? [open] : []), '--disable-extensions', `--user-data-dir=${join(scratch, 'user')}`],
      // The ledger of whoever runs the tests is not theirs to write to.
      extensionTestsEnv: { LONGVIEW_TEST_RUN: JSON.stringify(run), XDG_DATA_HOME: join(scratch, 'data') },
    });
    return readCounts(run.counts);
  } catch (error) {
    if (!(error instanceof TestRunFailedError)) throw error;
    const counts = readCounts(run.counts);
    // The host may die after its tests passed.
    return counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } finally {
    if (existsSync(run.output)) process.stdout.write(readFileSync(run.output));
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function vscodeExecutable(): Promise<string> {
  const wanted = process.env['LONGVIEW_VSCODE'] ?? (process.platform === 'linux' ? '' : 'stable');
  if (wanted === '') {
    await offlineVSCode();
    chromium();
    const code = resolve('dist/test/host/code.js');
    chmodSync(code, 0o755);
    return code;
  }
  if (isAbsolute(wanted)) return wanted;
  try {
    return await downloadAndUnzipVSCode(wanted);
  } catch (error) {
    throw new UnavailableError(`VS Code ${wanted} could not be downloaded: ${error instanceof Error ? error.message : error}`);
  }
}

function severalFolders({ path, beside }: Sample): string {
  const file = join(beside, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path }, { path: new Sample('labels', beside).path }] }));
  return file;
}
