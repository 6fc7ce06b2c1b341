/**
 * Runs the tests: `run.js [unit] [host] [ui] [--grep TEXT] [--spec FILE]`, all three kinds by default,
 * and closes with one line of counts over all of them.
 *
 * LONGVIEW_HOST=required makes a machine without VS Code a failure, LONGVIEW_HOST=skip leaves VS Code out;
 * otherwise what cannot run is counted as skipped, with the reason.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Counts, inWords, NONE, readCounts, type Selection, sum } from './counts.js';
import { runHostTests } from './host/host-tests.js';
import { chromium, offlineVSCode, UnavailableError } from './host/install.js';

const BUNDLES = resolve('dist/test');
const MOCHA = ['--enable-source-maps', 'node_modules/mocha/bin/mocha.js', '--no-config', '--reporter=test/reporter.cjs', '--timeout=60000'];
const IN_VSCODE = /^(host|ui)\//;

const KINDS = {
  unit: { title: 'unit tests', is: (file: string) => !IN_VSCODE.test(file), run: runMocha },
  host: { title: 'tests in the extension host', is: (file: string) => file.startsWith('host/'), run: runHostTests },
  ui: { title: 'tests of the user interface', is: (file: string) => file.startsWith('ui/'), run: runUiTests },
};
type Kind = keyof typeof KINDS;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' }, spec: { type: 'string' } } });
  const kinds = (positionals.length > 0 ? positionals : Object.keys(KINDS)) as Kind[];
  const all = testFiles().filter((file) => !values.spec || resolve(BUNDLES, file) === resolve(values.spec));
  let total = NONE;
  const lines: string[] = [];
  for (const kind of kinds) {
    const { title, is, run } = KINDS[kind];
    const files = all.filter(is).map((file) => join(BUNDLES, file));
    if (files.length === 0) continue;
    const { counts, reason } = await counted({ files, grep: values.grep }, run, kind !== 'unit');
    lines.push(`${title}: ${inWords(counts)}${reason ? ` (${reason})` : ''}`);
    total = sum(total, counts);
  }
  console.log(`\n${lines.join('\n')}\n${inWords(total)}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** Runs the files, or counts them as skipped or failed where VS Code cannot be had. */
async function counted(
  selection: Selection,
  run: (selection: Selection) => Counts | Promise<Counts>,
  inVSCode: boolean,
): Promise<{ counts: Counts; reason?: string }> {
  const wish = process.env['LONGVIEW_HOST'];
  try {
    if (inVSCode && wish === 'skip') throw new UnavailableError('LONGVIEW_HOST=skip');
    return { counts: await run(selection) };
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    const tests = selection.files.reduce((n, file) => n + testsIn(file), 0);
    const counts = { ...NONE, [wish === 'required' ? 'failed' : 'skipped']: tests };
    return { counts, reason: error.message };
  }
}

/** In a mocha process of its own. */
function runMocha({ files, grep }: Selection): Counts {
  const scratch = mkdtempSync(join(tmpdir(), 'longview-counts-'));
  const counts = join(scratch, 'counts.json');
  try {
    const { status } = spawnSync(process.execPath, [...MOCHA, ...(grep ? ['--grep', grep] : []), ...files], {
      stdio: 'inherit',
      env: { ...process.env, LONGVIEW_TEST_COUNTS: counts },
    });
    const found = readCounts(counts);
    // A process that dies on its way reports nothing, or that all is well so far.
    return status === 0 || found.failed > 0 ? found : { ...found, failed: 1 };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function runUiTests(selection: Selection): Promise<Counts> {
  await offlineVSCode();
  chromium();
  return runMocha(selection);
}

/** Bundled test files by their path in dist/test, with `/`. */
function testFiles(): string[] {
  const names = readdirSync(BUNDLES, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return names.filter((name) => name.endsWith('.test.js')).sort();
}

/** How many tests a bundle declares. */
function testsIn(file: string): number {
  return readFileSync(file, 'utf8').match(/^\s*it\(/gm)?.length ?? 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
