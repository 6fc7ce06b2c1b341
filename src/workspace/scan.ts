/**
 * Which files the workspace has: what git tracks and what it does not ignore, or, in a
 * plain folder, what the ignore files there leave; minus `.longviewignore`. Nothing is
 * fatal, and nothing is lost in silence: what could not be taken in is among the problems.
 */
import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { folderOf, nameOf } from '../base/paths.js';
import { LinguistAttributes } from './attributes.js';
import { classifyName } from './classify.js';
import type { FileEntry, Scan } from './entry.js';
import { runGit } from './git.js';
import { IgnoreRules } from './ignore-rules.js';
import { RealFolders } from './links.js';
import { codeOf, Problems } from './problems.js';
import { listRepository } from './repository.js';
import { placeRoots, type Root } from './roots.js';
import { IGNORE_CASE, readRules, walkFolder } from './walk.js';

export interface ScanOptions {
  /** Further patterns in gitignore syntax, seen from each root; they outweigh every ignore file. */
  readonly ignore?: readonly string[];
  /** Milliseconds that each run of git may take before the folder is read without it; default 60,000. */
  readonly gitMs?: number;
}

/** Files looked at between two looks at the signal. */
const TURN = 1_000;

/** Scans the roots (absolute paths). With several, each path begins with its root's name. Rejects with the signal's reason when aborted. */
export async function scanWorkspace(roots: readonly string[], options: ScanOptions = {}, signal?: AbortSignal): Promise<Scan> {
  signal?.throwIfAborted();
  const problems = new Problems();
  const placed = placeRoots(roots, problems);
  const scans = await Promise.all(
    placed.map((root) =>
      scanRoot(
        root,
        placed.map((r) => r.real),
        problems.below(root.prefix),
        options,
        signal,
      ),
    ),
  );
  return {
    entries: scans.flatMap((s) => s.entries).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    problems: problems.list(),
    roots: placed.map(({ folder, prefix }) => ({ folder, prefix })),
    git: scans.every((s) => s.git),
  };
}

async function scanRoot(
  { folder: root, prefix, inner }: Root,
  homes: readonly string[],
  problems: Pick<Problems, 'report'>,
  { ignore = [], gitMs }: ScanOptions,
  signal?: AbortSignal,
): Promise<{ readonly entries: FileEntry[]; readonly git: boolean }> {
  const folders = new RealFolders(root, homes, problems);
  const extra = new IgnoreRules(IGNORE_CASE).with('', ignore.join('\n'));
  const skips = (folder: string): boolean => inner.includes(folder) || extra.ignores(folder, true);
  const listed = await listRepository({ root, folders, problems, skips, gitMs }, signal);
  const paths = listed ?? (await walkFolder({ root, start: '', skips, problems }, signal));
  const ruleFiles = (name: string): string[] => paths.filter((p) => p.endsWith(name) && nameOf(p) === name && folders.has(folderOf(p)));
  const own = await longviewRules(root, ruleFiles('.longviewignore'), listed !== undefined, signal);
  const attributes = readAttributes(root, ruleFiles('.gitattributes'));

  const entries: FileEntry[] = [];
  for (const [n, path] of paths.entries()) {
    if (n % TURN === TURN - 1) await setImmediate();
    signal?.throwIfAborted();
    if (extra.ignores(path, false) || own.ignores(path, false) || inner.some((r) => path.startsWith(`${r}/`))) continue;
    if (!folders.has(folderOf(path))) continue;
    const absolute = join(root, path);
    const stat = lookAt(absolute, path, folders, problems);
    if (!stat) continue;
    const traits = { ...classifyName(path), ...attributes.of(path) };
    entries.push({ path: prefix + path, absolute, size: stat.size, mtimeMs: stat.mtimeMs, ...traits });
  }
  return { entries, git: listed !== undefined };
}

/** What the file system says of a plain file; undefined for all else, which is reported where it means a loss. */
function lookAt(absolute: string, path: string, folders: RealFolders, problems: Pick<Problems, 'report'>): Stats | undefined {
  try {
    const stat = lstatSync(absolute, { throwIfNoEntry: false });
    if (stat?.isFile()) return stat;
    if (stat?.isSymbolicLink()) folders.reportLink(path);
    // Pipes and sockets block whoever opens them.
    else if (stat && !stat.isDirectory()) problems.report(path, 'not-a-file', 'neither file nor folder');
  } catch (error) {
    problems.report(path, 'unreadable', codeOf(error));
  }
  return undefined;
}

/** Rules of the root's `.longviewignore`, which may itself be ignored, and of those among the files, outer ones first. */
async function longviewRules(root: string, listed: readonly string[], isRepository: boolean, signal?: AbortSignal): Promise<IgnoreRules> {
  const texts = outerFirst(new Set(['.longviewignore', ...listed]))
    .map((file) => [folderOf(file), readRules(join(root, file))] as const)
    .filter(([, text]) => text !== '');
  if (texts.length === 0) return new IgnoreRules();
  const asked = isRepository ? await runGit(root, ['config', '--type=bool', 'core.ignoreCase'], { signal }) : undefined;
  const ignoreCase = asked?.kind === 'done' ? asked.output.toString().trim() === 'true' : IGNORE_CASE;
  return texts.reduce((rules, [folder, text]) => rules.with(folder, text), new IgnoreRules(ignoreCase));
}

function readAttributes(root: string, files: readonly string[]): LinguistAttributes {
  const attributes = new LinguistAttributes();
  for (const file of outerFirst(files)) attributes.add(folderOf(file), readRules(join(root, file)));
  return attributes;
}

/** An outer folder's path is shorter than those of the folders in it. */
const outerFirst = (paths: Iterable<string>): string[] => [...paths].sort((a, b) => a.length - b.length);
