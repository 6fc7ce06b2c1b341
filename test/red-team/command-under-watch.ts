/** The `longview` command on a hostile repository and with a hostile model, and all that it does to the outside. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { saying } from '../models/providers/anthropic-replies.js';
import { ProtocolServer } from '../models/providers/protocol-server.js';
import { markerKeyIn } from '../proposals/marker-key.js';

const CLI = resolve('dist/cli.js');
const WATCH = resolve('test/red-team/connections.cjs');
export const KEY = `sk-ant-${'red-team'}-0123456789abcdef`;

export interface Watched {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** As connections.cjs writes them, each once. */
  readonly outside: readonly string[];
}

/** A folder with a workspace in it and something beside it, and a server that answers as the model. */
export class CommandUnderWatch {
  readonly #top = mkdtempSync(join(tmpdir(), 'longview-red-'));
  readonly dir = join(this.#top, 'work');
  readonly beside = join(this.#top, 'beside');
  readonly data = join(this.#top, 'home');

  private constructor(readonly server: ProtocolServer) {
    for (const folder of [this.dir, this.beside, this.data]) mkdirSync(folder);
    writeFileSync(join(this.beside, 'mine.txt'), 'mine\n');
  }

  static async start(): Promise<CommandUnderWatch> {
    return new CommandUnderWatch(await ProtocolServer.start());
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.#top, { recursive: true, force: true });
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.dir, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  /** What the model answers. In `text`, "KEY" stands for the key of this request's markers. */
  answers(text: string | ((prompt: string) => string)): void {
    this.server.answer(({ body }) => {
      const prompt = promptOf(body);
      return saying((typeof text === 'string' ? text : text(prompt)).replaceAll('KEY', markerKeyIn(body)));
    });
  }

  /** The text of the last request, as the model has it. */
  get prompt(): string {
    return promptOf(this.server.asked.at(-1)?.body);
  }

  ask(...args: string[]): Promise<Watched> {
    const model = ['--model', 'anthropic/claude-opus-5-5', '--base-url', this.server.url];
    return this.run('ask', '--no-store', ...model, '--query', 'Explain send', '--yes', ...args);
  }

  propose(...args: string[]): Promise<Watched> {
    return this.ask('--propose', '--answer-form', 'text', '--apply', ...args);
  }

  run(...args: string[]): Promise<Watched> {
    const log = join(this.#top, 'connections.log');
    writeFileSync(log, '');
    const env = {
      ...process.env,
      ANTHROPIC_API_KEY: KEY,
      HOME: this.data,
      XDG_DATA_HOME: join(this.data, 'data'),
      XDG_CACHE_HOME: join(this.data, 'cache'),
      NODE_OPTIONS: `--require ${JSON.stringify(WATCH)}`,
      LONGVIEW_TEST_CONNECTIONS: log,
    };
    const child = spawn(process.execPath, [CLI, ...args], { cwd: this.dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (d) => {
      out += d;
    });
    child.stderr.on('data', (d) => {
      err += d;
    });
    return new Promise((done) =>
      child.on('close', (code) => {
        const outside = [...new Set(readFileSync(log, 'utf8').split('\n').filter(Boolean))].sort();
        done({ code, out, err, outside });
      }),
    );
  }

  /** Asserts that nobody but the model's server was spoken to, and nothing was run but git. */
  assertAlone({ outside }: Watched): void {
    const server = `tcp ${new URL(this.server.url).host}`;
    assert.deepEqual(
      outside.filter((what) => what !== server && what !== 'run git'),
      [],
    );
    assert.ok(outside.includes(server), 'the watch sees the connection that is meant');
  }

  /** Every file that Longview keeps for the user. */
  kept(): readonly (readonly [string, Buffer])[] {
    return readdirSync(this.data, { recursive: true, encoding: 'utf8' })
      .map((name) => join(this.data, name))
      .filter((path) => lstatSync(path).isFile())
      .map((path) => [path, readFileSync(path)]);
  }

  /** Every file and link in and beside the workspace, with its content. */
  picture(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const name of readdirSync(this.#top, { recursive: true, encoding: 'utf8' })) {
      if (name.startsWith('home') || name === 'connections.log') continue;
      const path = join(this.#top, name);
      const stat = lstatSync(path);
      if (stat.isSymbolicLink()) found.set(name, `-> ${readlinkSync(path)}`);
      else if (stat.isFile()) found.set(name, createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
    return found;
  }
}

/** All text of a request's body. */
function promptOf(body: unknown): string {
  const texts: string[] = [];
  JSON.stringify(body, (name, value: unknown) => {
    if (name === 'text' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}
