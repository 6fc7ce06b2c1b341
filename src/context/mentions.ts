/** Where a file names what may be defined elsewhere, and what it defines that others may name; in columns, so that thousands of files are looked through at once. */
import { referenceLines } from '../syntax/codec.js';
import type { FileRecord, SymbolKind } from '../syntax/record.js';
import { nameNumber } from './stems.js';

export interface NamedLines {
  /** Number of each name, in the record's order. */
  readonly name: Uint32Array;
  readonly line: Uint32Array;
}

export interface Mentions {
  readonly references: NamedLines;
  /** Of names that tell something. */
  readonly definitions: NamedLines;
}

/** Names of at most so many characters say little. */
export const MIN_NAME = 3;

export const isTelling = (name: string, kind: SymbolKind): boolean =>
  name.length > MIN_NAME && kind !== 'section' && kind !== 'key' && kind !== 'constructor';

const cached = new WeakMap<FileRecord, Mentions>();

export function mentionsOf(record: FileRecord): Mentions {
  let mentions = cached.get(record);
  if (!mentions) {
    const { names, name, line } = referenceLines(record);
    const numbers = new Int32Array(names.length).fill(-1);
    for (const n of name) if (numbers[n]! < 0) numbers[n] = nameNumber(names[n]!);
    const references = { name: name.map((n) => numbers[n]!), line };
    const telling = record.symbols.filter((s) => isTelling(s.name, s.kind));
    const definitions = { name: Uint32Array.from(telling, (s) => nameNumber(s.name)), line: Uint32Array.from(telling, (s) => s.nameLine) };
    mentions = { references, definitions };
    cached.set(record, mentions);
  }
  return mentions;
}
