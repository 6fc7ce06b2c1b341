/** A text file as it is to be written again: with its line breaks and its byte order mark. */
import { isUtf8 } from 'node:buffer';
import { lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { READ_BYTES, readFileBytes } from './read-file.js';

export type TextFile =
  /** `mode`: permissions, as `chmod` takes them. */
  | { readonly kind: 'text'; readonly text: string; readonly bytes: Uint8Array; readonly mode: number }
  | { readonly kind: 'nothing' }
  /** Why it cannot be written as text; the reason follows "it". */
  | { readonly kind: 'untouchable'; readonly reason: string };

const MARK = '\uFEFF';

/** Text with its line breaks as they are and without a byte order mark. Never throws. */
export function readTextFile(absolute: string): TextFile {
  try {
    const stat = lstatSync(absolute, { throwIfNoEntry: false });
    if (!stat) return isBelowFile(absolute) ? { kind: 'untouchable', reason: 'lies below a file' } : { kind: 'nothing' };
    if (stat.isSymbolicLink()) return { kind: 'untouchable', reason: 'is a link' };
    if (!stat.isFile()) return { kind: 'untouchable', reason: stat.isDirectory() ? 'is a folder' : 'is no plain file' };
    if (stat.size >= READ_BYTES) return { kind: 'untouchable', reason: 'is too large' };
    const bytes = readFileBytes(absolute);
    if (!isUtf8(bytes)) return { kind: 'untouchable', reason: 'is not in UTF-8' };
    if (bytes.includes(0)) return { kind: 'untouchable', reason: 'is binary' };
    const text = bytes.toString('utf8');
    return { kind: 'text', text: text.startsWith(MARK) ? text.slice(1) : text, bytes, mode: stat.mode & 0o777 };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { kind: 'untouchable', reason: `cannot be read (${code ?? String(error)})` };
  }
}

/** Whether the nearest thing around it that exists is no folder. */
function isBelowFile(absolute: string): boolean {
  for (let folder = dirname(absolute); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat || dirname(folder) === folder) return stat?.isDirectory() === false;
  }
}

/** Whether the bytes begin with a byte order mark. */
export function isMarked(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Bytes of a text, `marked`: behind a byte order mark. */
export function textBytes(text: string, marked: boolean): Uint8Array {
  return Buffer.from(marked ? MARK + text : text);
}
