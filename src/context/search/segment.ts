/**
 * What ranking reads of many records, turned round and in columns: a part of a search
 * index. A document is a record; it is a pure function of the record and is named by
 * the record's content key, so that a segment never goes stale, only out of use.
 */
// Without the search for a native build, which no bundle brings along.
import { Packr } from 'msgpackr/pack';
import type { TermTable } from './term-table.js';

/** A block is of the innermost symbol that it lies in: a type is then its head or its fields, not one of its methods. */
export const BLOCK_KINDS = { none: 0, type: 1, function: 2, other: 3 } as const;

export interface Segment {
  /** Content keys of the documents, by number. */
  readonly keys: readonly string[];
  /** Ids of languages; "" for none. */
  readonly languages: readonly string[];
  /** Of each document its place in `languages`. */
  readonly language: Uint8Array;
  /** 1 for text that a model is shown: neither binary nor minified. */
  readonly readable: Uint8Array;
  /** o200k tokens of each document. */
  readonly tokens: Float64Array;
  /** Words of each document. */
  readonly words: Uint32Array;
  /** Number of each document's first block; one more for the end. */
  readonly firstBlock: Uint32Array;
  /** Words of each block. */
  readonly lengths: Uint32Array;
  /** About how many tokens each block has, on a logarithm (log1p). */
  readonly logTokens: Float64Array;
  /** 1 for a block with an import. */
  readonly importing: Uint8Array;
  /** Of what symbol each block is: a number of {@link BLOCK_KINDS}. */
  readonly kinds: Uint8Array;
  /** Lines of each block. */
  readonly lines: Uint8Array;
  /** 1 for the first block of a file where nothing is defined or imported yet: a licence, mostly. */
  readonly notice: Uint8Array;
  /** Stems of words: places are blocks of the document, values how often. */
  readonly stems: TermTable;
  /** Names referred to: places are the references' numbers in the record, values see {@link blockOf}. */
  readonly references: TermTable;
  /** Names of symbols: places are the symbols' numbers in the record, values twice {@link blockOf}'s and 1 more where the name tells something. */
  readonly definitions: TermTable;
}

/** Where a document is. */
export interface Place {
  readonly segment: Segment;
  readonly doc: number;
}

/** The block that a name's value stands for; -1 for a line outside all. */
export const blockOf = (value: number): number => value - 1;

// Plain maps and typed arrays: a segment can be read alone and by any later build.
const packr = new Packr({ useRecords: false, moreTypes: true });

export const encodeSegment = (segment: Segment): Uint8Array => packr.pack(segment);

/** Throws when the bytes are not a segment; their checksum is the folder's business. */
export const decodeSegment = (bytes: Uint8Array): Segment => packr.unpack(bytes) as Segment;
