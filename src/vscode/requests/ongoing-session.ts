/** The session that goes on in a workspace until a new one is begun. Its turns are on disk; reading and planning them is loaded when there are any, or with the first request. */
import * as vscode from 'vscode';
import { dataFolder } from '../../base/user-folders.js';
import type { PackRequest } from '../../context/pack.js';
import type { SentPack } from '../../engine/protocol.js';
import type { Model } from '../../models/catalogue.js';
import type { Receipt } from '../../money/ledger/ledger.js';
import { inputOf, outputOf } from '../../money/spending.js';
import type { Prepared } from '../../request.js';
import type { Conversation } from '../../session/conversation.js';
import type { SessionStore } from '../../session/store.js';
import type { SessionTurn, TurnOptions } from '../../session-turn.js';
import { workspaceId } from '../../workspace/id.js';
import type { Services } from '../services.js';
import { readSettings } from '../settings.js';
import { changesOf } from './answer-form.js';
import { type Quoted, quotedOf } from './receipt-words.js';
import { wantedOf } from './wanted.js';

/** What the next question will be billed as, as far as it is known before it passes the gate. */
export interface Foreseen extends Quoted {
  /** What is billed again, why, and what that costs. */
  readonly again: string | undefined;
}

/** What was asked last of the next question's price. */
interface Foresight {
  readonly pack: SentPack;
  readonly model: string;
  readonly conversation: Conversation;
  readonly abort: AbortController;
  /** Still undefined at the end where it cannot be told. */
  known?: Foreseen | undefined;
  ended: boolean;
}

type Asked = Pick<TurnOptions, 'asked' | 'model' | 'maxOutput' | 'behind' | 'changes'>;

/** Where the name of the session is kept, per workspace. */
const NAME = 'longview.session';

export class OngoingSession implements vscode.Disposable {
  #conversation: Conversation | undefined;
  #reading: Promise<Conversation> | undefined;
  #foresight: Foresight | undefined;
  readonly #changed = new vscode.EventEmitter<void>();

  /** A turn more, a new session, or what the next turn will be billed as. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly services: Services,
    private readonly memento: vscode.Memento,
  ) {}

  /** Whether questions are turns of it; else each is sent alone. */
  get on(): boolean {
    return readSettings().sessions;
  }

  /** As `longview session` lists it. */
  get name(): string {
    return this.memento.get<string>(NAME) ?? this.begin();
  }

  get conversation(): Conversation | undefined {
    return this.#conversation;
  }

  /** Turns so far, and the model's tokens that the next one repeats; undefined before the first. */
  get carried(): { readonly turns: number; readonly tokens: number } | undefined {
    const { turns } = (this.on && this.#conversation) || { turns: [] };
    const last = turns.at(-1);
    return last && { turns: turns.length, tokens: last.usage ? inputOf(last.usage) + outputOf(last.usage) : last.o200k };
  }

  /** The name of a new session, which goes on from here. The one before stays on disk. */
  begin(): string {
    const name = `editor-${new Date().toISOString().slice(0, 23).replaceAll(':', '-')}`;
    void this.memento.update(NAME, name);
    this.#become({ turns: [] });
    return name;
  }

  /** Reads the turns that a window before this one has left. */
  async wake(): Promise<void> {
    if (this.#conversation || this.#reading || !this.on || !this.services.index.last) return;
    if (this.memento.get(NAME) === undefined) return;
    try {
      await this.#read();
      this.#changed.fire();
    } catch (error) {
      this.services.log.warn(`session: ${messageOf(error)}`);
    }
  }

  /** The next turn. Refused where there is no room; throws a SessionError where the session cannot be read. */
  async plan(asked: Asked, signal?: AbortSignal): Promise<SessionTurn | { readonly kind: 'refused'; readonly message: string }> {
    const conversation = await this.#read();
    const { SessionTurn } = await import('./sending.js');
    return await SessionTurn.of(conversation, await this.#optionsOf(asked), (turn) => this.services.index.ask('turn', turn, signal));
  }

  /** The next turn with the model that answered last; undefined before the first turn, and where it has no room. */
  async goingOn(asked: PackRequest): Promise<SessionTurn | undefined> {
    const last = this.on ? this.#conversation?.turns.at(-1) : undefined;
    const model = last && (await this.services.quotes.find(`${last.provider}/${last.model}`));
    if (!model) return undefined;
    const turn = await this.plan({ asked, model, maxOutput: readSettings().maxAnswer });
    return 'request' in turn ? turn : undefined;
  }

  /** A turn that says only `task`, behind the conversation as it is. */
  async saying(task: string, asked: Asked): Promise<SessionTurn> {
    const { SessionTurn } = await import('./sending.js');
    return SessionTurn.saying(task, await this.#read(), await this.#optionsOf(asked));
  }

  /** Adds a question and its answer. What went wrong, in words; undefined if nothing did. @param answer as it came, with placeholders for secrets. */
  async keep(turn: SessionTurn, prepared: Prepared, answer: string, receipt: Receipt): Promise<string | undefined> {
    const past = turn.answered(prepared, answer, receipt);
    if (!past || turn.conversation !== this.#conversation) return undefined;
    try {
      if (await (await this.#store()).add(this.name, turn.conversation, past)) {
        this.#become({ turns: [...turn.conversation.turns, past] });
        return undefined;
      }
      this.#conversation = undefined;
      this.#reading = undefined;
      return 'The session went on elsewhere meanwhile; this answer is not part of it.';
    } catch (error) {
      return messageOf(error);
    }
  }

  /**
   * What the next turn will be billed as with the context that is shown; `pending` until that is
   * known, undefined where nothing is carried or it cannot be told.
   */
  foreseen(pack: SentPack, asked: PackRequest, model: string): Foreseen | 'pending' | undefined {
    const conversation = this.#conversation;
    if (!this.on || !conversation || conversation.turns.length === 0) return undefined;
    const last = this.#foresight;
    if (last?.pack === pack && last.model === model && last.conversation === conversation) return last.ended ? last.known : 'pending';
    last?.abort.abort();
    void this.#foresee(pack, asked, model, conversation);
    return 'pending';
  }

  dispose(): void {
    this.#foresight?.abort.abort();
    this.#changed.dispose();
  }

  async #foresee(pack: SentPack, asked: PackRequest, model: string, conversation: Conversation): Promise<void> {
    const abort = new AbortController();
    const foresight: Foresight = { pack, model, conversation, abort, ended: false };
    this.#foresight = foresight;
    try {
      const found = await this.services.quotes.find(model);
      const { maxAnswer, expectedAnswer } = readSettings();
      const wanted = wantedOf(this.services.pack.choice.ask);
      const of = { asked, maxOutput: maxAnswer, behind: wanted.behind };
      const turn = found && (await this.plan({ ...of, model: found, changes: changesOf(wanted, found) }, abort.signal));
      if (turn && 'request' in turn) {
        const { describeRebilled } = await import('./sending.js');
        const { quote, forecast, rebilled } = turn.foresee(expectedAnswer);
        foresight.known = { ...quotedOf(quote, forecast), again: rebilled && describeRebilled(rebilled) };
      }
    } catch (error) {
      if (!abort.signal.aborted) this.services.log.warn(`session: ${messageOf(error)}`);
    }
    foresight.ended = true;
    if (this.#foresight === foresight) this.#changed.fire();
  }

  #become(conversation: Conversation): void {
    this.#conversation = conversation;
    this.#reading = undefined;
    this.#changed.fire();
  }

  async #read(): Promise<Conversation> {
    if (this.#conversation) return this.#conversation;
    this.#reading ??= this.#store().then((store) => store.open(this.name));
    try {
      const read = await this.#reading;
      this.#conversation ??= read;
    } finally {
      this.#reading = undefined;
    }
    return this.#conversation;
  }

  async #store(): Promise<SessionStore> {
    const { SessionStore } = await import('./sending.js');
    return new SessionStore(dataFolder(process.env), this.#workspace);
  }

  get #workspace(): string {
    return workspaceId(this.services.index.last?.roots ?? []);
  }

  async #optionsOf({ asked, model, maxOutput, behind, changes }: Asked): Promise<TurnOptions> {
    const at = new Date();
    const price = (await this.services.quotes.table()).find(model.provider, model.id, at);
    return { asked, model, price, at, behind, changes, maxOutput: maxOf(model, maxOutput), workspace: this.#workspace };
  }
}

const maxOf = ({ maxOutput }: Model, wanted: number): number => Math.min(wanted, maxOutput ?? wanted);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
