/** What is kept of a workspace outside of it, and forgetting that. The ledger, the audit log and the record of proposals are of all workspaces, and stay. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from './base/user-folders.js';
import { undoFolder } from './proposals/journal.js';
import { sessionsFolder } from './session/store.js';
import { unfinishedFolder } from './session/unfinished.js';

/** Folders or files that hold one kind of thing. */
export interface KeptPlace {
  /** "sessions". */
  readonly what: string;
  readonly paths: readonly string[];
}

export interface Kept extends KeptPlace {
  readonly files: number;
  readonly bytes: number;
}

/** What stays, for whoever is asked. */
export const STAYS =
  'The rows of the ledger, the audit log and the record of proposals stay: they hold costs, counts and names of files, and no text.';

/** In the user's data folder, where the command line and all windows keep it. @param workspace `workspaceId`. */
export function dataOf(workspace: string, env: Readonly<Record<string, string | undefined>>): readonly KeptPlace[] {
  const data = dataFolder(env);
  return [
    { what: 'sessions: questions, what was sent with them, answers', paths: [sessionsFolder(data, workspace)] },
    { what: 'answers that broke off, with their prompts', paths: [unfinishedFolder(data, workspace)] },
    { what: 'what longview undo and "Undo Last Applied Proposal" put back', paths: [undoFolder(data, workspace)] },
  ];
}

/** The places in which there is something. */
export async function measureKept(places: readonly KeptPlace[]): Promise<readonly Kept[]> {
  const measured = await Promise.all(
    places.map(async (place) => {
      const sizes = (await Promise.all(place.paths.map(sizesIn))).flat();
      return { ...place, files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
    }),
  );
  return measured.filter(({ files }) => files > 0);
}

/** Rejects where a file cannot be deleted; the others may be gone then. */
export async function forgetKept(places: readonly KeptPlace[]): Promise<void> {
  for (const { paths } of places) for (const path of paths) await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** "sessions …: 12 files, 340 KB". */
export function describeKept({ what, files, bytes }: Kept): string {
  const size = bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
  return `${what}: ${files === 1 ? '1 file' : `${files} files`}, ${size}`;
}

async function sizesIn(path: string): Promise<readonly number[]> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return [found.size];
    const inside = await readdir(path, { recursive: true, withFileTypes: true });
    const files = inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return await Promise.all(files.map(async (file) => (await stat(file)).size));
  } catch {
    // Not there, or gone meanwhile.
    return [];
  }
}
