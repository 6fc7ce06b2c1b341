/** Which files a model is shown at all. */
import type { Snapshot } from '../index/snapshot.js';
import type { FileRecord } from '../syntax/record.js';
import type { WorkspacePath } from '../workspace/entry.js';

/** Text that says something to a reader: neither binary nor minified. */
export const isReadable = ({ text }: FileRecord): boolean => text.encoding !== 'binary' && !text.minified;

/** The same, and not a lock file. */
export function isPackable(snapshot: Snapshot, path: WorkspacePath, record: FileRecord): boolean {
  return isReadable(record) && snapshot.entry(path)?.lock !== true;
}
