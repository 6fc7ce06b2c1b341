/** Records as bytes, for the store and for the way from a worker thread to the main one. */
import { Packr } from 'msgpackr';
import type { FileRecord } from './record.js';

// Plain maps, no shared structures: every blob can be read alone and by any later build.
const packr = new Packr({ useRecords: false, moreTypes: true });

export function encodeRecord(record: FileRecord): Uint8Array {
  const { words, ...rest } = record;
  return packr.pack([rest, words.words.join('\n'), bytesOf(words.offsets), bytesOf(words.lines)]);
}

/** Throws when the bytes are not a record; their checksum is the store's business. */
export function decodeRecord(bytes: Uint8Array): FileRecord {
  const [rest, words, offsets, lines] = packr.unpack(bytes) as [Omit<FileRecord, 'words'>, string, Uint8Array, Uint8Array];
  return { ...rest, words: { words: words === '' ? [] : words.split('\n'), offsets: numbersOf(offsets), lines: numbersOf(lines) } };
}

/** Ascending runs of small numbers, as differences in variable length (LEB128): mostly one byte each. Zigzag, since a run starts anew with each word. */
function bytesOf(numbers: Uint32Array): Uint8Array {
  const out = new Uint8Array(numbers.length * 5);
  let size = 0;
  let last = 0;
  for (const n of numbers) {
    const difference = n - last;
    let value = difference >= 0 ? difference * 2 : -difference * 2 - 1;
    last = n;
    while (value >= 0x80) {
      out[size++] = (value & 0x7f) | 0x80;
      value = Math.floor(value / 0x80);
    }
    out[size++] = value;
  }
  return out.slice(0, size);
}

function numbersOf(bytes: Uint8Array): Uint32Array {
  let count = 0;
  for (const b of bytes) if (b < 0x80) count++;
  const out = new Uint32Array(count);
  let at = 0;
  let last = 0;
  let value = 0;
  let scale = 1;
  for (const b of bytes) {
    value += (b & 0x7f) * scale;
    if (b >= 0x80) {
      scale *= 0x80;
      continue;
    }
    last += value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    out[at++] = last;
    value = 0;
    scale = 1;
  }
  return out;
}
