/** How a task is asked beyond its words: what stands behind it in the prompt, and what an answer that changes files is read by. */
import type { ActionPlan } from '../../actions/action.js';
import type { ModelRequest } from '../../models/request.js';
import { proposalKey } from '../../proposals/markers.js';
import { type AnswerForm, proposing } from '../../proposing.js';
import { withMoreTask } from '../../question.js';
import type { WorkspacePath } from '../../workspace/entry.js';

/** Of an action, or of the user's own question. */
export interface Ask extends Pick<ActionPlan, 'title' | 'instructions' | 'tokens' | 'files' | 'answers'> {
  /** Id of the action; "ask" for a question of the user's own. */
  readonly action: string;
  /** o200k tokens that are enough of a pack, where the budget would be too many. */
  readonly most?: number | undefined;
}

/** A question of the user's own, which is answered in words. */
export const PLAIN: Ask = { action: 'ask', title: '', instructions: '', tokens: 0, files: [], answers: 'text' };

/** o200k tokens of the form of changes. */
export const FORM_TOKENS = 260;

/** o200k tokens that stand behind the task. */
export const tokensBehind = ({ tokens, answers }: Ask): number => tokens + (answers === 'proposal' ? FORM_TOKENS : 0);

/** What is said behind the task, and files of which text stands in it. */
export interface Behind {
  readonly text: string;
  readonly files: readonly WorkspacePath[];
}

export interface Wanted {
  readonly ask: Ask;
  /** Without the form of changes; undefined where nothing is. */
  readonly behind: Behind | undefined;
  /** Of the markers of changes, where the answer may have any. */
  readonly key: string | undefined;
}

/** With a key of its own for the answer. */
export function wantedOf(ask: Ask): Wanted {
  const key = ask.answers === 'proposal' ? proposalKey() : undefined;
  return { ask, key, behind: ask.instructions === '' ? undefined : { text: ask.instructions, files: ask.files } };
}

export function withBehind(request: ModelRequest, behind: Behind | undefined): ModelRequest {
  return behind ? withMoreTask(request, behind.text, behind.files) : request;
}

/** The request with all that stands behind its task, its changes asked for by a schema or in text; undefined where it wants none. */
export function inFormOf({ behind, key }: Wanted, request: ModelRequest): ((form: AnswerForm) => ModelRequest) | undefined {
  if (key === undefined) return undefined;
  return (form) => proposing(withBehind(request, behind), key, form);
}

/** What an answer that may change files is read by. Kept with it. */
export interface ProposalForm {
  readonly key: string;
  /** Files that the model saw something of, each with the hash of its text then. */
  readonly basis: readonly (readonly [path: WorkspacePath, hash: string])[];
  /** What was asked for, in a line. */
  readonly title: string;
  /** Id of the action. */
  readonly action: string;
  /** Id of the answer whose failed changes this one is to put right. */
  readonly mends?: string | undefined;
}

/** The title of what is asked: of the action, else the first line of the task. */
export function titleOfAsk({ title }: Ask, task: string): string {
  return title === '' ? task.trim().split('\n', 1)[0]! : title;
}

/** What was kept, as far as it makes sense. */
export function readAsk(kept: Partial<Ask> | undefined): Ask {
  const { action, title, instructions, tokens, files, answers, most } = kept ?? {};
  const whole = typeof action === 'string' && typeof title === 'string' && typeof instructions === 'string' && Number.isSafeInteger(tokens);
  if (!whole || !Array.isArray(files) || (answers !== 'text' && answers !== 'proposal')) return PLAIN;
  return { action, title, instructions, tokens: tokens!, files, answers, ...(typeof most === 'number' ? { most } : {}) };
}
