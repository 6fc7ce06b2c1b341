/**
 * Segments on disk, one file each: written once under a name of its own by an atomic
 * rename, never changed. A segment says itself what is in it, so there is no directory
 * of them: whoever comes reads those that are there, a kill leaves whole ones, and two
 * processes at most keep something twice. One that is damaged is taken away.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { decodeSegment, encodeSegment, type Segment } from './segment.js';

const MAGIC = Buffer.from('LVSEARCH');
const HEAD = MAGIC.length + 4;
/** A kill leaves a file half written; nobody writes for so long. */
const STALE_MS = 3_600_000;
/** Folders of other versions that nobody has opened for so long. */
const OLD_VERSION_MS = 7 * 86_400_000;
/** Names of such folders, one a version. */
const OF_A_VERSION = /^search-[0-9a-f]{16}$/;

export class SegmentFolder {
  readonly #names = new Map<Segment, string>();

  /** @param path is made when something is first written; undefined keeps nothing. */
  constructor(private readonly path: string | undefined) {}

  /** All segments that are there and sound. */
  read(): Segment[] {
    const folder = this.path;
    if (folder === undefined) return [];
    this.#sweep(folder);
    const segments: Segment[] = [];
    for (const name of namesIn(folder)
      .filter((n) => n.endsWith('.bin'))
      .sort()) {
      const segment = readSegment(join(folder, name));
      if (segment) {
        this.#names.set(segment, name);
        segments.push(segment);
      } else remove(join(folder, name));
    }
    return segments;
  }

  /** Keeps a segment, where the folder can be written to: what is not kept is made again. */
  write(segment: Segment): void {
    if (this.path === undefined) return;
    const name = `${process.pid}-${randomBytes(6).toString('hex')}.bin`;
    const bytes = encodeSegment(segment);
    const head = Buffer.alloc(HEAD);
    MAGIC.copy(head);
    head.writeUInt32LE(crc32(bytes), MAGIC.length);
    const temporary = join(this.path, `${name}.tmp`);
    try {
      mkdirSync(this.path, { recursive: true });
      writeFileSync(temporary, Buffer.concat([head, bytes]));
      renameSync(temporary, join(this.path, name));
      this.#names.set(segment, name);
    } catch {
      remove(temporary);
    }
  }

  /** Takes a segment away that is of no more use here; who has read it keeps what he has. */
  remove(segment: Segment): void {
    const name = this.#names.get(segment);
    this.#names.delete(segment);
    if (name !== undefined && this.path !== undefined) remove(join(this.path, name));
  }

  /** Marks the folder as used, and takes away what nobody uses any more. */
  #sweep(folder: string): void {
    const now = new Date();
    try {
      utimesSync(folder, now, now);
    } catch {
      return;
    }
    for (const name of namesIn(folder)) if (name.endsWith('.tmp')) removeOlder(join(folder, name), STALE_MS);
    for (const name of namesIn(dirname(folder)))
      if (OF_A_VERSION.test(name) && name !== basename(folder)) removeOlder(join(dirname(folder), name), OLD_VERSION_MS);
  }
}

/** Undefined for a file that is damaged, or that is gone by now. */
function readSegment(path: string): Segment | undefined {
  try {
    const bytes = readFileSync(path);
    const body = bytes.subarray(HEAD);
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC) || crc32(body) !== bytes.readUInt32LE(MAGIC.length)) return undefined;
    return decodeSegment(body);
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeOlder(path: string, ms: number): void {
  try {
    if (Date.now() - statSync(path).mtimeMs > ms) remove(path);
  } catch {
    // Another process took it away first.
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true });
  } catch {
    // What cannot be taken away is in nobody's way.
  }
}
