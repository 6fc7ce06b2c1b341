// Replays commits of a repository as a session: each commit's message is a question, its patch
// the answer and the edit that follows. Bills come from servers on loopback with the cache rules
// of Anthropic and OpenAI; the same questions, each with a context of its own, are the measure.
// node test/bench/session.mjs --repo DIR [--path src] [--turns 20] [--budget 32k] [--model anthropic/claude-opus-5-5]...
//   [--minutes 2] [--pause 8:12]... (12 minutes before turn 8) [--count] [--until COMMIT]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    path: { type: 'string', default: '.' },
    turns: { type: 'string', default: '20' },
    budget: { type: 'string', default: '32000' },
    model: { type: 'string', multiple: true, default: ['anthropic/claude-opus-5-5', 'openai/gpt-6.1-sol', 'openai/gpt-5.5'] },
    minutes: { type: 'string', default: '2' },
    pause: { type: 'string', multiple: true, default: [] },
    until: { type: 'string', default: 'HEAD' },
    count: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (values.repo === undefined) throw new Error('--repo is missing');
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
// Inside the project, so that what is bundled finds the project's packages.
mkdirSync('dist', { recursive: true });
const scratch = mkdtempSync(join(process.cwd(), 'dist', 'session-'));
try {
  const outfile = join(scratch, 'commits.mjs');
  await build({
    entryPoints: ['test/session/commits.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    packages: 'external',
    loader: { '.scm': 'text' },
    external: ['vscode'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    alias: {},
    logLevel: 'error',
  });
  const { replayCommits } = await import(pathToFileURL(outfile));
  for (const model of values.model) {
    const figures = await replayCommits({
      repo: values.repo,
      path: values.path,
      until: values.until,
      turns: Number(values.turns),
      budget: Number(values.budget),
      minutes: Number(values.minutes),
      pauses: new Map(values.pause.map((p) => p.split(':').map(Number))),
      count: values.count,
      model,
      scratch: join(scratch, 'tree'),
    });
    console.log(values.json ? JSON.stringify(figures) : figures.text);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
