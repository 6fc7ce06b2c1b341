/** One turn of a session, the same in the terminal and in the editor: what was asked before is repeated, and what is new is added. */
import { MAX_BUDGET, MIN_BUDGET } from './context/budget.js';
import type { LineRange, PackRequest } from './context/pack.js';
import type { TurnRequest, TurnResult } from './context/session/turn.js';
import type { Model } from './models/catalogue.js';
import type { ModelRequest } from './models/request.js';
import type { Forecast } from './money/cache/forecast.js';
import { cacheRulesOf } from './money/cache/rules.js';
import type { Receipt } from './money/ledger/ledger.js';
import type { KnownPrice, Unknown } from './money/price.js';
import { promptRoom, type Quote, quoteRequest } from './money/quote.js';
import { type AnswerForm, proposing } from './proposing.js';
import { instructionTokens, nextQuestionOf, withMoreTask } from './question.js';
import type { Prepared } from './request.js';
import { type Conversation, type PastTurn, type Prompt, shownIn } from './session/conversation.js';
import { forecastOf, type Rebilled, rebilledBy } from './session/forecast.js';
import { type NextTurn, nextTurn, ratioOf, type Setting } from './session/next-turn.js';
import { pastTurn } from './session/past-turn.js';
import type { WorkspacePath } from './workspace/entry.js';

/** A conversation may grow to this many times the budget of a context before it begins anew. */
const GROWTH = 4;

export interface TurnOptions {
  /** {@link file://./question.ts} */
  readonly workspace: string;
  readonly asked: PackRequest;
  readonly model: Model;
  readonly price: KnownPrice | Unknown;
  /** Tokens that the answer may have. */
  readonly maxOutput: number;
  readonly at: Date;
  /** Said behind the task, with the files of which text stands in it. */
  readonly behind?: { readonly text: string; readonly files: readonly WorkspacePath[] } | undefined;
  /** Where changes of files are asked for: the key of their markers, and the form for them, by that of the answers so far. */
  readonly changes?: { readonly key: string; formAfter(before: AnswerForm): AnswerForm } | undefined;
}

type Refused = Exclude<TurnResult, { readonly kind: 'turn' }>;

export class SessionTurn {
  constructor(
    readonly conversation: Conversation,
    readonly next: NextTurn,
    private readonly options: TurnOptions,
    private readonly setting: Setting,
  ) {}

  /** @param plan asks where the workspace is read. Refused where the question has no room. */
  static async of(
    conversation: Conversation,
    options: TurnOptions,
    plan: (asked: TurnRequest) => Promise<TurnResult>,
  ): Promise<SessionTurn | Refused> {
    const { asked, model } = options;
    const setting = settingOf(options);
    if (setting.limit < 2 * MIN_BUDGET) {
      const message = `${model.name} has no room for a session. Let its answers be shorter, or choose a model with a larger window.`;
      return { kind: 'refused', message };
    }
    const shown = shownIn(conversation);
    const planner = {
      begin: (budget: number) => plan({ request: { ...asked, budget } }),
      add: (budget: number, room: number) => plan({ request: { ...asked, budget }, after: { shown, room } }),
    };
    const next = await nextTurn(conversation, planner, setting);
    return next.kind === 'refused' ? next : new SessionTurn(conversation, next, options, setting);
  }

  /** A turn that says only `task`: the model gets nothing more to read. */
  static saying(task: string, conversation: Conversation, options: TurnOptions): SessionTurn {
    const turn = { kind: 'turn', context: '', task, tokens: 0, shown: shownIn(conversation) } as const;
    const keep = conversation.turns.at(-1)?.keep ?? 'short';
    return new SessionTurn(conversation, { kind: 'next', turn, said: { context: '', task }, keep }, options, settingOf(options));
  }

  /** Whom it asks. */
  get model(): Model {
    return this.options.model;
  }

  get request(): ModelRequest {
    return this.#requestIn(this.options.changes?.formAfter(this.before) ?? 'text');
  }

  /** The request in either form; undefined where it asks for no changes. */
  get inForm(): ((form: AnswerForm) => ModelRequest) | undefined {
    return this.options.changes && ((form) => this.#requestIn(form));
  }

  #requestIn(form: AnswerForm): ModelRequest {
    const { model, maxOutput, workspace, behind, changes } = this.options;
    const question = nextQuestionOf(this.conversation, this.next, { ...model, maxOutput }, workspace);
    const request = behind ? withMoreTask(question, behind.text, behind.files) : question;
    return changes ? proposing(request, changes.key, form) : request;
  }

  /** The lines of files that the model sees. */
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

  /** @param counted tokens by the provider's own count. */
  forecast(cleared: Prompt, counted?: number): Forecast {
    return forecastOf(this.conversation, cleared, this.next.keep, this.setting, counted);
  }

  /** @param bySchema the answer is to be held to a schema. */
  rebilled(forecast: Forecast, bySchema = false): Rebilled | undefined {
    return rebilledBy(this.conversation, this.next, forecast, this.setting, bySchema);
  }

  /** How the answers so far were asked for; a session begins in text, which questions go on with. */
  get before(): AnswerForm {
    return this.conversation.turns.at(-1)?.bySchema === true ? 'schema' : 'text';
  }

  /** What it will cost by all that is known before it passes the gate. @param usualAnswer tokens of the answer where earlier ones do not tell. */
  foresee(usualAnswer: number): { readonly quote: Quote; readonly forecast: Forecast; readonly rebilled: Rebilled | undefined } {
    const { request } = this;
    const { model, price, maxOutput } = this.options;
    const forecast = this.forecast(request);
    const expectedOutput = this.expectedOutput ?? usualAnswer;
    const quote = quoteRequest({ ...forecast, cacheable: cacheableShare(request), expectedOutput, maxOutput }, price, model);
    return { quote, forecast, rebilled: this.rebilled(forecast, request.answerSchema !== undefined) };
  }

  /** What a router compares models by: the prompt's o200k tokens, about, the share of it that stands there already, and what this model's provider will bill. */
  measure(): { readonly o200k: number; readonly cacheable: number; readonly forecast: Forecast } {
    const { request } = this;
    const forecast = this.forecast(request);
    const o200k = Math.round(forecast.input.tokens / ratioOf(this.conversation, this.options.model));
    return { o200k, cacheable: cacheableShare(request), forecast };
  }

  /** What is kept of it; undefined where nothing was answered. @param answer as it came, with placeholders for secrets. */
  answered({ cleared: request, o200k, cache }: Prepared, answer: string, { usage }: Receipt): PastTurn | undefined {
    if (answer.trim() === '') return undefined;
    return pastTurn(this.conversation, this.next, { request, at: this.options.at, o200k, cache, answer, usage });
  }
}

/** All but the newest question stands there already. */
function cacheableShare({ messages }: ModelRequest): number {
  const lengths = messages.map((m) => m.parts.reduce((n, p) => n + p.text.length, 0));
  return 1 - lengths.at(-1)! / lengths.reduce((n, length) => n + length, 1);
}

function settingOf({ asked, model, price, maxOutput, at }: TurnOptions): Setting {
  const room = promptRoom(maxOutput, model);
  const limit = Math.min(
    asked.budget * GROWTH,
    MAX_BUDGET,
    room === undefined ? MAX_BUDGET : Math.floor(room / model.tokens.high) - instructionTokens(),
  );
  return { model, price, rules: cacheRulesOf(model.provider, price), at, budget: Math.min(asked.budget, limit), limit };
}
