/** The store's directory as bytes. */
import { ByteReader, ByteWriter } from '../base/bytes.js';
import { Numbering } from '../base/numbering.js';
import type { Family } from '../graph/prepared.js';
import type { ResolvedFile } from '../graph/resolution.js';
import type { ParseState } from '../syntax/record.js';

/** One file as it was last read. */
export interface StoredFile {
  readonly size: number;
  readonly mtimeMs: number;
  /** Names its content: hash of its bytes and its language. */
  readonly key: string;
}

/** A record and where its bytes are. */
export interface StoredRecord {
  readonly interfaceKey: string;
  /** o200k tokens of the file's text. */
  readonly tokens: number;
  /** Only what a report needs without decoding the record: undefined where the file was parsed, or has no grammar. */
  readonly unparsed: ParseState | undefined;
  /** Number of its segment. */
  readonly segment: number;
  /** Bytes from the segment's beginning. */
  readonly offset: number;
  readonly length: number;
  readonly crc: number;
}

export interface Segment {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface Directory {
  readonly files: ReadonlyMap<string, StoredFile>;
  readonly records: ReadonlyMap<string, StoredRecord>;
  readonly segments: readonly Segment[];
  readonly families: ReadonlyMap<string, Family>;
  readonly links: ReadonlyMap<string, ResolvedFile>;
  /** When the files were looked at, ms since 1970: one changed about then may have changed again unseen. */
  readonly scannedMs: number;
}

export function encodeDirectory({ files, records, segments, families, links, scannedMs }: Directory): Uint8Array {
  const out = new ByteWriter();
  const paths = new Numbering([...files.keys()]);
  const keys = new Numbering([...records.keys()]);
  for (const { records: read, manifests } of families.values()) for (const path of [...read, ...manifests]) paths.of(path);
  const linked = [...links];
  for (const { key } of files.values()) keys.of(key);
  for (const [path, { contentKey }] of linked) {
    paths.of(path);
    keys.of(contentKey);
  }
  out.float(scannedMs).strings(paths.all).strings(keys.all);
  out.strings(segments.map((s) => s.name));
  for (const { size } of segments) out.number(size);
  out.number(files.size);
  for (const { size, mtimeMs, key } of files.values()) out.number(size).float(mtimeMs).number(keys.of(key));
  out.number(records.size);
  const kept = [...records.values()];
  out.strings(kept.map((r) => r.interfaceKey)).strings(kept.map((r) => (r.unparsed ? JSON.stringify(r.unparsed) : '')));
  for (const { tokens, segment, offset, length, crc } of kept) out.number(tokens).number(segment).number(offset).number(length).number(crc);
  out.strings([...families.keys()]).strings([...families.values()].map((f) => f.key));
  for (const { records: read, manifests } of families.values()) {
    for (const list of [read, manifests]) {
      out.number(list.length);
      for (const path of list) out.number(paths.of(path));
    }
  }
  out.number(linked.length);
  for (const [path, { contentKey, bytes, trace }] of linked) {
    out.number(paths.of(path)).number(keys.of(contentKey)).number(bytes.length);
    out.number(trace ? trace.length + 1 : 0);
  }
  for (const [, { bytes, trace }] of linked) {
    out.append(bytes);
    if (trace) out.append(trace);
  }
  return out.bytes();
}

/** Throws when the bytes are not a directory. Links are views of `bytes`. */
export function decodeDirectory(bytes: Uint8Array): Directory {
  const from = new ByteReader(bytes);
  const scannedMs = from.float();
  const paths = from.strings();
  const keys = from.strings();
  const segments = from.strings().map((name) => ({ name, size: from.number() }));
  const files = new Map<string, StoredFile>();
  for (let n = from.number(), i = 0; i < n; i++)
    files.set(paths[i]!, { size: from.number(), mtimeMs: from.float(), key: keys[from.number()]! });
  const records = new Map<string, StoredRecord>();
  const count = from.number();
  const interfaces = from.strings();
  const unparsed = from.strings();
  for (let i = 0; i < count; i++) {
    records.set(keys[i]!, {
      interfaceKey: interfaces[i]!,
      unparsed: unparsed[i] ? (JSON.parse(unparsed[i]!) as ParseState) : undefined,
      tokens: from.number(),
      segment: from.number(),
      offset: from.number(),
      length: from.number(),
      crc: from.number(),
    });
  }
  const list = (): string[] => Array.from({ length: from.number() }, () => paths[from.number()]!);
  const ids = from.strings();
  const families = new Map(from.strings().map((key, i) => [ids[i]!, { key, records: list(), manifests: list() }]));
  const linked = Array.from(
    { length: from.number() },
    () => [paths[from.number()]!, keys[from.number()]!, from.number(), from.number()] as const,
  );
  const links = new Map(
    linked.map(([path, contentKey, length, traced]) => [
      path,
      { contentKey, bytes: from.bytes(length), trace: traced === 0 ? undefined : from.bytes(traced - 1) },
    ]),
  );
  return { files, records, segments, families, links, scannedMs };
}
