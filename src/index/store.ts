/**
 * The stored index of one workspace: records by content, and which file had which
 * content when it was last seen. One file, replaced as a whole by an atomic rename, so
 * that a kill at any moment leaves the old one or the new one, and two processes at
 * once leave one of the two; neither ever reads half of anything. What a kill loses is
 * work, not truth: records not yet written are made again.
 *
 * Layout: magic, SHA-1 of the directory, its length, the directory (msgpack), then the
 * records one behind the other. Each record has its own checksum, checked when it is
 * first read.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Packr } from 'msgpackr';

/** One file as it was last read. */
export interface StoredFile {
  readonly size: number;
  readonly mtimeMs: number;
  /** Key of its record. */
  readonly key: string;
}

export interface StoredIndex {
  readonly files: ReadonlyMap<string, StoredFile>;
  /** Encoded records by key. */
  readonly records: ReadonlyMap<string, Uint8Array>;
  /** Resolved links of all files, encoded, for the state of the workspace that `linksKey` names. */
  readonly linksKey: string;
  readonly links: Uint8Array;
  /** When the files were looked at, ms since 1970: one changed about then may have changed again unseen. */
  readonly scannedMs: number;
}

interface Directory {
  readonly files: readonly (readonly [path: string, size: number, mtimeMs: number, key: string])[];
  readonly records: readonly (readonly [key: string, length: number, crc: number])[];
  readonly linksKey: string;
  readonly linksLength: number;
  readonly linksCrc: number;
  readonly scannedMs: number;
}

export type StoreState =
  | { readonly kind: 'ready'; readonly index: StoredIndex }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly reason: string };

const MAGIC = Buffer.from('LVINDEX1');
const HEAD = MAGIC.length + 20 + 4;
const packr = new Packr({ useRecords: false });
/** Left behind by a process that was killed while writing; younger ones may still be in use. */
const STALE_MS = 3_600_000;

export class Store {
  readonly #path: string;

  /**
   * @param folder one per workspace; made when first written.
   * @param version of extraction: an index that another version wrote is not seen.
   */
  constructor(
    private readonly folder: string,
    version: string,
  ) {
    this.#path = join(folder, `index-${version.slice(0, 16)}.bin`);
  }

  read(): StoreState {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path);
    } catch {
      return { kind: 'none' };
    }
    try {
      return { kind: 'ready', index: parseIndex(bytes) };
    } catch (error) {
      return { kind: 'damaged', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Replaces the stored index. Throws when the folder cannot be written. */
  write({ files, records, linksKey, links, scannedMs }: StoredIndex): void {
    mkdirSync(this.folder, { recursive: true });
    const kept = [...records];
    const directory: Directory = {
      files: [...files].map(([path, f]) => [path, f.size, f.mtimeMs, f.key]),
      records: kept.map(([key, bytes]) => [key, bytes.length, crc32(bytes)]),
      linksKey,
      linksLength: links.length,
      linksCrc: crc32(links),
      scannedMs,
    };
    const packed = packr.pack(directory);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(packed.length);
    const temporary = `${this.#path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
    writeFileSync(temporary, Buffer.concat([MAGIC, sha1(packed), length, packed, links, ...kept.map(([, b]) => b)]));
    renameSync(temporary, this.#path);
    this.#sweep();
  }

  /** Takes away what other versions and killed processes left. */
  #sweep(): void {
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      if (path === this.#path || !name.startsWith('index-')) continue;
      try {
        if (Date.now() - statSync(path).mtimeMs > STALE_MS) rmSync(path, { force: true });
      } catch {
        // Another process took it away first.
      }
    }
  }
}

const sha1 = (bytes: Uint8Array): Buffer => createHash('sha1').update(bytes).digest();

function parseIndex(bytes: Buffer): StoredIndex {
  if (bytes.length < HEAD || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('not an index');
  const size = bytes.readUInt32LE(HEAD - 4);
  const packed = bytes.subarray(HEAD, HEAD + size);
  if (packed.length !== size || !sha1(packed).equals(bytes.subarray(MAGIC.length, MAGIC.length + 20)))
    throw new Error('its directory is damaged');
  const directory = packr.unpack(packed) as Directory;
  let at = HEAD + size;
  const links = bytes.subarray(at, at + directory.linksLength);
  at += directory.linksLength;
  const records = new Map<string, Uint8Array>();
  for (const [key, length, crc] of directory.records) {
    const record = bytes.subarray(at, at + length);
    at += length;
    // A record that does not match its sum is left out and made again from its file.
    if (record.length === length && crc32(record) === crc) records.set(key, record);
  }
  return {
    files: new Map(directory.files.map(([path, fileSize, mtimeMs, key]) => [path, { size: fileSize, mtimeMs, key }])),
    records,
    linksKey: links.length === directory.linksLength && crc32(links) === directory.linksCrc ? directory.linksKey : '',
    links,
    scannedMs: directory.scannedMs,
  };
}
