/** Runs the built `longview` command as a user's shell would, on a small workspace made for the test. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const CLI = resolve('dist/cli.js');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export class Workspace {
  readonly dir = mkdtempSync(join(tmpdir(), 'longview-cli-'));
  /** The user's data folder, for the ledger and what else is kept. */
  readonly data = mkdtempSync(join(tmpdir(), 'longview-data-'));
  readonly #cache = mkdtempSync(join(tmpdir(), 'longview-cache-'));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    const file = join(this.dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  longview(...args: string[]): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: this.dir,
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: this.#cache, XDG_DATA_HOME: this.data },
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** The same without holding up this process, in which a server may have to answer. With a data folder of this workspace's own. */
  start(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Promise<Ran> {
    const child = this.spawn(args, env);
    let [out, err] = ['', ''];
    child.stdout.on('data', (d) => {
      out += d;
    });
    child.stderr.on('data', (d) => {
      err += d;
    });
    return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
  }

  /** The same for whoever has more to do with the process. */
  spawn(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) {
    return spawn(process.execPath, [CLI, ...args], {
      cwd: this.dir,
      env: { ...process.env, LONGVIEW_MODEL: undefined, XDG_DATA_HOME: this.data, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  dispose(): void {
    for (const dir of [this.dir, this.data, this.#cache]) rmSync(dir, { recursive: true, force: true });
  }
}
