/** Where the ledger lies: one folder for all windows and the command line of a user. */
import { join } from 'node:path';
import { dataFolder } from '../../base/user-folders.js';

export function ledgerFolder(env: Readonly<Record<string, string | undefined>>): string {
  return join(dataFolder(env), 'ledger');
}
