// Several processes spend from the same budgets and are killed, at random moments and in the
// middle of a row; then the ledger is held against what was really sent. Prints the figures as
// JSON and exits with 1 on an overrun; throws if a settled row is missing or a torn one was taken.
// node test/bench/ledger.mjs [--requests 10000] [--processes 4] [--seed 1]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    processes: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
});
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
// Inside the project, so that what is bundled finds the project's packages.
mkdirSync('dist', { recursive: true });
const scratch = mkdtempSync(join(process.cwd(), 'dist', 'ledger-'));
try {
  const outfile = join(scratch, 'spenders.mjs');
  await build({
    entryPoints: ['test/money/ledger/spenders.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    external: ['esbuild'],
    logLevel: 'error',
  });
  const { spend } = await import(pathToFileURL(outfile));
  const began = performance.now();
  const figures = await spend({
    folder: join(scratch, 'ledger'),
    processes: Number(values.processes),
    requests: Number(values.requests),
    budgets: { session: 0.1, day: 0.015, month: 0.35, workspace: 0.12, providers: { anthropic: 0.16 } },
    durable: true,
    seed: Number(values.seed),
    diesOnceIn: 30,
    killedWithin: 2_000,
  });
  console.log(JSON.stringify({ ...figures, seconds: Math.round((performance.now() - began) / 1000) }, null, 2));
  if (figures.overruns.length > 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
