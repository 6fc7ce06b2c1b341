/**
 * An offline VS Code for tests and for `npm start`: server, extension host and workbench from npm,
 * a browser and a compiler from Debian. Installed once per machine and version, about 850 MB.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import packages from './offline-packages.json';

/** This machine cannot have it; the message says why and what to do. */
export class UnavailableError extends Error {}

export interface OfflineVSCode {
  /** The Node.js that the server runs on. */
  readonly node: string;
  /** code-server's entry module. */
  readonly server: string;
}

/** Commands, and the Debian packages that bring them. */
const TOOLS = { git: 'git', python3: 'python3', make: 'make', 'g++': 'g++' };
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Raised when the steps below change, so that an older installation is not taken for this one. */
const RECIPE = 1;

/** Finds or installs it; `say` hears what takes long. Throws {@link UnavailableError}. */
export async function offlineVSCode(say: (message: string) => void = console.error): Promise<OfflineVSCode> {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    throw new UnavailableError(
      `the offline VS Code runs on Linux (x64, arm64) only; set LONGVIEW_VSCODE to a VS Code or to a version to download`,
    );
  }
  const cache = resolve(process.env['LONGVIEW_VSCODE_DIR'] || join(homedir(), '.cache', 'longview-vscode'));
  const stamp = createHash('sha256')
    .update(`${RECIPE}${process.arch}${JSON.stringify(packages)}`)
    .digest('hex')
    .slice(0, 12);
  const folder = join(cache, stamp);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unlock = await lock(`${folder}.lock`, say);
    try {
      if (!existsSync(folder)) install(folder, say);
    } finally {
      unlock();
    }
  }
  return {
    node: join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node'),
    server: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

/** A Chromium that Playwright can drive: CHROMIUM_PATH, one on PATH, or Debian's, installed if this is root. */
export function chromium(say: (message: string) => void = console.error): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const found = () => BROWSERS.map(onPath).find((path) => path !== undefined);
  const path = found();
  if (path) return path;
  installDebian(['chromium'], say);
  const installed = found();
  if (!installed) throw new UnavailableError('apt-get installed chromium, but it is not on PATH; set CHROMIUM_PATH');
  return installed;
}

/** The command's absolute path, or undefined when PATH has none. */
export function onPath(command: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Fills a folder beside `folder` and renames it at the end: a broken installation is never found. */
function install(folder: string, say: (message: string) => void): void {
  const lacking = Object.entries(TOOLS).filter(([command]) => !onPath(command));
  if (lacking.length > 0)
    installDebian(
      lacking.map(([, name]) => name),
      say,
    );
  say(`Installing VS Code for code-server ${packages.dependencies['code-server']} into ${folder} (about 850 MB, a few minutes) …`);
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  writeFileSync(join(draft, 'package.json'), JSON.stringify(packages));
  // Install scripts stay off: they would build modules that are not needed here or download from elsewhere.
  const installIn = (cwd: string) =>
    npm(cwd, ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false']);
  const vscode = join(draft, 'node_modules', 'code-server', 'lib', 'vscode');
  for (const cwd of [draft, vscode, join(vscode, 'extensions')]) installIn(cwd);
  // The two native modules without a prebuilt binary: logging, and the watchdog that ends an extension host whose server is gone.
  const node = join(draft, 'node_modules', `node-linux-${process.arch}`);
  npm(vscode, ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
    PATH: `${join(node, 'bin')}${delimiter}${process.env['PATH']}`,
    npm_config_nodedir: node,
    JOBS: 'max',
  });
  renameSync(draft, folder);
}

function npm(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  try {
    execFileSync('npm', [...args, '--loglevel=error'], { cwd, env: { ...ownEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().slice(-2000) : '';
    throw new UnavailableError(`npm ${args[0]} failed in ${cwd}${output && `:\n${output}`}`, { cause: error });
  }
}

/** Without what an npm that runs this script set for its own children: another npm takes it for its configuration. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}

function installDebian(names: readonly string[], say: (message: string) => void): void {
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new UnavailableError(`${names.join(', ')} missing; as root: ${command}`);
  }
  say(`Installing ${names.join(', ')} …`);
  try {
    const options = { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', command.split(' ').slice(1), options);
  } catch (error) {
    throw new UnavailableError(`${command} failed: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Waits until no living process holds the lock, takes it, gives the function that lets go. */
async function lock(file: string, say: (message: string) => void): Promise<() => void> {
  for (let said = false; ; said = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (!isAlive(Number(readIfThere(file)))) rmSync(file, { force: true });
    else {
      if (!said) say('Waiting for another installation of the offline VS Code …');
      await setTimeout(1000);
    }
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
