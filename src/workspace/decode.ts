/** Bytes to text, with what the bytes say about it. */
import { isUtf8 } from 'node:buffer';
import type { TextTraits } from '../syntax/record.js';
import { looksGenerated } from './generated.js';

export interface Decoded {
  /** Line breaks as "\n", no byte order mark. "" for binary files. */
  readonly text: string;
  readonly traits: TextTraits;
}

const BINARY: TextTraits = { encoding: 'binary', eol: 'none', broken: false, minified: false, generated: false };
/** As far as git looks for a NUL byte to tell binary from text (buffer_is_binary in xdiff-interface.c). */
const LOOKED_AT = 8_000;

export function decode(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  if (encoding === 'binary') return { text: '', traits: BINARY };
  const raw = encoding === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(LABELS[encoding]).decode(bytes);
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  return {
    text,
    traits: {
      encoding,
      eol: lineEnds(raw),
      broken: raw.includes('\uFFFD') && !(encoding === 'utf8' && isUtf8(bytes)),
      minified: looksMinified(text),
      generated: looksGenerated(text),
    },
  };
}

const LABELS = { utf8: 'utf-8', 'utf8-bom': 'utf-8', utf16le: 'utf-16le', utf16be: 'utf-16be' } as const;

/** 0x80 to 0x9f, the bytes in which it differs from Latin 1 (WHATWG Encoding, index windows-1252). Node 20's own decoder gives Latin 1 there. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return latin1.replace(/[\u0080-\u009f]/g, (c) => HIGH[c.charCodeAt(0) - 0x80] ?? c);
}

function encodingOf(bytes: Uint8Array): TextTraits['encoding'] {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf8-bom';
  // The same two bytes and two NULs begin UTF-32, which nothing here reads.
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'binary' : 'utf16le';
  if (a === 0xfe && b === 0xff) return 'utf16be';
  const head = bytes.subarray(0, LOOKED_AT);
  if (head.includes(0)) return utf16WithoutMark(head);
  return isUtf8(bytes) ? 'utf8' : notUtf8(bytes, head);
}

/** UTF-16 of mostly ASCII text has a NUL in every other byte and hardly any beside them. */
function utf16WithoutMark(head: Uint8Array): 'utf16le' | 'utf16be' | 'binary' {
  const nuls = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nuls[i % 2]!++;
  const [even = 0, odd = 0] = nuls;
  const pairs = head.length / 2;
  const encoding = even === 0 && odd > pairs * 0.7 ? 'utf16le' : odd === 0 && even > pairs * 0.7 ? 'utf16be' : 'binary';
  if (encoding === 'binary') return 'binary';
  const sample = new TextDecoder(LABELS[encoding]).decode(head.subarray(0, head.length & ~1));
  return isControlled(sample) ? 'binary' : encoding;
}

/**
 * Text in one byte per letter, or UTF-8 with some broken bytes: there, most bytes beyond
 * ASCII still stand in valid sequences. Neither, with control characters in it, is data.
 */
function notUtf8(bytes: Uint8Array, head: Uint8Array): 'utf8' | 'windows-1252' | 'binary' {
  if (isControlled(Buffer.from(head).toString('latin1'))) return 'binary';
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let broken = 0;
  let valid = 0;
  for (const [char] of decoded.matchAll(/[^\0-\x7f]/gu)) {
    if (char === '\uFFFD') broken++;
    else valid++;
  }
  return valid > broken ? 'utf8' : 'windows-1252';
}

/** Whether more than one in a hundred characters is a control character that no text has: all but tab, line ends, form feed, escape and ^Z. */
function isControlled(text: string): boolean {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 0x1a && code !== 0x1b) controls++;
  }
  return controls * 100 > text.length;
}

function lineEnds(raw: string): TextTraits['eol'] {
  if (!raw.includes('\r')) return raw.includes('\n') ? 'lf' : 'none';
  const crlf = raw.includes('\r\n');
  const cr = /\r(?!\n)/.test(raw);
  const lf = /(?<!\r)\n/.test(raw);
  if (Number(crlf) + Number(cr) + Number(lf) > 1) return 'mixed';
  return crlf ? 'crlf' : 'cr';
}

/** Long lines, of which one is most of the text or half are long: a test with some long SQL in it is none. */
function looksMinified(text: string): boolean {
  if (text.length < 5000) return false;
  const lengths = text.split('\n').map((line) => line.length);
  if (text.length / lengths.length <= 300) return false;
  lengths.sort((a, b) => a - b);
  return lengths.at(-1)! > text.length / 2 || lengths[lengths.length >> 1]! > 200;
}
