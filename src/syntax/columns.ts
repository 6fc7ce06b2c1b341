/**
 * The lists of a record in columns: one value after the other, names as numbers of the
 * record's own table, lines as differences. Every `encode` has its `decode` beside it.
 */
import type { ByteReader } from '../base/bytes.js';
import { ByteWriter } from '../base/bytes.js';
import type { Numbering } from '../base/numbering.js';
import type {
  BindingRecord,
  ImportedName,
  ImportKind,
  ImportRecord,
  ReferenceKind,
  ReferenceRecord,
  SymbolKind,
  SymbolRecord,
  WordIndex,
} from './record.js';

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

export function encodeSymbols(symbols: readonly SymbolRecord[], names: Numbering): Uint8Array {
  const out = new ByteWriter().number(symbols.length);
  let line = 0;
  for (const s of symbols) {
    const { supers, mark } = s;
    // One number for what is small or seldom there.
    const flags = (s.exported ? 1 : 0) | (supers ? 2 : 0) | (mark === undefined ? 0 : 4);
    out.number(SYMBOL_KINDS.indexOf(s.kind) * 8 + flags);
    out.number(names.of(s.name)).number(s.container + 1);
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
      for (const name of supers) out.number(names.of(name));
    }
    if (mark !== undefined) out.number(names.of(mark));
  }
  return out.bytes();
}

export function decodeSymbols(from: ByteReader, names: readonly string[]): SymbolRecord[] {
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

export function encodeReferences(references: readonly ReferenceRecord[], names: Numbering): Uint8Array {
  const out = new ByteWriter().number(references.length);
  let line = 0;
  for (const r of references) {
    out.number(names.of(r.name)).number(names.of(r.qualifier));
    // Most stand once in their symbol.
    out.number(REFERENCE_KINDS.indexOf(r.kind) * 2 + (r.count > 1 ? 1 : 0));
    if (r.count > 1) out.number(r.count);
    out.number(r.within + 1).signed(r.line - line);
    line = r.line;
  }
  return out.bytes();
}

export function decodeReferences(from: ByteReader, names: readonly string[]): ReferenceRecord[] {
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

/** The names' numbers and the lines of what {@link encodeReferences} wrote. */
export function decodeReferenceLines(from: ByteReader): { readonly name: Uint32Array; readonly line: Uint32Array } {
  const count = from.number();
  const name = new Uint32Array(count);
  const lines = new Uint32Array(count);
  let line = 0;
  for (let i = 0; i < count; i++) {
    name[i] = from.number();
    from.number();
    if ((from.number() & 1) === 1) from.number();
    from.number();
    line += from.signed();
    lines[i] = line;
  }
  return { name, line: lines };
}

export function encodeBindings(bindings: readonly BindingRecord[], names: Numbering): Uint8Array {
  const out = new ByteWriter().number(bindings.length);
  let line = 0;
  for (const b of bindings) {
    out.number(names.of(b.name)).number(names.of(b.type)).number(names.of(b.init));
    out.number(b.within + 1).signed(b.line - line);
    line = b.line;
  }
  return out.bytes();
}

export function decodeBindings(from: ByteReader, names: readonly string[]): BindingRecord[] {
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

export function encodeImports(imports: readonly ImportRecord[], exports: readonly ImportedName[], names: Numbering): Uint8Array {
  const out = new ByteWriter().number(imports.length);
  for (const i of imports) {
    out.number(names.of(i.specifier)).number(IMPORT_KINDS.indexOf(i.kind) * 2 + (i.mark === undefined ? 0 : 1));
    if (i.mark !== undefined) out.number(names.of(i.mark));
    out.number(i.line).number(i.within + 1);
    encodeImported(i.names, out, names);
  }
  encodeImported(exports, out, names);
  return out.bytes();
}

export function decodeImports(from: ByteReader, names: readonly string[]): [ImportRecord[], ImportedName[]] {
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

function encodeImported(imported: readonly ImportedName[], out: ByteWriter, names: Numbering): void {
  out.number(imported.length);
  for (const { name, as, typeOnly } of imported)
    out.number(names.of(name) * 4 + (typeOnly === undefined ? 0 : typeOnly ? 3 : 2)).number(names.of(as));
}

function decodeImported(from: ByteReader, names: readonly string[]): ImportedName[] {
  return Array.from({ length: from.number() }, (): ImportedName => {
    const first = from.number();
    const plain = { name: names[Math.floor(first / 4)]!, as: names[from.number()]! };
    return (first & 2) === 0 ? plain : { ...plain, typeOnly: (first & 1) === 1 };
  });
}

export function encodeWords({ words, offsets, lines }: WordIndex): Uint8Array {
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

export function decodeWords(from: ByteReader): WordIndex {
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
