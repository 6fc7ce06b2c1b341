/**
 * Resolvers with all that they have taken in, kept from update to update: as long as the
 * interfaces and manifests of a family stay as they were, only what a changed file says
 * itself is new to its resolver.
 */
import { createHash } from 'node:crypto';
import type { FileRecord } from '../syntax/record.js';
import type { FileEntry, WorkspacePath } from '../workspace/entry.js';
import { Asked, type AskedKeys, Key, type Offer, PATHS_KEY, recordKey } from './asked.js';
import type { FileLinks, PreparedResolver, ResolutionInput, Resolver } from './links.js';

/** One resolver's files, at the time they were resolved. */
export interface Family {
  readonly key: string;
  /** Files whose records were read, sorted. */
  readonly records: readonly WorkspacePath[];
  /** Manifests that were read or looked for, sorted. */
  readonly manifests: readonly WorkspacePath[];
}

/** The resolvers that a living process has prepared. */
export class PreparedFamilies {
  readonly #families = new Map<Resolver, PreparedFamily>();
  #paths: { readonly entries: readonly FileEntry[]; readonly key: string } | undefined;

  of(resolver: Resolver): PreparedFamily | undefined {
    return this.#families.get(resolver);
  }

  prepare(resolver: Resolver, input: ResolutionInput): PreparedFamily {
    const prepared = new PreparedFamily(resolver, input, this.of(resolver));
    this.#families.set(resolver, prepared);
    return prepared;
  }

  /** Names the paths of all files. */
  pathsKey(entries: readonly FileEntry[]): string {
    if (!this.#paths || !sameFiles(this.#paths.entries, entries)) {
      const paths = entries.map(({ path }) => `${path}\0`).join('');
      this.#paths = { entries, key: createHash('sha1').update(paths).digest('hex') };
    }
    return this.#paths.key;
  }

  clear(): void {
    this.#families.clear();
    this.#paths = undefined;
  }
}

/** A record as it was when it was read. */
interface Seen {
  contentKey: string | undefined;
  readonly interfaceKey: string | undefined;
  /** Undefined where nobody of this process has read it, or there is none. */
  view: RecordView | undefined;
}

export class PreparedFamily {
  /** What was resolved with it last; holds for all files that it can {@link show}. */
  outcome: Family | undefined;
  readonly #records = new Map<WorkspacePath, Seen>();
  /** Manifests with the content that they had. */
  readonly #manifests = new Map<WorkspacePath, string | undefined>();
  readonly #asked = new Asked();
  readonly #paths = new Key(PATHS_KEY);
  readonly #prepared: PreparedResolver;
  #input: ResolutionInput;

  /**
   * @param before an earlier one of the same resolver: what was computed of a record that is still the same is taken over.
   * @param shown files whose records it may see; all of them without.
   */
  constructor(
    resolver: Resolver,
    input: ResolutionInput,
    before?: PreparedFamily,
    private readonly shown?: ReadonlySet<WorkspacePath>,
  ) {
    this.#input = input;
    const views = new Map([...(before?.records ?? [])].flatMap(([path, { view }]) => (view ? [[path, view] as const] : [])));
    this.#prepared = resolver.prepare({
      entries: input.entries,
      asked: this.#asked,
      has: (path) => {
        // While it prepares, what is there steers it, as manifests do.
        if (resolver.keyed && this.#asked.question === 0) this.#watchManifest(path);
        this.#asked.note(this.#paths);
        return this.#input.has(path);
      },
      record: (path) => this.#view(path, views),
      manifest: (path) => {
        this.#watchManifest(path);
        return this.#input.manifest(path);
      },
    });
    views.clear();
  }

  /** Records that were read, by it or for the {@link outcome}. */
  get records(): ReadonlyMap<WorkspacePath, Seen> {
    return this.#records;
  }

  get manifests(): ReadonlyMap<WorkspacePath, unknown> {
    return this.#manifests;
  }

  /** Takes in what others have read: it can be shown no files where that has changed. */
  watch({ records, manifests }: Family): void {
    for (const path of records) this.#seen(path);
    for (const path of manifests) this.#watchManifest(path);
  }

  /** From now on files are as in `input`; false, and nothing else, where other files are there or an interface or manifest has changed. */
  show(input: ResolutionInput): boolean {
    if (!sameFiles(input.entries, this.#input.entries)) return false;
    for (const [path, contentKey] of this.#manifests) if (input.contentKey(path) !== contentKey) return false;
    const changed: [WorkspacePath, Seen][] = [];
    for (const [path, seen] of this.#records) {
      if (seen.contentKey === input.contentKey(path)) continue;
      if (seen.interfaceKey !== input.interfaceKey(path)) return false;
      changed.push([path, seen]);
    }
    this.#input = input;
    for (const [path, seen] of changed) {
      seen.contentKey = input.contentKey(path);
      const record = input.record(path);
      if (record) seen.view?.show(record);
    }
    return true;
  }

  resolve(path: WorkspacePath): FileLinks {
    return this.#prepared.resolve(path);
  }

  /** The same for a keyed resolver, with the keys that the links depend on, ascending. */
  ask(path: WorkspacePath): AskedKeys & { readonly links: FileLinks } {
    const [links, parts] = this.#asked.during(() => this.#prepared.resolve(path));
    return { links, ...this.#asked.keysIn(parts) };
  }

  /** What a file has under keys that others may ask for. */
  offersOf(path: WorkspacePath): readonly Offer[] {
    return this.#asked.offersOf(path);
  }

  #view(path: WorkspacePath, before: ReadonlyMap<WorkspacePath, RecordView>): FileRecord | undefined {
    if (this.shown?.has(path) === false) {
      if (this.#asked.question !== 0) this.#asked.note(new Key(recordKey(path)));
      return undefined;
    }
    const seen = this.#seen(path);
    if (!seen.view) {
      const record = this.#input.record(path);
      const same = before.get(path);
      seen.view = record && (same?.shows(record) ? same : new RecordView(record, new Key(recordKey(path))));
      seen.view?.tell(this.#asked);
    }
    return seen.view;
  }

  #seen(path: WorkspacePath): Seen {
    let seen = this.#records.get(path);
    if (!seen) {
      seen = { contentKey: this.#input.contentKey(path), interfaceKey: this.#input.interfaceKey(path), view: undefined };
      this.#records.set(path, seen);
    }
    return seen;
  }

  #watchManifest(path: WorkspacePath): void {
    if (!this.#manifests.has(path)) this.#manifests.set(path, this.#input.contentKey(path));
  }
}

/** Whether both have the same paths and languages. */
function sameFiles(some: readonly FileEntry[], others: readonly FileEntry[]): boolean {
  if (some === others) return true;
  return (
    some.length === others.length && some.every(({ path, language }, i) => path === others[i]!.path && language === others[i]!.language)
  );
}

/** A file's record as it is now, for who keeps it longer. It takes down who reads it. */
class RecordView implements FileRecord {
  #record: FileRecord;
  #asked: Asked | undefined;
  readonly #key: Key;

  constructor(record: FileRecord, key: Key) {
    this.#record = record;
    this.#key = key;
  }

  show(record: FileRecord): void {
    this.#record = record;
  }

  shows(record: FileRecord): boolean {
    return this.#record === record;
  }

  /** From now on `asked` is told who reads it. */
  tell(asked: Asked): void {
    this.#asked = asked;
    this.#key.question = 0;
  }

  get #read(): FileRecord {
    this.#asked?.note(this.#key);
    return this.#record;
  }

  /** Follows from the file's name: nothing to take down. */
  get language(): FileRecord['language'] {
    return this.#record.language;
  }
  get parse(): FileRecord['parse'] {
    return this.#read.parse;
  }
  get text(): FileRecord['text'] {
    return this.#read.text;
  }
  get lineCount(): FileRecord['lineCount'] {
    return this.#read.lineCount;
  }
  get tokens(): FileRecord['tokens'] {
    return this.#read.tokens;
  }
  get package(): FileRecord['package'] {
    return this.#read.package;
  }
  get symbols(): FileRecord['symbols'] {
    return this.#read.symbols;
  }
  get references(): FileRecord['references'] {
    return this.#read.references;
  }
  get imports(): FileRecord['imports'] {
    return this.#read.imports;
  }
  get bindings(): FileRecord['bindings'] {
    return this.#read.bindings;
  }
  get exports(): FileRecord['exports'] {
    return this.#read.exports;
  }
  get words(): FileRecord['words'] {
    return this.#read.words;
  }
}
