/** Writes several files as one: all of them, or none. */
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readFile, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

export interface FileWrite {
  readonly absolute: string;
  /** What is there now; undefined where nothing is. */
  readonly before: Uint8Array | undefined;
  /** What is to be there; undefined to delete it. */
  readonly after: Uint8Array | undefined;
}

/** Nothing was written: the file is not what it was, or not where it seems to be. */
export class WriteRefusedError extends Error {}

/**
 * Looks at every file once more, writes the new ones beside the old and then puts them in
 * place. When one cannot be put in place, those before it are put back. Throws a
 * {@link WriteRefusedError} before anything has changed, or the file system's error after all has been put back.
 * @param roots absolute paths of the folders that everything must lie in, links followed.
 */
export async function writeFiles(writes: readonly FileWrite[], roots: readonly string[]): Promise<void> {
  const inside = await Promise.all(roots.map((r) => realpath(r)));
  for (const write of writes) await check(write, inside);
  const ready: { readonly write: FileWrite; readonly beside: string | undefined }[] = [];
  const done: FileWrite[] = [];
  const made: { readonly deepest: string; readonly first: string }[] = [];
  try {
    for (const write of writes) {
      const deepest = dirname(write.absolute);
      const first = write.after && (await mkdir(deepest, { recursive: true }));
      if (first !== undefined) made.push({ deepest, first });
      ready.push({ write, beside: write.after && (await writeBeside(write.absolute, write.after)) });
    }
    for (const { write, beside } of ready) {
      if (beside === undefined) await rm(write.absolute);
      else await rename(beside, write.absolute);
      done.push(write);
    }
  } catch (error) {
    for (const { beside } of ready) if (beside !== undefined) await rm(beside, { force: true });
    for (const write of done.reverse()) await putBack(write);
    for (const { deepest, first } of made.reverse()) await removeEmpty(deepest, first);
    throw error;
  }
}

async function check({ absolute, before }: FileWrite, roots: readonly string[]): Promise<void> {
  const refuse = (why: string): never => {
    throw new WriteRefusedError(`${absolute} ${why}. Nothing was written.`);
  };
  const real = await realFolderOf(absolute);
  if (!roots.some((root) => real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)))
    refuse('lies outside of the workspace, behind a link');
  const there = await lstat(absolute).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? undefined : Promise.reject(error),
  );
  if (there && !there.isFile()) refuse(there.isSymbolicLink() ? 'is a link' : 'is not a plain file');
  if (!before) {
    if (there) refuse('is there already');
  } else if (!there) refuse('is gone');
  else if (Buffer.compare(await readFile(absolute), before) !== 0) refuse('has changed meanwhile');
}

/** Where the nearest folder that exists really lies. */
async function realFolderOf(absolute: string): Promise<string> {
  for (let folder = dirname(absolute); ; folder = dirname(folder)) {
    try {
      return await realpath(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    }
  }
}

/** On disk beside the file, with its permissions. Returns where. */
async function writeBeside(absolute: string, bytes: Uint8Array): Promise<string> {
  const beside = join(dirname(absolute), `.longview-${randomBytes(6).toString('hex')}`);
  const mode = await stat(absolute).then(
    (s) => s.mode & 0o777,
    () => undefined,
  );
  const file = await open(beside, 'wx', mode ?? 0o666);
  try {
    if (mode !== undefined) await file.chmod(mode);
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return beside;
}

/** Removes folders from the deepest up to the first, as long as nothing is in them. */
async function removeEmpty(deepest: string, first: string): Promise<void> {
  for (let folder = deepest; folder.length >= first.length; folder = dirname(folder)) {
    const removed = await rmdir(folder).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

async function putBack({ absolute, before }: FileWrite): Promise<void> {
  if (before) await rename(await writeBeside(absolute, before), absolute);
  else await rm(absolute, { force: true });
}
