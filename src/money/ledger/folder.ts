/** Where the ledger lies: one folder for all windows and the command line of a user. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** In the user's data folder (XDG Base Directory Specification; on Windows the local application data): it is not a cache, nothing can make it again. */
export function ledgerFolder(env: Readonly<Record<string, string | undefined>>): string {
  const data =
    env.XDG_DATA_HOME || (process.platform === 'win32' ? env.LOCALAPPDATA : undefined) || join(env.HOME || homedir(), '.local', 'share');
  return join(data, 'longview', 'ledger');
}
