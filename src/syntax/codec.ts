/**
 * Records as bytes, for the store and for the way from a worker thread to the main one.
 *
 * A record is written in parts, and a part is decoded when it is first asked for: most
 * of what is asked of an unchanged workspace needs one part of each record, and the
 * objects of all of them together take far more memory than their bytes. Within a part
 * values stand in columns, names as numbers of a table of the record's own.
 */
import { ByteReader, ByteWriter } from '../base/bytes.js';
import { Numbering } from '../base/numbering.js';
import {
  decodeBindings,
  decodeImports,
  decodeReferenceLines,
  decodeReferences,
  decodeSymbols,
  decodeWords,
  encodeBindings,
  encodeImports,
  encodeReferences,
  encodeSymbols,
  encodeWords,
} from './columns.js';
import type {
  BindingRecord,
  FileRecord,
  ImportedName,
  ImportRecord,
  ParseState,
  ReferenceRecord,
  SymbolRecord,
  TextTraits,
  WordIndex,
} from './record.js';

/** What is decoded at once: small, and asked of every file. */
type Head = Pick<FileRecord, 'language' | 'parse' | 'text' | 'lineCount' | 'tokens' | 'package'>;

/** Parts in their order; the lengths of all but the last stand before them. */
const PARTS = ['head', 'names', 'symbols', 'references', 'bindings', 'imports', 'words'] as const;
type Part = (typeof PARTS)[number];

/** In memory of its own, so that it can be handed from thread to thread. */
export function encodeRecord(record: FileRecord): Uint8Array<ArrayBuffer> {
  const { language, parse, text, lineCount, tokens, imports, exports } = record;
  const names = new Numbering();
  const head: Head = { language, parse, text, lineCount, tokens, package: record.package };
  const parts: Record<Part, Uint8Array> = {
    head: new ByteWriter().strings([JSON.stringify(head)]).bytes(),
    symbols: encodeSymbols(record.symbols, names),
    references: encodeReferences(record.references, names),
    bindings: encodeBindings(record.bindings, names),
    imports: encodeImports(imports, exports, names),
    words: encodeWords(record.words),
    // Last to be made: by now every name is in.
    names: new ByteWriter().strings(names.all).bytes(),
  };
  const out = new ByteWriter();
  for (const part of PARTS.slice(0, -1)) out.number(parts[part].length);
  for (const part of PARTS) out.append(parts[part]);
  return out.bytes();
}

/** A record whose parts are read from its bytes when they are first asked for. Throws when the bytes are not a record; their checksum is the store's business. */
export function decodeRecord(bytes: Uint8Array): FileRecord {
  return new EncodedRecord(bytes);
}

/** Names and lines of a record's references, in their order, without an object of each. */
export function referenceLines(record: FileRecord): ReferenceLines {
  if (record instanceof EncodedRecord) return record.referenceLines();
  const names = new Numbering();
  const name = Uint32Array.from(record.references, (r) => names.of(r.name));
  return { names: names.all, name, line: Uint32Array.from(record.references, (r) => r.line) };
}

/** The same record as plain data, every part decoded. */
export function plainRecord(record: FileRecord): FileRecord {
  const { language, parse, text, lineCount, tokens, symbols, references, imports, bindings, exports, words } = record;
  return { language, parse, text, lineCount, tokens, package: record.package, symbols, references, imports, bindings, exports, words };
}

export interface ReferenceLines {
  readonly names: readonly string[];
  /** Place of each reference's name in `names`. */
  readonly name: Uint32Array;
  readonly line: Uint32Array;
}

class EncodedRecord implements FileRecord {
  readonly language: string | undefined;
  readonly parse: ParseState;
  readonly text: TextTraits;
  readonly lineCount: number;
  readonly tokens: number;
  readonly package: string;
  readonly #bytes: Uint8Array;
  readonly #ends: readonly number[];
  #names: readonly string[] | undefined;
  #symbols: readonly SymbolRecord[] | undefined;
  #references: readonly ReferenceRecord[] | undefined;
  #bindings: readonly BindingRecord[] | undefined;
  #imports: readonly [readonly ImportRecord[], readonly ImportedName[]] | undefined;
  #words: WordIndex | undefined;

  constructor(bytes: Uint8Array) {
    const from = new ByteReader(bytes);
    const sizes = Array.from({ length: PARTS.length - 1 }, () => from.number());
    const ends = [from.at];
    for (const size of sizes) ends.push(ends.at(-1)! + size);
    ends.push(bytes.length);
    this.#bytes = bytes;
    this.#ends = ends;
    const head = JSON.parse(this.#part('head').strings()[0]!) as Head;
    this.language = head.language;
    this.parse = head.parse;
    this.text = head.text;
    this.lineCount = head.lineCount;
    this.tokens = head.tokens;
    this.package = head.package;
  }

  get symbols(): readonly SymbolRecord[] {
    this.#symbols ??= decodeSymbols(this.#part('symbols'), this.#table());
    return this.#symbols;
  }

  get references(): readonly ReferenceRecord[] {
    this.#references ??= decodeReferences(this.#part('references'), this.#table());
    return this.#references;
  }

  referenceLines(): ReferenceLines {
    return { names: this.#table(), ...decodeReferenceLines(this.#part('references')) };
  }

  get bindings(): readonly BindingRecord[] {
    this.#bindings ??= decodeBindings(this.#part('bindings'), this.#table());
    return this.#bindings;
  }

  get imports(): readonly ImportRecord[] {
    return this.#importsAndExports()[0];
  }

  get exports(): readonly ImportedName[] {
    return this.#importsAndExports()[1];
  }

  get words(): WordIndex {
    this.#words ??= decodeWords(this.#part('words'));
    return this.#words;
  }

  /** For `JSON.stringify`, which does not see getters. */
  toJSON(): FileRecord {
    return plainRecord(this);
  }

  #importsAndExports(): readonly [readonly ImportRecord[], readonly ImportedName[]] {
    this.#imports ??= decodeImports(this.#part('imports'), this.#table());
    return this.#imports;
  }

  #table(): readonly string[] {
    this.#names ??= this.#part('names').strings();
    return this.#names;
  }

  #part(part: Part): ByteReader {
    const at = PARTS.indexOf(part);
    return new ByteReader(this.#bytes, this.#ends[at], this.#ends[at + 1]);
  }
}
