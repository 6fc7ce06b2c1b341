/** The second pass over a proposal: a model, usually a cheaper one, is asked which of the project's rules it breaks. */
import type { AnswerSchema, ModelRequest } from './models/request.js';
import { BREACHES_SCHEMA, describeCheck } from './proposals/breaches.js';
import { diffOf } from './proposals/diff-of.js';
import type { PlannedFile } from './proposals/plan.js';
import type { AnswerForm } from './proposing.js';
import type { AskedModel } from './question.js';

/** Its name in the ledger. */
export const CHECK_ACTION = 'check-rules';

/** Tokens of its answer: what is expected, and what it may have. */
export const CHECK_ANSWER = { expected: 300, most: 4_000 } as const;

const ANSWER: AnswerSchema = { name: 'breaches', schema: BREACHES_SCHEMA };

export interface RulesCheck {
  readonly rules: readonly { readonly path: string; readonly text: string }[];
  readonly files: readonly PlannedFile[];
  /** As for markers; see {@link file://./proposals/markers.ts}. */
  readonly key: string;
  /** {@link file://./question.ts} */
  readonly workspace: string;
}

export function checkRequest(
  { rules, files, key, workspace }: RulesCheck,
  { provider, id }: Pick<AskedModel, 'provider' | 'id'>,
  form: AnswerForm,
): ModelRequest {
  return {
    provider,
    model: id,
    system: [],
    messages: [{ role: 'user', parts: [{ text: describeCheck(rules, files.map(diffOf).join('\n'), key) }] }],
    files: [...rules, ...files].map(({ path }) => path),
    maxOutput: CHECK_ANSWER.most,
    cacheKey: `longview-${workspace}`,
    ...(form === 'schema' ? { answerSchema: ANSWER } : {}),
  };
}
