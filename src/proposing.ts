/** The request for changes of files: behind the task, so that what a provider has cached of the prompt stays as it is. */
import type { Model } from './models/catalogue.js';
import type { Endpoint } from './models/providers/presets.js';
import type { AnswerSchema, ModelRequest } from './models/request.js';
import { describeMarkers } from './proposals/markers.js';
import { describeSchema, PROPOSAL_SCHEMA } from './proposals/schema.js';
import { withMoreTask } from './question.js';

/** How a model writes changes: as an object by a schema that its provider holds it to, or in blocks of text. */
export type AnswerForm = 'schema' | 'text';
export const FORM_WISHES = ['auto', 'schema', 'text'] as const;
export type FormWish = (typeof FORM_WISHES)[number];

const ANSWER_SCHEMA: AnswerSchema = { name: 'proposal', schema: PROPOSAL_SCHEMA };

/**
 * The form that the user wishes, or else a schema where model and endpoint are known to take one.
 * @param before how the answers of the session were asked for. A schema is part of what the provider's cache goes
 * by: with another form than before all that was said would be billed anew. A session begins in text, which
 * questions go on with.
 */
export function formFor(
  wish: FormWish,
  { capabilities }: Pick<Model, 'capabilities'>,
  { answerSchema }: Pick<Endpoint, 'answerSchema'>,
  before?: AnswerForm,
): AnswerForm {
  if (wish !== 'auto') return wish;
  return capabilities.structuredOutput === true && answerSchema === true && before !== 'text' ? 'schema' : 'text';
}

/** @param key of the markers; see {@link file://./proposals/markers.ts}. */
export function proposing(request: ModelRequest, key: string, form: AnswerForm): ModelRequest {
  const asked = withMoreTask(request, form === 'schema' ? describeSchema() : describeMarkers(key));
  return form === 'schema' ? { ...asked, answerSchema: ANSWER_SCHEMA } : asked;
}
