/** A question of `longview ask` in a session: the conversation is on disk, and the workspace at hand. */

import { atOnce } from '../base/steps.js';
import { dataFolder } from '../base/user-folders.js';
import { type SeenFile, seenFiles } from '../context/session/shown.js';
import { planTurn } from '../context/session/turn.js';
import type { Snapshot } from '../index/snapshot.js';
import type { ModelRequest } from '../models/request.js';
import type { Forecast } from '../money/cache/forecast.js';
import type { Receipt } from '../money/ledger/ledger.js';
import { PLACEHOLDER_BEGIN, type Redaction } from '../policy/redaction.js';
import type { AnswerForm } from '../proposing.js';
import type { Prepared } from '../request.js';
import type { Rebilled } from '../session/forecast.js';
import { SessionError, SessionStore } from '../session/store.js';
import type { Before } from '../session/unfinished.js';
import { SessionTurn, type TurnOptions } from '../session-turn.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { workspaceId } from '../workspace/id.js';
import type { Question } from './ask-question.js';
import { CommandError, type Terminal } from './command.js';

export interface SessionOptions extends TurnOptions {
  readonly name: string;
  readonly snapshot: Snapshot;
}

export class SessionQuestion implements Question {
  private constructor(
    private readonly store: SessionStore,
    private readonly options: SessionOptions,
    private readonly turn: SessionTurn,
  ) {}

  /** Throws a CommandError where the session cannot be read, or the question has no room. */
  static async of(options: SessionOptions, env: Terminal['env']): Promise<SessionQuestion> {
    const { snapshot, name } = options;
    const store = openStore(snapshot, env);
    const conversation = await expected(store.open(name));
    const turn = await SessionTurn.of(conversation, options, async (asked) => atOnce(planTurn(snapshot, asked)));
    if (!(turn instanceof SessionTurn)) throw new CommandError(turn.message);
    return new SessionQuestion(store, options, turn);
  }

  /** A turn that says only `asked.task`, where the session has just `turns` turns. Throws a CommandError where it has not. */
  static async saying(options: SessionOptions, turns: number, env: Terminal['env']): Promise<SessionQuestion> {
    const { snapshot, name, asked } = options;
    const store = openStore(snapshot, env);
    const conversation = await expected(store.open(name));
    if (conversation.turns.length !== turns)
      throw new CommandError(`The session "${name}" went on, or was forgotten, since that answer. Ask on with --session ${name} --query.`);
    return new SessionQuestion(store, options, SessionTurn.saying(asked.task, conversation, options));
  }

  get request(): ModelRequest {
    return this.turn.request;
  }

  /** All that the model sees of the workspace with this question. */
  get files(): readonly SeenFile[] {
    return seenFiles(this.options.snapshot, this.turn.next.turn.shown);
  }

  get shownLines(): SessionTurn['shownLines'] {
    return this.turn.shownLines;
  }

  get expectedOutput(): number | undefined {
    return this.turn.expectedOutput;
  }

  forecast(cleared: ModelRequest, counted: number | undefined): Forecast {
    return this.turn.forecast(cleared, counted);
  }

  rebilled(prepared: Prepared): Rebilled | undefined {
    return this.turn.rebilled(prepared, prepared.cleared.answerSchema !== undefined);
  }

  get before(): AnswerForm {
    return this.turn.before;
  }

  rebilledWith(request: ModelRequest): Rebilled | undefined {
    return this.turn.rebilled(this.turn.forecast(request), request.answerSchema !== undefined);
  }

  async recall(redaction: Redaction): Promise<void> {
    const texts = this.turn.conversation.turns.flatMap((t) => [t.context, t.task, t.answer]);
    const paths = this.files.map(({ path }) => path);
    await recallSecrets(redaction, texts, this.options.snapshot, paths);
  }

  asBefore(): Before {
    return { kind: 'turn', name: this.options.name, turns: this.turn.conversation.turns.length + 1 };
  }

  /** Adds the question and its answer to the session. What went wrong, in words; undefined if nothing did. */
  async keep(prepared: Prepared, answer: string, receipt: Receipt): Promise<string | undefined> {
    const past = this.turn.answered(prepared, answer, receipt);
    if (!past) return undefined;
    const { name } = this.options;
    const added = await expected(this.store.add(name, this.turn.conversation, past));
    return added ? undefined : `The session "${name}" went on elsewhere meanwhile; this answer is not part of it.`;
  }
}

/** Lets `redaction` know the secrets that placeholders in `texts` stand for, as far as they still stand in the files. */
export async function recallSecrets(
  redaction: Redaction,
  texts: readonly string[],
  snapshot: Pick<Snapshot, 'text'>,
  paths: readonly WorkspacePath[],
): Promise<void> {
  if (!texts.some((text) => text.includes(PLACEHOLDER_BEGIN))) return;
  for (const path of paths) {
    const text = snapshot.text(path);
    if (text !== undefined) await redaction.redact(path, text);
  }
}

export function openStore(snapshot: Pick<Snapshot, 'roots'>, env: Terminal['env']): SessionStore {
  return new SessionStore(dataFolder(env), workspaceId(snapshot.roots));
}

/** With what the store cannot do as a message for the user. */
export async function expected<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SessionError) throw new CommandError(error.message);
    throw error;
  }
}

/** "provider/model" of the last answer of a session; undefined before the first. */
export async function lastModel(name: string, snapshot: Pick<Snapshot, 'roots'>, env: Terminal['env']): Promise<string | undefined> {
  const last = (await expected(openStore(snapshot, env).open(name))).turns.at(-1);
  return last && `${last.provider}/${last.model}`;
}
