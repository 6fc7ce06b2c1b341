/** Answers in Anthropic's and in Chat Completions' protocol, whole and in parts, and the errors of both. */
import { beginning, ending, piece, saying, usageOf } from '../models/providers/anthropic-replies.js';
import { json, type Reply, send, sse } from '../models/providers/protocol-server.js';

/** In Anthropic's protocol. */
export const anthropic = {
  begin: beginning(usageOf(300)),
  text: piece,
  end: ending('end_turn', 40),
  error: (status: number, type: string, headers: Readonly<Record<string, string>> = {}): Reply =>
    json({ type: 'error', error: { type, message: `an error of ${status}` } }, status, headers),
  /** In the middle of a stream. */
  trouble: sse({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
};

/** @param input tokens of the prompt that are reported. */
export const whole = (text: string, input = 300): Reply => saying(text, { usage: usageOf(input) });

/** In Chat Completions. */
export const wholeChat = (text: string): Reply => ({
  steps: [
    ...sse(
      { id: 'c', choices: [{ index: 0, delta: { content: text }, finish_reason: null }] },
      { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { id: 'c', choices: [], usage: { prompt_tokens: 200, completion_tokens: 30, total_tokens: 230 } },
    ),
    send('data: [DONE]\n\n'),
  ],
});
