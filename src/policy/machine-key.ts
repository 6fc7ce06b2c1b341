/** A secret of this machine: without it nobody can tell from a placeholder whether a guess at the secret behind it is right. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, replaceFile } from '../base/whole-files.js';

const BYTES = 32;

/** Read from `folder`, or made there once, readable for the user alone. Of several processes that make it at once all have the first one's. */
export async function machineKey(folder: string): Promise<Uint8Array> {
  const file = join(folder, 'redaction.key');
  const known = await keyIn(file);
  if (known) return known;
  await createFile(file, randomBytes(BYTES));
  const made = await keyIn(file);
  if (made) return made;
  // What is there was damaged before: nobody makes less.
  await replaceFile(file, randomBytes(BYTES));
  return await readFile(file);
}

/** Undefined where there is none, or less than one. */
async function keyIn(file: string): Promise<Uint8Array | undefined> {
  try {
    const key = await readFile(file);
    return key.length >= BYTES ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
