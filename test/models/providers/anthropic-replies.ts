/** Replies of a server that speaks Anthropic's messages, for tests that want an answer and not its protocol. */
import { type Reply, type Step, sse } from './protocol-server.js';

export interface SayingOptions {
  /** Why it ends; null breaks the stream off behind the text. */
  readonly stop?: 'end_turn' | 'max_tokens' | null | undefined;
  /** What the message begins with, in Anthropic's words. */
  readonly usage?: object;
  /** Tokens of the answer, told at its end. */
  readonly output?: number;
}

/** An answer in one piece, or in several. Of 300 tokens in and 40 out unless said. */
export function saying(
  pieces: string | readonly string[],
  { stop = 'end_turn', usage = usageOf(300), output = 40 }: SayingOptions = {},
): Reply {
  const text = [pieces].flat().flatMap(piece);
  return { steps: [...beginning(usage), ...text, ...(stop === null ? [] : ending(stop, output))] };
}

export const usageOf = (input: number): object => ({ input_tokens: input, output_tokens: 1 });

export const beginning = (usage: object): Step[] =>
  sse({ type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', content: [], model: 'm', usage } });

export const piece = (text: string): Step[] => sse({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });

export const ending = (stop: string, output: number): Step[] =>
  sse({ type: 'message_delta', delta: { stop_reason: stop }, usage: { output_tokens: output } }, { type: 'message_stop' });
