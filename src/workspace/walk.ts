/** The files of a plain folder: what the `.gitignore` files on the way leave. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { IgnoreRules } from './ignore-rules.js';
import { printBadPath } from './names.js';
import { codeOf, type Problems } from './problems.js';

/** Folders that no project keeps its own source in; a plain folder has no .gitignore to say so. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', '.tox', '.mypy_cache', '.pytest_cache']);

/** Whether names that differ in case alone are one file here, as the systems' own disks have it. */
export const IGNORE_CASE = process.platform === 'win32' || process.platform === 'darwin';

/** Folders read between two looks at the signal, and between two turns of whatever else runs in this thread. */
const TURN = 100;

export interface Walk {
  readonly root: string;
  /** Folder to begin in, "" for the root. */
  readonly start: string;
  /** Whether to leave out a folder with all that is in it. */
  skips(folder: string): boolean;
  readonly problems: Pick<Problems, 'report'>;
}

/** Paths below the root; symbolic links are among them and not followed. Rejects with the signal's reason when aborted. */
export async function walkFolder({ root, start, skips, problems }: Walk, signal?: AbortSignal): Promise<string[]> {
  const paths: string[] = [];
  const open = [{ folder: start, rules: new IgnoreRules(IGNORE_CASE) }];
  for (let at = open.pop(), n = 1; at; at = open.pop(), n++) {
    if (n % TURN === 0) await setImmediate();
    signal?.throwIfAborted();
    const { folder } = at;
    let children: ReturnType<typeof readFolder>;
    try {
      children = readFolder(join(root, folder));
    } catch (error) {
      problems.report(folder, 'unreadable', codeOf(error));
      continue;
    }
    const bad = children.some((c) => c.name.includes('\uFFFD')) ? badNames(join(root, folder)) : undefined;
    for (const name of bad?.values() ?? [])
      problems.report(folder === '' ? name : `${folder}/${name}`, 'bad-name', 'its name is not UTF-8');
    const rules = children.some((c) => c.name === '.gitignore')
      ? at.rules.with(folder, readRules(join(root, folder, '.gitignore')))
      : at.rules;
    for (const child of children) {
      const path = folder === '' ? child.name : `${folder}/${child.name}`;
      const isFolder = child.isDirectory();
      if (bad?.has(child.name) || child.name === '.git' || (isFolder && SKIPPED.has(child.name)) || rules.ignores(path, isFolder)) continue;
      if (!isFolder) paths.push(path);
      else if (!skips(path)) open.push({ folder: path, rules });
    }
  }
  return paths;
}

const readFolder = (path: string) => readdirSync(path, { withFileTypes: true });

/** Names in a folder that are not UTF-8: as node decodes them, and in print. */
function badNames(folder: string): Map<string, string> {
  const bad = new Map<string, string>();
  for (const name of readdirSync(folder, { encoding: 'buffer' })) {
    const decoded = name.toString();
    if (!name.equals(Buffer.from(decoded))) bad.set(decoded, printBadPath(name));
  }
  return bad;
}

/** Text of an ignore or attribute file; "" for one that is not there or not a plain file: git follows no link there, and a pipe would block for ever. */
export function readRules(path: string): string {
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}
