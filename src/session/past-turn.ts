/** What is kept of a turn that was answered. */
import type { ModelRequest } from '../models/request.js';
import type { CacheForecast } from '../money/cache/forecast.js';
import type { SettledRow } from '../money/ledger/row.js';
import { type Conversation, fingerprint, newlyShown, type PastTurn, shownIn } from './conversation.js';
import type { NextTurn } from './next-turn.js';

export interface Sent {
  /** As it left. */
  readonly request: ModelRequest;
  readonly at: Date;
  /** o200k tokens of the whole prompt. */
  readonly o200k: number;
  readonly cache: CacheForecast | undefined;
  /** As it came, with placeholders for secrets. */
  readonly answer: string;
  readonly usage: SettledRow['usage'];
}

export function pastTurn(conversation: Conversation, { said, turn, keep }: NextTurn, sent: Sent): PastTurn {
  const { request, at, o200k, cache, answer, usage } = sent;
  const question = request.messages.at(-1)!.parts;
  // The context of a turn that began anew stands in front of the questions before it.
  const context = said.anew === undefined ? question.slice(0, -1) : request.messages[0]!.parts.slice(0, -1);
  const before = said.anew === undefined ? shownIn(conversation) : new Map();
  return {
    at: at.toISOString(),
    provider: request.provider,
    model: request.model,
    keep,
    context: context.map((p) => p.text).join(''),
    task: question.at(-1)!.text,
    ...(said.anew === undefined ? {} : { anew: said.anew }),
    answer,
    ...(request.answerSchema ? { bySchema: true } : {}),
    prompt: fingerprint(request),
    o200k,
    ...(usage ? { usage } : {}),
    ...(cache ? { expectedCacheRead: cache.read } : {}),
    ...newlyShown(before, turn.shown),
  };
}
