/** A line-based outline for files that are too big to parse: definitions that begin a line, without indentation. */
import type { SymbolKind, SymbolRecord } from '../record.js';

const DEFINITION =
  /^(?:export\s+|default\s+|pub(?:\([^)]*\))?\s+|public\s+|private\s+|internal\s+|static\s+|abstract\s+|final\s+|sealed\s+|async\s+)*(class|interface|struct|enum|trait|function|def|fn|func|module|namespace|type|impl)\s+([\p{L}_$][\p{L}\p{N}_$]*)/u;

const KINDS: Readonly<Record<string, SymbolKind>> = { def: 'function', fn: 'function', func: 'function' };

/** At most `limit` symbols; each reaches to the line before the next one. Their tokens are not counted: 0. */
export function outlineLines(lines: readonly string[], limit = 5_000): SymbolRecord[] {
  const starts: { line: number; kind: SymbolKind; name: string }[] = [];
  for (const [line, text] of lines.entries()) {
    if (starts.length >= limit) break;
    const [, word, name] = text.length < 400 ? (DEFINITION.exec(text) ?? []) : [];
    if (word !== undefined && name !== undefined) starts.push({ line, kind: KINDS[word] ?? (word as SymbolKind), name });
  }
  return starts.map(({ line, kind, name }, i) => ({
    name,
    kind,
    container: -1,
    start: line,
    end: (starts[i + 1]?.line ?? lines.length) - 1,
    signatureEnd: line,
    nameLine: line,
    docStart: line,
    exported: true,
    tokens: 0,
  }));
}
