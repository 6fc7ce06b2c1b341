/** The index of a workspace: records and links of its files, brought up to date by {@link Index.update} as often as wanted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph } from '../graph/build.js';
import type { Graph } from '../graph/graph.js';
import { NOTHING_RESOLVED, Resolution, type ResolutionInput, type ResolvedState } from '../graph/resolution.js';
import { RESOLVERS } from '../graph/resolvers.js';
import { decodeRecord } from '../syntax/codec.js';
import { PARSE_LIMITS } from '../syntax/parse.js';
import { readFiles, type SizedJob } from '../syntax/pool.js';
import type { FileRecord } from '../syntax/record.js';
import { Spares } from '../syntax/spares.js';
import { decode } from '../workspace/decode.js';
import type { FileEntry, ScanProblem, WorkspacePath } from '../workspace/entry.js';
import { readHistory } from '../workspace/history.js';
import { readFileBytes } from '../workspace/read-file.js';
import { scanWorkspace } from '../workspace/scan.js';
import type { StoredFile } from './directory.js';
import type { Snapshot } from './snapshot.js';
import { Store } from './store.js';

export interface IndexOptions {
  /** Absolute paths of the workspace's folders. */
  readonly roots: readonly string[];
  /** Folder with the built worker beside a folder `grammars`. */
  readonly assets: string;
  /** Folder of the stored index; undefined keeps nothing. */
  readonly store?: string | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Further patterns in gitignore syntax, seen from each root. */
  readonly ignore?: readonly string[] | undefined;
  /** A file of more bytes keeps an outline instead of a tree; default 1,000,000. */
  readonly hugeBytes?: number | undefined;
}

export interface Progress {
  /** Files read so far. */
  readonly done: number;
  /** Files that are new or changed. */
  readonly total: number;
}

/** At the end of the content key of a file that was over the limit: under another limit it has another record. */
const HUGE = ':huge';
/** A file changed this shortly before it was looked at may have changed again within the clock's grain: it is read anew. As git does with its index. */
const RACY_MS = 2_000;
/** While a first index is being made it is stored this often, so that a kill costs no more. */
const CHECKPOINT_MS = 10_000;

export class Index {
  readonly #store: Store;
  readonly #spares = new Spares();
  readonly #resolverVersion: string;
  /** Files as they are on disk, when they were last looked at. */
  #files: ReadonlyMap<WorkspacePath, StoredFile> = new Map();
  #scannedMs = 0;
  #resolved: ResolvedState = NOTHING_RESOLVED;
  readonly #unsaved = new Map<string, string>();
  #resolvedCount = 0;
  /** Decoded records by content key. */
  #decoded = new Map<string, FileRecord>();
  #updating: Promise<unknown> = Promise.resolve();
  #damage: string | undefined;

  /** Opens what is stored; nothing is read of the workspace yet. */
  constructor(private readonly options: IndexOptions) {
    const versions = JSON.parse(readFileSync(join(options.assets, 'versions.json'), 'utf8')) as {
      readonly records: string;
      readonly links: string;
    };
    this.#store = new Store(options.store, versions.records);
    this.#resolverVersion = versions.links;
    this.#damage = this.#store.damage;
    const { stored } = this.#store;
    if (stored) {
      this.#files = stored.files;
      this.#scannedMs = stored.scannedMs;
      this.#resolved = { families: stored.families, files: stored.links };
    }
  }

  /** From now on the file has this text instead of what is on disk; undefined gives the file back to the disk. Seen by the next {@link update}. */
  setUnsaved(absolute: string, text: string | undefined): void {
    if (text === undefined) this.#unsaved.delete(absolute);
    else this.#unsaved.set(absolute, text);
  }

  /** Unsaved texts by absolute path. */
  get unsaved(): ReadonlyMap<string, string> {
    return this.#unsaved;
  }

  /** How many files the last update resolved anew. */
  get resolved(): number {
    return this.#resolvedCount;
  }

  /**
   * The present state of the workspace. Every file is looked at; what changed is read,
   * what a change can have touched is resolved. Updates asked for at once run one after
   * the other. Rejects with the signal's reason when aborted; the next one goes on from
   * the last complete state.
   */
  update(signal?: AbortSignal): Promise<Snapshot> {
    const next = this.#updating.then(() => this.#update(signal));
    this.#updating = next.catch(() => undefined);
    return next;
  }

  /** Lets go of idle threads: there will be no more updates, or not soon. */
  rest(): void {
    this.#spares.close();
  }

  /** Lets go of threads and open files. Snapshots made before may no longer find records they did not read yet. */
  close(): void {
    this.rest();
    this.#store.close();
  }

  async #update(signal?: AbortSignal): Promise<Snapshot> {
    const scannedMs = Date.now();
    const scan = await scanWorkspace(this.options.roots, { ignore: this.options.ignore ?? [] }, signal);
    // git's log runs while the files are read.
    const history = readHistory(scan.roots, signal);
    const unsaved = new Map([...this.#unsaved].map(([absolute, text]) => [absolute, Buffer.from(text)] as const));
    const problems = [...scan.problems];
    if (this.#damage !== undefined)
      problems.push({ path: '', kind: 'store-rebuilt', detail: `the stored index was damaged (${this.#damage}) and is made anew` });
    this.#damage = undefined;
    const files = new Map<WorkspacePath, StoredFile>();
    const open = new Map<WorkspacePath, StoredFile>();
    const jobs: Job[] = [];
    for (const entry of scan.entries) {
      const text = unsaved.get(entry.absolute);
      if (text) jobs.push({ entry, into: open, bytes: text });
      if (entry.binary) continue;
      const old = this.#files.get(entry.path);
      if (old && this.#holds(old, entry)) files.set(entry.path, old);
      else jobs.push({ entry, into: files });
    }
    const changed = this.#files.size !== files.size || jobs.some((j) => j.into === files) || this.#store.stored === undefined;
    const save = (resolved: ResolvedState): void => this.#save({ paths: files, ...resolved, scannedMs }, problems);
    await this.#read(jobs, problems, () => save(this.#resolved), signal);
    signal?.throwIfAborted();

    const byPath = new Map(scan.entries.map((e) => [e.path, e]));
    const contentKey = (path: WorkspacePath): string | undefined => (open.get(path) ?? files.get(path))?.key;
    const decoded = new Map<string, FileRecord>();
    const record = (path: WorkspacePath): FileRecord | undefined => this.#record(contentKey(path), decoded);
    const text = (path: WorkspacePath): string | undefined => readText(byPath.get(path), unsaved);
    const input: ResolutionInput = {
      entries: scan.entries,
      has: (path) => byPath.has(path),
      record,
      manifest: text,
      contentKey,
      interfaceKey: (path) => this.#store.about(contentKey(path) ?? '')?.interfaceKey,
    };
    const resolution = new Resolution(input, RESOLVERS, this.#resolverVersion, this.#resolved);
    if (changed || resolution.resolved > 0) save(resolution);
    this.#files = files;
    this.#scannedMs = scannedMs;
    this.#resolved = { families: resolution.families, files: resolution.files };
    this.#resolvedCount = resolution.resolved;
    this.#decoded = decoded;
    let graph: Graph | undefined;
    return {
      entries: scan.entries,
      has: input.has,
      entry: (path) => byPath.get(path),
      record,
      unparsed: (path) => this.#store.about(contentKey(path) ?? '')?.unparsed,
      text,
      get graph() {
        graph ??= buildGraph(
          scan.entries.map((e) => e.path),
          resolution,
        );
        return graph;
      },
      history: await history,
      problems: problems.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
      roots: scan.roots,
    };
  }

  /** Whether a file is still as it was when it was read. */
  #holds(old: StoredFile, { size, mtimeMs }: FileEntry): boolean {
    return (
      old.size === size &&
      old.mtimeMs === mtimeMs &&
      mtimeMs < this.#scannedMs - RACY_MS &&
      this.#store.has(old.key) &&
      old.key.endsWith(HUGE) === this.#isHuge(size)
    );
  }

  #isHuge(size: number): boolean {
    return size > (this.options.hugeBytes ?? PARSE_LIMITS.hugeBytes);
  }

  async #read(jobs: readonly Job[], problems: ScanProblem[], checkpoint: () => void, signal?: AbortSignal): Promise<void> {
    const { assets, onProgress } = this.options;
    let done = 0;
    let saved = Date.now();
    onProgress?.({ done, total: jobs.length });
    await readFiles(
      jobs.map(({ entry: { absolute, language, size }, bytes }): SizedJob => ({ absolute, language, size, ...(bytes ? { bytes } : {}) })),
      {
        script: join(assets, 'worker.js'),
        grammars: join(assets, 'grammars'),
        spares: this.#spares,
        limits: { ...PARSE_LIMITS, hugeBytes: this.options.hugeBytes ?? PARSE_LIMITS.hugeBytes },
      },
      (job, result) => {
        const { entry, into } = jobs[job]!;
        done++;
        onProgress?.({ done, total: jobs.length });
        if (result.kind === 'unreadable') {
          problems.push({ path: entry.path, kind: result.reason === 'ENOENT' ? 'vanished' : 'unreadable', detail: result.reason });
          return;
        }
        // A file that broke the parser has no hash; its path, size and age stand in for it.
        const key = `${result.hash || `broken:${entry.path}:${entry.size}:${entry.mtimeMs}`}:${entry.language ?? ''}${this.#isHuge(entry.size) ? HUGE : ''}`;
        into.set(entry.path, { size: entry.size, mtimeMs: entry.mtimeMs, key });
        if (!this.#store.has(key)) this.#store.add(key, result);
        if (Date.now() - saved > CHECKPOINT_MS) {
          checkpoint();
          saved = Date.now();
        }
      },
      signal,
    );
  }

  #record(key: string | undefined, decoded: Map<string, FileRecord>): FileRecord | undefined {
    if (key === undefined) return undefined;
    let record = decoded.get(key) ?? this.#decoded.get(key);
    if (!record) {
      const bytes = this.#store.bytes(key);
      if (!bytes) return undefined;
      record = decodeRecord(bytes);
    }
    decoded.set(key, record);
    return record;
  }

  #save(state: Parameters<Store['save']>[0], problems: ScanProblem[]): void {
    try {
      this.#store.save(state);
    } catch (error) {
      if (problems.some((p) => p.kind === 'store-unwritable')) return;
      const detail = (error as NodeJS.ErrnoException).code ?? String(error);
      problems.push({ path: this.options.store ?? '', kind: 'store-unwritable', detail });
    }
  }
}

/** Something to read: a file on disk, or its unsaved text. */
interface Job {
  readonly entry: FileEntry;
  readonly into: Map<WorkspacePath, StoredFile>;
  readonly bytes?: Uint8Array;
}

function readText(entry: FileEntry | undefined, unsaved: ReadonlyMap<string, Uint8Array>): string | undefined {
  if (!entry) return undefined;
  try {
    return decode(unsaved.get(entry.absolute) ?? readFileBytes(entry.absolute)).text;
  } catch {
    return undefined;
  }
}

/** One snapshot of a workspace, for a process that wants no more than that. */
export async function openWorkspace(options: IndexOptions, signal?: AbortSignal): Promise<Snapshot> {
  const index = new Index(options);
  try {
    return await index.update(signal);
  } finally {
    index.rest();
  }
}
