/** Texts of files as their records saw them. The last ones are kept: the next pack shows mostly the same. */
import { createHash } from 'node:crypto';
import { Recent } from '../base/recent.js';
import { decode } from '../workspace/decode.js';
import type { FileEntry } from '../workspace/entry.js';
import { readFileBytes } from '../workspace/read-file.js';

/** UTF-16 units kept. */
const KEPT = 16_000_000;

export class Texts {
  readonly #kept = new Recent<string>(KEPT);

  /**
   * Text of a file on disk, its line breaks as "\n". Undefined where it cannot be read, or
   * has changed since it was given its key.
   * @param key begins with the hash of its bytes; undefined for a file without a record.
   */
  ofFile(entry: FileEntry | undefined, key: string | undefined): string | undefined {
    if (!entry) return undefined;
    const kept = key === undefined ? undefined : this.#kept.get(key);
    if (kept !== undefined) return kept;
    try {
      const bytes = readFileBytes(entry.absolute);
      if (key !== undefined && hashOf(key) !== undefined && hashOf(key) !== createHash('sha1').update(bytes).digest('hex'))
        return undefined;
      const { text } = decode(bytes);
      if (key !== undefined) this.#kept.set(key, text, text.length);
      return text;
    } catch {
      return undefined;
    }
  }

  /** An editor's text, as the same bytes on disk would be read. */
  ofEditor(text: string): string {
    return decode(Buffer.from(text)).text;
  }

  clear(): void {
    this.#kept.clear();
  }
}

/** A file that broke its parser was not hashed. */
const hashOf = (key: string): string | undefined => /^[0-9a-f]{40}(?=:)/.exec(key)?.[0];
