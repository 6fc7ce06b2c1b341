/**
 * A resolver with all that it has taken in, kept from update to update: as long as the
 * interfaces and manifests of its family stay as they were, only what a changed file
 * says itself is new to it.
 */
import type { FileRecord } from '../syntax/record.js';
import type { FileEntry, WorkspacePath } from '../workspace/entry.js';
import type { FileLinks, PreparedResolver, ResolutionInput, Resolver } from './links.js';

export class PreparedFamily {
  /** Records that have been read; undefined for a file that had none. */
  readonly #records = new Map<WorkspacePath, RecordView | undefined>();
  /** Manifests that have been read or looked for, with their content then. */
  readonly #manifests = new Map<WorkspacePath, string | undefined>();
  readonly #prepared: PreparedResolver;
  #input: ResolutionInput;
  #before: PreparedFamily | undefined;

  /** @param before an earlier one of the same resolver: what was computed of a record that is still the same is taken over. */
  constructor(resolver: Resolver, input: ResolutionInput, before?: PreparedFamily) {
    this.#input = input;
    this.#before = before;
    this.#prepared = resolver.prepare({
      entries: input.entries,
      has: (path) => this.#input.has(path),
      record: (path) => this.#record(path),
      manifest: (path) => {
        if (!this.#manifests.has(path)) this.#manifests.set(path, this.#input.contentKey(path));
        return this.#input.manifest(path);
      },
    });
    this.#before = undefined;
  }

  /** Files whose records have been read. */
  get records(): ReadonlyMap<WorkspacePath, RecordView | undefined> {
    return this.#records;
  }

  get manifests(): ReadonlyMap<WorkspacePath, unknown> {
    return this.#manifests;
  }

  /** From now on files are as in `input`; false, and nothing else, where it was prepared for other paths, interfaces or manifests. */
  show(input: ResolutionInput): boolean {
    if (!sameFiles(input.entries, this.#input.entries)) return false;
    for (const [path, contentKey] of this.#manifests) if (input.contentKey(path) !== contentKey) return false;
    const changed: [RecordView, WorkspacePath][] = [];
    for (const [path, view] of this.#records) {
      if (view?.contentKey === input.contentKey(path)) continue;
      if (view === undefined || view.interfaceKey !== input.interfaceKey(path)) return false;
      changed.push([view, path]);
    }
    this.#input = input;
    for (const [view, path] of changed) view.show(input, path);
    return true;
  }

  resolve(path: WorkspacePath): FileLinks {
    return this.#prepared.resolve(path);
  }

  #record(path: WorkspacePath): FileRecord | undefined {
    const known = this.#records.get(path);
    if (known !== undefined || this.#records.has(path)) return known;
    const before = this.#before?.records.get(path);
    const view = before?.contentKey === this.#input.contentKey(path) ? before : RecordView.of(this.#input, path);
    this.#records.set(path, view);
    return view;
  }
}

function sameFiles(some: readonly FileEntry[], others: readonly FileEntry[]): boolean {
  if (some === others) return true;
  return (
    some.length === others.length && some.every(({ path, language }, i) => path === others[i]!.path && language === others[i]!.language)
  );
}

/** A file's record as it is now, for who keeps it longer. */
class RecordView implements FileRecord {
  #record: FileRecord;
  #contentKey: string | undefined;

  private constructor(
    record: FileRecord,
    contentKey: string | undefined,
    readonly interfaceKey: string | undefined,
  ) {
    this.#record = record;
    this.#contentKey = contentKey;
  }

  static of(input: ResolutionInput, path: WorkspacePath): RecordView | undefined {
    const record = input.record(path);
    return record && new RecordView(record, input.contentKey(path), input.interfaceKey(path));
  }

  /** Content that it shows. */
  get contentKey(): string | undefined {
    return this.#contentKey;
  }

  show(input: ResolutionInput, path: WorkspacePath): void {
    this.#record = input.record(path) ?? this.#record;
    this.#contentKey = input.contentKey(path);
  }

  get language(): FileRecord['language'] {
    return this.#record.language;
  }
  get parse(): FileRecord['parse'] {
    return this.#record.parse;
  }
  get text(): FileRecord['text'] {
    return this.#record.text;
  }
  get lineCount(): number {
    return this.#record.lineCount;
  }
  get tokens(): number {
    return this.#record.tokens;
  }
  get package(): string {
    return this.#record.package;
  }
  get symbols(): FileRecord['symbols'] {
    return this.#record.symbols;
  }
  get references(): FileRecord['references'] {
    return this.#record.references;
  }
  get imports(): FileRecord['imports'] {
    return this.#record.imports;
  }
  get bindings(): FileRecord['bindings'] {
    return this.#record.bindings;
  }
  get exports(): FileRecord['exports'] {
    return this.#record.exports;
  }
  get words(): FileRecord['words'] {
    return this.#record.words;
  }
}
