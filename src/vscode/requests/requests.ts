/** Sends the context that is shown to the model that is chosen: one request at a time in a window. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { PackRequest } from '../../context/pack.js';
import type { SentPack } from '../../engine/protocol.js';
import type { Why } from '../../fallback.js';
import { followUp, GO_ON } from '../../follow-up.js';
import type { Model } from '../../models/catalogue.js';
import { describeRefusal } from '../../money/budgets.js';
import { questionOf } from '../../question.js';
import type { SettledEvent } from '../../request.js';
import type { Conversation } from '../../session/conversation.js';
import { workspaceId } from '../../workspace/id.js';
import type { Routed, Routes } from '../models/routes.js';
import { nameOf } from '../price-quotes.js';
import type { Services } from '../services.js';
import { AUTO, readSettings } from '../settings.js';
import type { Answer } from './answer.js';
import { answerFormFor, changesOf } from './answer-form.js';
import { endedWith, newAnswer, ShownPart } from './answer-parts.js';
import type { Answers } from './answers.js';
import type { Asking, Question, Ready } from './asking.js';
import { confirmed } from './confirm.js';
import { CHANGED, CHOOSE_MODEL, generalObstacle, type Obstacle, openSetting, SET_ANY_KEY, tell, whyNoPack } from './obstacle.js';
import type { OngoingSession } from './ongoing-session.js';
import { fallbackWords, type Quoted, quotedOf, whyWords, withoutSchemaWords } from './receipt-words.js';
import { inFormOf, type ProposalForm, titleOfAsk, type Wanted, wantedOf, withBehind } from './wanted.js';

/** A price that the user has before their eyes, and what it is for. */
export interface ShownQuote extends Quoted {
  /** What is billed again, and what that costs. */
  readonly again?: string | undefined;
  readonly pack: SentPack;
  /** "provider/model". */
  readonly model: string;
}

export type Phase = 'idle' | 'preparing' | 'answering';

/** What was asked last, to be asked again or gone on with. Of this window alone: a prompt is not kept on disk. */
interface Exchange {
  readonly answer: string;
  readonly question: Question;
  /** The conversation with the answer in it, where it is a turn of one. */
  readonly kept?: Conversation | undefined;
}

/** Where the id of the last answer is kept, per workspace. */
const LAST = 'longview.lastAnswer';
/** A prompt with secrets replaced may have a few tokens more than the quote on the button reckoned with. */
const TOLERANCE = 1.01;

export class Requests implements vscode.Disposable {
  /** What the sidebar shows on its button; undefined while it shows none. */
  shown: ShownQuote | undefined;
  #phase: Phase = 'idle';
  #obstacles: readonly Obstacle[] = [];
  #exact: ShownQuote | undefined;
  #answer: Answer | undefined;
  #exchange: Exchange | undefined;
  #abort: AbortController | undefined;
  readonly #window = randomUUID();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #begun = new vscode.EventEmitter<Answer>();
  readonly #ended = new vscode.EventEmitter<Answer>();

  /** Another phase, obstacle, quote or answer, or more of one. */
  readonly onDidChange = this.#changed.event;
  /** The first words of an answer are there. */
  readonly onDidBegin = this.#begun.event;
  /** A request has ended, and with it the answer as far as it goes. */
  readonly onDidEnd = this.#ended.event;

  constructor(
    private readonly services: Services,
    private readonly asking: Asking,
    private readonly routes: Routes,
    private readonly answers: Answers,
    private readonly memento: vscode.Memento,
    readonly ongoing: OngoingSession,
  ) {}

  get phase(): Phase {
    return this.#phase;
  }

  /** Why the last try was not sent. */
  get obstacles(): readonly Obstacle[] {
    return this.#obstacles;
  }

  /** The answer that was asked for last in this workspace. */
  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** The quote of the prompt as it would leave, once that has been made; the sidebar's own reckons without replaced secrets. */
  exactQuote(pack: SentPack, model: string): Omit<ShownQuote, 'pack' | 'model'> | undefined {
    return this.#exact?.pack === pack && this.#exact.model === model ? this.#exact : undefined;
  }

  /** `text` for whoever reads it: with secrets in place of their placeholders, as far as this window took them out, but behind an address. */
  readonly restoreShown = (text: string): string => this.asking.restoreShown(text);

  /** Whether the last answer can be gone on with: its prompt is still there. */
  get canGoOn(): boolean {
    const [exchange, answer] = [this.#exchange, this.#answer];
    // The rest of an object is no object.
    const isWords = exchange?.question.request.answerSchema === undefined;
    return isWords && exchange?.answer === answer?.id && answer !== undefined && /^(?:length|cut|cancelled)$/.test(answer.state);
  }

  /** Brings back the last answer after a window was reloaded. */
  async wake(): Promise<void> {
    const id = this.#answer ? undefined : this.memento.get<string>(LAST);
    const answer = id === undefined ? undefined : await this.answers.find(id);
    if (answer && !this.#answer) this.#show({ answer });
  }

  /** A key was set or removed. */
  get onDidChangeKeys() {
    return this.routes.onDidChangeKeys;
  }

  /** Who could be asked about the context, and who is. Nothing is asked or sent. */
  async route(pack: SentPack): Promise<Routed> {
    const { services, session, workspace } = this;
    const { state, choice } = services.pack;
    const turn = state.kind === 'packed' && state.pack === pack ? await this.ongoing.goingOn(state.request) : undefined;
    const asked = turn?.model ?? this.#exchange?.question.model;
    const routed = await this.routes.of(pack, choice.task, { session, workspace, current: asked && nameOf(asked), turn });
    if (readSettings().model === AUTO) services.quotes.automatic = routed.table.chosen ?? '';
    return routed;
  }

  /** Sends the context, unless it costs more than `shown`: then that is shown first. */
  send(shown = this.shown): Promise<void> {
    return this.#alone(async (signal) => {
      const { pack, quotes } = this.services;
      const { model: setting, maxAnswer, answerForm } = readSettings();
      const obstacle = generalObstacle(setting);
      if (obstacle) return this.#refuse(obstacle);
      const state = await pack.now(signal);
      const { task } = pack.choice;
      if (state.kind !== 'packed' || task.trim() === '') return this.#refuse(whyNoPack(state));
      const routed = setting === AUTO ? await this.route(state.pack) : undefined;
      const name = routed ? routed.table.chosen : setting;
      if (name === null) return this.#refuse({ message: routed!.table.why, fixes: [SET_ANY_KEY, CHOOSE_MODEL] });
      if (shown && (shown.pack !== state.pack || shown.model !== name)) return this.#refuse(CHANGED);
      const [chosen, ...fallbacks] = routed?.offers ?? [];
      const model = chosen?.model ?? (await quotes.find(name));
      if (!model) return this.#refuse({ message: `“${name}” is not “provider/model”.`, fixes: [CHOOSE_MODEL] });
      const maxOutput = Math.min(maxAnswer, model.maxOutput ?? maxAnswer);
      const wanted = wantedOf(pack.choice.ask);
      const asked = questionOf(state.pack, task, { ...model, maxOutput }, this.workspace);
      const inForm = inFormOf(wanted, asked);
      const request = inForm?.(answerFormFor(model, answerForm)) ?? withBehind(asked, wanted.behind);
      const planned: Question | undefined = this.ongoing.on
        ? await this.#turn(state.request, model, wanted, signal, fallbacks)
        : { request, model, fallbacks, wanted, inForm };
      const question = planned && (await this.#withForm(planned, task, signal));
      // Its basis is of the texts that were packed, or it is none.
      if (question?.form && (await pack.now(signal)) !== state) return this.#refuse(CHANGED);
      const ready = question && (await this.#prepare(question));
      if (!ready) return;
      const quoted = quotedOf(ready.prepared.quote, ready.prepared);
      this.#exact = { ...quoted, again: ready.again, pack: state.pack, model: name };
      if (shown && (quoted.high ?? 0) > (shown.high ?? 0) * TOLERANCE) return this.#refuse(CHANGED);
      await this.#ask(ready, question, newAnswer(question, task), shown !== undefined, signal);
    });
  }

  /** Asks on for an answer that broke off, at its end. */
  goOn(): Promise<void> {
    return this.#alone(async (signal) => {
      const [exchange, answer] = [this.#exchange, this.#answer];
      if (!exchange || !answer || !this.canGoOn) return;
      const question = await this.#further(GO_ON, exchange, answer);
      const ready = await this.#prepare(question);
      // Alone, what it is gone on with further is the first question with all that was answered.
      if (ready) await this.#ask(ready, question.turn ? question : exchange.question, answer, ready.again === undefined, signal);
    });
  }

  /** Whether {@link askOn} can go on from this answer: its prompt is still there. */
  canAskOn(answer: string): boolean {
    return this.#exchange?.answer === answer && this.#answer?.id === answer;
  }

  /** Says more behind the last answer and has it answered by another one, which is read by `form`. The user agrees to the price first. */
  askOn(text: string, form: ProposalForm): Promise<void> {
    return this.#alone(async (signal) => {
      const [exchange, answer] = [this.#exchange, this.#answer];
      if (!exchange || !answer || !this.canAskOn(answer.id)) return;
      const question = { ...(await this.#further(text, exchange, answer)), form };
      const ready = await this.#prepare(question);
      if (ready) await this.#ask(ready, question, newAnswer(question, answer.task), false, signal);
    });
  }

  /** A question that says only `text`, behind an answer. */
  async #further(text: string, { question, kept }: Exchange, answer: Answer): Promise<Question> {
    const { request, model, asked, wanted } = question;
    if (asked && kept !== undefined && kept === this.ongoing.conversation) {
      const turn = await this.ongoing.saying(text, { asked, model, maxOutput: request.maxOutput });
      return { request: turn.request, model, turn, asked, wanted };
    }
    return { request: followUp(request, answer.text, text), model, wanted };
  }

  /** Asks the same once more; after a reload, the same task with the context as it is now. */
  retry(): Promise<void> {
    const [exchange, answer] = [this.#exchange, this.#answer];
    if (!exchange || !answer || exchange.answer !== answer.id) {
      if (answer) this.services.pack.choose({ task: answer.task });
      return this.send();
    }
    return this.#alone(async (signal) => {
      const { asked, model, wanted } = exchange.question;
      const inSession = asked && this.ongoing.on;
      const turn = inSession ? await this.#turn(asked, model, wantedOf(wanted.ask), signal) : undefined;
      const question = inSession ? turn && (await this.#withForm(turn, answer.task, signal)) : exchange.question;
      const ready = question && (await this.#prepare(question));
      if (ready) await this.#ask(ready, question, newAnswer(question, answer.task), ready.again === undefined, signal);
    });
  }

  /** The next question begins a conversation of its own. @param forgetting the last answer is gone too. */
  newSession(forgetting = false): void {
    if (this.#phase !== 'idle') return;
    [this.#exchange, this.#answer] = [undefined, forgetting ? undefined : this.#answer];
    this.#exact = undefined;
    this.ongoing.begin();
    this.#changed.fire();
  }

  stop(): void {
    this.#abort?.abort();
  }

  dispose(): void {
    this.stop();
    this.#changed.dispose();
    this.#begun.dispose();
    this.#ended.dispose();
  }

  /** Its id in the ledger: budgets of a session are for the one that goes on, or for all that a window sends. */
  get session(): string {
    return this.ongoing.on ? `${this.workspace}/${this.ongoing.name}` : this.#window;
  }

  /** Its id in the ledger. */
  get workspace(): string {
    return workspaceId(this.services.index.last?.roots ?? []);
  }

  /** What is under way is one thing; a second wish meanwhile is none. */
  async #alone(step: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#phase !== 'idle') return;
    const abort = new AbortController();
    this.#abort = abort;
    this.#show({ phase: 'preparing', obstacles: [] });
    try {
      await vscode.window.withProgress({ location: { viewId: 'longview.context' } }, () => step(abort.signal));
    } catch (error) {
      if (!abort.signal.aborted) this.#refuse({ message: error instanceof Error ? error.message : String(error), fixes: [] });
    } finally {
      this.#abort = undefined;
      this.#show({ phase: 'idle' });
    }
    const [obstacle] = this.#obstacles;
    // Without the sidebar nobody would see why.
    if (obstacle && !this.shown) await tell(obstacle);
  }

  /** The next turn of the session; undefined when something stands against it, which is shown then. */
  async #turn(
    asked: PackRequest,
    model: Model,
    wanted: Wanted,
    signal: AbortSignal,
    fallbacks: Question['fallbacks'] = [],
  ): Promise<Question | undefined> {
    const asking = { asked, model, maxOutput: readSettings().maxAnswer, behind: wanted.behind, changes: changesOf(wanted, model) };
    const turn = await this.ongoing.plan(asking, signal);
    if ('request' in turn) return { request: turn.request, model, turn, asked, wanted, fallbacks, inForm: turn.inForm };
    return void this.#refuse({ message: turn.message, fixes: [CHOOSE_MODEL] });
  }

  /** With what its answer is read by, where that may change files: of the files as the model sees them. */
  async #withForm(question: Question, task: string, signal: AbortSignal): Promise<Question> {
    const { wanted, request } = question;
    if (wanted.key === undefined) return question;
    const basis = await this.services.index.ask('hashes', request.files, signal);
    const form: ProposalForm = { key: wanted.key, basis, title: titleOfAsk(wanted.ask, task), action: wanted.ask.action };
    return { ...question, form };
  }

  /** Adds what was asked and answered to the session. */
  async #keep({ turn }: Question, { prepared, receipt }: SettledEvent, text: string): Promise<Conversation | undefined> {
    if (!turn) return undefined;
    const problem = await this.ongoing.keep(turn, prepared, text, receipt);
    if (problem !== undefined) void vscode.window.showWarningMessage(`Longview: ${problem}`);
    this.#exact = undefined;
    const { conversation } = this.ongoing;
    return conversation === turn.conversation ? undefined : conversation;
  }

  /** Undefined when something stands against it, which is shown then. */
  async #prepare(question: Question): Promise<Ready | undefined> {
    const readiness = await this.asking.prepare(question);
    if (readiness.kind === 'ready') return readiness;
    this.#show({ obstacles: readiness.obstacles });
    return undefined;
  }

  /** Streams into `answer`, behind what it has. @param seen whether the user has the price before their eyes. */
  async #ask(ready: Ready, question: Question, answer: Answer, seen: boolean, signal: AbortSignal): Promise<void> {
    if (!(await confirmed(ready.prepared, readSettings().confirmAbove, seen, ready.again))) return;
    const request = answer.parts.length === 0 ? answer.id : randomUUID();
    const workspace = { workspace: this.workspace, workspaceName: vscode.workspace.name };
    const sending = await this.asking.send(
      ready,
      { request, session: this.session, action: question.wanted.ask.action, ...workspace },
      signal,
    );
    if ('message' in sending) return this.#refuse(sending);
    this.#show({ phase: 'answering' });
    const part = { request, quoted: quotedOf(ready.prepared.quote, ready.prepared) };
    // Who answers is asked if there is more to say.
    let answering = question;
    let now: Answer = { ...answer, state: 'answering', message: undefined, parts: [...answer.parts, part] };
    let begun = false;
    let kept: Conversation | undefined;
    const put = (change: Partial<Answer>): void => {
      now = { ...now, ...change };
      this.answers.put(now);
      if (this.#answer?.id !== now.id) void this.memento.update(LAST, now.id);
      this.#exchange = { answer: now.id, question: answering, kept };
      this.#show({ answer: now });
      if (!begun && change.text !== undefined) this.#begun.fire(now);
      begun ||= change.text !== undefined;
    };
    let shown = new ShownPart(ready.prepared);
    try {
      for await (const event of sending) {
        if (event.kind === 'text') put({ text: now.text + event.text, ...shown.after(now, event.text) });
        else if (event.kind === 'thinking') put({ thinking: now.thinking + event.text });
        else if (event.kind === 'over-budget')
          this.#refuse({ message: describeRefusal(event.refusal), fixes: [CHOOSE_MODEL, openSetting('budgets')] });
        else if (event.kind === 'retry') this.#waiting(event.why, event.wait);
        else if (event.kind === 'fallback' || event.kind === 'without-schema') {
          const { request, model } = event.to.asking;
          answering = { ...question, request, model, fallbacks: [] };
          shown = new ShownPart(event.to);
          const note = event.kind === 'fallback' ? fallbackWords(event) : withoutSchemaWords(event);
          this.services.log.info(note);
          put({ model: nameOf(model), modelName: model.name, notes: [...(now.notes ?? []), note] });
        } else if (event.kind === 'receipt') {
          put(shown.after(now, undefined));
          const text = now.text.slice(answer.text.length);
          kept = await this.#keep(question, event, text);
          const estimated = event.receipt.usage ? undefined : await this.asking.estimate(event.prepared, text);
          const quoted = quotedOf(event.prepared.quote, event.prepared);
          put(endedWith(event, now, { ...part, quoted, receipt: event.receipt, estimated }));
          const { outcome } = event.ended;
          if (outcome.kind === 'failed' && outcome.error.kind === 'key')
            this.#refuse({
              message: outcome.error.message,
              fixes: event.prepared === ready.prepared ? ready.addressee.keyFixes : [SET_ANY_KEY],
            });
          await this.services.cost.refresh();
          this.#ended.fire(now);
        }
      }
    } finally {
      // The ledger could not be written: what came is kept, and told from a whole answer.
      if (this.#answer?.id === now.id && now.state === 'answering') put({ state: 'cut', message: 'What it cost could not be booked.' });
    }
  }

  /** The attempt failed, and the next one is to come: else the window would seem to do nothing. */
  #waiting(why: Why, ms: number): void {
    const reason = whyWords(why);
    this.services.log.info(`tried again in ${ms} ms: ${reason}`);
    vscode.window.setStatusBarMessage(`$(sync~spin) ${reason} Trying again.`, ms);
  }

  #refuse(obstacle: Obstacle): void {
    this.services.log.info(`not sent: ${obstacle.message}`);
    this.#show({ obstacles: [obstacle] });
  }

  #show({ phase, obstacles, answer }: { phase?: Phase; obstacles?: readonly Obstacle[]; answer?: Answer }): void {
    if (phase) this.#phase = phase;
    if (obstacles) this.#obstacles = obstacles;
    if (answer) this.#answer = answer;
    this.#changed.fire();
  }
}
