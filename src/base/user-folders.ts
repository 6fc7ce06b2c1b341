/** Folders of the user's that Longview keeps things in (XDG Base Directory Specification; on Windows the local application data). */
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** For what nothing can make again. */
export function dataFolder(env: Environment): string {
  return folderOf(env, env.XDG_DATA_HOME, '.local', 'share');
}

/** For what can be deleted at any time. */
export function cacheFolder(env: Environment): string {
  return folderOf(env, env.XDG_CACHE_HOME, '.cache');
}

function folderOf(env: Environment, set: string | undefined, ...usual: readonly string[]): string {
  const base = set || (process.platform === 'win32' ? env.LOCALAPPDATA : undefined) || join(env.HOME || homedir(), ...usual);
  return join(base, 'longview');
}
