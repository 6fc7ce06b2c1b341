/** The ledger that a command reads. */
import { resolve } from 'node:path';
import { NewerLedgerError } from '../money/ledger/account.js';
import { ledgerFolder } from '../money/ledger/folder.js';
import { CommandError, type Terminal } from './command.js';

/** `--ledger`, or the one of the user. */
export function ledgerOption(named: string | undefined, { env, cwd }: Terminal): string {
  return named === undefined ? ledgerFolder(env) : resolve(cwd, named);
}

/** Turns what can go wrong while a ledger is read into a message. */
export async function readLedger<T>(folder: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NewerLedgerError)
      throw new CommandError(`The ledger in "${folder}" is a newer Longview's: ${error.message}. Update this one.`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`The ledger in "${folder}" cannot be read (${code}). Check the path and its permissions.`);
  }
}
