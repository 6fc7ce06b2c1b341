/** A scan brought up to date at single files, for a caller who knows which ones changed. */
import { lstatSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import type { FileEntry, Scan } from './entry.js';

/** What stands in these files decides about others. */
const STEERING = new Set(['.gitignore', '.longviewignore', '.gitattributes', '.gitmodules']);

/**
 * The scan with the files at these absolute paths looked at anew. Undefined when only a
 * whole scan can tell: one of them is gone, is no plain file any more, or decides about
 * others. A path that is no file of the scan is passed over: whoever calls says that none
 * has come or gone.
 */
export function lookAgain(scan: Scan, changed: Iterable<string>): Scan | undefined {
  let entries: FileEntry[] | undefined;
  for (const absolute of changed) {
    if (STEERING.has(basename(absolute))) return undefined;
    const at = scan.entries.findIndex((e) => e.absolute === absolute);
    if (at < 0) continue;
    const stat = lstat(absolute);
    if (!stat?.isFile()) return undefined;
    entries ??= [...scan.entries];
    entries[at] = { ...entries[at]!, size: stat.size, mtimeMs: stat.mtimeMs };
  }
  return entries ? { ...scan, entries } : scan;
}

function lstat(absolute: string): Stats | undefined {
  try {
    return lstatSync(absolute, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
