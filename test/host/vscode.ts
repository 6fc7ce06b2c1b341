/** Starts the offline VS Code on loopback with a fresh profile; a browser that opens its address is the window. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { offlineVSCode } from './install.js';

/** User settings of every profile: quiet, and nothing that needs the network. */
const QUIET = {
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  // The browser's default saves by itself after a second.
  'files.autoSave': 'off',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

export interface VSCodeOptions {
  /** Folder or .code-workspace file; without one the window is empty. */
  readonly open?: string | undefined;
  /** Unpacked extension, run in development mode. */
  readonly extension?: string | undefined;
  /** Packaged extension to install first. */
  readonly vsix?: string | undefined;
  /** Module whose run() the extension host calls once it is up. */
  readonly tests?: string | undefined;
  /** Everything is trusted by default; otherwise folders open in Restricted Mode. */
  readonly restricted?: boolean;
  /** User settings on top of quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Environment of the extension host on top of this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Loopback port; a free one by default. */
  readonly port?: number;
}

export interface VSCode {
  /** Address of the window. */
  readonly url: string;
  /** The server's output so far. */
  log(): string;
  /** Settles when the server has ended. */
  readonly exited: Promise<unknown>;
  /** Ends the server and takes its profile away. */
  stop(): Promise<void>;
}

export async function startVSCode(options: VSCodeOptions): Promise<VSCode> {
  const { node, server } = await offlineVSCode();
  // VS Code would silently go without it.
  if (options.extension) statSync(join(options.extension, 'package.json'));
  const profile = mkdtempSync(join(tmpdir(), 'longview-vscode-'));
  writeSettings(profile, options.settings);
  const remove = () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  const arguments_ = [
    server,
    '--config',
    join(profile, 'config.yaml'),
    '--user-data-dir',
    userFolder(profile),
    '--extensions-dir',
    join(profile, 'extensions'),
  ];
  const spawnOptions = { cwd: profile, env: environment(profile, options.env) };

  if (options.vsix) {
    const installing = [...arguments_, '--install-extension', resolve(options.vsix)];
    const { status, stdout, stderr } = spawnSync(node, installing, { ...spawnOptions, encoding: 'utf8' });
    if (status !== 0) {
      remove();
      throw new Error(`could not install ${options.vsix}\n${stdout}${stderr}`);
    }
  }

  const running = spawn(node, [...arguments_, ...serverArguments(options)], {
    ...spawnOptions,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [running.stdout, running.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const exited = new Promise((done) => running.once('close', done));
  const stop = endedWithThisProcess(running, exited, remove);
  const origin = await listening(running, () => output).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    url: addressOf(origin, options),
    log: () => output,
    exited,
    stop,
  };
}

const userFolder = (profile: string): string => join(profile, 'user');

function writeSettings(profile: string, settings: Readonly<Record<string, unknown>> = {}): void {
  // The window is a remote one: settings that belong to a machine are read from the server's.
  for (const scope of ['User', 'Machine']) {
    mkdirSync(join(userFolder(profile), scope), { recursive: true });
    writeFileSync(join(userFolder(profile), scope, 'settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
  }
}

/** Nothing of a surrounding VS Code, code-server or user profile leaks in. */
function environment(profile: string, added: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = { HOME: join(profile, 'home'), TMPDIR: join(profile, 'tmp') };
  for (const folder of Object.values(own)) mkdirSync(folder);
  const foreign = /^(VSCODE_|CODE_SERVER_|CS_|XDG_|PORT$|PASSWORD$|NODE_OPTIONS$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(inherited), ...own, EXTENSIONS_GALLERY: '{}', ...added };
}

function serverArguments({ port = 0, restricted = false }: VSCodeOptions): string[] {
  return [
    ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--ignore-last-opened'],
    ...(restricted ? [] : ['--disable-workspace-trust']),
    // Lets the workbench take an extension under development from its address.
    ...['--vscode-option', 'enable-smoke-test-driver'],
    // Naming a host without a port leaves the agent process off.
    ...['--vscode-option', 'agent-host-bridge-host=127.0.0.1'],
  ];
}

function addressOf(origin: string, { open, extension, tests }: VSCodeOptions): string {
  const url = new URL(origin);
  const remote = (path: string) => `vscode-remote://${url.host}${pathToFileURL(path).pathname}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...(extension ? [['extensionDevelopmentPath', remote(extension)]] : []),
    ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
  ];
  if (open) url.searchParams.set(statSync(open).isFile() ? 'workspace' : 'folder', resolve(open));
  else url.searchParams.set('ew', 'true');
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** The origin that the server says it listens on. */
function listening(server: ChildProcess, output: () => string): Promise<string> {
  return new Promise((done, fail) => {
    const look = () => {
      const said = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output())?.[1];
      if (said) done(said);
    };
    server.stdout?.on('data', look);
    server.once('error', fail);
    server.once('close', () => fail(new Error(`the VS Code server did not start\n${output()}`)));
  });
}

/** The function that ends the server and all it started; called for them however this process ends. */
function endedWithThisProcess(server: ChildProcess, exited: Promise<unknown>, remove: () => void): () => Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    try {
      if (server.pid) process.kill(-server.pid, name);
    } catch {
      // Gone already.
    }
  };
  const kill = () => {
    signal('SIGKILL');
    remove();
  };
  const quit = () => process.exit(130);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  process.once('exit', kill);
  for (const name of signals) process.once(name, quit);
  return async () => {
    signal('SIGTERM');
    await Promise.race([exited, setTimeout(3000, undefined, { ref: false })]);
    process.removeListener('exit', kill);
    for (const name of signals) process.removeListener(name, quit);
    kill();
  };
}
