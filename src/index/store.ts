/**
 * The stored index of one workspace: records by content, which file had which content
 * when it was last seen, and the files' links.
 *
 * Records lie in segments, files that are written once and never changed; the
 * directory says where in which segment each one is. An update writes one segment with
 * the records it made and replaces the directory by an atomic rename. A kill at any
 * moment leaves the old directory or the new one with every segment it names; two
 * processes at once leave the directory of one of them. What is lost is work, never
 * truth: records that no directory names are made again.
 *
 * The directory has a checksum and is read whole. Segments are opened with it, and read
 * when the first of their records is wanted; each record has its own checksum.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ResolvedState } from '../graph/resolution.js';
import type { ParseState } from '../syntax/record.js';
import { type Directory, decodeDirectory, encodeDirectory, type Segment, type StoredFile, type StoredRecord } from './directory.js';

/** A record as it comes from the parser. */
export interface MadeRecord {
  readonly bytes: Uint8Array;
  readonly interfaceKey: string;
  /** o200k tokens of its text. */
  readonly tokens: number;
  /** Why there is no tree; undefined where there is one, or no grammar. */
  readonly unparsed: ParseState | undefined;
}

/** State of the workspace that a store is to keep. */
export interface IndexState extends ResolvedState {
  readonly paths: ReadonlyMap<string, StoredFile>;
  /** Keys of records that are still wanted and not to be stored: those of unsaved text. */
  readonly open: readonly string[];
  readonly scannedMs: number;
}

/** A record that was stored is not what was written. The store has been taken away: starting again makes it anew. */
export class StoreDamagedError extends Error {
  constructor(reason: string) {
    super(`The stored index was damaged (${reason}) and has been removed. Run the command again.`);
  }
}

const MAGIC = Buffer.from('LVINDEX4');
const HEAD = MAGIC.length + 20;
const DIRECTORY = 'directory.bin';
/** Files that no directory names, and that may yet be in use: another process may be about to name them, or still read them. */
const STALE_MS = 3_600_000;
/** Folders of other versions that nobody has written to for so long. */
const OLD_VERSION_MS = 7 * 86_400_000;
/** More segments than this, or more dead than live bytes in them, and they are written anew as one. */
const MAX_SEGMENTS = 16;

interface OpenSegment extends Segment {
  fd: number | undefined;
  bytes: Buffer | undefined;
}

export class Store {
  /** Why a stored index could not be used; undefined when there was none or it was sound. */
  readonly damage: string | undefined;
  #directory: Directory | undefined;
  #segments: OpenSegment[] = [];
  readonly #fresh = new Map<string, MadeRecord>();
  readonly #folder: string | undefined;

  /**
   * Opens the stored index in `folder`; it is made when first saved. Without a folder
   * records are kept in memory alone.
   * @param version of extraction: what another version stored is not seen.
   */
  constructor(
    private readonly home: string | undefined,
    version: string,
  ) {
    this.#folder = home === undefined ? undefined : join(home, version.slice(0, 16));
    this.damage = this.#open();
  }

  /** What was stored last; undefined when nothing was. */
  get stored(): Directory | undefined {
    return this.#directory;
  }

  has(key: string): boolean {
    return this.about(key) !== undefined;
  }

  /** What is known of a record without reading it. */
  about(key: string): Omit<MadeRecord, 'bytes'> | undefined {
    return this.#fresh.get(key) ?? this.#directory?.records.get(key);
  }

  /** Bytes of a record; undefined when there is none. Throws {@link StoreDamagedError}. */
  bytes(key: string): Uint8Array | undefined {
    const fresh = this.#fresh.get(key);
    if (fresh) return fresh.bytes;
    const stored = this.#directory?.records.get(key);
    return stored && this.#stored(stored);
  }

  add(key: string, record: MadeRecord): void {
    this.#fresh.set(key, record);
  }

  /** Makes `state` the stored one. Throws when the folder cannot be written. */
  save({ paths, open, families, files, scannedMs }: IndexState): void {
    if (this.#folder === undefined) return;
    mkdirSync(this.#folder, { recursive: true });
    const live = new Set([...paths.values()].map((f) => f.key));
    const kept = new Map<string, StoredRecord>();
    for (const [key, record] of this.#directory?.records ?? []) if (live.has(key)) kept.set(key, record);
    const merged = this.#isWasteful(kept);
    const written = merged ? live : [...live].filter((key) => !kept.has(key));
    const segments = merged ? [] : [...this.#segments];
    const added = this.#writeSegment(written, segments.length);
    if (added) segments.push(added.segment);
    const records = merged ? (added?.records ?? new Map()) : new Map([...kept, ...(added?.records ?? [])]);
    const directory: Directory = { files: paths, records, segments, families, links: files, scannedMs };
    const packed = encodeDirectory(directory);
    const path = join(this.#folder, DIRECTORY);
    const temporary = `${path}.${randomName()}.tmp`;
    writeFileSync(temporary, Buffer.concat([MAGIC, sha1(packed), packed]));
    renameSync(temporary, path);
    if (merged) this.#retire(this.#segments);
    this.#segments = segments;
    this.#directory = directory;
    for (const key of [...this.#fresh.keys()]) if (records.has(key) || !open.includes(key)) this.#fresh.delete(key);
    this.#sweep();
  }

  /** Lets go of open files. Records that were not read yet can no longer be. */
  close(): void {
    for (const segment of this.#segments) closeSegment(segment);
  }

  #open(): string | undefined {
    if (this.#folder === undefined) return undefined;
    let bytes: Buffer;
    try {
      bytes = readFileSync(join(this.#folder, DIRECTORY));
    } catch {
      return undefined;
    }
    try {
      if (bytes.length < HEAD || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('not an index');
      const packed = bytes.subarray(HEAD);
      if (!sha1(packed).equals(bytes.subarray(MAGIC.length, HEAD))) throw new Error('its directory has changed');
      const directory = decodeDirectory(packed);
      for (const segment of directory.segments) this.#segments.push(openSegment(this.#folder, segment));
      this.#directory = directory;
      return undefined;
    } catch (error) {
      this.close();
      this.#segments = [];
      return error instanceof Error ? error.message : String(error);
    }
  }

  #stored({ segment: number, offset, length, crc }: StoredRecord): Buffer {
    const segment = this.#segments[number]!;
    segment.bytes ??= readSegment(segment);
    const bytes = segment.bytes.subarray(offset, offset + length);
    if (crc32(bytes) === crc) return bytes;
    rmSync(join(this.#folder ?? '', DIRECTORY), { force: true });
    throw new StoreDamagedError('a record does not have its checksum');
  }

  /** Writes records one behind the other; undefined when there are none. */
  #writeSegment(keys: Iterable<string>, number: number): { segment: OpenSegment; records: Map<string, StoredRecord> } | undefined {
    const records = new Map<string, StoredRecord>();
    const parts: Uint8Array[] = [];
    let offset = 0;
    for (const key of keys) {
      const bytes = this.bytes(key);
      const about = this.about(key);
      if (!bytes || !about) continue;
      const { interfaceKey, tokens, unparsed } = about;
      records.set(key, { interfaceKey, tokens, unparsed, segment: number, offset, length: bytes.length, crc: crc32(bytes) });
      parts.push(bytes);
      offset += bytes.length;
    }
    if (parts.length === 0) return undefined;
    const name = `records-${randomName()}.bin`;
    const bytes = Buffer.concat(parts);
    writeFileSync(join(this.#folder ?? '', name), bytes);
    return { segment: { name, size: bytes.length, fd: undefined, bytes }, records };
  }

  #isWasteful(kept: ReadonlyMap<string, StoredRecord>): boolean {
    const all = this.#segments.reduce((n, s) => n + s.size, 0);
    let live = 0;
    for (const { length } of kept.values()) live += length;
    return this.#segments.length >= MAX_SEGMENTS || all - live > live + 1_000_000;
  }

  /** Segments that nothing names from now on stay for those who have the old directory: their hour begins now. */
  #retire(segments: readonly OpenSegment[]): void {
    const now = new Date();
    for (const segment of segments) {
      closeSegment(segment);
      try {
        utimesSync(join(this.#folder ?? '', segment.name), now, now);
      } catch {
        // Another process took it away first.
      }
    }
  }

  /** Takes away what nobody can be using any more. */
  #sweep(): void {
    const named = new Set([DIRECTORY, ...this.#segments.map((s) => s.name)]);
    sweep(this.#folder ?? '', STALE_MS, (name) => !named.has(name));
    sweep(
      this.home ?? '',
      OLD_VERSION_MS,
      (name) => join(this.home ?? '', name) !== this.#folder && /^([0-9a-f]{16}|index-.*)$/.test(name),
    );
  }
}

function sweep(folder: string, olderMs: number, wanted: (name: string) => boolean): void {
  for (const name of readdirSync(folder)) {
    if (!wanted(name)) continue;
    const path = join(folder, name);
    try {
      if (Date.now() - statSync(path).mtimeMs > olderMs) rmSync(path, { force: true, recursive: true });
    } catch {
      // Another process took it away first.
    }
  }
}

/** Throws when the segment is not there or has not the size it was written with. */
function openSegment(folder: string, segment: Segment): OpenSegment {
  const fd = openSync(join(folder, segment.name), 'r');
  if (fstatSync(fd).size === segment.size) return { ...segment, fd, bytes: undefined };
  closeSync(fd);
  throw new Error('a part of it is cut short');
}

function readSegment(segment: OpenSegment): Buffer {
  const bytes = Buffer.allocUnsafe(segment.size);
  let at = 0;
  for (let n = 1; segment.fd !== undefined && at < bytes.length && n > 0; at += n)
    n = readSync(segment.fd, bytes, at, bytes.length - at, at);
  closeSegment(segment);
  return bytes.subarray(0, at);
}

function closeSegment(segment: OpenSegment): void {
  if (segment.fd !== undefined) closeSync(segment.fd);
  segment.fd = undefined;
}

const sha1 = (bytes: Uint8Array): Buffer => createHash('sha1').update(bytes).digest();
const randomName = (): string => `${process.pid}-${randomBytes(6).toString('hex')}`;
