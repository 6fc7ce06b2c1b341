/**
 * Records as bytes, for the store and for the way from a worker thread to the main one.
 *
 * A record is written in parts, and a part is decoded when it is first asked for: most
 * of what is asked of an unchanged workspace needs one part of each record, and the
 * objects of all of them together take far more memory than their bytes. Within a part
 * values stand in columns, names as numbers of a table of the record's own.
 */
import { Packr } from 'msgpackr';
import { ByteReader, ByteWriter } from '../base/bytes.js';
import type {
  BindingRecord,
  FileRecord,
  ImportedName,
  ImportKind,
  ImportRecord,
  ParseState,
  ReferenceKind,
  ReferenceRecord,
  SymbolKind,
  SymbolRecord,
  TextTraits,
  WordIndex,
} from './record.js';

// Plain maps, no shared structures: every blob can be read alone and by any later build.
const packr = new Packr({ useRecords: false });

/** Numbers of the kinds in the columns. The store's version covers their order. */
const SYMBOL_KINDS: readonly SymbolKind[] = [
  'class',
  'interface',
  'struct',
  'enum',
  'trait',
  'impl',
  'object',
  'record',
  'type',
  'function',
  'method',
  'constructor',
  'field',
  'property',
  'enumMember',
  'variable',
  'constant',
  'macro',
  'namespace',
  'module',
  'section',
  'key',
  'rule',
];
const IMPORT_KINDS: readonly ImportKind[] = [
  'import',
  'type',
  'reexport',
  'dynamic',
  'require',
  'include',
  'system-include',
  'module',
  'use',
  'package',
  'asset',
  'autoload',
];
const REFERENCE_KINDS: readonly ReferenceKind[] = ['call', 'new', 'type', 'member', 'value', 'extends', 'macro', 'annotation'];

/** What is decoded at once: small, and asked of every file. */
interface Head {
  readonly language: string | undefined;
  readonly parse: ParseState;
  readonly text: TextTraits;
  readonly lineCount: number;
  readonly tokens: number;
  readonly package: string;
}

/** Parts in their order; the lengths of all but the last stand before them. */
const PARTS = ['head', 'names', 'symbols', 'references', 'bindings', 'imports', 'words'] as const;
type Part = (typeof PARTS)[number];

/** In memory of its own, so that it can be handed from thread to thread. */
export function encodeRecord(record: FileRecord): Uint8Array<ArrayBuffer> {
  const { language, parse, text, lineCount, tokens, imports, exports } = record;
  const names = new Names();
  const head: Head = { language, parse, text, lineCount, tokens, package: record.package };
  const parts: Record<Part, Uint8Array> = {
    head: packr.pack(head),
    symbols: encodeSymbols(record.symbols, names),
    references: encodeReferences(record.references, names),
    bindings: encodeBindings(record.bindings, names),
    imports: encodeImports(imports, exports, names),
    words: encodeWords(record.words),
    // Last to be made: by now every name is in.
    names: names.bytes(),
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

/** The same record as plain data, every part decoded. */
export function plainRecord(record: FileRecord): FileRecord {
  const { language, parse, text, lineCount, tokens, symbols, references, imports, bindings, exports, words } = record;
  return { language, parse, text, lineCount, tokens, package: record.package, symbols, references, imports, bindings, exports, words };
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
    const lengths = new ByteReader(bytes);
    const sizes = PARTS.slice(0, -1).map(() => lengths.number());
    const ends = [lengths.at];
    for (const size of sizes) ends.push(ends.at(-1)! + size);
    this.#bytes = bytes;
    this.#ends = [...ends, bytes.length];
    const head = packr.unpack(this.#part('head')) as Head;
    this.language = head.language ?? undefined;
    this.parse = head.parse;
    this.text = head.text;
    this.lineCount = head.lineCount;
    this.tokens = head.tokens;
    this.package = head.package;
  }

  get symbols(): readonly SymbolRecord[] {
    this.#symbols ??= decodeSymbols(new ByteReader(this.#part('symbols')), this.#table());
    return this.#symbols;
  }

  get references(): readonly ReferenceRecord[] {
    this.#references ??= decodeReferences(new ByteReader(this.#part('references')), this.#table());
    return this.#references;
  }

  get bindings(): readonly BindingRecord[] {
    this.#bindings ??= decodeBindings(new ByteReader(this.#part('bindings')), this.#table());
    return this.#bindings;
  }

  get imports(): readonly ImportRecord[] {
    return this.#importsAndExports()[0];
  }

  get exports(): readonly ImportedName[] {
    return this.#importsAndExports()[1];
  }

  get words(): WordIndex {
    this.#words ??= decodeWords(new ByteReader(this.#part('words')));
    return this.#words;
  }

  /** For `JSON.stringify`, which does not see getters. */
  toJSON(): FileRecord {
    return plainRecord(this);
  }

  #importsAndExports(): readonly [readonly ImportRecord[], readonly ImportedName[]] {
    this.#imports ??= decodeImports(new ByteReader(this.#part('imports')), this.#table());
    return this.#imports;
  }

  #table(): readonly string[] {
    this.#names ??= new ByteReader(this.#part('names')).strings();
    return this.#names;
  }

  #part(part: Part): Uint8Array {
    const at = PARTS.indexOf(part);
    return this.#bytes.subarray(this.#ends[at], this.#ends[at + 1]);
  }
}

/** The record's own table of names. */
class Names {
  readonly #numbers = new Map<string, number>();

  number(name: string): number {
    let n = this.#numbers.get(name);
    if (n === undefined) {
      n = this.#numbers.size;
      this.#numbers.set(name, n);
    }
    return n;
  }

  bytes(): Uint8Array {
    return new ByteWriter().strings([...this.#numbers.keys()]).bytes();
  }
}

function encodeSymbols(symbols: readonly SymbolRecord[], names: Names): Uint8Array {
  const out = new ByteWriter().number(symbols.length);
  let line = 0;
  for (const s of symbols) {
    const { supers, mark } = s;
    // One number for what is small or seldom there.
    const flags = (s.exported ? 1 : 0) | (supers ? 2 : 0) | (mark === undefined ? 0 : 4);
    out.number(SYMBOL_KINDS.indexOf(s.kind) * 8 + flags);
    out.number(names.number(s.name)).number(s.container + 1);
    out
      .signed(s.start - line)
      .number(s.end - s.start)
      .number(s.signatureEnd - s.start);
    out
      .signed(s.nameLine - s.start)
      .number(s.start - s.docStart)
      .number(s.tokens);
    line = s.start;
    if (supers) {
      out.number(supers.length);
      for (const name of supers) out.number(names.number(name));
    }
    if (mark !== undefined) out.number(names.number(mark));
  }
  return out.bytes();
}

function decodeSymbols(from: ByteReader, names: readonly string[]): SymbolRecord[] {
  let line = 0;
  return Array.from({ length: from.number() }, () => {
    const first = from.number();
    const name = names[from.number()]!;
    const container = from.number() - 1;
    const start = line + from.signed();
    line = start;
    const end = start + from.number();
    const signatureEnd = start + from.number();
    const nameLine = start + from.signed();
    const docStart = start - from.number();
    const tokens = from.number();
    const kind = SYMBOL_KINDS[first >> 3]!;
    const exported = (first & 1) === 1;
    const plain: SymbolRecord = { name, kind, container, start, end, signatureEnd, nameLine, docStart, exported, tokens };
    if ((first & 6) === 0) return plain;
    const supers = (first & 2) === 0 ? undefined : Array.from({ length: from.number() }, () => names[from.number()]!);
    const mark = (first & 4) === 0 ? undefined : names[from.number()]!;
    return { ...plain, ...(supers ? { supers } : {}), ...(mark === undefined ? {} : { mark }) };
  });
}

function encodeReferences(references: readonly ReferenceRecord[], names: Names): Uint8Array {
  const out = new ByteWriter().number(references.length);
  let line = 0;
  for (const r of references) {
    out.number(names.number(r.name)).number(names.number(r.qualifier));
    // Most stand once in their symbol.
    out.number(REFERENCE_KINDS.indexOf(r.kind) * 2 + (r.count > 1 ? 1 : 0));
    if (r.count > 1) out.number(r.count);
    out.number(r.within + 1).signed(r.line - line);
    line = r.line;
  }
  return out.bytes();
}

function decodeReferences(from: ByteReader, names: readonly string[]): ReferenceRecord[] {
  let last = 0;
  return Array.from({ length: from.number() }, () => {
    const name = names[from.number()]!;
    const qualifier = names[from.number()]!;
    const first = from.number();
    const kind = REFERENCE_KINDS[first >> 1]!;
    const count = (first & 1) === 0 ? 1 : from.number();
    const within = from.number() - 1;
    const line = last + from.signed();
    last = line;
    return { name, qualifier, kind, within, line, count };
  });
}

function encodeBindings(bindings: readonly BindingRecord[], names: Names): Uint8Array {
  const out = new ByteWriter().number(bindings.length);
  let line = 0;
  for (const b of bindings) {
    out.number(names.number(b.name)).number(names.number(b.type)).number(names.number(b.init));
    out.number(b.within + 1).signed(b.line - line);
    line = b.line;
  }
  return out.bytes();
}

function decodeBindings(from: ByteReader, names: readonly string[]): BindingRecord[] {
  let last = 0;
  return Array.from({ length: from.number() }, () => {
    const name = names[from.number()]!;
    const type = names[from.number()]!;
    const init = names[from.number()]!;
    const within = from.number() - 1;
    const line = last + from.signed();
    last = line;
    return { name, type, init, within, line };
  });
}

function encodeImports(imports: readonly ImportRecord[], exports: readonly ImportedName[], names: Names): Uint8Array {
  const out = new ByteWriter().number(imports.length);
  for (const i of imports) {
    out.number(names.number(i.specifier)).number(IMPORT_KINDS.indexOf(i.kind) * 2 + (i.mark === undefined ? 0 : 1));
    if (i.mark !== undefined) out.number(names.number(i.mark));
    out.number(i.line).number(i.within + 1);
    encodeImported(i.names, out, names);
  }
  encodeImported(exports, out, names);
  return out.bytes();
}

function decodeImports(from: ByteReader, names: readonly string[]): [ImportRecord[], ImportedName[]] {
  const imports = Array.from({ length: from.number() }, (): ImportRecord => {
    const specifier = names[from.number()]!;
    const first = from.number();
    const kind = IMPORT_KINDS[first >> 1]!;
    const mark = (first & 1) === 0 ? undefined : names[from.number()]!;
    const line = from.number();
    const within = from.number() - 1;
    const plain = { specifier, kind, names: decodeImported(from, names), line, within };
    return mark === undefined ? plain : { ...plain, mark };
  });
  return [imports, decodeImported(from, names)];
}

function encodeImported(imported: readonly ImportedName[], out: ByteWriter, names: Names): void {
  out.number(imported.length);
  for (const { name, as, typeOnly } of imported)
    out.number(names.number(name) * 4 + (typeOnly === undefined ? 0 : typeOnly ? 3 : 2)).number(names.number(as));
}

function decodeImported(from: ByteReader, names: readonly string[]): ImportedName[] {
  return Array.from({ length: from.number() }, (): ImportedName => {
    const first = from.number();
    const plain = { name: names[Math.floor(first / 4)]!, as: names[from.number()]! };
    return (first & 2) === 0 ? plain : { ...plain, typeOnly: (first & 1) === 1 };
  });
}

function encodeWords({ words, offsets, lines }: WordIndex): Uint8Array {
  const out = new ByteWriter().strings(words);
  for (let i = 0; i < words.length; i++) {
    out.number(offsets[i + 1]! - offsets[i]!);
    let line = 0;
    for (let at = offsets[i]!; at < offsets[i + 1]!; at++) {
      out.number(lines[at]! - line);
      line = lines[at]!;
    }
  }
  return out.bytes();
}

function decodeWords(from: ByteReader): WordIndex {
  const words = from.strings();
  const offsets = new Uint32Array(words.length + 1);
  // Every line took a byte at least.
  const lines = new Uint32Array(from.left);
  let total = 0;
  for (let i = 0; i < words.length; i++) {
    let line = 0;
    for (let n = from.number(); n > 0; n--) {
      line += from.number();
      lines[total++] = line;
    }
    offsets[i + 1] = total;
  }
  return { words, offsets, lines: lines.subarray(0, total) };
}
