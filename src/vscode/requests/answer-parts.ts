/** An answer as it begins and as a request ends it. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ReadableAnswer } from '../../proposals/readable-answer.js';
import type { Prepared, SettledEvent } from '../../request.js';
import { nameOf } from '../price-quotes.js';
import type { Answer, Part } from './answer.js';
import type { Question } from './asking.js';

export function newAnswer({ request, model, form }: Question, task: string): Answer {
  return {
    id: randomUUID(),
    asked: new Date().toISOString(),
    workspaceName: vscode.workspace.name ?? '',
    model: nameOf(model),
    modelName: model.name,
    task,
    files: request.files,
    text: '',
    thinking: '',
    state: 'answering',
    parts: [],
    form,
  };
}

export function endedWith(
  { ended: { outcome }, earlier, skipped = [] }: SettledEvent,
  { parts, notes = [] }: Answer,
  last: Part,
): Partial<Answer> {
  // What attempts before it were turned away for costs nothing, and tells nothing.
  const spent = earlier.filter(({ cost }) => !('microUsd' in cost && cost.microUsd === 0));
  return {
    state: outcome.kind,
    message: 'error' in outcome ? outcome.error.message : 'reason' in outcome ? outcome.reason : undefined,
    notes: [...notes, ...skipped.map((s) => `Not asked: ${s.replace(/\.$/, '')}.`)],
    parts: parts.flatMap((part) => (part.request === last.request ? [...spent.map((receipt) => ({ ...part, receipt })), last] : part)),
  };
}

/** What of an answer is shown while it comes, where that is an object by a schema. */
export class ShownPart {
  readonly #reader: ReadableAnswer | undefined;

  constructor({ cleared }: Prepared) {
    this.#reader = cleared.answerSchema && new ReadableAnswer();
  }

  /** @param piece what has come after `now`; undefined at the end. */
  after({ readable = '' }: Answer, piece: string | undefined): Partial<Answer> {
    return this.#reader ? { readable: readable + this.#reader.push(piece) } : {};
  }
}
