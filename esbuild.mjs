// Builds dist/: the command line, the worker, the extension, the pages of its webviews, and beside them the
// grammars that src/syntax/languages.ts names, the price table, and the notices of all
// that went into the bundles. `--tests` bundles test/**/*.test.ts into dist/test/ too.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

process.chdir(dirname(fileURLToPath(import.meta.url)));
const tests = process.argv.includes('--tests');

if (!existsSync('node_modules/esbuild')) {
  // A fresh clone: one command is to be enough, so the build brings its own tools. Their output goes to standard error, to leave a command's result alone.
  const npm = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}
const { build } = await import('esbuild');

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  loader: { '.scm': 'text' },
  // The runtime's ESM build wants import.meta, which a CommonJS bundle has not.
  alias: { 'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs' },
  // jsonc-parser's CommonJS build is UMD, which no bundler can follow.
  mainFields: ['module', 'main'],
  external: ['vscode'],
  // Line breaks and names stay, so that a stack in a report says where.
  minifySyntax: true,
  metafile: true,
  logLevel: 'warning',
};

mkdirSync('dist/grammars', { recursive: true });
mkdirSync('dist/webview', { recursive: true });
const tokenizer = await build({
  ...common,
  entryPoints: ['src/base/tokenizer.ts'],
  outdir: 'dist',
  plugins: [{ name: 'ranks', setup: (b) => b.onLoad({ filter: /bpeRanks[/\\]o200k_base\.js$/ }, ranksAsJson) }],
});
// Nearly all of these two is the vendors' SDKs.
const providers = await build({
  ...common,
  minify: true,
  plugins: [apart('claude-clients', './claude.js')],
  entryPoints: { providers: 'src/models/providers/open-provider.ts' },
  outdir: 'dist',
});
const claude = await build({
  ...common,
  minify: true,
  entryPoints: { claude: 'src/models/providers/claude-clients.ts' },
  outdir: 'dist',
});
// The gate, its rules for secrets and all else that only a request needs: the editor loads it with the first one.
const sending = await build({
  ...common,
  plugins: [tokenizerAt('./tokenizer.js')],
  entryPoints: { sending: 'src/vscode/requests/sending.ts' },
  outdir: 'dist',
});
const bundled = await build({
  ...common,
  plugins: [
    tokenizerAt('./tokenizer.js'),
    apart('open-provider', './providers.js'),
    apart('sending', './sending.js'),
    apart('longview', './longview.js'),
  ],
  entryPoints: {
    cli: 'src/cli.ts',
    extension: 'src/extension.ts',
    longview: 'src/vscode/longview.ts',
    worker: 'src/syntax/worker.ts',
    flow: 'src/syntax/flow/worker.ts',
    engine: 'src/engine/thread.ts',
  },
  outdir: 'dist',
});
// Every module that imports the editor's API would ask for it, and get a copy of its own, name by name.
for (const bundle of ['dist/extension.js', 'dist/longview.js']) {
  const code = readFileSync(bundle, 'utf8').replaceAll('__toESM(require("vscode"))', 'editorApi');
  writeFileSync(bundle, code.replace('"use strict";', '"use strict";\nconst editorApi = require("vscode");'));
}

// Pages of the editor's webviews: for its browser, one script and one style sheet each.
const pages = await build({
  bundle: true,
  entryPoints: Object.fromEntries(
    (existsSync('src/webview') ? readdirSync('src/webview', { withFileTypes: true }) : [])
      .filter((f) => f.isDirectory() && existsSync(join('src/webview', f.name, 'main.ts')))
      .map((f) => [f.name, join('src/webview', f.name, 'main.ts')]),
  ),
  outdir: 'dist/webview',
  format: 'esm',
  platform: 'browser',
  target: 'chrome138',
  minify: true,
  // Lit's decorators as TypeScript has them.
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
  metafile: true,
  logLevel: 'warning',
});
for (const file of ['codicon.css', 'codicon.ttf'])
  copyFileSync(join('node_modules/@vscode/codicons/dist', file), join('dist/webview', file));

const languages = (await run('src/syntax/languages.ts')).LANGUAGES;
for (const { grammar } of languages) {
  if (grammar) copyFileSync(grammar.source, join('dist/grammars', grammar.wasm));
}
copyFileSync('node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/grammars/web-tree-sitter.wasm');
writeFileSync('dist/versions.json', JSON.stringify(await versions()));
writeFileSync('dist/prices.json', JSON.stringify((await run('src/money/bundled-prices.ts')).bundledPrices()));
writeNotices([
  'node_modules/web-tree-sitter',
  'node_modules/@pydantic/genai-prices',
  ...Object.keys(tokenizer.metafile.inputs),
  ...Object.keys(providers.metafile.inputs),
  ...Object.keys(sending.metafile.inputs),
  ...Object.keys(claude.metafile.inputs),
  ...Object.keys(bundled.metafile.inputs),
  ...Object.keys(pages.metafile.inputs),
  'node_modules/@vscode/codicons',
  ...languages.map((l) => l.grammar?.source ?? ''),
]);

if (tests) {
  rmSync('dist/test', { recursive: true, force: true });
  const entryPoints = readdirSync('test', { recursive: true, withFileTypes: true })
    .map((f) => join(f.parentPath, f.name))
    .filter((f) => f.endsWith('.test.ts') && !f.includes('fixtures'))
    .concat(
      [
        'run',
        'host/in-host',
        'host/code',
        'host/start',
        'host/icon',
        'host/package',
        'host/screenshots',
        'bench/activation',
        'bench/host',
        'bench/in-host',
        'bench/ranking/fit',
        'models/providers/steady',
      ].map((program) => `test/${program}.ts`),
    );
  const options = { alias: {}, packages: 'external', sourcemap: 'inline', plugins: [tokenizerAt(resolve('dist/tokenizer.js'))] };
  await build({ ...common, ...options, entryPoints, outdir: 'dist/test', outbase: 'test' });
}

/** Leaves a module that is imported when it is wanted out of a bundle; it is loaded from `path` then. */
function apart(module, path) {
  return {
    name: module,
    setup: (b) =>
      b.onResolve({ filter: new RegExp(`/${module}\\.js$`) }, ({ kind }) =>
        kind === 'dynamic-import' ? { path, external: true } : undefined,
      ),
  };
}

/** Leaves the tokeniser out of a bundle; it is loaded from `path` when it is wanted. */
function tokenizerAt(path) {
  return {
    name: 'tokenizer',
    setup: (b) =>
      b.onResolve({ filter: /^\.\/tokenizer\.js$/ }, ({ kind }) => (kind === 'require-call' ? { path, external: true } : undefined)),
  };
}

/** The ranks as a string for JSON.parse, which takes a third of the time of an array literal. */
async function ranksAsJson({ path }) {
  const { default: ranks } = await import(pathToFileURL(path));
  return { contents: `export default JSON.parse(${JSON.stringify(JSON.stringify(ranks))});`, loader: 'js' };
}

/** Names the states of extraction, of resolution, and of what searching makes of records. */
async function versions() {
  const records = extractorVersion();
  const [links, search] = await Promise.all(['src/graph/resolvers.ts', 'src/context/search/segment-writer.ts'].map(codeVersion));
  return { records, links, search: createHash('sha1').update(records).update(search).digest('hex') };
}

async function codeVersion(entry) {
  const { outputFiles } = await build({ ...common, entryPoints: [entry], write: false });
  return createHash('sha1').update(outputFiles[0].contents).digest('hex');
}

/** Names the state of extraction: the same worker and grammars make the same records of the same bytes. */
function extractorVersion() {
  const hash = createHash('sha1').update(readFileSync('dist/worker.js')).update(readFileSync('dist/tokenizer.js'));
  for (const name of readdirSync('dist/grammars').sort()) hash.update(name).update(readFileSync(join('dist/grammars', name)));
  return hash.digest('hex');
}

/** The exports of a source file: what the build needs to know stands in the source, once. */
async function run(entry) {
  const { outputFiles } = await build({ ...common, entryPoints: [entry], write: false });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(module, module.exports, createRequire(import.meta.url));
  return module.exports;
}

/** Licences of every package that `files` come from, beside the bundles, so that they ship together and never grow stale. */
function writeNotices(files) {
  const folders = new Set(
    files.map((f) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+|^grammars\/[^/]+\/parser(?=\/)/.exec(f)?.[0]).filter(Boolean),
  );
  const blocks = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((f) => /^(licen[cs]e|copying)/i.test(f));
    blocks.set(
      name,
      `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`}\n`,
    );
  }
  const head = 'Longview contains code of these packages, each under its own licence.\n';
  writeFileSync(
    'dist/ThirdPartyNotices.txt',
    [head, ...[...blocks.keys()].sort().map((name) => blocks.get(name))].join(`\n${'-'.repeat(78)}\n\n`),
  );
}
