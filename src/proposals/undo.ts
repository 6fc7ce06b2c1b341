/** How an applied plan is taken back: the texts that were there, and the files that may still be given them. */
import { hashOf } from '../workspace/text-hash.js';
import type { FileTraits, PlannedFile, Present } from './plan.js';

/** One applied plan. */
export interface UndoRecord {
  readonly id: string;
  /** ISO time. */
  readonly at: string;
  /** What was asked for, for the list that the user chooses from. */
  readonly title: string;
  readonly files: readonly UndoneFile[];
}

export interface UndoneFile {
  readonly path: string;
  readonly to?: string;
  /** Whole text before; not there for a file that was made. */
  readonly before?: string;
  /** {@link hashOf} the text that was written; not there for a file that was deleted. */
  readonly after?: string;
  /** Of the file before, where there was one. */
  readonly traits?: FileTraits;
}

/** @param traitsOf of files that are there, so that one which is deleted can be made again as it was. */
export function undoRecordOf(
  id: string,
  at: Date,
  title: string,
  files: readonly PlannedFile[],
  traitsOf: (path: string) => FileTraits | undefined = () => undefined,
): UndoRecord {
  return {
    id,
    at: at.toISOString(),
    title,
    files: files.map(({ path, to, before, after }) => ({
      path,
      ...traitsIn(traitsOf(path)),
      ...(to === undefined ? {} : { to }),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after: hashOf(after) }),
    })),
  };
}

const traitsIn = (traits: FileTraits | undefined): { readonly traits?: FileTraits } => (traits === undefined ? {} : { traits });

export interface UndoPlan {
  readonly files: readonly PlannedFile[];
  /** Files that are no longer as they were written: taking them back would lose what came after. */
  readonly changedSince: readonly string[];
}

/**
 * The plan that takes a record back, from what is there now. A file that already is as it was
 * before is left alone, so that a plan which was broken off half way can be taken back too.
 */
export async function planUndo({ files }: UndoRecord, look: (path: string) => Promise<Present>): Promise<UndoPlan> {
  const planned: PlannedFile[] = [];
  const changedSince: string[] = [];
  for (const file of files) {
    const { path, to, before, after } = file;
    const target = to ?? path;
    const now = await textAt(target, look);
    if (to !== undefined && now === undefined && (await textAt(path, look)) === before) continue;
    if (to === undefined && now === before) continue;
    const written = now !== undefined && hashOf(now) === after;
    // A move that was broken off between its two halves.
    if (to !== undefined && written && (await textAt(path, look)) === before) {
      planned.push({ kind: 'delete', path: to, before: now, after: undefined, warnings: [] });
      continue;
    }
    const free = to === undefined || (await look(path)).kind === 'nothing';
    const asWritten = after === undefined ? now === undefined : written;
    if (!asWritten || !free) changedSince.push(target);
    else planned.push(takenBack(file, now));
  }
  return { files: planned, changedSince };
}

async function textAt(path: string, look: (path: string) => Promise<Present>): Promise<string | undefined> {
  const present = await look(path);
  return present.kind === 'text' ? present.text : undefined;
}

function takenBack({ path, to, before, traits }: UndoneFile, now: string | undefined): PlannedFile {
  const common = { before: now, after: before, warnings: [], ...traitsIn(traits) };
  if (to !== undefined) return { ...common, kind: 'move', path: to, to: path };
  return { ...common, kind: before === undefined ? 'delete' : now === undefined ? 'create' : 'edit', path };
}
