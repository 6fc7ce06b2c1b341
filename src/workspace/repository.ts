/** The files of a folder as git lists them: tracked, and untracked but not ignored, with those of its submodules. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasGit, mayBeRepository, runGit } from './git.js';
import type { RealFolders } from './links.js';
import { printBadPath, splitNames } from './names.js';
import type { Problems } from './problems.js';
import { walkFolder } from './walk.js';

export interface RepositoryScan {
  readonly root: string;
  readonly folders: RealFolders;
  readonly problems: Pick<Problems, 'report'>;
  /** Whether to leave out a folder with all that is in it. */
  skips(folder: string): boolean;
  /** Milliseconds that git may take; default in `git.ts`. */
  readonly gitMs?: number | undefined;
}

/** With a tag before each path, so that one run tells tracked files ("H 100644 HASH 0\tPATH") from others ("? PATH"). */
const LIST = ['ls-files', '-z', '-t', '--stage', '--cached', '--others', '--exclude-standard'];
/** Mode of a submodule in git's index. */
const SUBMODULE = '160000';

/**
 * Paths below the root; undefined where git cannot tell, which is reported unless the
 * root is in no repository, or nothing but ignored by the one around it.
 * Rejects with the signal's reason when aborted.
 */
export async function listRepository(scan: RepositoryScan, signal?: AbortSignal): Promise<string[] | undefined> {
  if (!mayBeRepository(scan.root)) return undefined;
  const listed = await list(scan, '', undefined, signal);
  if (listed.kind === 'failed') {
    if (!listed.reason.startsWith('not a git repository (')) scan.problems.report('', 'git-failed', listed.reason);
    return undefined;
  }
  if (listed.paths.length === 0 && !hasGit(scan.root)) return undefined;
  return [...new Set(listed.paths)];
}

type Listed = { readonly kind: 'listed'; readonly paths: string[] } | { readonly kind: 'failed'; readonly reason: string };

/** Lists the repository whose work tree has the folder `at` ("" for the root). */
async function list(scan: RepositoryScan, at: string, ceiling: string | undefined, signal?: AbortSignal): Promise<Listed> {
  const { root, problems } = scan;
  const git = await runGit(join(root, at), LIST, { signal, timeoutMs: scan.gitMs, ...(ceiling === undefined ? {} : { ceiling }) });
  if (git.kind === 'failed') return git;
  const below = at === '' ? '' : `${at}/`;
  const { names, bad } = splitNames(git.output);
  for (const line of bad) {
    const path = line.subarray(line[0] === 0x3f ? 2 : line.indexOf('\t') + 1);
    problems.report(below + printBadPath(path), 'bad-name', 'its name is not UTF-8');
  }
  for (const [, path, reason] of git.warnings.matchAll(/^warning: (?:could not open directory|unable to access) '([^/].*?)\/?': (.*)$/gm))
    problems.report(below + path, 'unreadable', reason!);

  const paths: string[] = [];
  const submodules = new Set<string>();
  const nested: string[] = [];
  for (const line of names) {
    const untracked = line.startsWith('? ');
    const path = below + line.slice(untracked ? 2 : line.indexOf('\t') + 1);
    if (untracked && path.endsWith('/')) nested.push(path.slice(0, -1));
    else if (!untracked && line.startsWith(SUBMODULE, 2)) submodules.add(path);
    else paths.push(path);
  }
  for (const path of nested) {
    if (!submodules.has(path) && !scan.skips(path))
      problems.report(
        path,
        'nested-repository',
        'a git repository of its own that this one does not know: name it as another root to read it',
      );
  }
  for (const path of submodules) {
    if (!scan.skips(path)) for (const file of await listSubmodule(scan, path, signal)) paths.push(file);
  }
  return { kind: 'listed', paths };
}

async function listSubmodule(scan: RepositoryScan, path: string, signal?: AbortSignal): Promise<string[]> {
  const { root, folders, problems } = scan;
  const folder = join(root, path);
  const there = folders.has(path);
  if (there && hasGit(folder)) {
    // Without the ceiling git would take the repository around a broken submodule for its own.
    const listed = await list(scan, path, dirname(folder), signal);
    if (listed.kind === 'listed') return listed.paths;
    problems.report(path, 'git-failed', `a broken submodule, read as a plain folder: ${listed.reason}`);
  } else if (!existsSync(folder) || (there && isEmpty(folder))) {
    problems.report(path, 'submodule-absent', 'a submodule that is not checked out: git submodule update --init');
    return [];
  } else if (!there) return [];
  return walkFolder({ ...scan, start: path }, signal);
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}
