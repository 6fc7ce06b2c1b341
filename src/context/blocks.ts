/**
 * A file cut into blocks, the pieces that are ranked and packed: a function, a
 * group of fields, the head of a class, a run of imports, a window of plain text.
 * Blocks cover every line, in order, without overlap.
 */
import type { FileRecord } from '../syntax/record.js';

export interface Block {
  /** First and last line, 0-based and inclusive. */
  readonly start: number;
  readonly end: number;
  /** Innermost symbol that the whole block lies in, or that it begins; -1 outside all. */
  readonly symbol: number;
}

/** A block longer than this is cut: a whole function where it fits, parts of a giant one. */
const MAX_LINES = 16;
/** Neighbours are joined up to this length, so that a row of fields or constants is one block. */
const MIN_LINES = 6;

const cached = new WeakMap<FileRecord, readonly Block[]>();

export function blocksOf(record: FileRecord): readonly Block[] {
  let blocks = cached.get(record);
  if (!blocks) {
    blocks = cut(record);
    cached.set(record, blocks);
  }
  return blocks;
}

function cut(record: FileRecord): Block[] {
  const { lineCount, symbols } = record;
  if (lineCount === 0) return [];
  // Where a block may begin: at a symbol, and right after one.
  const owner = new Int32Array(lineCount).fill(-1);
  const border = new Uint8Array(lineCount + 1);
  border[0] = 1;
  for (const [i, s] of symbols.entries()) {
    const start = Math.min(s.docStart, s.start);
    if (start >= lineCount) continue;
    owner.fill(i, start, Math.min(s.end + 1, lineCount));
    border[start] = 1;
    border[Math.min(s.end + 1, lineCount)] = 1;
  }
  const pieces: Block[] = [];
  let start = 0;
  for (let line = 1; line <= lineCount; line++) {
    if (line < lineCount && border[line] === 0) continue;
    pieces.push({ start, end: line - 1, symbol: owner[start] ?? -1 });
    start = line;
  }
  return pieces.reduce<Block[]>((out, piece) => join(out, piece, record), []).flatMap(split);
}

/** Puts a piece behind the others, or into the last block while both are small and belong to the same holder. */
function join(out: Block[], piece: Block, { symbols }: FileRecord): Block[] {
  const last = out.at(-1);
  const holder = (b: Block): number => symbols[b.symbol]?.container ?? -1;
  const length = (b: Block): number => b.end - b.start + 1;
  if (
    last &&
    length(last) + length(piece) <= MAX_LINES &&
    (length(piece) <= 2 ||
      length(last) < MIN_LINES / 2 ||
      (length(piece) < MIN_LINES && length(last) < MIN_LINES && holder(last) === holder(piece)))
  ) {
    out[out.length - 1] = { start: last.start, end: piece.end, symbol: last.symbol >= 0 ? last.symbol : piece.symbol };
  } else out.push(piece);
  return out;
}

/** A long block becomes windows of equal length. */
function split(block: Block): Block[] {
  const length = block.end - block.start + 1;
  if (length <= MAX_LINES * 1.5) return [block];
  const parts = Math.ceil(length / MAX_LINES);
  const size = Math.ceil(length / parts);
  return Array.from({ length: parts }, (_, i) => ({
    start: block.start + i * size,
    end: Math.min(block.end, block.start + (i + 1) * size - 1),
    symbol: block.symbol,
  })).filter((b) => b.start <= b.end);
}
