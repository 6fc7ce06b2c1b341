/** Changes that an answer proposes, on a terminal: shown as a diff, written when the user agrees, taken back by `longview undo`. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { createTwoFilesPatch } from 'diff';
import { dataFolder } from '../base/user-folders.js';
import type { Snapshot } from '../index/snapshot.js';
import { UndoJournal } from '../proposals/journal.js';
import { type Plan, type PlannedFile, planChanges, type RefusedChange } from '../proposals/plan.js';
import type { Basis } from '../proposals/proposal.js';
import { readProposal, restored } from '../proposals/read-proposal.js';
import { undoRecordOf } from '../proposals/undo.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { hashOf } from '../workspace/text-hash.js';
import { WriteRefusedError } from '../workspace/write-files.js';
import { type CommandContext, CommandError, EXIT, type Terminal } from './command.js';
import type { FilesOnDisk } from './files-on-disk.js';

/** The files of a pack as the model sees them, to be taken when it is packed. */
export function basisOf(snapshot: Snapshot, paths: readonly WorkspacePath[]): Basis {
  const texts = paths.map((path) => [path, snapshot.text(path)] as const);
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, hashOf(text)]])));
}

/** Where what was applied to a workspace is kept. @param workspace `workspaceId`. */
export function openJournal({ env }: Terminal, workspace: string): UndoJournal {
  return new UndoJournal(join(dataFolder(env), 'undo', workspace));
}

export interface Offer {
  /** The whole answer as it came, with placeholders for secrets. */
  readonly answer: string;
  readonly restore: (text: string) => string;
  readonly key: string;
  readonly basis: Basis;
  readonly files: FilesOnDisk;
  readonly journal: UndoJournal;
  /** What was asked for. */
  readonly title: string;
  /** Write without asking; files that need consent by name are left out. */
  readonly apply: boolean;
}

/** Shows what the answer would change and writes what the user agrees to. Returns an exit code. */
export async function offerProposal(offer: Offer, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const { changes, misread } = restored(readProposal(offer.answer, offer.key), offer.restore);
  for (const { line, reason } of misread) terminal.note(`Line ${line} of the answer: ${reason}.\n`);
  if (changes.length === 0) {
    terminal.note('The answer changes no file.\n');
    return misread.length === 0 ? EXIT.done : EXIT.failed;
  }
  const plan = await planChanges(changes, offer.basis, offer.files);
  showPlan(plan, terminal);
  const agreed = await agreedTo(plan.files, offer.apply, context);
  if (agreed.length === 0) {
    terminal.note('Nothing was changed.\n');
    return plan.files.length === 0 ? EXIT.failed : EXIT.done;
  }
  await writePlan(agreed, offer);
  terminal.note(`Changed ${agreed.length} of ${plan.files.length + plan.refused.length} files. longview undo takes it back.\n`);
  return plan.refused.length + misread.length === 0 ? EXIT.done : EXIT.failed;
}

/** Writes the record first: what is broken off half way can be taken back too. */
async function writePlan(agreed: readonly PlannedFile[], { files, journal, title }: Offer): Promise<void> {
  const record = undoRecordOf(randomUUID(), new Date(), title, agreed);
  await journal.write(record);
  try {
    await files.write(agreed);
  } catch (error) {
    await journal.remove(record);
    if (error instanceof WriteRefusedError) throw new CommandError(error.message);
    throw new CommandError(`The files could not be written (${(error as Error).message}). All are as they were.`);
  }
}

function showPlan({ files, refused }: Plan, terminal: Terminal): void {
  for (const file of files) terminal.write(diffOf(file));
  for (const file of files) {
    for (const warning of file.warnings) terminal.note(`${file.path}: ${warning}.\n`);
  }
  for (const change of refused) terminal.note(describeRefused(change));
}

/** As `diff -u` writes it. */
export function diffOf({ path, to, before, after }: PlannedFile): string {
  const [from, target] = [before === undefined ? '/dev/null' : `a/${path}`, after === undefined ? '/dev/null' : `b/${to ?? path}`];
  if (before === after) return `--- ${from}\n+++ ${target}\n`;
  const patch = createTwoFilesPatch(from, target, before ?? '', after ?? '', undefined, undefined, { context: 3 });
  return patch.replace(/^=+\n/, '');
}

function describeRefused({ path, reason, closest }: RefusedChange): string {
  const place = closest ? `  Closest, at line ${closest.line + 1}:\n${closest.text.replace(/^/gm, '    ')}\n` : '';
  return `${path}: not changed. ${reason}\n${place}`;
}

/** Files that the user wants written: those that do more than the program one by one, the rest together. */
async function agreedTo(
  files: readonly PlannedFile[],
  apply: boolean,
  { terminal, signal }: CommandContext,
): Promise<readonly PlannedFile[]> {
  const [plain, special] = [files.filter((f) => f.consent === undefined), files.filter((f) => f.consent !== undefined)];
  if (apply || !terminal.interactive) {
    for (const { path, consent } of special) terminal.note(`${path}: left out, it is ${consent}. Agree to it at a terminal.\n`);
    if (!apply && plain.length > 0) terminal.note('There is no terminal to ask on. Write them without asking by --apply.\n');
    return apply ? plain : [];
  }
  const lines = createInterface({ input: terminal.input });
  const agrees = async (question: string): Promise<boolean> => {
    terminal.note(`${question} [y/N] `);
    return /^\s*y(?:es)?\s*$/i.test(await lines.question('', { signal }));
  };
  try {
    const agreed: PlannedFile[] = [];
    if (plain.length > 0 && (await agrees(`Write ${plain.length === 1 ? plain[0]!.path : `these ${plain.length} files`}?`)))
      agreed.push(...plain);
    for (const file of special) if (await agrees(`${file.path} is ${file.consent}. Write it all the same?`)) agreed.push(file);
    return agreed;
  } finally {
    lines.close();
  }
}
