// Speed of Longview beside other tools, on the same repository in one run:
//
//   node test/bench/speed.mjs --repo DIR [--tools DIR] [--runs 3] [--only PART-OF-A-NAME] [--json FILE]
//
// --tools names a folder whose node_modules holds repomix, madge and dependency-cruiser
// (npm i --prefix DIR repomix madge dependency-cruiser); ctags is universal-ctags on the PATH.
// What is not there is left out of the table. Tools take turns, run by run, so that a busy
// machine slows all of them; the figure is the median. CPU is user + system time of the
// whole process tree, memory the highest sum of resident pages seen, sampled every 20 ms.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: opt } = parseArgs({
  options: {
    repo: { type: 'string' },
    tools: { type: 'string' },
    runs: { type: 'string', default: '3' },
    json: { type: 'string' },
    only: { type: 'string', default: '' },
    'floor-only': { type: 'boolean' },
  },
});
if (!opt.repo) throw new Error('--repo DIR is missing');
const repo = resolve(opt.repo);
const cli = join(dirname(fileURLToPath(import.meta.url)), '../../dist/cli.js');
const work = mkdtempSync(join(tmpdir(), 'longview-speed-'));
const store = join(work, 'store');
const SOURCE = /\.([cm]?[jt]sx?|py|go|rs|java|kts?|c|h|cc|cpp|hpp|cs|rb|php|swift|scala|sh|bash)$/i;
const files = execFileSync('git', ['-C', repo, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 })
  .split('\0')
  .filter((f) => f && statSync(join(repo, f), { throwIfNoEntry: false })?.isFile());
const sources = files.filter((f) => SOURCE.test(f));
const bytes = sources.reduce((n, f) => n + statSync(join(repo, f)).size, 0);

if (opt['floor-only']) {
  floor();
  process.exit(0);
}

function floor() {
  for (const f of files)
    createHash('sha1')
      .update(readFileSync(join(repo, f)))
      .digest();
}

const query = 'read the configuration file and report a clear error when a value has the wrong type';
const longview = (...args) => [process.execPath, cli, ...args, '--repo', repo, '--quiet', '--store', store];
const steps = [
  {
    name: 'floor: read and hash every file',
    cmd: () => [process.execPath, fileURLToPath(import.meta.url), '--repo', repo, '--floor-only'],
  },
  { name: 'longview index, cold', before: () => rmSync(store, { recursive: true, force: true }), cmd: () => longview('index') },
  { name: 'longview index, warm, nothing changed', cmd: () => longview('index') },
  { name: 'longview index, a line added to one file', before: () => append('\n'), cmd: () => longview('index'), after: restore },
  {
    name: 'longview index, a definition added to one file',
    before: () => append(definition()),
    cmd: () => longview('index'),
    after: restore,
  },
  // The first makes the search index too.
  { name: 'longview pack 32k, the first after a cold index', before: settle, cmd: pack },
  { name: 'longview pack 32k, warm', cmd: pack },
  ...(which('ctags') ? [{ name: 'universal-ctags', cmd: () => ['ctags', '-f', join(work, 'tags'), '-L', list()] }] : []),
  ...tool('repomix', 'repomix/bin/repomix.cjs', (bin) => [
    process.execPath,
    bin,
    repo,
    '--quiet',
    '--no-security-check',
    '-o',
    join(work, 'repomix.xml'),
  ]),
  ...tool(
    'madge (JS/TS)',
    'madge/bin/cli.js',
    (bin) => [process.execPath, bin, '--extensions', 'js,jsx,ts,tsx,mjs,cjs', '--json', repo],
    jsOnly(),
  ),
  ...tool(
    'dependency-cruiser (JS/TS)',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    (bin) => [process.execPath, bin, '--no-config', '-T', 'json', '-f', join(work, 'dc.json'), '--exclude', 'node_modules', repo],
    jsOnly(),
  ),
];

function pack() {
  return longview('pack', '--query', query, '--budget', '32k', '--out', join(work, 'pack.txt'));
}
function jsOnly() {
  return sources.filter((f) => /\.[cm]?[jt]sx?$/.test(f)).length > sources.length / 2;
}
function tool(name, bin, cmd, wanted = true) {
  const path = opt.tools ? join(resolve(opt.tools), 'node_modules', bin) : '';
  return wanted && path && existsSync(path) ? [{ name, cmd: () => cmd(path) }] : [];
}
function which(name) {
  return (process.env.PATH ?? '').split(':').some((d) => d && existsSync(join(d, name)));
}
function list() {
  const file = join(work, 'files.txt');
  writeFileSync(file, sources.map((f) => join(repo, f)).join('\n'));
  return file;
}
/** The middle file by size is changed, and put back afterwards. */
function middle() {
  const sized = sources.map((f) => ({ path: join(repo, f), size: statSync(join(repo, f)).size })).sort((a, b) => a.size - b.size);
  return sized[sized.length >> 1];
}
const changed = middle();
/** Brings the index up to date, unmeasured: the step before may have changed a file back. */
function settle() {
  const [cmd, ...args] = longview('index');
  execFileSync(cmd, args, { stdio: 'ignore' });
}
function append(text) {
  appendFileSync(changed.path, text);
}
/** Something that other files could use, so that more than the file itself has to be looked at. */
function definition() {
  const forms = [
    [/\.([cm]?[jt]sx?)$/, 'export function longviewBench() {}'],
    [/\.py$/, 'def longview_bench():\n    pass'],
    [/\.go$/, 'func LongviewBench() {}'],
    [/\.rs$/, 'pub fn longview_bench() {}'],
    [/\.(php)$/, 'function longview_bench() {}'],
    [/\.rb$/, 'def longview_bench; end'],
    [/\.(c|h|cc|cpp|hpp)$/, 'int longview_bench(void);'],
  ];
  return `\n${forms.find(([extension]) => extension.test(changed.path))?.[1] ?? 'class LongviewBench {}'}\n`;
}
function restore() {
  truncateSync(changed.path, changed.size);
}

/** Resident bytes and CPU ticks of a process and all below it; processes that ended in between count with what was last seen. */
function sample(root, cpu) {
  const parents = new Map();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      parents.set(+pid, { parent: +rest[1], ticks: +rest[11] + +rest[12], pages: +rest[21] });
    } catch {
      // It ended while we looked.
    }
  }
  let pages = 0;
  for (const [pid, p] of parents) {
    let up = pid;
    while (up !== root && parents.has(up)) up = parents.get(up).parent;
    if (up !== root) continue;
    pages += p.pages;
    cpu.set(pid, p.ticks);
  }
  return pages * 4096;
}

function run(step) {
  step.before?.();
  return new Promise((done, fail) => {
    const [cmd, ...args] = step.cmd();
    const start = performance.now();
    const child = spawn(cmd, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: work });
    const cpu = new Map();
    let memory = 0;
    let errors = '';
    const timer = setInterval(() => {
      memory = Math.max(memory, sample(child.pid, cpu));
    }, 20);
    child.stderr.on('data', (d) => {
      errors += d;
    });
    child.on('close', (code) => {
      clearInterval(timer);
      step.after?.();
      if (code !== 0) return fail(new Error(`${step.name} ended with ${code}: ${errors.slice(-500)}`));
      const ticks = [...cpu.values()].reduce((a, b) => a + b, 0);
      done({ wall: (performance.now() - start) / 1000, cpu: ticks / 100, memory: memory / 2 ** 20 });
    });
  });
}

const median = (xs) => [...xs].sort((a, b) => a - b)[xs.length >> 1];
const wanted = steps.filter((s) => s.name.includes(opt.only));
const results = new Map(wanted.map((s) => [s.name, []]));
const failed = new Map();
for (let i = 0; i < +opt.runs; i++) {
  for (const step of wanted) {
    if (failed.has(step.name)) continue;
    try {
      results.get(step.name).push(await run(step));
    } catch (error) {
      failed.set(step.name, String(error.message).split('\n')[0]);
    }
  }
}
rmSync(work, { recursive: true, force: true });

const rows = [...results].map(([name, rs]) => ({
  name,
  failed: failed.get(name),
  wall: median(rs.map((r) => r.wall)),
  cpu: median(rs.map((r) => r.cpu)),
  memory: median(rs.map((r) => r.memory)),
}));
console.log(`${files.length} files, ${sources.length} of them source, ${(bytes / 1e6).toFixed(1)} MB; median of ${opt.runs}\n`);
console.log('| | wall s | CPU s | memory MB |\n|---|--:|--:|--:|');
for (const r of rows)
  console.log(
    r.failed
      ? `| ${r.name} | failed: ${r.failed} | | |`
      : `| ${r.name} | ${r.wall.toFixed(2)} | ${r.cpu.toFixed(2)} | ${r.memory.toFixed(0)} |`,
  );
if (opt.json) writeFileSync(opt.json, JSON.stringify({ repo, files: files.length, sources: sources.length, bytes, rows }, null, 2));
