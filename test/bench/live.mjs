// What the editor waits for, with the engine in its thread as the editor has it:
// node test/bench/live.mjs --repo DIR [--file PATH] [--task TEXT] [--rounds N] [--json]
//
// Works on a copy of DIR, which it changes. Needs a build (node esbuild.mjs). Times are
// wall clock as the asking thread sees them, median and worst of N rounds, and CPU of all
// threads together, which other work on the machine hardly changes; "blocked" is the
// longest that the asking thread itself could not run.
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
    file: { type: 'string' },
    task: { type: 'string', default: 'keep the order of the entries when one of them is replaced' },
    rounds: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});
if (!values.repo || !existsSync(values.repo)) {
  console.error('usage: node test/bench/live.mjs --repo DIR [--file PATH] [--task TEXT] [--rounds N] [--json]');
  process.exit(2);
}

/** The engine's thread, asked as src/engine/engine.ts does. */
class Thread {
  #worker;
  #last = 0;
  #waiting = new Map();

  constructor(settings) {
    this.#worker = new Worker(join(settings.assets, 'engine.js'), { workerData: settings });
    this.#worker.on('message', (m) => {
      if (m.kind === 'answer') this.#waiting.get(m.id).resolve(m.answer);
      else if (m.kind === 'failed') this.#waiting.get(m.id).reject(new Error(m.message));
    });
  }

  ask(method, asked) {
    this.#last++;
    const id = this.#last;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { resolve: done, reject: failed });
      this.#worker.postMessage({ kind: 'ask', id, method, asked });
    });
  }

  close() {
    return this.#worker.terminate();
  }
}

const home = mkdtempSync(join(tmpdir(), 'longview-live-'));
const repo = join(home, 'repo');
const settings = { roots: [repo], assets: resolve(values.dist), store: join(home, 'store') };
const rounds = Number(values.rounds);
const rows = [];

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const timed = async (work) => {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - start, cpu: (user + system) / 1000, result };
};
const both = (a, b) => ({ ms: a.ms + b.ms, cpu: a.cpu + b.cpu });
const median = (numbers) => Math.round([...numbers].sort((a, b) => a - b)[numbers.length >> 1]);
const row = (name, times) => {
  const ms = times.map((t) => t.ms);
  rows.push({ name, median: median(ms), worst: Math.round(Math.max(...ms)), cpu: median(times.map((t) => t.cpu)) });
};

try {
  cpSync(values.repo, repo, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  let thread = new Thread(settings);
  const cold = await timed(() => thread.ask('update', { unsaved: [] }));
  row('first index', [cold]);
  // The store is written when it has been quiet for a while.
  await sleep(6_000);
  await thread.close();

  const opened = [];
  const firstPacks = [];
  let request;
  for (let i = 0; i < Math.min(3, rounds); i++) {
    thread = new Thread(settings);
    opened.push(await timed(() => thread.ask('update', { unsaved: [] })));
    const file = values.file ?? (await busiest(thread));
    request = { task: values.task, budget: 32_000, focus: { path: file } };
    firstPacks.push(await timed(() => thread.ask('pack', request)));
    if (i < Math.min(3, rounds) - 1) await thread.close();
  }
  row('open: thread and update from a stored index', opened);
  row('first pack right behind it', firstPacks);

  const absolute = join(repo, request.focus.path);
  const blocked = monitorEventLoopDelay({ resolution: 1 });
  blocked.enable();
  const steps = { again: [], saved: [], savedPack: [], typed: [], typedPack: [], whole: [] };
  for (let i = 0; i < rounds; i++) {
    steps.again.push(await timed(() => thread.ask('pack', request)));
    appendFileSync(absolute, '\n');
    const saved = await timed(() => thread.ask('update', { unsaved: [], changed: [absolute] }));
    const savedPack = await timed(() => thread.ask('pack', request));
    steps.saved.push(saved);
    steps.savedPack.push(both(saved, savedPack));
    const unsaved = [{ absolute, text: `${readFileSync(absolute, 'utf8')}${'\n'.repeat(i + 1)}` }];
    const typed = await timed(() => thread.ask('update', { unsaved, changed: [] }));
    const typedPack = await timed(() => thread.ask('pack', request));
    steps.typed.push(typed);
    steps.typedPack.push(both(typed, typedPack));
    steps.whole.push(await timed(() => thread.ask('update', { unsaved: [] })));
  }
  blocked.disable();
  row('the same pack again', steps.again);
  row('save: update', steps.saved);
  row('save: update and pack', steps.savedPack);
  row('typing: update', steps.typed);
  row('typing: update and pack', steps.typedPack);
  row('update that looks at every file', steps.whole);
  row('graph', [await timed(() => thread.ask('graph', undefined))]);
  const { heap, buffers } = await thread.ask('memory', undefined);
  await thread.close();
  report({
    repo: values.repo,
    files: cold.result.files,
    open: request.focus.path,
    rows,
    blockedMs: Math.round(blocked.max / 1e6),
    memoryMb: { heap: Math.round(heap / 1e6), buffers: Math.round(buffers / 1e6), process: Math.round(process.memoryUsage().rss / 1e6) },
    machine: `${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores, Node ${process.version}`,
  });
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** The file that most others depend on: the hardest to start from. */
async function busiest(asked) {
  const { files, to } = await asked.ask('graph', undefined);
  const count = new Uint32Array(files.length);
  for (const n of to) count[n]++;
  return files[count.indexOf(Math.max(...count))];
}

function report(result) {
  if (values.json) {
    console.log(JSON.stringify(result, null, 2));
    return;
  }
  console.log(`${result.repo}: ${result.files} files, open ${result.open}; ${result.machine}\n`);
  console.log(`| ms | median | worst | CPU, median |\n|---|--:|--:|--:|`);
  for (const { name, median: middle, worst, cpu } of result.rows) console.log(`| ${name} | ${middle} | ${worst} | ${cpu} |`);
  const { heap, buffers, process: all } = result.memoryMb;
  console.log(`\nblocked ${result.blockedMs} ms; memory: ${heap} MB heap and ${buffers} MB buffers of the thread, ${all} MB the process`);
}
