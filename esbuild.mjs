// Builds dist/: the command line, the worker, the extension, and beside them the
// grammars each language names. `--tests` bundles test/**/*.test.ts into dist/test/ too.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
process.chdir(root);
const tests = process.argv.includes('--tests');

if (!existsSync('node_modules/esbuild')) {
  // A fresh clone: one command is to be enough, so the build brings its own tools.
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 'inherit', 'inherit'],
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
  sourcemap: tests ? 'inline' : false,
  minify: !tests,
  keepNames: true,
  logLevel: 'warning',
};

mkdirSync('dist/grammars', { recursive: true });
await build({ ...common, entryPoints: { cli: 'src/cli.ts', worker: 'src/syntax/worker.ts' }, outdir: 'dist' });

// The registry is the one list of grammars; it is bundled once more to read it here.
const { outputFiles } = await build({ ...common, entryPoints: ['src/syntax/languages.ts'], write: false, sourcemap: false });
const registry = { exports: {} };
new Function('module', 'exports', 'require', outputFiles[0].text)(
  registry,
  registry.exports,
  (await import('node:module')).createRequire(import.meta.url),
);
for (const { grammar } of registry.exports.LANGUAGES) {
  if (grammar) copyFileSync(grammar.source, join('dist/grammars', grammar.wasm));
}
copyFileSync('node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/grammars/web-tree-sitter.wasm');

if (tests) {
  rmSync('dist/test', { recursive: true, force: true });
  const entryPoints = readdirSync('test', { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile() && f.name.endsWith('.test.ts') && !f.parentPath.includes('fixtures'))
    .map((f) => join(f.parentPath, f.name));
  await build({ ...common, alias: {}, entryPoints, outdir: 'dist/test', outbase: 'test', packages: 'external' });
}
