// How many of the secrets in secretlint's own tests are found, and how much that they hold for none is taken.
// The corpus is not part of this repository (MIT licence, Copyright (c) 2020 azu):
//   git clone --depth 1 https://github.com/secretlint/secretlint
//   node test/bench/secrets.mjs --corpus secretlint [--all]
// Each snapshot `ng.*` names places that its rule finds; one counts as found where half of it or more is replaced, or all from somewhere in it on.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { corpus: { type: 'string' }, all: { type: 'boolean', default: false } } });
const packages = join(resolve(values.corpus ?? 'secretlint'), 'packages', '@secretlint');
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

/** Rules of which what they find is no secret: a file's name, a home folder, patterns of the user's, comments. */
const NO_SECRETS = /-(?:no-dotenv|no-homedir|pattern|filter-comments|example|preset-\w+)$/;

const { findSecrets } = await built('src/policy/secrets.ts');
const totals = { places: 0, found: 0, clean: 0, taken: 0 };
for (const rule of readdirSync(packages).filter((name) => name.startsWith('secretlint-rule-') && !NO_SECRETS.test(name))) {
  const counts = { places: 0, found: 0, clean: 0, taken: 0 };
  for (const snapshot of snapshotsOf(join(packages, rule))) await measure(snapshot, counts);
  if (counts.places + counts.clean === 0) continue;
  for (const name of Object.keys(totals)) totals[name] += counts[name];
  console.log(
    `${rule.replace('secretlint-rule-', '').padEnd(28)} ${counts.found} of ${counts.places} found; ${counts.taken} places taken in ${counts.clean} texts without`,
  );
}
const recall = ((100 * totals.found) / totals.places).toFixed(1);
console.log(
  `${totals.found} of ${totals.places} places found (${recall} %); ${totals.taken} taken in ${totals.clean} texts without a secret`,
);

async function measure({ name, output }, counts) {
  const { sourceContent: text, sourceContentType, messages, filePath } = output;
  if (typeof text !== 'string' || sourceContentType !== 'text') return;
  const places = messages.filter((m) => m.type === 'message').map((m) => m.range);
  const found = await findSecrets(basename(filePath), text);
  if (name.startsWith('ok')) {
    counts.clean++;
    counts.taken += found.length;
    if (values.all) for (const f of found) console.log(`  taken  ${name}: ${f.kind}: ${JSON.stringify(text.slice(f.start, f.end))}`);
  } else if (name.startsWith('ng')) {
    for (const [start, end] of places) {
      const covered = found.reduce((n, f) => n + Math.max(0, Math.min(end, f.end) - Math.max(start, f.start)), 0);
      counts.places++;
      // Its message may name less than the secret.
      const beyond = found.some((f) => f.start >= start && f.start < end && f.end >= end);
      if (beyond || covered * 2 >= end - start) counts.found++;
      else if (values.all) console.log(`  missed ${name}: ${JSON.stringify(text.slice(start, end))}`);
    }
  }
}

function snapshotsOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => /test[/\\]snapshots[/\\][^/\\]+[/\\]output\.json$/.test(path))
    .sort()
    .map((path) => ({ name: basename(dirname(path)), output: JSON.parse(readFileSync(join(folder, path), 'utf8')) }));
}

async function built(source) {
  const folder = await mkdtemp(join(tmpdir(), 'longview-secrets-'));
  const outfile = join(folder, 'secrets.cjs');
  try {
    await build({
      entryPoints: [source],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
