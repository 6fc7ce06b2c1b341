/** Names a file's record: the same content, read in the same way, has the same record. */
import type { FileEntry } from '../workspace/entry.js';

/** At the end of the key of a file that was over the limit: under another limit it has another record. */
const HUGE = ':huge';

/** @param hash of the content. @param huge whether the file keeps an outline alone. */
export function contentKeyOf(hash: string, { language }: Pick<FileEntry, 'language'>, huge: boolean): string {
  return `${hash}:${language ?? ''}${huge ? HUGE : ''}`;
}

/** The hash that the key was made of. */
export function hashIn(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

/** Whether the file with this key was over the limit. */
export function wasHuge(key: string): boolean {
  return key.endsWith(HUGE);
}
