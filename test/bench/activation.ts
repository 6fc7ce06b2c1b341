/**
 * How long VS Code waits for Longview when a window opens: node dist/test/bench/activation.js [--windows N] [--repo DIR]
 *
 * In windows of an empty folder, or of a clone of DIR, in turn with an extension of the same manifest that does nothing: what that one
 * takes is VS Code's own. Each of them looks at the clock around its own code too: VS Code starts its clock for all extensions that
 * wait for the end of startup before it loads the first of them, so that the last one's figure has the loading of all others in it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startVSCode } from '../host/vscode.js';
import { openWorkbench } from '../host/workbench.js';
import { activationMs } from './activation-time.js';
import { emptyExtension } from './empty-extension.js';
import { type OwnTime, ownTime, timedExtension } from './timed-extension.js';

interface Activation extends OwnTime {
  /** VS Code's figure. */
  readonly shownMs: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { windows: { type: 'string', default: '5' }, repo: { type: 'string' } } });
  const scratch = mkdtempSync(join(tmpdir(), 'longview-activation-'));
  const folder = join(scratch, 'folder');
  if (values.repo) execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${resolve(values.repo)}`, folder]);
  else mkdirSync(folder);
  const measured: readonly { readonly name: string; readonly extension: string; readonly times: Activation[] }[] = [
    { name: 'Longview', extension: timedExtension(resolve('.'), join(scratch, 'longview')), times: [] },
    {
      name: 'an extension that does nothing',
      extension: timedExtension(emptyExtension(join(scratch, 'empty')), join(scratch, 'timed-empty')),
      times: [],
    },
  ];
  try {
    for (let i = 0; i < Number(values.windows); i++)
      for (const { extension, times } of measured) times.push(await activationIn(folder, extension));
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
  for (const { name, times } of measured) {
    console.log(`${name}, ms in ${times.length} windows`);
    for (const [what, of] of Object.entries(ROWS)) console.log(`  ${what.padEnd(WIDTH)}  ${spread(times.map(of))}`);
  }
}

const ROWS: Readonly<Record<string, (a: Activation) => number>> = {
  'activation, as VS Code shows it': (a) => a.shownMs,
  'of it: loading the entry': (a) => a.loadMs,
  'of it: activate()': (a) => a.callMs,
  'of it: the rest, other extensions': (a) => a.shownMs - a.loadMs - a.callMs,
  'entry and activate(), CPU': (a) => a.loadCpuMs + a.callCpuMs,
  'then until it has settled': (a) => a.resolveMs,
};
const WIDTH = Math.max(...Object.keys(ROWS).map((row) => row.length));

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b).map((v) => v.toFixed(v < 10 ? 1 : 0));
  return `median ${sorted[sorted.length >> 1]} of ${sorted.join(', ')}`;
}

async function activationIn(folder: string, extension: string): Promise<Activation> {
  const vscode = await startVSCode({ open: folder, extension });
  try {
    // High enough for all rows: the quickest extension is the last.
    const workbench = await openWorkbench(vscode.url, { height: 3000 });
    try {
      return { shownMs: await activationMs(workbench), ...ownTime(extension) };
    } finally {
      await workbench.close();
    }
  } finally {
    await vscode.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
