/** Writes several files as one: all of them, or none. */
import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync, renameSync, unlinkSync } from 'node:fs';
import { mkdir, open, readdir, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { putNew } from '../base/whole-files.js';

export interface FileWrite {
  readonly absolute: string;
  /** What is there now; undefined where nothing is. */
  readonly before: Uint8Array | undefined;
  /** What is to be there; undefined to delete it. */
  readonly after: Uint8Array | undefined;
  /** Permissions of a file that is made, or put back; else those that are usual, or that it has. */
  readonly mode?: number | undefined;
}

/** Nothing was written: the file is not what it was, or not where it seems to be. */
export class WriteRefusedError extends Error {}

/** Some files were written, others not, and those could not be put back: the message names them. */
export class HalfWrittenError extends Error {}

/**
 * Looks at every file once more, writes the new ones beside the old and then puts them in
 * place, each after another look. When one cannot be put in place, those before it are put back.
 * Throws a {@link WriteRefusedError} or the file system's error when all is as it was, and a
 * {@link HalfWrittenError} when it is not.
 * @param roots absolute paths of the folders that everything must lie in, links followed.
 */
export async function writeFiles(writes: readonly FileWrite[], roots: readonly string[]): Promise<void> {
  const inside = await Promise.all(roots.map((r) => realpath(r)));
  for (const write of writes) check(write, inside);
  const ready: { readonly write: FileWrite; readonly beside: string | undefined }[] = [];
  const done: FileWrite[] = [];
  const made: { readonly deepest: string; readonly first: string }[] = [];
  try {
    for (const write of writes) {
      const deepest = dirname(write.absolute);
      const first = write.after && (await mkdir(deepest, { recursive: true }));
      if (first !== undefined) made.push({ deepest, first });
      // A folder may have become a link since it was looked at.
      check(write, inside);
      ready.push({ write, beside: write.after && (await writeBeside(write, write.after)) });
    }
    for (const { write, beside } of ready) {
      await putInPlace(write, beside, inside);
      done.push(write);
      if (beside !== undefined) await rm(beside, { force: true });
    }
  } catch (error) {
    const left: string[] = [];
    for (const { beside } of ready) if (beside !== undefined) await rm(beside, { force: true }).catch(() => left.push(beside));
    for (const write of done.reverse()) await putBack(write, inside).catch(() => left.push(write.absolute));
    for (const { deepest, first } of made.reverse()) await removeEmpty(deepest, first);
    if (left.length === 0) throw error;
    throw new HalfWrittenError(`${(error as Error).message} These could not be put back: ${left.join(', ')}.`);
  }
}

/** Removes what a process that was killed while it wrote has left beside the files of these folders. */
export async function removeUnfinished(folders: Iterable<string>): Promise<void> {
  for (const folder of new Set(folders)) {
    for (const name of await readdir(folder).catch(() => [])) if (BESIDE.test(name)) await rm(join(folder, name), { force: true });
  }
}

const BESIDE = /^\.longview-[0-9a-f]{12}$/;

/**
 * The last look at a file and what is done to it go together: nothing else that this process does comes between
 * them, and another process has less than a millisecond. No system has a call that replaces a file only if it is
 * still the same; one that is made, there is a call for.
 */
async function putInPlace(write: FileWrite, beside: string | undefined, roots: readonly string[]): Promise<void> {
  check(write, roots);
  if (beside === undefined) unlinkSync(write.absolute);
  else if (write.before) renameSync(beside, write.absolute);
  else await putNew(beside, write.absolute);
}

/** Throws a {@link WriteRefusedError} where the file is not what it was, or not where it seems to be. */
function check({ absolute, before }: FileWrite, roots: readonly string[]): void {
  const refuse = (why: string): never => {
    throw new WriteRefusedError(`${absolute} ${why}. Nothing was written.`);
  };
  const real = realFolderOf(absolute);
  if (!roots.some((root) => real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)))
    refuse('lies outside of the workspace, behind a link');
  const there = lstatSync(absolute, { throwIfNoEntry: false });
  if (there && !there.isFile()) refuse(there.isSymbolicLink() ? 'is a link' : 'is not a plain file');
  if (!before) {
    if (there) refuse('is there already');
  } else if (!there) refuse('is gone');
  else if (Buffer.compare(readFileSync(absolute), before) !== 0) refuse('has changed meanwhile');
}

/** Where the nearest folder that exists really lies. */
function realFolderOf(absolute: string): string {
  for (let folder = dirname(absolute); ; folder = dirname(folder)) {
    try {
      return realpathSync(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    }
  }
}

/** On disk beside the file, with its permissions. Returns where. */
async function writeBeside({ absolute, mode: asked }: FileWrite, bytes: Uint8Array): Promise<string> {
  const beside = join(dirname(absolute), `.longview-${randomBytes(6).toString('hex')}`);
  const mode = await stat(absolute).then(
    (s) => s.mode & 0o777,
    () => asked,
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

/** Throws where somebody wrote the file after us: theirs stays. */
async function putBack(write: FileWrite, roots: readonly string[]): Promise<void> {
  const { absolute, before, after } = write;
  const beside = before && (await writeBeside(write, before));
  try {
    await putInPlace({ absolute, before: after, after: before }, beside, roots);
  } finally {
    if (beside !== undefined) await rm(beside, { force: true });
  }
}
