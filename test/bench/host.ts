/**
 * What Longview costs inside VS Code, on a repository: node dist/test/bench/host.js --repo DIR [--json FILE]
 *
 * Works on clones in a temporary folder, in the offline VS Code, with fresh profiles. Activation is the
 * figure of VS Code's own "Running Extensions"; all else is measured in the extension host (in-host.ts). Behind it
 * comes a window with an extension that does nothing, while the command line makes the same index in a process of
 * its own: what the host cannot be asked for there is the machine's part.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startVSCode } from '../host/vscode.js';
import { openWorkbench } from '../host/workbench.js';
import { activationMs } from './activation-time.js';
import { emptyExtension } from './empty-extension.js';
import type { ControlMeasures, Failed, HostMeasures } from './in-host.js';
import type { Slices } from './slices.js';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { repo: { type: 'string' }, json: { type: 'string' } } });
  if (!values.repo) throw new Error('--repo DIR is missing');
  const scratch = mkdtempSync(join(tmpdir(), 'longview-bench-'));
  try {
    const repo = join(scratch, 'repository');
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${resolve(values.repo)}`, repo]);
    const files = execFileSync('git', ['-C', repo, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\0').length - 1;
    const { activation, measures } = await measureIn<HostMeasures>(repo, resolve('.'), join(scratch, 'measures.json'));
    // The first window has saved a file.
    execFileSync('git', ['-C', repo, 'checkout', '--quiet', '.']);
    const empty = emptyExtension(join(scratch, 'empty'));
    const control = await measureIn<ControlMeasures>(repo, empty, join(scratch, 'control.json'), { LONGVIEW_BENCH_CONTROL: '1' });
    print(files, activation, measures, control.measures);
    if (values.json) writeFileSync(values.json, JSON.stringify({ files, activation, ...measures, control: control.measures }, null, 2));
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** In a remote window VS Code looks for open ports every few seconds, for which it forks the whole host. */
const SETTINGS = { 'remote.autoForwardPortsSource': 'output' };

/** Opens a window and waits for what in-host.ts writes to `result`. Throws what it threw. */
async function measureIn<Measures extends HostMeasures | ControlMeasures>(
  open: string,
  extension: string,
  result: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly activation: number; readonly measures: Measures }> {
  const tests = resolve('dist/test/bench/in-host.js');
  const vscode = await startVSCode({ open, extension, tests, settings: SETTINGS, env: { LONGVIEW_BENCH: result, ...env } });
  try {
    // High enough for all rows of the list of extensions: the quickest are the last.
    const workbench = await openWorkbench(vscode.url, { height: 3000 });
    try {
      const activation = await activationMs(workbench);
      writeFileSync(`${result}.go`, '');
      while (!existsSync(result)) await setTimeout(200);
      const measures = JSON.parse(readFileSync(result, 'utf8')) as Measures | Failed;
      if ('failed' in measures) throw new Error(measures.failed);
      return { activation, measures };
    } finally {
      await workbench.close();
    }
  } finally {
    await vscode.stop();
  }
}

function print(files: number, activation: number, m: HostMeasures, control: ControlMeasures): void {
  const rows: [string, string][] = [
    ['files in the repository', files.toLocaleString('en')],
    ['activation', ms(activation)],
    ['first index, from nothing', ms(m.coldIndexMs)],
    ...slices('slices of the host while indexing', m.indexing),
    ['first index by the command line, beside a host in which Longview does nothing', ms(control.coldIndexMs)],
    ...slices('slices of that host', control.indexing),
    ['engine started again from the stored index, first pack', ms(m.warmPackMs)],
    ['save until the updated pack, median of 5', ms(median(m.saveMs))],
    ['save until the updated pack, slowest of 5', ms(Math.max(...m.saveMs))],
    ["the host's own heap", mb(m.memory.heapUsed)],
    ['resident memory of the whole host process, engine and workers included', mb(m.memory.rss)],
    ['resident memory before Longview did anything', mb(m.memoryBefore.rss)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, figure] of rows) console.log(`${name.padEnd(width)}  ${figure}`);
}

function slices(whose: string, s: Slices): [string, string][] {
  return [
    [`${whose}: longest, CPU`, ms(s.cpuMs)],
    [`${whose}: longest, wall clock`, ms(s.wallMs)],
    [`${whose}: in it, waiting for a core`, ms(s.starvedMs)],
    [`${whose}: 99.9 % are under, wall clock`, ms(s.wallMs999)],
    [`${whose}: of 20 ms and more by the wall clock`, String(s.long)],
    [`${whose}: most CPU in one of those`, ms(s.longCpuMs)],
    [`${whose}: longest collection of garbage`, ms(s.gcMs)],
  ];
}

const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
