/** Opens a workspace: scan, bring the stored records up to date, resolve, graph. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Packr } from 'msgpackr';
import { buildGraph, resolveAll } from '../graph/build.js';
import type { FileLinks, ResolveInput } from '../graph/links.js';
import { RESOLVERS } from '../graph/resolvers.js';
import { decodeRecord } from '../syntax/codec.js';
import { readFiles, type SizedJob } from '../syntax/pool.js';
import type { FileRecord } from '../syntax/record.js';
import { decode } from '../workspace/decode.js';
import type { FileEntry, ScanProblem, WorkspacePath } from '../workspace/entry.js';
import { type History, readHistory } from '../workspace/history.js';
import { scanWorkspace } from '../workspace/scan.js';
import type { Snapshot } from './snapshot.js';
import { Store, type StoredFile } from './store.js';

export interface OpenOptions {
  /** Absolute paths of the workspace's folders. */
  readonly roots: readonly string[];
  /** Folder with the built worker beside a folder `grammars`. */
  readonly assets: string;
  /** Folder of the stored index; undefined keeps nothing. */
  readonly store?: string | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  /** Files read so far. */
  readonly done: number;
  /** Files that are new or changed. */
  readonly total: number;
}

/** A file changed this shortly before it was looked at may have changed again within the clock's grain: it is read anew. As git does with its index. */
const RACY_MS = 2_000;
/** While a first index is being made it is written this often, so that a kill costs no more. */
const CHECKPOINT_MS = 10_000;

const packr = new Packr({ useRecords: false });

/** Reads the workspace into a snapshot. Rejects with the signal's reason when aborted. */
export async function openWorkspace(options: OpenOptions, signal?: AbortSignal): Promise<Snapshot> {
  const scannedMs = Date.now();
  const { entries, problems, roots } = await scanWorkspace(options.roots, signal);
  // git's log runs while the files are read.
  const history = readHistory(roots, signal);
  const versions = JSON.parse(readFileSync(join(options.assets, 'versions.json'), 'utf8')) as {
    readonly records: string;
    readonly links: string;
  };
  const store = options.store === undefined ? undefined : new Store(options.store, versions.records);
  const reading = new Reading(options, store, versions.links, scannedMs, [...problems]);
  await reading.run(entries, signal);
  signal?.throwIfAborted();
  return reading.snapshot(entries, await history);
}

class Reading {
  readonly #files = new Map<WorkspacePath, StoredFile>();
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #decoded = new Map<string, FileRecord>();
  #linksKey = '';
  #links: Uint8Array = new Uint8Array();
  #changed = false;

  constructor(
    private readonly options: OpenOptions,
    private readonly store: Store | undefined,
    private readonly linksVersion: string,
    private readonly scannedMs: number,
    private readonly problems: ScanProblem[],
  ) {}

  async run(entries: readonly FileEntry[], signal?: AbortSignal): Promise<void> {
    const stored = this.store?.read() ?? { kind: 'none' };
    if (stored.kind === 'damaged')
      this.problems.push({ path: '', kind: 'store-rebuilt', detail: `the stored index was damaged (${stored.reason}) and is made anew` });
    const known = stored.kind === 'ready' ? stored.index : undefined;
    if (known) {
      this.#linksKey = known.linksKey;
      this.#links = known.links;
    }
    const missing: FileEntry[] = [];
    for (const entry of entries) {
      if (entry.binary) continue;
      const old = known?.files.get(entry.path);
      const blob = old && known?.records.get(old.key);
      if (known && old && blob && old.size === entry.size && old.mtimeMs === entry.mtimeMs && entry.mtimeMs < known.scannedMs - RACY_MS) {
        this.#files.set(entry.path, old);
        this.#blobs.set(old.key, blob);
      } else missing.push(entry);
    }
    this.#changed = missing.length > 0 || known === undefined || known.files.size !== this.#files.size;
    await this.#read(missing, signal);
  }

  async #read(missing: readonly FileEntry[], signal?: AbortSignal): Promise<void> {
    const { assets, onProgress } = this.options;
    let done = 0;
    let saved = Date.now();
    onProgress?.({ done, total: missing.length });
    const jobs = missing.map((e): SizedJob => ({ absolute: e.absolute, language: e.language, size: e.size }));
    await readFiles(
      jobs,
      { script: join(assets, 'worker.js'), grammars: join(assets, 'grammars') },
      (job, result) => {
        const entry = missing[job]!;
        done++;
        onProgress?.({ done, total: missing.length });
        if (result.kind === 'unreadable') {
          this.problems.push({ path: entry.path, kind: result.reason === 'ENOENT' ? 'vanished' : 'unreadable', detail: result.reason });
          return;
        }
        // A file that broke the parser has no hash; its path, size and age stand in for it.
        const key = `${result.hash || `broken:${entry.path}:${entry.size}:${entry.mtimeMs}`}:${entry.language ?? ''}`;
        this.#files.set(entry.path, { size: entry.size, mtimeMs: entry.mtimeMs, key });
        this.#blobs.set(key, result.record);
        if (Date.now() - saved > CHECKPOINT_MS) {
          this.#save();
          saved = Date.now();
        }
      },
      signal,
    );
  }

  snapshot(entries: readonly FileEntry[], history: History | undefined): Snapshot {
    const byPath = new Map(entries.map((e) => [e.path, e]));
    const text = (path: WorkspacePath): string | undefined => readText(byPath.get(path));
    const record = (path: WorkspacePath): FileRecord | undefined => this.#record(path);
    const input: ResolveInput = { entries, has: (p) => byPath.has(p), record, manifest: text };
    const links = this.#resolve(input);
    if (this.#changed) this.#save();
    const graph = buildGraph(
      entries.map((e) => e.path),
      links,
      input,
    );
    return { entries, has: input.has, entry: (p) => byPath.get(p), record, text, graph, history, problems: this.problems };
  }

  #record(path: WorkspacePath): FileRecord | undefined {
    const key = this.#files.get(path)?.key;
    const blob = key === undefined ? undefined : this.#blobs.get(key);
    if (key === undefined || blob === undefined) return undefined;
    let record = this.#decoded.get(key);
    if (!record) {
      record = decodeRecord(blob);
      this.#decoded.set(key, record);
    }
    return record;
  }

  /** Links of all files: those stored, when every path and every content is as it was, else resolved anew. */
  #resolve(input: ResolveInput): ReadonlyMap<WorkspacePath, FileLinks> {
    const digest = createHash('sha1').update(this.linksVersion);
    for (const { path } of input.entries) digest.update(`${path}\0${this.#files.get(path)?.key ?? ''}\n`);
    const key = digest.digest('hex');
    if (key === this.#linksKey) return new Map(packr.unpack(this.#links) as [WorkspacePath, FileLinks][]);
    const links = resolveAll(input, RESOLVERS);
    this.#linksKey = key;
    this.#links = packr.pack([...links]);
    this.#changed = true;
    return links;
  }

  #save(): void {
    try {
      this.store?.write({
        files: this.#files,
        records: this.#blobs,
        linksKey: this.#linksKey,
        links: this.#links,
        scannedMs: this.scannedMs,
      });
    } catch (error) {
      this.problems.push({
        path: this.options.store ?? '',
        kind: 'store-unwritable',
        detail: (error as NodeJS.ErrnoException).code ?? String(error),
      });
    }
  }
}

function readText(entry: FileEntry | undefined): string | undefined {
  if (!entry) return undefined;
  try {
    return decode(readFileSync(entry.absolute)).text;
  } catch {
    return undefined;
  }
}
