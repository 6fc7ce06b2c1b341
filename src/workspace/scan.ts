/**
 * Which files the workspace has: what git tracks and what it does not ignore, or, in a
 * plain folder, what the ignore files there leave; minus `.longviewignore`.
 */
import { execFile } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { folderOf } from '../base/paths.js';
import { classifyName } from './classify.js';
import type { FileEntry, Scan, ScanProblem, WorkspacePath } from './entry.js';
import { IgnoreRules } from './ignore-rules.js';

/** Scans the roots (absolute paths). With several, each path begins with its root's name. Rejects with the signal's reason when aborted. */
export async function scanWorkspace(roots: readonly string[], signal?: AbortSignal): Promise<Scan> {
  const problems: ScanProblem[] = [];
  const entries: FileEntry[] = [];
  let git = true;
  const placed = placeRoots(roots);
  for (const { folder: root, prefix } of placed) {
    signal?.throwIfAborted();
    const listed = await listWithGit(root, problems, signal);
    git &&= listed !== undefined;
    const paths = listed ?? walk(root, problems, signal);
    entries.push(...entriesOf(root, prefix, paths, problems));
  }
  return { entries: entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)), problems, roots: placed, git };
}

/** Roots with their prefixes: of several, the last name of each, with a number where two are the same. */
function placeRoots(roots: readonly string[]): Scan['roots'] {
  const seen = new Map<string, number>();
  return roots.map((folder) => {
    const name = basename(folder) || 'root';
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return { folder, prefix: roots.length === 1 ? '' : n === 1 ? `${name}/` : `${name}~${n}/` };
  });
}

/** Paths below a root as git lists them, submodules included; undefined where git cannot tell. */
async function listWithGit(root: string, problems: ScanProblem[], signal?: AbortSignal): Promise<string[] | undefined> {
  const files = await git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], signal);
  if (files.kind === 'failed') {
    if (!/not a git repository/.test(files.reason)) problems.push({ path: '', kind: 'git-failed', detail: files.reason });
    return undefined;
  }
  // A checked-out submodule is listed as one name; its files are its own git's to list.
  const staged = await git(root, ['ls-files', '-z', '--stage'], signal);
  const submodules =
    staged.kind === 'failed'
      ? []
      : splitNul(staged.output, '', problems).flatMap((l) => (l.startsWith('160000 ') ? [l.slice(l.indexOf('\t') + 1)] : []));
  const inside: string[] = [];
  for (const path of submodules) {
    const folder = join(root, path);
    if (lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) === undefined) continue;
    for (const file of (await listWithGit(folder, problems, signal)) ?? []) inside.push(`${path}/${file}`);
  }
  const skip = new Set(submodules);
  return [...new Set(splitNul(files.output, root, problems))].filter((p) => !skip.has(p) && !p.endsWith('/')).concat(inside);
}

type GitOutput = { readonly kind: 'listed'; readonly output: Buffer } | { readonly kind: 'failed'; readonly reason: string };

/** Runs git in `cwd`. Variables that hooks set must not point it elsewhere, and a repository's own configuration must not start programs (core.fsmonitor). */
function git(cwd: string, args: readonly string[], signal?: AbortSignal): Promise<GitOutput> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([k]) => !k.startsWith('GIT_')));
  return new Promise((resolve) => {
    execFile(
      'git',
      ['-c', 'core.fsmonitor=false', ...args],
      {
        cwd,
        env: { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_ALLOW_PROTOCOL: '', LC_ALL: 'C' },
        encoding: 'buffer',
        maxBuffer: 1 << 30,
        ...(signal ? { signal } : {}),
      },
      (error, stdout, stderr) => {
        if (!error) resolve({ kind: 'listed', output: stdout });
        else
          resolve({
            kind: 'failed',
            reason:
              (error as NodeJS.ErrnoException).code === 'ENOENT'
                ? 'git is not installed'
                : (stderr.toString().trim().split('\n')[0] ?? error.message),
          });
      },
    );
  });
}

/** Names between NUL bytes; one that is not UTF-8 cannot be written in a prompt or a record and is reported. */
function splitNul(bytes: Buffer, root: string, problems: ScanProblem[]): string[] {
  const text = bytes.toString('utf8');
  const names = text.split('\0');
  names.pop();
  if (!text.includes('\uFFFD')) return names;
  return names.filter((name) => {
    if (!name.includes('\uFFFD') || statSync(join(root, name), { throwIfNoEntry: false }) !== undefined) return true;
    problems.push({ path: name, kind: 'bad-name', detail: 'its name is not UTF-8' });
    return false;
  });
}

/** Folders that no project keeps its own source in; a plain folder has no .gitignore to say so. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', '.tox', '.mypy_cache', '.pytest_cache']);

/** Paths below a root by walking it, with the .gitignore files on the way. Symbolic links are not followed. */
function walk(root: string, problems: ScanProblem[], signal?: AbortSignal): string[] {
  const out: string[] = [];
  const open = [{ folder: '', rules: new IgnoreRules() }];
  for (let at = open.pop(); at; at = open.pop()) {
    signal?.throwIfAborted();
    const { folder } = at;
    let children: ReturnType<typeof readFolder>;
    try {
      children = readFolder(join(root, folder));
    } catch (error) {
      problems.push({ path: folder, kind: 'unreadable', detail: (error as NodeJS.ErrnoException).code ?? String(error) });
      continue;
    }
    const rules = children.some((c) => c.name === '.gitignore')
      ? at.rules.with(folder, readOrEmpty(join(root, folder, '.gitignore')))
      : at.rules;
    for (const child of children) {
      const path = folder === '' ? child.name : `${folder}/${child.name}`;
      const isFolder = child.isDirectory();
      if ((isFolder && SKIPPED.has(child.name)) || rules.ignores(path, isFolder)) continue;
      if (isFolder) open.push({ folder: path, rules });
      else if (child.name.includes('\uFFFD') && lstatSync(join(root, path), { throwIfNoEntry: false }) === undefined)
        problems.push({ path, kind: 'bad-name', detail: 'its name is not UTF-8' });
      else out.push(path);
    }
  }
  return out;
}

const readFolder = (path: string) => readdirSync(path, { withFileTypes: true });

function readOrEmpty(path: string): string {
  try {
    // A pipe, or a link to one, would block for ever.
    return lstatSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

/** Stats each path, drops what is not a plain file and what `.longviewignore` names. */
function entriesOf(root: string, prefix: string, paths: readonly string[], problems: ScanProblem[]): FileEntry[] {
  const ignored = longviewRules(root, paths);
  const entries: FileEntry[] = [];
  let home: string | undefined;
  for (const path of paths) {
    if (ignored?.ignores(path, false)) continue;
    const absolute = join(root, path);
    let stat = lstatOf(absolute, path, problems);
    if (!stat) continue;
    if (stat.isSymbolicLink()) {
      // A link to a file inside the root is the file it leads to, which is listed itself; one that leads out is not the workspace's.
      home ??= `${realpathSync(root)}${sep}`;
      const target = targetOf(absolute);
      if (target !== undefined && !target.startsWith(home))
        problems.push({ path: prefix + path, kind: 'outside-root', detail: 'a symbolic link that leads out of the workspace' });
      continue;
    }
    if (!stat.isFile()) {
      // Pipes and sockets block whoever opens them.
      if (!stat.isDirectory()) problems.push({ path: prefix + path, kind: 'not-a-file', detail: 'neither file nor folder' });
      continue;
    }
    stat = stat as NonNullable<typeof stat>;
    entries.push({ path: prefix + path, absolute, size: stat.size, mtimeMs: stat.mtimeMs, ...classifyName(path) });
  }
  return entries;
}

function lstatOf(absolute: string, path: WorkspacePath, problems: ScanProblem[]) {
  try {
    return lstatSync(absolute, { throwIfNoEntry: false });
  } catch (error) {
    problems.push({ path, kind: 'unreadable', detail: (error as NodeJS.ErrnoException).code ?? String(error) });
    return undefined;
  }
}

/** Where a link leads in the end; undefined when nowhere or in a ring. */
function targetOf(absolute: string): string | undefined {
  try {
    return realpathSync(absolute);
  } catch {
    return undefined;
  }
}

/** Rules of every `.longviewignore` among the files, outer ones first. */
function longviewRules(root: string, paths: readonly string[]): IgnoreRules | undefined {
  const files = paths.filter((p) => basename(p) === '.longviewignore').sort((a, b) => a.length - b.length);
  return files.length === 0
    ? undefined
    : files.reduce((rules, f) => rules.with(folderOf(f), readOrEmpty(join(root, f))), new IgnoreRules());
}
