/** Changes that an answer proposes, on a terminal: shown as a diff, written when the user agrees, taken back by `longview undo`. */
import { randomUUID } from 'node:crypto';
import { dataFolder } from '../base/user-folders.js';
import type { Snapshot } from '../index/snapshot.js';
import type { AcceptanceLog } from '../money/acceptance/log.js';
import type { ProposalRow } from '../money/acceptance/row.js';
import { localDay, systemZone } from '../money/local-day.js';
import { countsOf } from '../proposals/counts.js';
import { diffOf } from '../proposals/diff-of.js';
import { countOf, fixMessage, type PlannedAnswer, planMended, unmadeOf } from '../proposals/fix.js';
import { UndoJournal, undoFolder } from '../proposals/journal.js';
import { type Plan, type PlannedFile, planChanges, type RefusedChange } from '../proposals/plan.js';
import type { Basis, Proposal, ProposedChange } from '../proposals/proposal.js';
import { readProposal, restored } from '../proposals/read-proposal.js';
import { undoRecordOf } from '../proposals/undo.js';
import type { Denied, Prepared } from '../request.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { hashOf } from '../workspace/text-hash.js';
import { HalfWrittenError } from '../workspace/write-files.js';
import { describeCost } from './ask-text.js';
import { type CommandContext, CommandError, EXIT, type Terminal } from './command.js';
import { Consent } from './consent.js';
import type { FilesOnDisk } from './files-on-disk.js';

/** The files of a pack as the model sees them, to be taken when it is packed. */
export function basisOf(snapshot: Snapshot, paths: readonly WorkspacePath[]): Basis {
  const texts = paths.map((path) => [path, snapshot.text(path)] as const);
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, hashOf(text)]])));
}

/** Where what was applied to a workspace is kept. @param workspace `workspaceId`. */
export function openJournal({ env }: Terminal, workspace: string): UndoJournal {
  return new UndoJournal(undoFolder(dataFolder(env), workspace));
}

export interface Offer {
  /** The whole answer as it came, with placeholders for secrets. */
  readonly answer: string;
  readonly restore: (text: string) => string;
  readonly key: string;
  readonly basis: Basis;
  readonly files: FilesOnDisk;
  readonly journal: UndoJournal;
  readonly log: AcceptanceLog;
  /** What was asked for. */
  readonly title: string;
  /** Write without asking; files that need consent by name are left out. */
  readonly apply: boolean;
  /** Ask the model once more, without asking the user, for what cannot be made. */
  readonly fix: boolean;
  /** For the record: who wrote it, and for what. */
  readonly of: Pick<ProposalRow, 'workspace' | 'action' | 'provider' | 'model'>;
  /** Ids in the ledger of all that was sent for it so far. */
  readonly requests: readonly string[];
  /** A further message to the model that answered, behind its answer. */
  readonly prepareFollowUp: (text: string) => Promise<Prepared | Denied>;
  /** Tells which of the project's rules the plan breaks. */
  readonly check?: ((files: readonly PlannedFile[], consent: Consent) => Promise<void>) | undefined;
  /** The answer as it came; undefined, and told why, where there is no whole one. */
  readonly send: (prepared: Prepared) => Promise<string | undefined>;
  /** What to do when they are written. */
  readonly next?: string | undefined;
}

/** Shows what the answer would change and writes what the user agrees to. Returns an exit code. */
export async function offerProposal(offer: Offer, context: CommandContext): Promise<number> {
  const consent = new Consent(context);
  try {
    return await decided(offer, context.terminal, consent);
  } finally {
    consent.close();
  }
}

async function decided(offer: Offer, terminal: Terminal, consent: Consent): Promise<number> {
  const first = read(offer.answer, offer, terminal);
  if (first.changes.length === 0 && first.misread.length === 0) {
    terminal.note('The answer changes no file.\n');
    return EXIT.done;
  }
  const planned: PlannedAnswer = { ...first, plan: await planChanges(first.changes, offer.basis, offer.files) };
  showPlan(planned.plan, terminal);
  const { changes, plan, misread } = (await fixed(planned, offer, terminal, consent)) ?? planned;
  if (plan.files.length > 0) await offer.check?.(plan.files, consent);
  const proposal = randomUUID();
  const remember = recorder(proposal, changes, plan, offer, terminal);
  await remember('shown', []);
  const agreed = await agreedTo(plan.files, offer.apply, terminal, consent);
  if (agreed.length > 0) await writePlan(proposal, agreed, offer);
  await remember('decided', agreed);
  if (agreed.length === 0) {
    terminal.note('Nothing was changed.\n');
    return plan.files.length === 0 ? EXIT.failed : EXIT.done;
  }
  terminal.note(`Changed ${agreed.length} of ${plan.files.length + plan.refused.length} files. longview undo takes it back.\n`);
  if (offer.next !== undefined) terminal.note(`${offer.next}\n`);
  return plan.refused.length + misread.length === 0 ? EXIT.done : EXIT.failed;
}

function read(answer: string, { key, restore }: Offer, terminal: Terminal): Proposal {
  const proposal = restored(readProposal(answer, key), restore);
  for (const { line, reason } of proposal.misread) terminal.note(`Line ${line} of the answer: ${reason}.\n`);
  return proposal;
}

/** With what the model has put right; undefined where it was not asked to, or could not be. */
async function fixed(first: PlannedAnswer, offer: Offer, terminal: Terminal, consent: Consent): Promise<PlannedAnswer | undefined> {
  const unmade = unmadeOf(first.plan, first.misread);
  if (!unmade) return undefined;
  const what = `${countOf(unmade)} failed ${countOf(unmade) === 1 ? 'change' : 'changes'}`;
  if (!offer.fix && !terminal.interactive) {
    terminal.note(`--fix has the model asked again for ${what}.\n`);
    return undefined;
  }
  const prepared = await offer.prepareFollowUp(fixMessage(unmade, first.plan.files));
  if (prepared.kind === 'denied') {
    terminal.note(`The model cannot be asked again for ${what}: ${prepared.reasons.join(' ')}\n`);
    return undefined;
  }
  terminal.note(`Asking again for ${what}: ${describeCost(prepared)}.\n`);
  if (!offer.fix && !(await consent.to('Ask again?'))) return undefined;
  const answer = await offer.send(prepared);
  if (answer === undefined) return undefined;
  const mended = await planMended(first, read(answer, offer, terminal), offer.basis, offer.files);
  const { plan, unanswered, repeated } = mended;
  for (const path of repeated) terminal.note(`${path}: changed by the first answer already; what the second says of it is left out.\n`);
  const shown = new Set(first.plan.files.map(({ path }) => path));
  const isNew = (change: RefusedChange): boolean => !unanswered.includes(change);
  showPlan({ files: plan.files.filter(({ path }) => !shown.has(path)), refused: plan.refused.filter(isNew) }, terminal);
  for (const { path } of unanswered) terminal.note(`${path}: not taken up again.\n`);
  return mended;
}

/** Writes what becomes of a proposal into the record. What cannot be written there keeps nobody from their files. */
function recorder(proposal: string, changes: readonly ProposedChange[], plan: Plan, offer: Offer, terminal: Terminal) {
  return async (kind: ProposalRow['kind'], accepted: readonly PlannedFile[]): Promise<void> => {
    const at = new Date();
    const when = { at: at.toISOString(), day: localDay(at, systemZone()) };
    const requests = [...offer.requests];
    try {
      await offer.log.append({ kind, proposal, requests, ...offer.of, ...when, ...countsOf(plan, changes, accepted) });
    } catch (error) {
      terminal.note(`longview: the record of proposals cannot be written (${(error as Error).message})\n`);
    }
  };
}

/** Writes the record first: what is broken off half way can be taken back too. */
async function writePlan(proposal: string, agreed: readonly PlannedFile[], { files, journal, title }: Offer): Promise<void> {
  const record = undoRecordOf(proposal, new Date(), title, agreed, files.traitsOf);
  await journal.write(record);
  try {
    await files.write(agreed);
  } catch (error) {
    if (error instanceof HalfWrittenError) throw new CommandError(`${error.message} longview undo puts back what has not changed since.`);
    await journal.remove(record);
    throw error;
  }
}

function showPlan({ files, refused }: Plan, terminal: Terminal): void {
  for (const file of files) terminal.write(diffOf(file));
  for (const file of files) {
    for (const warning of file.warnings) terminal.note(`${file.path}: ${warning}.\n`);
  }
  for (const change of refused) terminal.note(describeRefused(change));
}

function describeRefused({ path, reason, closest }: RefusedChange): string {
  const place = closest ? `  Closest, at line ${closest.line + 1}:\n${closest.text.replace(/^/gm, '    ')}\n` : '';
  return `${path}: not changed. ${reason}\n${place}`;
}

/** Files that the user wants written: those that do more than the program one by one, the rest together. */
async function agreedTo(
  files: readonly PlannedFile[],
  apply: boolean,
  terminal: Terminal,
  consent: Consent,
): Promise<readonly PlannedFile[]> {
  const [plain, special] = [files.filter((f) => f.consent === undefined), files.filter((f) => f.consent !== undefined)];
  if (apply || !terminal.interactive) {
    for (const { path, consent } of special) terminal.note(`${path}: left out, it is ${consent}. Agree to it at a terminal.\n`);
    if (!apply && plain.length > 0) terminal.note('There is no terminal to ask on. Write them without asking by --apply.\n');
    return apply ? plain : [];
  }
  const agreed: PlannedFile[] = [];
  if (plain.length > 0 && (await consent.to(`Write ${plain.length === 1 ? plain[0]!.path : `these ${plain.length} files`}?`)))
    agreed.push(...plain);
  for (const file of special) if (await consent.to(`${file.path} is ${file.consent}. Write it all the same?`)) agreed.push(file);
  return agreed;
}
