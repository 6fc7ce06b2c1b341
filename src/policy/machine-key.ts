/** A secret of this machine: without it nobody can tell from a placeholder whether a guess at the secret behind it is right. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BYTES = 32;

/** Read from `folder`, or made there once, readable for the user alone. Of several processes that make it at once all have the first one's. */
export async function machineKey(folder: string): Promise<Uint8Array> {
  const file = join(folder, 'redaction.key');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, randomBytes(BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = await readFile(file);
  // A process that was killed while it wrote leaves less.
  if (key.length >= BYTES) return key;
  await writeFile(file, randomBytes(BYTES), { mode: 0o600 });
  return await readFile(file);
}
