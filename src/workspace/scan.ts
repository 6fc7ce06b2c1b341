/** Which files the workspace has. */
import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { languageOfName } from '../syntax/languages.js';
import type { FileEntry, Scan } from './entry.js';

/** Scans one root. */
export function scanWorkspace(root: string): Scan {
  const names = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\0')
    .filter(Boolean);
  const entries: FileEntry[] = [];
  for (const path of [...new Set(names)].sort()) {
    const absolute = join(root, path);
    const stat = lstatSync(absolute, { throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    entries.push({
      path,
      absolute,
      size: stat.size,
      mtimeMs: stat.mtimeMs,
      language: languageOfName(path)?.id,
      lock: false,
      vendored: false,
      generated: false,
      test: /(^|\/)tests?\/|[._-](test|spec)\./i.test(path),
      binary: false,
    });
  }
  return { entries, problems: [], git: true };
}
