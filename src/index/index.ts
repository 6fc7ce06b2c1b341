/** The index of a workspace: records and links of its files, brought up to date by {@link Index.update} as often as wanted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurns } from '../base/steps.js';
import { buildGraph, type Nodes } from '../graph/build.js';
import type { Graph } from '../graph/graph.js';
import type { ResolutionInput } from '../graph/links.js';
import { PreparedFamilies } from '../graph/prepared.js';
import { NOTHING_RESOLVED, Resolution, type ResolvedState } from '../graph/resolution.js';
import { RESOLVERS } from '../graph/resolvers.js';
import { PARSE_LIMITS } from '../syntax/parse.js';
import { readFiles, type SizedJob } from '../syntax/pool.js';
import type { FileRecord } from '../syntax/record.js';
import { Spares } from '../syntax/spares.js';
import type { FileEntry, Scan, ScanProblem, WorkspacePath } from '../workspace/entry.js';
import { type History, HistoryReader } from '../workspace/history.js';
import { lookAgain } from '../workspace/look-again.js';
import { scanWorkspace } from '../workspace/scan.js';
import { contentKeyOf, hashIn, wasHuge } from './content-key.js';
import type { StoredFile } from './directory.js';
import { DecodedRecords } from './records.js';
import type { Snapshot, SnapshotHome } from './snapshot.js';
import { type IndexState, Store } from './store.js';
import { Texts } from './texts.js';

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
  /** Reading many files makes way for all else that is to be done. */
  readonly background?: boolean | undefined;
  /** Milliseconds without an update after which a change is stored; default 0: before the update ends. A kill until then costs that work again. */
  readonly storeAfterMs?: number | undefined;
}

export interface Progress {
  /** Files read so far. */
  readonly done: number;
  /** Files that are new or changed. */
  readonly total: number;
}

/** A file changed this shortly before it was looked at may have changed again within the clock's grain: it is read anew. As git does with its index. */
const RACY_MS = 2_000;
/** While a first index is being made it is stored this often, so that a kill costs no more. */
const CHECKPOINT_MS = 10_000;

export class Index {
  readonly #store: Store;
  readonly #spares = new Spares();
  readonly #history = new HistoryReader();
  readonly #records: DecodedRecords;
  readonly #texts: Texts;
  readonly #resolverVersion: string;
  readonly #home: SnapshotHome;
  /** The last scan of a complete update. */
  #seen: { readonly scan: Scan; readonly history: History | undefined } | undefined;
  /** Files known to have changed since {@link #seen}. */
  readonly #unread = new Set<string>();
  /** Files as they are on disk, when they were last looked at. */
  #files: ReadonlyMap<WorkspacePath, StoredFile> = new Map();
  /** Files as their unsaved text makes them. */
  #open: ReadonlyMap<WorkspacePath, OpenFile> = new Map();
  /** When all files were last looked at. */
  #scannedMs = 0;
  #resolved: ResolvedState = NOTHING_RESOLVED;
  readonly #prepared = new PreparedFamilies();
  /** Of the last complete update. */
  #resolution: Resolution | undefined;
  #preparing: AbortController | undefined;
  /** Of the last graph. */
  #numbered: Nodes | undefined;
  readonly #unsaved = new Map<string, string>();
  #resolvedCount = 0;
  #updating: Promise<unknown> = Promise.resolve();
  #damage: string | undefined;
  #unwritable: ScanProblem | undefined;
  #storing: NodeJS.Timeout | undefined;

  /** Opens what is stored; nothing is read of the workspace yet. */
  constructor(private readonly options: IndexOptions) {
    const versions = JSON.parse(readFileSync(join(options.assets, 'versions.json'), 'utf8')) as {
      readonly records: string;
      readonly links: string;
      readonly search: string;
    };
    this.#store = new Store(options.store, versions.records);
    this.#resolverVersion = versions.links;
    this.#home = { derived: options.store && join(options.store, `search-${versions.search.slice(0, 16)}`) };
    this.#damage = this.#store.damage;
    this.#records = new DecodedRecords(this.#store);
    this.#texts = new Texts();
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
   * The present state of the workspace. Every file is looked at, or just those in
   * `changed`; what changed is read, what a change can have touched is resolved. Updates
   * asked for at once run one after the other. Rejects with the signal's reason when
   * aborted; the next one goes on from the last complete state.
   * @param changed absolute paths, where the caller knows that no other file has changed
   * since the last update, and that none has come or gone.
   */
  update(signal?: AbortSignal, changed?: readonly string[]): Promise<Snapshot> {
    this.#preparing?.abort();
    const next = this.#updating.then(() => this.#update(changed, signal));
    this.#updating = next.catch(() => undefined);
    return next;
  }

  /** Takes in now what resolving the next change would have to take in first; the next update stops it. */
  async prepare(): Promise<void> {
    const preparing = new AbortController();
    this.#preparing = preparing;
    const resolution = this.#resolution;
    if (!resolution) return;
    // It makes way for an update; a damaged store will be told by the next one.
    const next = this.#updating.then(() => inTurns(resolution.prepare(RESOLVERS), preparing.signal)).catch(() => undefined);
    this.#updating = next;
    await next;
  }

  /** Stores what is not stored yet. */
  flush(): void {
    if (this.#storing === undefined) return;
    this.#storeLater(undefined);
    this.#save();
  }

  /** Lets go of what can be made again: decoded records, texts, and resolvers with what they have taken in. */
  release(): void {
    this.#prepared.clear();
    this.#records.clear();
    this.#texts.clear();
  }

  /** Lets go of idle threads: there will be no more updates, or not soon. */
  rest(): void {
    this.flush();
    this.#spares.close();
  }

  /** Lets go of threads and open files. Snapshots made before may no longer find records they did not read yet. */
  close(): void {
    this.rest();
    this.#store.close();
  }

  async #update(changed: readonly string[] | undefined, signal?: AbortSignal): Promise<Snapshot> {
    const { scan, history, scannedMs, again } = await this.#look(changed, signal);
    const problems = [...scan.problems];
    if (this.#damage !== undefined)
      problems.push({ path: '', kind: 'store-rebuilt', detail: `the stored index was damaged (${this.#damage}) and is made anew` });
    this.#damage = undefined;
    const files = new Map<WorkspacePath, StoredFile>();
    const open = new Map<WorkspacePath, OpenFile>();
    const jobs: Job[] = [];
    for (const entry of scan.entries) {
      const text = this.#unsaved.get(entry.absolute);
      if (text !== undefined) {
        const old = this.#open.get(entry.path);
        if (old?.text === text && this.#store.has(old.key)) open.set(entry.path, old);
        else jobs.push({ entry, text, read: (file) => open.set(entry.path, { ...file, text }) });
      }
      if (entry.binary) continue;
      const old = this.#files.get(entry.path);
      if (old && (again ? !this.#unread.has(entry.absolute) && this.#store.has(old.key) : this.#holds(old, entry)))
        files.set(entry.path, old);
      else jobs.push({ entry, known: this.#known(old, entry), read: (file) => files.set(entry.path, file) });
    }
    const isChanged = this.#files.size !== files.size || jobs.some((j) => j.text === undefined) || this.#store.stored === undefined;
    const checkpoint = (): void => this.#save({ paths: files, open: keysOf(open), ...this.#resolved, scannedMs });
    await this.#read(jobs, problems, checkpoint, signal);
    signal?.throwIfAborted();

    const byPath = new Map(scan.entries.map((e) => [e.path, e]));
    const contentKey = (path: WorkspacePath): string | undefined => (open.get(path) ?? files.get(path))?.key;
    const record = (path: WorkspacePath): FileRecord | undefined => this.#records.get(contentKey(path));
    const text = (path: WorkspacePath): string | undefined =>
      open.has(path) ? this.#texts.ofEditor(open.get(path)!.text) : this.#texts.ofFile(byPath.get(path), files.get(path)?.key);
    const input: ResolutionInput = {
      entries: scan.entries,
      has: (path) => byPath.has(path),
      record,
      manifest: text,
      contentKey,
      interfaceKey: (path) => this.#store.about(contentKey(path) ?? '')?.interfaceKey,
    };
    const resolution = await inTurns(
      new Resolution(input, this.#prepared).resolve(RESOLVERS, this.#resolverVersion, this.#resolved),
      signal,
    );
    this.#seen = { scan, history: await history };
    this.#unread.clear();
    this.#files = files;
    this.#open = open;
    this.#scannedMs = scannedMs;
    this.#resolved = { families: resolution.families, files: resolution.files };
    this.#resolvedCount = resolution.resolved;
    this.#resolution = resolution;
    // What follows from unsaved text alone will be gone tomorrow.
    if (isChanged || (resolution.resolved > 0 && open.size === 0)) this.#saveSoon();
    if (this.#unwritable) problems.push(this.#unwritable);
    this.#records.keep([...files.values(), ...open.values()]);
    let graph: Graph | undefined;
    const makeGraph = (): Graph => {
      const paths = scan.entries.map((e) => e.path);
      const made = buildGraph(paths, resolution, this.#numbered);
      this.#numbered = { files: made.files, nodes: made.nodes };
      return made;
    };
    return {
      entries: scan.entries,
      has: input.has,
      entry: (path) => byPath.get(path),
      record,
      unparsed: (path) => this.#store.about(contentKey(path) ?? '')?.unparsed,
      tokens: (path) => this.#store.about(contentKey(path) ?? '')?.tokens ?? 0,
      contentKey,
      isUnsaved: (path) => open.has(path),
      text,
      get graph() {
        graph ??= makeGraph();
        return graph;
      },
      history: this.#seen.history,
      problems: problems.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
      roots: scan.roots,
      home: this.#home,
    };
  }

  /** What the workspace's files are now: by a whole scan, or by a look at those that changed. git's log runs while the files are read. */
  async #look(changed: readonly string[] | undefined, signal?: AbortSignal): Promise<Look> {
    // An update that did not come to its end leaves its files to the next one.
    for (const path of changed ?? []) this.#unread.add(path);
    if (!changed) this.#seen = undefined;
    const again = this.#seen && lookAgain(this.#seen.scan, this.#unread);
    if (again) return { scan: again, history: this.#seen?.history, scannedMs: this.#scannedMs, again: true };
    this.#seen = undefined;
    const scannedMs = Date.now();
    const scan = await scanWorkspace(this.options.roots, { ignore: this.options.ignore ?? [] }, signal);
    return { scan, history: this.#history.read(scan.roots, signal), scannedMs, again: false };
  }

  /** Whether a file is still as it was when it was read. */
  #holds(old: StoredFile, { size, mtimeMs }: FileEntry): boolean {
    return (
      old.size === size &&
      old.mtimeMs === mtimeMs &&
      mtimeMs < this.#scannedMs - RACY_MS &&
      this.#store.has(old.key) &&
      wasHuge(old.key) === this.#isHuge(size)
    );
  }

  /** The key that the file has if it was merely touched. Many are when a branch is switched, and for {@link RACY_MS} after. */
  #known(old: StoredFile | undefined, entry: FileEntry): string | undefined {
    if (!old || !this.#store.has(old.key)) return undefined;
    return old.key === contentKeyOf(hashIn(old.key), entry, this.#isHuge(entry.size)) ? old.key : undefined;
  }

  #isHuge(size: number): boolean {
    return size > (this.options.hugeBytes ?? PARSE_LIMITS.hugeBytes);
  }

  async #read(jobs: readonly Job[], problems: ScanProblem[], checkpoint: () => void, signal?: AbortSignal): Promise<void> {
    const { assets, onProgress, background } = this.options;
    let done = 0;
    let saved = Date.now();
    onProgress?.({ done, total: jobs.length });
    await readFiles(
      jobs.map(
        ({ entry: { absolute, language, size }, text, known }): SizedJob => ({
          absolute,
          language,
          size,
          known: known && hashIn(known),
          ...(text === undefined ? {} : { bytes: Buffer.from(text) }),
        }),
      ),
      {
        script: join(assets, 'worker.js'),
        grammars: join(assets, 'grammars'),
        spares: this.#spares,
        background,
        limits: { ...PARSE_LIMITS, hugeBytes: this.options.hugeBytes ?? PARSE_LIMITS.hugeBytes },
      },
      (job, result) => {
        const { entry, known = '', read } = jobs[job]!;
        done++;
        onProgress?.({ done, total: jobs.length });
        if (result.kind === 'unreadable') {
          problems.push({ path: entry.path, kind: result.reason === 'ENOENT' ? 'vanished' : 'unreadable', detail: result.reason });
          return;
        }
        // A file that broke the parser has no hash; its path, size and age stand in for it.
        const broken = `broken:${entry.path}:${entry.size}:${entry.mtimeMs}`;
        const key = result.kind === 'same' ? known : contentKeyOf(result.hash || broken, entry, this.#isHuge(entry.size));
        read({ size: entry.size, mtimeMs: entry.mtimeMs, key });
        if (result.kind === 'read' && !this.#store.has(key)) this.#store.add(key, result);
        if (Date.now() - saved > CHECKPOINT_MS) {
          checkpoint();
          saved = Date.now();
        }
      },
      signal,
    );
  }

  /** Stores the present state, now or when there have been no updates for a while. */
  #saveSoon(): void {
    const { storeAfterMs = 0 } = this.options;
    if (storeAfterMs === 0) this.#save();
    else this.#storeLater(storeAfterMs);
  }

  #storeLater(ms: number | undefined): void {
    clearTimeout(this.#storing);
    this.#storing = ms === undefined ? undefined : setTimeout(() => this.flush(), ms).unref();
  }

  #save(state: IndexState = this.#state()): void {
    this.#unwritable = undefined;
    try {
      this.#store.save(state);
    } catch (error) {
      const detail = (error as NodeJS.ErrnoException).code ?? String(error);
      this.#unwritable = { path: this.options.store ?? '', kind: 'store-unwritable', detail };
    }
  }

  #state(): IndexState {
    return { paths: this.#files, open: keysOf(this.#open), ...this.#resolved, scannedMs: this.#scannedMs };
  }
}

interface OpenFile extends StoredFile {
  readonly text: string;
}

interface Look {
  readonly scan: Scan;
  readonly history: Promise<History | undefined> | History | undefined;
  /** When all files were last looked at: a look at single ones proves nothing of the others. */
  readonly scannedMs: number;
  /** Only files known to have changed were looked at. */
  readonly again: boolean;
}

/** Something to read: a file on disk, or its unsaved text. */
interface Job {
  readonly entry: FileEntry;
  readonly text?: string;
  /** Its content key, if its content is still the one that was read last. */
  readonly known?: string | undefined;
  /** Takes what was read. */
  read(file: StoredFile): void;
}

const keysOf = (files: ReadonlyMap<WorkspacePath, StoredFile>): string[] => [...files.values()].map((f) => f.key);

/** One snapshot of a workspace, for a process that wants no more than that. */
export async function openWorkspace(options: IndexOptions, signal?: AbortSignal): Promise<Snapshot> {
  const index = new Index(options);
  try {
    return await index.update(signal);
  } finally {
    index.rest();
  }
}
