/** Keeps what is needed to take applied plans back, in the user's data folder: an undo after a restart, or after a write that was broken off. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../base/whole-files.js';
import { protectedClass } from './protected-paths.js';
import { unsafePath } from './safe-path.js';
import type { UndoneFile, UndoRecord } from './undo.js';

/** Plans of one workspace that can be taken back; older ones are forgotten. */
const KEPT = 50;

/** @param data the user's data folder. @param workspace `workspaceId`. */
export const undoFolder = (data: string, workspace: string): string => join(data, 'undo', workspace);

export class UndoJournal {
  /** @param folder of this workspace alone. Made when first written to. */
  constructor(private readonly folder: string) {}

  /** On disk when this returns: call it before the first file is written. */
  async write(record: UndoRecord): Promise<void> {
    await replaceFile(this.#pathOf(record), JSON.stringify({ version: 1, ...record }));
    for (const old of (await this.#names()).slice(KEPT)) await rm(join(this.folder, old), { force: true });
  }

  /** Newest first. What cannot be read is left out. */
  async list(): Promise<readonly UndoRecord[]> {
    const records: UndoRecord[] = [];
    for (const name of await this.#names()) {
      const record = await readRecord(join(this.folder, name));
      if (record) records.push(record);
    }
    return records;
  }

  async remove(record: UndoRecord): Promise<void> {
    await rm(this.#pathOf(record), { force: true });
  }

  #pathOf({ at, id }: UndoRecord): string {
    return join(this.folder, `${at.replace(/[^0-9TZ]/g, '')}-${id.replace(/[^A-Za-z0-9-]/g, '')}.json`);
  }

  async #names(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names
      .filter((n) => n.endsWith('.json'))
      .sort()
      .reverse();
  }
}

async function readRecord(path: string): Promise<UndoRecord | undefined> {
  try {
    const read = JSON.parse(await readFile(path, 'utf8')) as Partial<UndoRecord> & { readonly version?: number };
    const { version, id, at, title, files } = read;
    const whole = version === 1 && typeof id === 'string' && typeof at === 'string' && typeof title === 'string' && Array.isArray(files);
    return whole && files.every(isUndone) ? { id, at, title, files } : undefined;
  } catch {
    return undefined;
  }
}

/** Whoever could change a record must not be able to have other files written by it than a proposal could. */
function isUndone(file: Partial<UndoneFile> | null | undefined): boolean {
  const { path, to, before, after, traits } = file ?? {};
  const isPath = (p: unknown): boolean => typeof p === 'string' && unsafePath(p) === undefined && protectedClass(p)?.never !== true;
  const isText = (t: unknown): boolean => t === undefined || typeof t === 'string';
  const { marked, mode } = traits ?? {};
  return (
    isPath(path) &&
    (to === undefined || isPath(to)) &&
    isText(before) &&
    isText(after) &&
    (marked === undefined || typeof marked === 'boolean') &&
    (mode === undefined || (Number.isInteger(mode) && mode >= 0 && mode <= 0o777))
  );
}
