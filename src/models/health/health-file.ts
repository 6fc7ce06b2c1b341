/**
 * Keeps {@link Health} in one small file, which every window and the command line share. It
 * holds names of endpoints and models, times and counts, and nothing of any request.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { dataFolder } from '../../base/user-folders.js';
import { type Health, type Measured, MOST_PLACES, type Opened, type Standing } from './health.js';

const VERSION = 1;

/** Where it lies: one file for all windows and the command line of a user. */
export function healthFile(env: Readonly<Record<string, string | undefined>>): string {
  return join(dataFolder(env), 'health.json');
}

export class HealthFile {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** Empty where there is no such file or it cannot be read: nothing depends on it but speed. */
  async read(): Promise<Health> {
    try {
      return parseHealth(await readFile(this.path, 'utf8'));
    } catch {
      return new Map();
    }
  }

  /**
   * Reads, changes, and puts the whole file in the place of the old one: readers see either, and
   * of several processes that do so one comes after the other. A folder that cannot be written
   * to is no error.
   */
  update(change: (health: Health) => Health): Promise<void> {
    const done = this.#turn.then(() => this.#alone(() => this.#change(change)));
    this.#turn = done;
    return done;
  }

  async #change(change: (health: Health) => Health): Promise<void> {
    const before = await this.read();
    const after = change(before);
    if (after === before) return;
    const own = `${this.path}.${randomUUID()}`;
    try {
      await writeFile(own, JSON.stringify({ version: VERSION, places: Object.fromEntries(after) }), { mode: 0o600 });
      await rename(own, this.path);
    } catch {
      await rm(own, { force: true }).catch(() => undefined);
    }
  }

  /** While a file beside it says so, no other process changes anything. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const lock = `${this.path}.lock`;
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      for (const until = Date.now() + 2 * DEAD_MS; !(await taken(lock)); await setTimeout(1 + Math.random() * LOOK_AGAIN_MS))
        if (Date.now() > until) return;
    } catch {
      return;
    }
    try {
      await work();
    } finally {
      await rm(lock, { force: true }).catch(() => undefined);
    }
  }
}

/** What is done under a lock takes milliseconds: one of this age was left by a process that died. */
const DEAD_MS = 5_000;
const LOOK_AGAIN_MS = 10;

/** False while another has it. Rejects where no file can be made. */
async function taken(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    // On Windows a file that is just being deleted cannot be opened.
    if (!/^(?:EEXIST|EPERM)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
  if (Date.now() - mtimeMs < DEAD_MS) return false;
  // Of several that take it away one does.
  const away = `${lock}.${randomUUID()}`;
  await rename(lock, away).catch(() => undefined);
  await rm(away, { force: true });
  return false;
}

/** Whatever is not as it should be is left out. */
export function parseHealth(text: string): Health {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Map();
  }
  if (!isRecord(value) || value.version !== VERSION || !isRecord(value.places)) return new Map();
  const places = Object.entries(value.places).flatMap(([name, place]): [string, Standing][] => {
    const standing = readStanding(place);
    return standing ? [[name, standing]] : [];
  });
  return new Map(places.slice(-MOST_PLACES));
}

function readStanding(value: unknown): Standing | undefined {
  if (!isRecord(value)) return undefined;
  const { failures, open, measured } = value;
  if (!isAmount(failures) || !Array.isArray(measured)) return undefined;
  const opened = readOpened(open);
  return { failures, ...(opened ? { open: opened } : {}), measured: measured.filter(isMeasured) };
}

const CAUSES: readonly Opened['cause'][] = ['key', 'credit', 'rate', 'overloaded', 'network', 'unknown-model'];

function readOpened(value: unknown): Opened | undefined {
  if (!isRecord(value)) return undefined;
  const { until, key, probed } = value;
  const cause = CAUSES.find((c) => c === value.cause);
  if (!cause || !(key === undefined || typeof key === 'string')) return undefined;
  // What would stay open for ever for lack of both is not believed.
  if (until === undefined && cause !== 'key' && cause !== 'credit') return undefined;
  if (!(isAmount(until) || until === undefined) || !(isAmount(probed) || probed === undefined)) return undefined;
  return { cause, until, key, probed };
}

function isMeasured(value: unknown): value is Measured {
  return isRecord(value) && isAmount(value.at) && isAmount(value.firstToken) && (value.speed === undefined || isAmount(value.speed));
}

const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
