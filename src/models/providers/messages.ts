/** Anthropic's Messages API as Anthropic and those who sell Claude speak it: what is sent, and how an answer is read. */
import type Anthropic from '@anthropic-ai/sdk';
import type { ClearedRequest } from '../../policy/gate.js';
import type { AnswerEvent, Ended, WireUsage } from '../provider.js';
import { joinParts, type PromptPart } from '../request.js';
import { ended, type Progress, streamEnd } from './ending.js';
import type { Addressee } from './errors.js';

/** What the SDKs have in common. */
export interface MessagesClient {
  readonly messages: Pick<Anthropic.Messages, 'create'>;
}

/** Breakpoints that one request may have. */
const MAX_BREAKPOINTS = 4;

/** Streams an answer by any SDK that has the Messages API; `to` is whom it asks. Never throws. */
export async function* streamMessages(
  client: MessagesClient,
  request: ClearedRequest,
  to: Addressee,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, void> {
  // Usage comes twice, and the later fields replace the earlier ones; of a stream that is cut the first is all there is.
  let usage: Readonly<Record<string, unknown>> | undefined;
  const progress: Progress = { begun: false, requestId: undefined };
  const reported = (): WireUsage | undefined => usage && { protocol: 'anthropic', fields: usage };
  let stop: string | null | undefined;
  try {
    const { data, request_id } = await client.messages.create({ ...bodyOf(request), stream: true }, { signal }).withResponse();
    progress.requestId = request_id ?? undefined;
    for await (const event of data) {
      if (event.type === 'message_start') usage = { ...event.message.usage };
      else if (event.type === 'message_delta') {
        usage = { ...usage, ...withoutNulls(event.usage) };
        stop = event.delta.stop_reason;
      } else if (event.type === 'content_block_delta') {
        const { delta } = event;
        if (delta.type === 'text_delta') {
          progress.begun = true;
          yield { kind: 'text', text: delta.text };
        } else if (delta.type === 'thinking_delta') yield { kind: 'thinking', text: delta.thinking };
      } else if (event.type === 'message_stop') {
        yield ended(outcomeOf(stop, to.name), reported(), true, progress);
        return;
      }
    }
    yield streamEnd(undefined, to, signal, progress, reported());
  } catch (error) {
    yield streamEnd(error, to, signal, progress, reported());
  }
}

/** No sampling parameters: the API refuses them since version 2026-10-21. */
export function bodyOf({ model, maxOutput, answerSchema, ...prompt }: ClearedRequest) {
  const system = joinParts(prompt.system);
  const messages = prompt.messages.map(({ role, parts }) => ({ role, parts: joinParts(parts) }));
  const marked = [...system, ...messages.flatMap((m) => m.parts)].filter((p) => p.cache !== undefined);
  // The last ones hold the longest prefixes.
  const kept = new Set(marked.slice(-MAX_BREAKPOINTS));
  const block = (part: PromptPart): Anthropic.TextBlockParam => ({
    type: 'text',
    text: part.text,
    ...(kept.has(part) ? { cache_control: { type: 'ephemeral', ...(part.cache === '1h' ? { ttl: '1h' as const } : {}) } } : {}),
  });
  return {
    model,
    max_tokens: maxOutput,
    ...(system.length > 0 ? { system: system.map(block) } : {}),
    messages: messages.map(({ role, parts }) => ({ role, content: parts.map(block) })),
    ...(answerSchema ? { output_config: { format: { type: 'json_schema' as const, schema: answerSchema.schema } } } : {}),
  } satisfies Anthropic.MessageCreateParams;
}

function outcomeOf(stop: string | null | undefined, name: string): Ended['outcome'] {
  if (stop === 'max_tokens' || stop === 'model_context_window_exceeded' || stop === 'pause_turn') return { kind: 'length' };
  if (stop === 'refusal') return { kind: 'declined', reason: `${name} declined to answer this request.` };
  return { kind: 'complete' };
}

function withoutNulls(usage: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null && value !== undefined));
}
