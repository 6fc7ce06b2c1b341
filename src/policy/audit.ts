/**
 * The audit log: a row for every request that leaves, written before it does, in files that
 * all processes of the user append to. Each row holds the hash of all that stood before it,
 * so that what was changed or taken away afterwards shows.
 */
import { createHash, createHmac, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from '../base/user-folders.js';

/** What left, and where to. Nothing of its text, and no key. */
export interface Departure {
  /** As in the ledger. */
  readonly request: string;
  readonly provider: string;
  readonly model: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** The server is on this machine. */
  readonly local: boolean;
  /** As in the ledger: tells nothing about it. */
  readonly workspace: string;
  /** Paths of the files whose text was in it. */
  readonly files: readonly string[];
  /** Secrets that were taken out, by kind. */
  readonly redacted: Readonly<Record<string, number>>;
  /** UTF-8 bytes of the prompt. */
  readonly bytes: number;
}

/** All bytes of a file up to an offset, by their SHA-256. */
export interface Before {
  readonly file: string;
  readonly offset: number;
  readonly sha256: string;
}

export interface AuditRow extends Departure {
  /** ISO. */
  readonly at: string;
  /** `files` are names that only this machine can tell ({@link AuditOptions.pathKey}). */
  readonly hashed?: true;
  /** What the process that wrote it had seen: all that stood in the log, but what others wrote in the same moment. */
  readonly before?: Before;
}

export interface AuditOptions {
  readonly clock?: () => Date;
  /** Paths are written as a hash under this key of the machine; without it, as they are. */
  readonly pathKey?: Uint8Array | undefined;
}

/** One log for all windows and the command line of a user. */
export function auditFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(dataFolder(env), 'audit');
}

/** A month's file: "2026-11.jsonl". */
const NAME = /^\d{4}-\d\d\.jsonl$/;

/** Appended to by everyone; use one object per process, so that what it has read once is not read again. */
export class AuditLog {
  readonly #clock: () => Date;
  readonly #pathKey: Uint8Array | undefined;
  #seen: SeenFile | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** Touches no file before the first row. */
  constructor(
    readonly folder: string,
    { clock = () => new Date(), pathKey }: AuditOptions = {},
  ) {
    this.#clock = clock;
    this.#pathKey = pathKey;
  }

  /** Once it returns, the row is on the disk. Rejects if it cannot be written: then nothing may leave. */
  async record(departure: Departure): Promise<void> {
    const turn = this.#turn.then(() => this.#append(departure));
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  async #append(departure: Departure): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const at = this.#clock().toISOString();
    const last = (await listAuditFiles(this.folder)).at(-1);
    const current = `${at.slice(0, 7)}.jsonl`;
    // Never an older file than the last: its successor has its hash.
    const name = last !== undefined && last > current ? last : current;
    const before = last === undefined ? undefined : await this.#see(last);
    const key = this.#pathKey;
    const row: AuditRow = {
      at,
      ...departure,
      files: key ? departure.files.map((path) => hashOfPath(key, path)) : departure.files,
      ...(key ? { hashed: true } : {}),
      ...(before ? { before } : {}),
    };
    const file = await open(join(this.folder, name), 'a', 0o600);
    try {
      // What a crash left torn ends at the line break before the row.
      const bytes = Buffer.from(`\n${JSON.stringify(row)}`);
      const { bytesWritten } = await file.write(bytes);
      await file.datasync();
      if (bytesWritten < bytes.length) throw new Error(`${join(this.folder, name)}: only a part of a row could be written`);
    } finally {
      await file.close();
    }
  }

  async #see(name: string): Promise<Before> {
    const file = await open(join(this.folder, name), 'r');
    try {
      const { size } = await file.stat();
      if (this.#seen?.name !== name || this.#seen.offset > size) this.#seen = new SeenFile(name);
      await this.#seen.readTo(file, size);
      return this.#seen.before();
    } finally {
      await file.close();
    }
  }
}

/** The files of a log, oldest first; none if there is no such folder. */
export async function listAuditFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((f) => NAME.test(f)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The hash of a file's beginning, as far as it was read. */
class SeenFile {
  offset = 0;
  readonly #hash: Hash = createHash('sha256');

  constructor(readonly name: string) {}

  async readTo(file: FileHandle, size: number): Promise<void> {
    const portion = Buffer.allocUnsafe(Math.min(1 << 20, Math.max(1, size - this.offset)));
    while (this.offset < size) {
      const { bytesRead } = await file.read(portion, 0, Math.min(portion.length, size - this.offset), this.offset);
      if (bytesRead === 0) return;
      this.#hash.update(portion.subarray(0, bytesRead));
      this.offset += bytesRead;
    }
  }

  before(): Before {
    return { file: this.name, offset: this.offset, sha256: this.#hash.copy().digest('hex') };
  }
}

/** The same for a path every time on a machine, and no guess at the path can be tried without its key. */
function hashOfPath(key: Uint8Array, path: string): string {
  return createHmac('sha256', key).update(path).digest('hex').slice(0, 16);
}
