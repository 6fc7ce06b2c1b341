/**
 * What Longview costs inside VS Code, on a repository: node dist/test/bench/host.js --repo DIR [--json FILE]
 *
 * Works on a clone in a temporary folder, in the offline VS Code, with a fresh profile. Activation is the
 * figure of VS Code's own "Running Extensions"; all else is measured in the extension host (in-host.ts).
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
import type { HostMeasures } from './in-host.js';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { repo: { type: 'string' }, json: { type: 'string' } } });
  if (!values.repo) throw new Error('--repo DIR is missing');
  const scratch = mkdtempSync(join(tmpdir(), 'longview-bench-'));
  const repo = join(scratch, 'repository');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${resolve(values.repo)}`, repo]);
  const files = execFileSync('git', ['-C', repo, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\0').length - 1;
  const result = join(scratch, 'measures.json');
  const vscode = await startVSCode({
    open: repo,
    extension: resolve('.'),
    tests: resolve('dist/test/bench/in-host.js'),
    env: { LONGVIEW_BENCH: result },
  });
  try {
    // High enough for all rows of the list of extensions: the quickest are the last.
    const workbench = await openWorkbench(vscode.url, { height: 3000 });
    try {
      const activation = await activationMs(workbench);
      writeFileSync(`${result}.go`, '');
      while (!existsSync(result)) await setTimeout(200);
      const measures: HostMeasures = JSON.parse(readFileSync(result, 'utf8'));
      print(files, activation, measures);
      if (values.json) writeFileSync(values.json, JSON.stringify({ files, activation, ...measures }, null, 2));
    } finally {
      await workbench.close();
    }
  } finally {
    await vscode.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function print(files: number, activation: number, m: HostMeasures): void {
  if (m.failed !== undefined) throw new Error(m.failed);
  const rows: [string, string][] = [
    ['files in the repository', files.toLocaleString('en')],
    ['activation', ms(activation)],
    ['first index, from nothing', ms(m.coldIndexMs)],
    ['longest slice of the host while indexing: CPU', ms(m.indexing.cpuMs)],
    ['longest slice of the host while indexing: wall clock', ms(m.indexing.wallMs)],
    ['99.9 % of slices while indexing are under: wall clock', ms(m.indexing.wallMs999)],
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

const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
