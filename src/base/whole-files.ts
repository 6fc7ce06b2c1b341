/** Files that are there whole or not at all, whoever else writes and whenever the process ends. Readable for the user alone. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts a file with this content in the place of what is there; on the disk when this returns. Makes its folder. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await besides(path, content, (beside) => rename(beside, path));
}

/** Puts a file with this content where none is; on the disk when this returns. False, and nothing is changed, where one is. Makes its folder. */
export async function createFile(path: string, content: string | Uint8Array): Promise<boolean> {
  try {
    await besides(path, content, (beside) => putNew(beside, path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Gives the file `beside` the name `path` where nothing has it, and may leave it beside too. Rejects with EEXIST, as
 * surely as the file system has hard links: without them, what came there a moment ago is replaced.
 */
export async function putNew(beside: string, path: string): Promise<void> {
  try {
    await link(beside, path);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await rename(beside, path);
  }
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/** Writes a file of its own in the same folder, and leaves none behind whatever comes of it. */
async function besides(path: string, content: string | Uint8Array, then: (beside: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await then(beside);
  } finally {
    await rm(beside, { force: true });
  }
}
