/** How changes of files are asked for in the editor: by a schema or in text. */
import type { Model } from '../../models/catalogue.js';
import { type AnswerForm, type FormWish, formFor } from '../../proposing.js';
import type { TurnOptions } from '../../session-turn.js';
import { userEndpoints } from '../endpoints.js';
import { readSettings } from '../settings.js';
import type { Wanted } from './wanted.js';

/** @param before as for {@link formFor}. */
export function answerFormFor(model: Model, wish: FormWish = 'auto', before?: AnswerForm): AnswerForm {
  const endpoint = userEndpoints().find(({ id }) => id === model.provider);
  return endpoint ? formFor(wish, model, endpoint, before) : 'text';
}

/** For a turn of a session, by the user's setting. */
export function changesOf({ key }: Wanted, model: Model): TurnOptions['changes'] {
  return key === undefined ? undefined : { key, formAfter: (before) => answerFormFor(model, readSettings().answerForm, before) };
}
