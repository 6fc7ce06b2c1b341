/**
 * Runs git over a folder that nobody has vouched for: git may look, and nothing that the
 * repository's own configuration names may run or be fetched.
 */
import { execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type GitOutput =
  | { readonly kind: 'done'; readonly output: Buffer /** What git said on standard error, in English. */; readonly warnings: string }
  | { readonly kind: 'failed' /** One line, with the one thing to do where there is one. */; readonly reason: string };

/** Milliseconds that git may take. It waits for ever for the other end of a pipe that stands where it looks for an ignore file. */
const GIT_MS = 60_000;

/**
 * `core.fsmonitor` is a program that git asks for changes. In a partial clone a missing
 * object would make git fetch it, through programs that the repository names
 * (`core.sshCommand`, `remote.*.uploadpack`): no protocol is allowed, and git from 2.45
 * on does not even try.
 */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'];
const SAFE_ENV = { GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
/** What a user may have set about git on purpose; other GIT_ variables come from a hook around us and would point git elsewhere. */
const KEPT_ENV = /^GIT_(CONFIG_GLOBAL|CONFIG_SYSTEM|CONFIG_NOSYSTEM|EXEC_PATH|SSL_.*)$/;

export interface GitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Folder above which no repository is looked for. */
  readonly ceiling?: string;
  /** Default 60,000. */
  readonly timeoutMs?: number | undefined;
}

/** Runs git in the existing folder `cwd`. Rejects with the signal's reason when aborted. */
export function runGit(cwd: string, args: readonly string[], { signal, ceiling, timeoutMs = GIT_MS }: GitOptions = {}): Promise<GitOutput> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([k]) => !k.startsWith('GIT_') || KEPT_ENV.test(k)));
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...SAFE, ...args],
      {
        cwd,
        env: { ...env, ...SAFE_ENV, ...(ceiling === undefined ? {} : { GIT_CEILING_DIRECTORIES: ceiling }) },
        encoding: 'buffer',
        maxBuffer: 1 << 30,
        timeout: timeoutMs,
        ...(signal ? { signal } : {}),
      },
      (error, output, stderr) => {
        if (signal?.aborted) reject(signal.reason);
        else if (!error) resolve({ kind: 'done', output, warnings: stderr.toString() });
        else if (error.killed === true) resolve({ kind: 'failed', reason: `git gave no answer within ${timeoutMs / 1000} s` });
        else if (error.code === 'ENOENT') resolve({ kind: 'failed', reason: 'git is not installed, or not on the PATH' });
        else resolve({ kind: 'failed', reason: reasonOf(stderr.toString(), error.message) });
      },
    ).stdin?.end();
  });
}

function reasonOf(stderr: string, fallback: string): string {
  const fix = /^\tgit config --global --add safe\.directory (.+)$/m.exec(stderr)?.[1];
  if (fix !== undefined)
    return `git does not trust this repository, which belongs to another user. If you do: git config --global --add safe.directory ${fix}`;
  const lines = stderr.trim().split('\n');
  return (lines.find((l) => l.startsWith('fatal: ')) ?? lines[0] ?? '').replace(/^fatal: /, '') || fallback;
}

/** Whether `folder` or one around it has a `.git`: else git need not be asked. */
export function mayBeRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (hasGit(at)) return true;
    if (dirname(at) === at) return false;
  }
}

export function hasGit(folder: string): boolean {
  try {
    return lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
