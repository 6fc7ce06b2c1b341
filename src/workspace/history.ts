/** What git's log says of the workspace's files: which changed together, and when. */
import type { Scan, WorkspacePath } from './entry.js';
import { mayBeRepository, runGit } from './git.js';

/** Commits of the past, newest first, for co-change and recency. */
export interface History {
  readonly commits: readonly HistoryCommit[];
}
export interface HistoryCommit {
  /** Seconds since 1970 (author date). */
  readonly time: number;
  /** Files it touched, by their names of then: some may be gone by now. Commits of more than {@link WIDE} files are left out: they say nothing about any pair. */
  readonly files: readonly WorkspacePath[];
}

const COMMITS = 1_000;
const WIDE = 50;

/** History of the roots together, newest first; undefined where there is none to speak of: no git, or a single commit. Merges are left out. Takes about 0.1 s for 1,000 commits. */
export async function readHistory(roots: Scan['roots'], signal?: AbortSignal): Promise<History | undefined> {
  const logs = await Promise.all(roots.map(async ({ folder, prefix }) => parseLog(await outputOf(folder, LOG, signal), prefix)));
  const commits = logs.flat().sort((a, b) => b.time - a.time);
  return commits.length > 1 ? { commits } : undefined;
}

/** Reads the history again only when a branch has moved. */
export class HistoryReader {
  #heads: string | undefined;
  #history: History | undefined;

  /** As {@link readHistory} gives it. */
  async read(roots: Scan['roots'], signal?: AbortSignal): Promise<History | undefined> {
    const heads = JSON.stringify(
      await Promise.all(roots.map(async ({ folder, prefix }) => [folder, prefix, await headOf(folder, signal)])),
    );
    if (heads !== this.#heads) {
      const history = await readHistory(roots, signal);
      if (signal?.aborted) return history;
      this.#history = history;
      this.#heads = heads;
    }
    return this.#history;
  }
}

/** Names what git's log would say: the commit, and whether a shallow clone cuts what lies before it. */
async function headOf(root: string, signal?: AbortSignal): Promise<string> {
  return await outputOf(root, ['rev-parse', 'HEAD', '--is-shallow-repository'], signal);
}

/** Output of git's log: per commit \x01, its time, NUL, then each name with NUL behind it. */
export function parseLog(log: string, prefix: string): HistoryCommit[] {
  return log.split('\x01').flatMap((entry): HistoryCommit[] => {
    const [time = '', ...names] = entry.split('\0');
    const files = names.map((n) => n.replace(/^\n/, '')).filter((n) => n !== '');
    return files.length > 0 && files.length <= WIDE ? [{ time: Number(time.trim()), files: files.map((f) => prefix + f) }] : [];
  });
}

const LOG = ['log', '--no-merges', '--no-renames', '--relative', '--name-only', '-z', `-n${COMMITS}`, '--format=%x01%at'];

/** "" where there is no git, no commit yet, or the run was aborted: whoever aborted it hears so from the scan. */
async function outputOf(root: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  if (!mayBeRepository(root)) return '';
  try {
    const git = await runGit(root, args, { signal });
    return git.kind === 'done' ? git.output.toString() : '';
  } catch {
    return '';
  }
}
