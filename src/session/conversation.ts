/**
 * A conversation about a workspace, as it was sent. Its prompt only grows: each turn repeats
 * what was sent before, byte for byte, so that a provider's cache holds, until one begins
 * anew, with a fresh context in front of the questions and answers so far.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Shown, ShownFile } from '../context/session/shown.js';
import type { Message, ModelRequest, PromptPart } from '../models/request.js';
import type { Keep } from '../money/cache/rules.js';
import type { Bucket } from '../money/usage.js';
import type { WorkspacePath } from '../workspace/entry.js';

/** What a turn says: what its model is given to read, and the task. */
export interface Said {
  readonly context: string;
  readonly task: string;
  /** Number of the first turn whose task and answer stand behind this turn's context, where it begins anew. */
  readonly anew?: number | undefined;
}

/** A turn that was answered. Texts are as they left, with placeholders for secrets. */
export interface PastTurn extends Said {
  /** When it was sent (ISO 8601). */
  readonly at: string;
  readonly provider: string;
  readonly model: string;
  readonly keep: Keep;
  readonly answer: string;
  /** It was held to a schema, which is part of what the provider keeps. */
  readonly bySchema?: boolean | undefined;
  /** {@link fingerprint} of the whole prompt. */
  readonly prompt: string;
  /** o200k tokens of the whole prompt. */
  readonly o200k: number;
  /** As the provider reported it; absent if it did not. */
  readonly usage?: Readonly<Partial<Record<Bucket, number>>> | undefined;
  /** Tokens that were expected to be read from the provider's cache. */
  readonly expectedCacheRead?: number | undefined;
  /** Files that this turn showed, or showed in another version, and those that it said are gone. */
  readonly shown: readonly ShownFile[];
  readonly gone: readonly WorkspacePath[];
}

export interface Conversation {
  readonly turns: readonly PastTurn[];
}

/** All that the model has seen. */
export function shownIn({ turns }: Conversation): Shown {
  const shown = new Map<WorkspacePath, ShownFile>();
  for (const turn of turns) {
    if (turn.anew !== undefined) shown.clear();
    for (const file of turn.shown) shown.set(file.path, file);
    for (const path of turn.gone) shown.delete(path);
  }
  return shown;
}

/** What of `shown` is to be kept with a turn that came after `before`. */
export function newlyShown(before: Shown, shown: Shown): Pick<PastTurn, 'shown' | 'gone'> {
  return {
    // By value: what was planned in another thread came back as a copy.
    shown: [...shown.values()].filter((file) => !isDeepStrictEqual(before.get(file.path), file)),
    gone: [...before.keys()].filter((path) => !shown.has(path)),
  };
}

/** The messages of a conversation that goes on with `next`. The end of each question is where a later prompt will begin alike. */
export function messagesOf({ turns }: Conversation, next: Said, keep: Keep): Message[] {
  const all: readonly (Said & { readonly answer?: string })[] = [...turns, next];
  const begun = beginningOf({ turns }, next);
  const first = all[begun]!.anew ?? 0;
  return all.slice(first).flatMap(({ context, task, answer }, i): Message[] => {
    const at = first + i;
    const shown = i === 0 ? all[begun]!.context : at > begun ? context : '';
    const parts: PromptPart[] = [
      ...(shown === '' ? [] : [i === 0 ? { text: shown, cache: keep } : { text: shown }]),
      { text: task, cache: keep },
    ];
    return [{ role: 'user', parts }, ...(answer === undefined ? [] : [{ role: 'assistant' as const, parts: [{ text: answer }] }])];
  });
}

/** Files of which text stands in a prompt that goes on with `next`, after which the model has seen `shown`; those that are gone since, too. */
export function pathsIn(conversation: Conversation, next: Said, shown: Shown): readonly WorkspacePath[] {
  const before = conversation.turns.slice(beginningOf(conversation, next)).flatMap((t) => t.shown);
  const all = [...before, ...shown.values()].filter((file) => file.ranges.length > 0).map((file) => file.path);
  return [...new Set(all)].sort();
}

/** Number of the turn that last began anew. */
function beginningOf({ turns }: Conversation, next: Said): number {
  return next.anew !== undefined
    ? turns.length
    : Math.max(
        0,
        turns.findLastIndex((t) => t.anew !== undefined),
      );
}

/** What a provider's cache goes by. */
export type Prompt = Pick<ModelRequest, 'system' | 'messages' | 'answerSchema'>;

/** Names a prompt by its texts and its schema: equal where a provider's cache would find it. */
export function fingerprint({ system, messages, answerSchema }: Prompt): string {
  const texts = (parts: readonly PromptPart[]): string[] => parts.map((p) => p.text);
  const schema = answerSchema ? [answerSchema] : [];
  const text = JSON.stringify([texts(system), messages.map((m) => [m.role, ...texts(m.parts)]), ...schema]);
  return createHash('sha256').update(text).digest('hex');
}

/** The turns whose whole prompt this one begins with, oldest first, each with the number of its messages. */
export function repeatedTurns(
  { turns }: Conversation,
  { messages, ...rest }: Prompt,
): { readonly turn: PastTurn; readonly messages: number }[] {
  const ends = new Map<string, number>();
  for (let n = 1; n < messages.length; n += 2) ends.set(fingerprint({ ...rest, messages: messages.slice(0, n) }), n);
  return turns.flatMap((turn) => {
    const n = ends.get(turn.prompt);
    return n === undefined ? [] : [{ turn, messages: n }];
  });
}
