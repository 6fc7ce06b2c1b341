/**
 * Files of the ledger, one a month: "2026-11.jsonl". A row is written with one append, a line
 * break before it: what a crash left torn ends there, and never runs into the next row.
 */
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Row, readRow } from './row.js';

const NAME = /^(\d{4}-\d\d)\.jsonl$/;

/** Oldest first; none if there is no such folder. */
export async function listSegments(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).flatMap((f) => NAME.exec(f)?.[1] ?? []).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The segment of a time, in UTC. */
export const segmentOf = (at: Date): string => at.toISOString().slice(0, 7);

/** Bytes that are no row. */
export interface Damage {
  readonly segment: string;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  readonly bytes: number;
  /** `foreign`: a whole row, of a kind that is not known here. */
  readonly kind: 'torn' | 'foreign';
}

export type ReadSegment =
  /** `more`: what follows is to be read next. */
  | { readonly kind: 'read'; readonly rows: readonly Row[]; readonly damage: readonly Damage[]; readonly more: boolean }
  /** There is no such file yet. */
  | { readonly kind: 'absent' }
  /** What was read before is no longer there. */
  | { readonly kind: 'replaced' };

/** Reads a segment as it grows: each time only what was appended since, in portions that hold nobody up. */
export class SegmentTail {
  /** Of the first byte that is not read yet. */
  #offset = 0;
  /** The bytes before it: if they are others now, this is another file. */
  #before: Buffer = Buffer.alloc(0);

  constructor(
    private readonly folder: string,
    readonly name: string,
  ) {}

  async read(): Promise<ReadSegment> {
    let file: FileHandle;
    try {
      file = await open(join(this.folder, `${this.name}.jsonl`), 'r');
    } catch (error) {
      if (isMissing(error)) return { kind: this.#offset === 0 ? 'absent' : 'replaced' };
      throw error;
    }
    try {
      const { size } = await file.stat();
      if (size < this.#offset) return { kind: 'replaced' };
      const known = this.#before.length;
      const { bytes, more } = await this.#portion(file, this.#offset - known, size);
      if (!this.#before.equals(bytes.subarray(0, known))) return { kind: 'replaced' };
      const from = this.#offset;
      const read = this.#split(bytes.subarray(known));
      const taken = known + this.#offset - from;
      this.#before = Buffer.from(bytes.subarray(Math.max(0, taken - REMEMBERED), taken));
      return { kind: 'read', ...read, more };
    } finally {
      await file.close();
    }
  }

  /** As many bytes as a portion has, or as it takes to have the end of a line among them. */
  async #portion(file: FileHandle, from: number, size: number): Promise<{ readonly bytes: Buffer; readonly more: boolean }> {
    for (let length = PORTION; ; length *= 2) {
      const end = Math.min(size, from + length);
      const bytes = await readFrom(file, from, end);
      const more = end < size;
      if (!more || bytes.indexOf(0x0a, REMEMBERED + 1) >= 0) return { bytes, more };
    }
  }

  /** A last line without a line break behind it is taken if it is a whole row; else it may still be being written. */
  #split(bytes: Buffer): { readonly rows: readonly Row[]; readonly damage: readonly Damage[] } {
    const rows: Row[] = [];
    const damage: Damage[] = [];
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(0x0a, start);
      const end = found < 0 ? bytes.length : found;
      if (end > start) {
        const read = readRow(bytes.toString('utf8', start, end));
        if (read.kind === 'torn' && found < 0) {
          this.#offset += start;
          return { rows, damage };
        }
        if (read.kind === 'row') rows.push(read.row);
        else damage.push({ segment: this.name, offset: this.#offset + start, bytes: end - start, kind: read.kind });
      }
      start = end + 1;
    }
    // The line break behind the last row is the next one's.
    this.#offset += bytes.length;
    return { rows, damage };
  }
}

/** Bytes: about a hundred rows, which take 2 ms. */
const PORTION = 1 << 16;

/** Enough to hold a row's checksum. */
const REMEMBERED = 24;

async function readFrom(file: FileHandle, offset: number, end: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(end - offset);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, offset + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

/**
 * Appends a line and, with `durable`, waits until it is on the disk. False if only a part of
 * it could be written, which readers set apart. Readable for the user alone.
 */
export async function appendLine(folder: string, name: string, line: string, durable: boolean): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(join(folder, `${name}.jsonl`), 'a', 0o600);
  try {
    const bytes = Buffer.from(`\n${line}`);
    const isNew = durable && (await file.stat()).size === 0;
    const { bytesWritten } = await file.write(bytes);
    if (durable) await file.datasync();
    if (isNew) await syncFolder(folder);
    return bytesWritten === bytes.length;
  } finally {
    await file.close();
  }
}

/** A new file's name is on the disk only with its folder; Windows has no such call, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT';
}
