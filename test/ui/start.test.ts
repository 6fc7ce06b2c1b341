import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openWorkbench } from '../host/workbench.js';

/** The address that `npm start` prints. */
async function address(start: ChildProcess): Promise<string> {
  for await (const line of createInterface(start.stdout!)) {
    const url = /http:\/\/127\.0\.0\.1\S+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error('npm start ended without an address');
}

describe('npm start', () => {
  it('serves a VS Code with Longview on the sample repository, until Ctrl-C', async () => {
    const start = spawn(process.execPath, ['dist/test/host/start.js', '--browser'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(start, 'exit');
    try {
      const workbench = await openWorkbench(await address(start));
      try {
        await workbench.runCommand('Longview: Show Dependency Cycles');
        await workbench.quickPick.getByRole('option', { name: 'src/tracking.ts, line 1 → src/booking.ts' }).waitFor();
      } finally {
        await workbench.close();
      }
    } finally {
      start.kill('SIGINT');
      await ended;
    }
  });
});
