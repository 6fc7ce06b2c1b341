/** Replies of a server that speaks OpenAI's chat completions, for tests that want an answer and not its protocol. */
import { json, type Reply, type Step, send, sse } from './protocol-server.js';

export interface AnswerOptions {
  /** Why it ends; "reset" tears the connection down before the usage is told. */
  readonly finish?: 'stop' | 'length' | 'reset';
  /** Milliseconds after each piece. */
  readonly gap?: number;
}

/** Of 4,000 tokens in, 1,000 of them cached, and 40 out. */
export function answering(pieces: readonly string[], { finish = 'stop', gap = 0 }: AnswerOptions = {}): Reply {
  const steps = pieces.flatMap((content): Step[] => [
    ...chunk([{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }]),
    ...(gap > 0 ? [{ kind: 'wait', ms: gap } as const] : []),
  ]);
  if (finish === 'reset') return { steps: [...steps, { kind: 'reset' }] };
  const usage = { prompt_tokens: 4_000, completion_tokens: 40, total_tokens: 4_040, prompt_tokens_details: { cached_tokens: 1_000 } };
  return {
    steps: [...steps, ...chunk([{ index: 0, delta: {}, finish_reason: finish }]), ...chunk([], { usage }), send('data: [DONE]\n\n')],
  };
}

export const refusing = (status: number, message: string): Reply => json({ error: { message } }, status);

function chunk(choices: readonly object[], more: object = {}): Step[] {
  return sse({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'large', choices, ...more });
}
