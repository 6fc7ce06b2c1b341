/** A question of `longview ask` in a session: what was asked before is repeated, and what is new is added. */

import { atOnce } from '../base/steps.js';
import { dataFolder } from '../base/user-folders.js';
import { MAX_BUDGET, MIN_BUDGET } from '../context/budget.js';
import type { LineRange, PackRequest } from '../context/pack.js';
import { type SeenFile, seenFiles } from '../context/session/shown.js';
import { beginTurn, continueTurn } from '../context/session/turn.js';
import type { Snapshot } from '../index/snapshot.js';
import type { Model } from '../models/catalogue.js';
import type { ModelRequest } from '../models/request.js';
import type { Forecast } from '../money/cache/forecast.js';
import { cacheRulesOf } from '../money/cache/rules.js';
import type { Receipt } from '../money/ledger/ledger.js';
import type { KnownPrice, Unknown } from '../money/price.js';
import { promptRoom } from '../money/quote.js';
import { PLACEHOLDER_BEGIN, type Redaction } from '../policy/redaction.js';
import { instructionTokens, nextQuestionOf } from '../question.js';
import type { Prepared } from '../request.js';
import { type Conversation, shownIn } from '../session/conversation.js';
import { forecastOf, type Rebilled, rebilledBy } from '../session/forecast.js';
import { type NextTurn, nextTurn, type Setting } from '../session/next-turn.js';
import { pastTurn } from '../session/past-turn.js';
import { SessionError, SessionStore } from '../session/store.js';
import type { WorkspacePath } from '../workspace/entry.js';
import type { Question } from './ask-question.js';
import { CommandError, type Terminal } from './command.js';

/** A conversation may grow to this many times the budget of a context before it begins anew. */
const GROWTH = 4;

export interface SessionOptions {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly workspace: string;
  readonly asked: PackRequest;
  readonly model: Model;
  readonly price: KnownPrice | Unknown;
  readonly maxOutput: number;
  readonly at: Date;
}

export class SessionQuestion implements Question {
  private constructor(
    private readonly store: SessionStore,
    private readonly options: SessionOptions,
    private readonly conversation: Conversation,
    private readonly next: NextTurn,
    private readonly setting: Setting,
  ) {}

  /** Throws a CommandError where the session cannot be read, or the question has no room. */
  static async of(options: SessionOptions, env: Terminal['env']): Promise<SessionQuestion> {
    const { snapshot, asked, model, price, maxOutput, at, name } = options;
    const store = openStore(snapshot, env);
    const conversation = await expected(store.open(name));
    const room = promptRoom(maxOutput, model);
    const limit = Math.min(
      asked.budget * GROWTH,
      MAX_BUDGET,
      room === undefined ? MAX_BUDGET : Math.floor(room / model.tokens.high) - instructionTokens(),
    );
    const setting = { model, price, rules: cacheRulesOf(model.provider, price), at, budget: Math.min(asked.budget, limit), limit };
    if (limit < 2 * MIN_BUDGET)
      throw new CommandError(`${model.name} has no room for a session. Lower --max-output, or choose a model with a larger window.`);
    const shown = shownIn(conversation);
    const planner = {
      begin: (budget: number) => atOnce(beginTurn(snapshot, { ...asked, budget })),
      add: (budget: number, room: number) => atOnce(continueTurn(snapshot, { ...asked, budget }, shown, room)),
    };
    const next = nextTurn(conversation, planner, setting);
    if (next.kind === 'refused') throw new CommandError(next.message);
    return new SessionQuestion(store, options, conversation, next, setting);
  }

  get request(): ModelRequest {
    const { model, maxOutput, workspace } = this.options;
    return nextQuestionOf(this.conversation, this.next, { ...model, maxOutput }, workspace);
  }

  /** All that the model sees of the workspace with this question. */
  get files(): readonly SeenFile[] {
    return seenFiles(this.options.snapshot, this.next.turn.shown);
  }

  /** The lines of them, by file. */
  get shownLines(): ReadonlyMap<WorkspacePath, readonly LineRange[]> {
    return new Map([...this.next.turn.shown].map(([path, { ranges }]) => [path, ranges]));
  }

  /** Tokens of the answer: the median of those before; undefined for the first. */
  get expectedOutput(): number | undefined {
    const outputs = this.conversation.turns
      .flatMap(({ usage }) => (usage ? [(usage.output ?? 0) + (usage.reasoning ?? 0)] : []))
      .sort((a, b) => a - b);
    return outputs[outputs.length >> 1];
  }

  forecast(cleared: ModelRequest, counted: number | undefined): Forecast {
    return forecastOf(this.conversation, cleared, this.next.keep, this.setting, counted);
  }

  rebilled(prepared: Prepared): Rebilled | undefined {
    return rebilledBy(this.conversation, this.next, prepared, this.setting);
  }

  /** Lets `redaction` know the secrets that earlier turns left placeholders for, as far as they still stand in the files. */
  async recall(redaction: Redaction): Promise<void> {
    if (!this.conversation.turns.some((t) => `${t.context}${t.task}${t.answer}`.includes(PLACEHOLDER_BEGIN))) return;
    for (const { path } of this.files) {
      const text = this.options.snapshot.text(path);
      if (text !== undefined) await redaction.redact(path, text);
    }
  }

  /** Adds the question and its answer to the session. What went wrong, in words; undefined if nothing did. */
  async keep({ cleared: request, o200k, cache }: Prepared, answer: string, { usage }: Receipt): Promise<string | undefined> {
    if (answer.trim() === '') return undefined;
    const { name, at } = this.options;
    const turn = pastTurn(this.conversation, this.next, { request, at, o200k, cache, answer, usage });
    const added = await expected(this.store.add(name, this.conversation, turn));
    return added ? undefined : `The session "${name}" went on elsewhere meanwhile; this answer is not part of it.`;
  }
}

export function openStore(snapshot: Pick<Snapshot, 'roots'>, env: Terminal['env']): SessionStore {
  return new SessionStore(
    dataFolder(env),
    snapshot.roots.map((r) => r.folder),
  );
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
