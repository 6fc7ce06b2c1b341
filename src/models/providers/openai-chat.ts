/** OpenAI's Chat Completions, the protocol that most other providers and local servers speak. */
import type OpenAI from 'openai';
import type { ClearedRequest } from '../../policy/gate.js';
import type { AnswerEvent, Ended, OfferedModel, Provider, WireUsage } from '../provider.js';
import { joinParts } from '../request.js';
import { ended, type Progress, streamEnd } from './ending.js';
import { listOpenAiModels, type OpenAiEndpoint, openAiClient } from './openai-client.js';

/** What an endpoint does otherwise than OpenAI's own; most want the least that the protocol has. */
export interface ChatDeviations {
  /** Takes `stream_options`, without which OpenAI reports no usage. Default true. */
  readonly usageOnRequest?: boolean;
  /** The name of the answer's limit. Default "max_tokens", which all but OpenAI's newer models know. */
  readonly limitField?: 'max_tokens' | 'max_completion_tokens';
  /** Takes `prompt_cache_key`. */
  readonly cacheKey?: boolean;
  /** Takes Anthropic's `cache_control` on parts of a message (OpenRouter, LiteLLM). */
  readonly cacheControl?: boolean;
}

export interface ChatOptions extends OpenAiEndpoint {
  readonly deviations?: ChatDeviations | undefined;
}

/** Fields beside OpenAI's own that others send in a chunk. */
interface ForeignChunk {
  readonly x_groq?: { readonly usage?: unknown };
}

interface ForeignDelta {
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
}

export class ChatProvider implements Provider {
  readonly #client: OpenAI;

  constructor(private readonly options: ChatOptions) {
    this.#client = openAiClient(options);
  }

  async *stream(request: ClearedRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    const { name } = this.options;
    const progress: Progress = { begun: false, requestId: undefined };
    let usage: WireUsage | undefined;
    let finish: string | null | undefined;
    try {
      const { data, request_id } = await this.#client.chat.completions.create(this.#body(request), { signal }).withResponse();
      progress.requestId = request_id ?? undefined;
      for await (const chunk of data) {
        const { x_groq } = chunk as ForeignChunk;
        const wire = chunk.usage ?? x_groq?.usage;
        if (typeof wire === 'object' && wire) usage = { protocol: 'openai', fields: wire, serviceTier: chunk.service_tier ?? undefined };
        const choice = chunk.choices?.[0];
        finish = choice?.finish_reason ?? finish;
        const { content, reasoning_content, reasoning } = (choice?.delta ?? {}) as { content?: string | null } & ForeignDelta;
        const thought = reasoning_content ?? reasoning;
        if (thought) yield { kind: 'thinking', text: thought };
        if (content) {
          progress.begun = true;
          yield { kind: 'text', text: content };
        }
      }
      // A stream that is cut, and one that is aborted, end here like a whole one, but without a reason.
      if (finish && !signal.aborted) yield ended(outcomeOf(finish, name), usage, usage !== undefined, progress);
      else yield streamEnd(undefined, this.options, signal, progress, usage);
    } catch (error) {
      yield streamEnd(error, this.options, signal, progress, usage);
    }
  }

  async listModels(signal: AbortSignal): Promise<readonly OfferedModel[]> {
    return await listOpenAiModels(this.#client, this.options, signal);
  }

  #body({ model, system, messages, maxOutput, cacheKey, answerSchema }: ClearedRequest) {
    const { usageOnRequest = true, limitField = 'max_tokens', cacheKey: takesKey, cacheControl } = this.options.deviations ?? {};
    const content = (parts: ClearedRequest['system']) =>
      cacheControl && parts.some((p) => p.cache)
        ? joinParts(parts).map((p) => ({
            type: 'text' as const,
            text: p.text,
            ...(p.cache ? { cache_control: { type: 'ephemeral' } } : {}),
          }))
        : parts.map((p) => p.text).join('');
    return {
      model,
      messages: [
        ...(system.length > 0 ? [{ role: 'system' as const, content: content(system) }] : []),
        ...messages.map(({ role, parts }) =>
          role === 'user' ? { role, content: content(parts) } : { role, content: parts.map((p) => p.text).join('') },
        ),
      ],
      [limitField]: maxOutput,
      stream: true as const,
      ...(usageOnRequest ? { stream_options: { include_usage: true } } : {}),
      ...(takesKey ? { prompt_cache_key: cacheKey } : {}),
      ...(answerSchema ? { response_format: { type: 'json_schema' as const, json_schema: { ...answerSchema, strict: true } } } : {}),
    } satisfies OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming;
  }
}

function outcomeOf(finish: string, name: string): Ended['outcome'] {
  if (finish === 'length') return { kind: 'length' };
  if (finish === 'content_filter') return { kind: 'declined', reason: `${name} declined to answer this request.` };
  return { kind: 'complete' };
}
