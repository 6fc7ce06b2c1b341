/** The proposal of the last answer that has one: planned against the files as they are, shown, and written when the user says so. */
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { counted } from '../../base/count.js';
import { dataFolder } from '../../base/user-folders.js';
import { countOf, fixMessage, type Unmade, unmadeOf } from '../../proposals/fix.js';
import { UndoJournal, undoFolder } from '../../proposals/journal.js';
import type { PlannedFile } from '../../proposals/plan.js';
import { undoRecordOf } from '../../proposals/undo.js';
import type { Answer } from '../requests/answer.js';
import type { Answers } from '../requests/answers.js';
import type { Asking } from '../requests/asking.js';
import type { Requests } from '../requests/requests.js';
import type { Services } from '../services.js';
import type { Acceptance } from './acceptance.js';
import { consents, toWorseText } from './consent.js';
import { EditorFiles } from './editor-files.js';
import { knownProblems, offerNewProblems } from './new-problems.js';
import { acceptedFiles, chosen, describeAccepted, type Pending, pendingOf, plannedTexts } from './pending.js';
import { planAnswers } from './plan-answers.js';
import { type Written, writeWithRecord } from './write-documents.js';

export type ProposalState =
  | { readonly kind: 'none' }
  /** The answer is being read. */
  | { readonly kind: 'reading' }
  /** There is nothing to be accepted; the message says why. */
  | { readonly kind: 'nothing'; readonly message: string }
  | { readonly kind: 'pending'; readonly pending: Pending };

/** Where the id of the answer is kept whose proposal waits, per workspace. */
const WAITING = 'longview.proposal';

export class Proposals implements vscode.Disposable {
  #state: ProposalState = { kind: 'none' };
  /** What is read or written is one thing at a time. */
  #busy: Promise<unknown> = Promise.resolve();
  #answer: Answer | undefined;
  /** Ids of what was sent for a proposal beside its answers. */
  readonly #besides = new Map<string, readonly string[]>();
  /** What the proposal would do to the findings is being computed. */
  #examining: AbortController | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #read = new vscode.EventEmitter<Pending>();
  readonly #subscriptions: vscode.Disposable;

  /** Another proposal, or something else of it accepted. */
  readonly onDidChange = this.#changed.event;
  /** A new answer has a proposal that can be looked at. */
  readonly onDidRead = this.#read.event;

  constructor(
    private readonly services: Services,
    private readonly asking: Asking,
    private readonly requests: Requests,
    private readonly answers: Answers,
    private readonly memento: vscode.Memento,
    readonly acceptance: Acceptance,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#read,
      requests.onDidEnd((answer) => void this.take(answer)),
      services.index.onDidUpdate(() => void this.#alone(() => this.#plan())),
    );
  }

  get state(): ProposalState {
    return this.#state;
  }

  get pending(): Pending | undefined {
    return this.#state.kind === 'pending' ? this.#state.pending : undefined;
  }

  /** The answer that the proposal was read from. */
  get answer(): Answer | undefined {
    return this.#state.kind === 'none' ? undefined : this.#answer;
  }

  /** Where a file of the workspace lies. */
  uriOf(path: string): vscode.Uri | undefined {
    const place = new EditorFiles(this.services.index).place(path);
    return place && vscode.Uri.file(place.absolute);
  }

  /** Settles when what was begun has ended. */
  async settled(): Promise<void> {
    await this.#busy;
  }

  /** Reads the proposal of an answer, where it was asked for one. What waited before is given up for it. */
  async take(answer: Answer, isNew = true): Promise<void> {
    if (!answer.form) return;
    // What was to put changes right and came to nothing takes nothing away.
    if (answer.form.mends !== undefined && answer.state !== 'complete' && this.pending) return;
    await this.#alone(async () => {
      this.#answer = answer;
      await this.memento.update(WAITING, answer.id);
      this.#show({ kind: 'reading' });
      await this.#plan();
      if (!this.pending || !isNew) return;
      this.#read.fire(this.pending);
      await this.acceptance.remember('shown', answer, this.pending, this.requests.workspace, []);
    });
  }

  /** The proposal that waited when the window was closed. */
  async wake(): Promise<void> {
    const id = this.#answer ? undefined : this.memento.get<string>(WAITING);
    const answer = id === undefined ? undefined : await this.answers.find(id);
    if (answer && !this.#answer) await this.take(answer, false);
  }

  /** Takes a file, or one of its hunks, or leaves it. A file that does more than the program is asked for by name. */
  async choose(path: string, hunk: number | undefined, on: boolean): Promise<void> {
    const file = this.pending?.files.find((f) => f.file.path === path)?.file;
    if (!this.pending || !file) return;
    const asks = on && file.consent !== undefined && !this.pending.consented.has(path);
    if (asks && !(await consents(file))) return this.#changed.fire();
    const { pending } = this;
    // Meanwhile it may have become another change than the one that was asked for.
    const now = pending?.files.find((f) => f.file.path === path)?.file;
    if (!pending || (asks && (now?.before !== file.before || now?.after !== file.after))) return;
    const consented = asks ? new Set([...pending.consented, path]) : pending.consented;
    this.#show({ kind: 'pending', pending: { ...chosen(pending, path, hunk, on), consented } });
  }

  /** Writes what is accepted, as one edit. */
  apply(): Promise<void> {
    return this.#alone(async () => {
      const shown = this.pending && plannedTexts(this.pending);
      // What has changed since the last look is found now, not while writing.
      await this.#plan();
      const { pending } = this;
      const files = pending ? acceptedFiles(pending) : [];
      if (!isDeepStrictEqual(shown, pending && plannedTexts(pending))) {
        void vscode.window.showWarningMessage('Longview: The proposal has changed with the files. Look at it again, then apply it.');
        return;
      }
      if (!pending || files.length === 0) {
        void vscode.window.showInformationMessage('Nothing of the proposal is accepted. Check a file in the view Proposal first.');
        return;
      }
      const around = await this.#around();
      if (!(await toWorseText(pending, files, around))) return;
      const record = undoRecordOf(pending.id, new Date(), pending.title, files, around.traitsOf);
      const known = knownProblems(files, around);
      const written = await writeWithRecord(files, record, this.journal, around);
      if (written.kind !== 'written') return await this.#tell(written);
      this.services.log.info(`proposal: ${describeAccepted(pending)} written`);
      await this.#end(files);
      await this.#showFirst(files);
      this.#offerUndo(files.length);
      void offerNewProblems(files, known, around, this.services.pack);
    }, true);
  }

  /** How many changes could be put right by asking the model once more; 0 where it was asked, or its prompt is gone. */
  get fixable(): number {
    const unmade = this.#unmade();
    return unmade ? countOf(unmade) : 0;
  }

  /** Sends what could not be made back to the model, once, at a price that the user agrees to first. */
  async fix(): Promise<void> {
    const [unmade, form, { pending }] = [this.#unmade(), this.#answer?.form, this];
    if (!unmade || !form || !pending) return;
    const made = pending.files.map(({ file }) => file);
    await this.requests.askOn(fixMessage(unmade, made), { ...form, mends: pending.id });
  }

  /** Something else was sent for the proposal, like a check: it is part of what it has cost. */
  sentFor(id: string, request: string): void {
    this.#besides.set(id, [...(this.#besides.get(id) ?? []), request]);
    const { pending } = this;
    if (pending?.id === id) this.#show({ kind: 'pending', pending: { ...pending, requests: [...pending.requests, request] } });
  }

  #unmade(): Unmade | undefined {
    const [answer, { pending }] = [this.#answer, this];
    if (!answer?.form || !pending || answer.form.mends !== undefined || !this.requests.canAskOn(answer.id)) return undefined;
    return unmadeOf(pending, pending.misread);
  }

  /** Gives the proposal up. Nothing is changed. */
  discard(): Promise<void> {
    return this.#alone(() => this.#end([]));
  }

  /** What was applied to this workspace, by the command line too. */
  get journal(): UndoJournal {
    return new UndoJournal(undoFolder(dataFolder(process.env), this.requests.workspace));
  }

  /** What planning and writing ask of the workspace. @param texts whose secrets are to be known. */
  async #around(paths: readonly string[] = []): Promise<EditorFiles> {
    const bare = new EditorFiles(this.services.index);
    const files = paths.flatMap((path) => {
      const now = bare.see(path);
      return now.kind === 'text' ? [{ path, text: now.text }] : [];
    });
    return new EditorFiles(this.services.index, await this.asking.knowing(files));
  }

  /** Plans the answer against the files as they are now. */
  async #plan(): Promise<void> {
    const [answer, form] = [this.#answer, this.#answer?.form];
    if (this.#state.kind === 'none' || !answer || !form) return;
    if (answer.state !== 'complete')
      return this.#show({ kind: 'nothing', message: 'The answer is not whole: nothing of it is proposed until it is continued.' });
    // Where the files lie is known once they have been read.
    await this.services.index.ask('present', []);
    const around = await this.#around(form.basis.map(([path]) => path));
    const mended = form.mends === undefined ? undefined : await this.answers.find(form.mends);
    const planned = await planAnswers([...(mended ? [mended] : []), answer], form, this.asking.restore, around);
    if (this.#answer !== answer) return;
    const { changes, misread, plan } = planned;
    if (changes.length + misread.length + plan.refused.length === 0)
      return this.#show({ kind: 'nothing', message: 'The answer changes no file.' });
    const id = mended?.id ?? answer.id;
    const requests = [...(mended?.parts ?? []), ...answer.parts].map(({ request }) => request);
    const source = { id, title: form.title, requests: [...requests, ...(this.#besides.get(id) ?? [])], changes, misread };
    this.#show({ kind: 'pending', pending: pendingOf(source, plan, this.pending) });
  }

  /** @param accepted files that were written. */
  async #end(accepted: readonly PlannedFile[]): Promise<void> {
    const [answer, pending] = [this.#answer, this.pending];
    if (answer && pending) await this.acceptance.remember('decided', answer, pending, this.requests.workspace, accepted);
    this.#answer = undefined;
    await this.memento.update(WAITING, undefined);
    this.#show({ kind: 'none' });
  }

  async #tell(written: Exclude<Written, { readonly kind: 'written' }>): Promise<void> {
    this.services.log.warn(`proposal: ${written.message}`);
    void vscode.window.showErrorMessage(`Longview: ${written.message}`);
    await this.#plan();
  }

  /** In front of a file that was changed, the editor's undo takes back all of it. */
  async #showFirst(files: readonly PlannedFile[]): Promise<void> {
    const first = files.find(({ kind }) => kind === 'edit') ?? files.find(({ after }) => after !== undefined);
    const uri = first && this.uriOf(first.to ?? first.path);
    if (uri) await vscode.window.showTextDocument(uri);
  }

  #offerUndo(files: number): void {
    const undo = 'Undo Proposal';
    void vscode.window.showInformationMessage(`Changed ${counted(files, 'file')}.`, undo).then((wish) => {
      if (wish === undo) void vscode.commands.executeCommand('longview.undoProposal');
    });
  }

  #show(state: ProposalState): void {
    const [before, now] = [this.pending, state.kind === 'pending' ? state.pending : undefined];
    const isSame = before && now && isDeepStrictEqual(plannedTexts(before), plannedTexts(now));
    this.#state = now && isSame ? { kind: 'pending', pending: { ...now, effects: before.effects } } : state;
    this.#changed.fire();
    if (isSame && (before.effects || this.#examining)) return;
    this.#examining?.abort();
    this.#examining = undefined;
    if (now) void this.#examine(now);
  }

  /** Computes what the accepted part would do to the findings, beside all else. */
  async #examine(pending: Pending): Promise<void> {
    const abort = new AbortController();
    this.#examining = abort;
    try {
      const effects = await this.services.index.ask('effects', plannedTexts(pending), abort.signal);
      if (this.#examining !== abort || !this.pending) return;
      this.#state = { kind: 'pending', pending: { ...this.pending, effects } };
      this.#changed.fire();
    } catch (error) {
      if (!abort.signal.aborted) this.services.log.warn(`proposal: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (this.#examining === abort) this.#examining = undefined;
    }
  }

  /** After what is under way. @param tell whether the user waits for it. */
  #alone(step: () => Promise<void>, tell = false): Promise<void> {
    const work = this.#busy.then(step).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      this.services.log.error(`proposal: ${message}`);
      if (tell) void vscode.window.showErrorMessage(`Longview: ${message}`);
      if (this.#state.kind === 'reading') this.#show({ kind: 'nothing', message });
    });
    this.#busy = work;
    return work;
  }

  dispose(): void {
    this.#examining?.abort();
    this.#subscriptions.dispose();
  }
}
