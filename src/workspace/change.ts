/** What has changed since the last commit, as git tells it, and how the last commits were named. */
import { join } from 'node:path';
import { decode } from './decode.js';
import type { Scan, WorkspacePath } from './entry.js';
import { mayBeRepository, runGit } from './git.js';
import { readFileBytes } from './read-file.js';

/** `staged`: what the next commit would have. `all`: what is not committed, new files that git does not ignore among it. */
export type ChangeScope = 'staged' | 'all';

export interface Change {
  readonly kind: 'change';
  /** Unified, three lines of context, with paths of the workspace behind "a/" and "b/"; "" for no change. */
  readonly diff: string;
  /** Files of the diff, sorted; those that are gone too. */
  readonly files: readonly WorkspacePath[];
  /** First lines of the newest commit messages of the first repository, newest first. */
  readonly subjects: readonly string[];
}

export type ReadChange = Change | { readonly kind: 'failed'; readonly reason: string };

/** New files that are shown; more of them are no change that somebody wrote. */
const NEW_FILES = 200;
/** A new file of more bytes is named and not shown. */
const NEW_BYTES = 1_000_000;
const SUBJECTS = 20;

/**
 * No program that the repository names: neither external diffs nor conversions, no hook, nothing
 * about submodules, whose configuration is their own. Nothing is written: the index is not refreshed.
 */
const DIFF = ['-c', 'core.hooksPath=/dev/null', '-c', 'diff.autoRefreshIndex=false', '-c', 'core.quotePath=false'];
const DIFF_OPTIONS = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=all',
  '--relative',
  '--find-renames',
  '--diff-algorithm=histogram',
  '-U3',
];

/** Reads the change of all roots together. Rejects with the signal's reason when aborted. */
export async function readChange(roots: Scan['roots'], scope: ChangeScope, signal?: AbortSignal): Promise<ReadChange> {
  const repositories = roots.filter(({ folder }) => mayBeRepository(folder));
  if (repositories.length === 0) return { kind: 'failed', reason: 'No folder of the workspace is in a git repository.' };
  const changes: Change[] = [];
  for (const root of repositories) {
    const change = await changeOf(root, scope, signal);
    if (change.kind === 'failed') return change;
    changes.push(change);
  }
  return {
    kind: 'change',
    diff: changes.map((c) => c.diff).join(''),
    files: [...new Set(changes.flatMap((c) => c.files))].sort(),
    subjects: changes[0]!.subjects,
  };
}

async function changeOf({ folder, prefix }: Scan['roots'][number], scope: ChangeScope, signal?: AbortSignal): Promise<ReadChange> {
  const git = async (args: readonly string[]): Promise<string> => {
    const ran = await runGit(folder, args, { signal });
    if (ran.kind === 'failed') throw new GitFailed(ran.reason);
    return ran.output.toString();
  };
  try {
    const born = (await runGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD'], { signal })).kind === 'done';
    const against = scope === 'staged' || !born ? ['--cached'] : ['HEAD'];
    const safe = [...(await withoutFilters(git)), ...DIFF];
    const prefixes = [`--src-prefix=a/${prefix}`, `--dst-prefix=b/${prefix}`];
    const diff = await git([...safe, 'diff', ...DIFF_OPTIONS, ...prefixes, ...against, '--', '.']);
    const names = await git([...safe, 'diff', ...DIFF_OPTIONS, '--no-renames', '--name-only', '-z', ...against, '--', '.']);
    const others = scope === 'staged' ? '' : await git(['ls-files', '--others', '--exclude-standard', '-z', '--', '.']);
    const added = names0(others).slice(0, NEW_FILES);
    const log = born ? await git(['log', '--no-merges', `-n${SUBJECTS}`, '--format=%s', '-z', '--', '.']) : '';
    return {
      kind: 'change',
      diff: diff + added.map((name) => newFile(join(folder, name), prefix + name)).join(''),
      files: [...names0(names), ...added].map((name) => prefix + name).sort(),
      subjects: names0(log),
    };
  } catch (error) {
    if (error instanceof GitFailed) return { kind: 'failed', reason: `git could not tell what changed in "${folder}": ${error.message}.` };
    throw error;
  }
}

class GitFailed extends Error {}

const names0 = (output: string): string[] => output.split('\0').filter((name) => name !== '');

/** Switches off the filters that the repository itself configures: git would run them over changed files. The user's own (git-lfs) stay. */
async function withoutFilters(git: (args: readonly string[]) => Promise<string>): Promise<string[]> {
  const listed = names0(await git(['config', '--list', '--show-scope', '--name-only', '-z']));
  const drivers = new Set<string>();
  for (let i = 0; i + 1 < listed.length; i += 2) {
    const [, driver] = /^filter\.(.+)\.(?:clean|smudge|process|required)$/s.exec(listed[i + 1]!) ?? [];
    if (driver !== undefined && (listed[i] === 'local' || listed[i] === 'worktree')) drivers.add(driver);
  }
  return [...drivers].flatMap((d) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((setting) => ['-c', `filter.${d}.${setting}`]),
  );
}

/** A file that git does not know yet, as its diff would be. */
function newFile(absolute: string, path: WorkspacePath): string {
  const name = quoted(`b/${path}`);
  const head = `diff --git ${quoted(`a/${path}`)} ${name}\nnew file\n`;
  try {
    const bytes = readFileBytes(absolute);
    const { text, traits } = decode(bytes);
    if (traits.encoding === 'binary' || bytes.length > NEW_BYTES) return `${head}Binary or large file ${name}\n`;
    const lines = text.replace(/\n$/, '').split('\n');
    return text === '' ? head : `${head}--- /dev/null\n+++ ${name}\n@@ -0,0 +1,${lines.length} @@\n${lines.map((l) => `+${l}\n`).join('')}`;
  } catch {
    // A link, or gone since git named it.
    return head;
  }
}

/** As git writes a name that has characters which would end it. */
function quoted(name: string): string {
  if (!/[\p{Cc}"\\]/u.test(name)) return name;
  const escaped = name.replace(/["\\]/g, '\\$&').replace(/\p{Cc}/gu, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${escaped}"`;
}
