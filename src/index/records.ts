/** Records decoded so far, by content: what an update leaves alone stays decoded, with all that was computed from it. */
import { decodeRecord } from '../syntax/codec.js';
import type { FileRecord } from '../syntax/record.js';
import type { StoredFile } from './directory.js';
import type { Store } from './store.js';

export class DecodedRecords {
  readonly #decoded = new Map<string, FileRecord>();
  #live: ReadonlySet<string> = new Set();

  constructor(private readonly store: Pick<Store, 'bytes'>) {}

  /** Undefined for a key without a record, and for none. Throws when the store is damaged. */
  get(key: string | undefined): FileRecord | undefined {
    if (key === undefined) return undefined;
    let record = this.#decoded.get(key);
    if (!record) {
      const bytes = this.store.bytes(key);
      if (!bytes) return undefined;
      record = decodeRecord(bytes);
      this.#decoded.set(key, record);
    }
    return record;
  }

  /** From now on these are wanted; those of the state before are still kept, for what is being computed from it. */
  keep(files: readonly StoredFile[]): void {
    const live = new Set(files.map((f) => f.key));
    for (const key of this.#decoded.keys()) if (!live.has(key) && !this.#live.has(key)) this.#decoded.delete(key);
    this.#live = live;
  }

  clear(): void {
    this.#decoded.clear();
  }
}
