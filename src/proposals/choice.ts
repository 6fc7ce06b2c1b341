/** Which parts of a plan the user has accepted. */
import { type Hunk, hunksOf, withHunks } from './hunks.js';
import type { PlannedFile } from './plan.js';

/** A file of a plan with what of it is accepted. */
export interface FileChoice {
  readonly file: PlannedFile;
  readonly hunks: readonly Hunk[];
  /** Numbers of hunks, from 0. */
  readonly accepted: ReadonlySet<number>;
  /** Whether the file is to be touched at all. */
  readonly on: boolean;
}

/** All of it, but for a file that needs the user's consent by itself. */
export function choiceOf(file: PlannedFile): FileChoice {
  const hunks = hunksOf(file);
  return { file, hunks, accepted: new Set(hunks.keys()), on: file.consent === undefined };
}

/** With the whole file taken or left; taken, all of its hunks are where none was. */
export function withFile(choice: FileChoice, on: boolean): FileChoice {
  const { hunks, accepted, file } = choice;
  const none = accepted.size === 0 && file.kind !== 'move';
  return { ...choice, on, accepted: on && none ? new Set(hunks.keys()) : accepted };
}

/** With one hunk taken or left. A file of which no hunk is left is left itself; one that is moved can be moved as it is. */
export function withHunk(choice: FileChoice, hunk: number, on: boolean): FileChoice {
  // Whoever takes a hunk of a file that is left out wants that hunk.
  const accepted = new Set(choice.on ? choice.accepted : []);
  if (on) accepted.add(hunk);
  else accepted.delete(hunk);
  return { ...choice, accepted, on: accepted.size > 0 || (choice.on && choice.file.kind === 'move') };
}

/** The file as it would be written; undefined where nothing of it is accepted. */
export function acceptedFile({ file, hunks, accepted, on }: FileChoice): PlannedFile | undefined {
  if (!on) return undefined;
  const { before, after } = file;
  if (before === undefined || after === undefined || hunks.length === 0) return file;
  const text = withHunks(before, hunks, accepted);
  return text === before && file.kind !== 'move' ? undefined : { ...file, after: text };
}
