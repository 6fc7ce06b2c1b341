/** What `longview ask` asks: a question alone, or one of a session. */
import type { Level, PackRequest } from '../context/pack.js';
import { packContext } from '../context/pack-context.js';
import type { Snapshot } from '../index/snapshot.js';
import type { ModelRequest } from '../models/request.js';
import { exactTokens } from '../models/token-counter.js';
import type { Forecast } from '../money/cache/forecast.js';
import type { Receipt } from '../money/ledger/ledger.js';
import type { Redaction } from '../policy/redaction.js';
import { type AnswerForm, proposing } from '../proposing.js';
import { type AskedModel, questionOf, withMoreTask } from '../question.js';
import type { Prepared } from '../request.js';
import type { Rebilled } from '../session/forecast.js';
import type { Before } from '../session/unfinished.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { CommandError } from './command.js';

export interface Question {
  readonly request: ModelRequest;
  /** Of one that wants changes proposed: in another form than that of `request`. */
  requestIn?(form: AnswerForm): ModelRequest;
  /** What the model sees of the workspace. */
  readonly files: readonly { readonly path: WorkspacePath; readonly level: Level }[];
  /** Tokens of the answer, where earlier ones tell. */
  readonly expectedOutput?: number | undefined;
  /** @param counted tokens by the provider's own count. */
  forecast(cleared: ModelRequest, counted: number | undefined): Forecast | undefined;
  rebilled?(prepared: Prepared): Rebilled | undefined;
  /** Of one in a session: how changes were asked for so far. */
  readonly before?: AnswerForm | undefined;
  /** What another request in its place would have billed again. */
  rebilledWith?(request: ModelRequest): Rebilled | undefined;
  recall?(redaction: Redaction): Promise<void>;
  keep?(prepared: Prepared, answer: string, receipt: Receipt): Promise<string | undefined>;
  /** What stands before its answer, for going on from that. */
  asBefore(prepared: Prepared, receipt: Receipt): Before;
}

/** A question with a context of its own. Throws a CommandError where that cannot be packed. */
export function singleQuestion(snapshot: Snapshot, asked: PackRequest, model: AskedModel, workspace: string): Question {
  const packed = packContext(snapshot, asked);
  if (packed.kind === 'refused') throw new CommandError(packed.message);
  return {
    request: questionOf(packed.pack, asked.task, model, workspace),
    files: packed.pack.files,
    forecast: (_, counted) => (counted === undefined ? undefined : { input: exactTokens(counted) }),
    asBefore: alone,
  };
}

const alone: Question['asBefore'] = ({ cleared: request }, { usage }) => ({ kind: 'alone', request, usage });

/** A question with a context of its own, of another model. */
export function askedOf(question: Question, { provider, id }: Pick<AskedModel, 'provider' | 'id'>): Question {
  return { ...question, request: { ...question.request, provider, model: id } };
}

/** The question with more text behind its task. @param files of which text stands in it. */
export function saying(question: Question, text: string, files: readonly WorkspacePath[] = []): Question {
  return { ...delegating(question), request: withMoreTask(question.request, text, files) };
}

/** All of a question but what it asks; it may be an object of a class. */
function delegating(question: Question): Omit<Question, 'request' | 'requestIn'> {
  return {
    files: question.files,
    expectedOutput: question.expectedOutput,
    forecast: (cleared, counted) => question.forecast(cleared, counted),
    rebilled: (prepared) => question.rebilled?.(prepared),
    before: question.before,
    rebilledWith: (request) => question.rebilledWith?.(request),
    recall: async (redaction) => await question.recall?.(redaction),
    keep: async (prepared, answer, receipt) => await question.keep?.(prepared, answer, receipt),
    asBefore: (prepared, receipt) => question.asBefore(prepared, receipt),
  };
}

/** The question with the wish that changes be proposed, in text or by a schema. */
export function wantingChanges(question: Question, key: string): Question {
  const requestIn = (form: AnswerForm): ModelRequest => proposing(question.request, key, form);
  return { ...delegating(question), request: requestIn('text'), requestIn };
}
