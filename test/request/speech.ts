/** Answers in Anthropic's and in Chat Completions' protocol, whole and in parts, and the errors of both. */
import { json, type Reply, type Step, send, sse } from '../models/providers/protocol-server.js';

const delta = (text: string) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });

/** @param input tokens of the prompt that are reported. */
const begin = (input: number): Step[] =>
  sse({
    type: 'message_start',
    message: { id: 'm', type: 'message', role: 'assistant', content: [], model: 'm', usage: { input_tokens: input, output_tokens: 1 } },
  });

/** In Anthropic's protocol. */
export const anthropic = {
  begin: begin(300),
  text: (text: string): Step[] => sse(delta(text)),
  end: sse({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 40 } }, { type: 'message_stop' }),
  error: (status: number, type: string, headers: Readonly<Record<string, string>> = {}): Reply =>
    json({ type: 'error', error: { type, message: `an error of ${status}` } }, status, headers),
  /** In the middle of a stream. */
  trouble: sse({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
};

export const whole = (text: string, input = 300): Reply => ({ steps: [...begin(input), ...anthropic.text(text), ...anthropic.end] });

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
