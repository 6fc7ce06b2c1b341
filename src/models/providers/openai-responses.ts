/** OpenAI's Responses API: what its newest models are asked by. Nothing is stored at the provider. */
import type OpenAI from 'openai';
import type { ClearedRequest } from '../../policy/gate.js';
import type { AnswerEvent, Ended, OfferedModel, Provider, WireUsage } from '../provider.js';
import { ended, type Progress, streamEnd } from './ending.js';
import { providerError } from './errors.js';
import { listOpenAiModels, type OpenAiEndpoint, openAiClient } from './openai-client.js';

export class ResponsesProvider implements Provider {
  readonly #client: OpenAI;

  constructor(private readonly options: OpenAiEndpoint) {
    this.#client = openAiClient(options);
  }

  async *stream(request: ClearedRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    const progress: Progress = { begun: false, requestId: undefined };
    const cutOff = (error: unknown): Ended => streamEnd(error, this.options, signal, progress, undefined);
    try {
      const { data, request_id } = await this.#client.responses.create({ ...bodyOf(request), stream: true }, { signal }).withResponse();
      progress.requestId = request_id ?? undefined;
      for await (const event of data) {
        switch (event.type) {
          case 'response.output_text.delta':
            progress.begun = true;
            yield { kind: 'text', text: event.delta };
            break;
          case 'response.reasoning_summary_text.delta':
            yield { kind: 'thinking', text: event.delta };
            break;
          case 'error':
            yield cutOff(Object.assign(new Error(event.message), { code: event.code ?? undefined }));
            return;
          case 'response.completed':
          case 'response.incomplete':
          case 'response.failed': {
            const { usage, service_tier } = event.response;
            const reported: WireUsage | undefined = usage && { protocol: 'openai', fields: usage, serviceTier: service_tier ?? undefined };
            yield ended(outcomeOf(event.response, progress, this.options), reported, reported !== undefined, progress);
            return;
          }
        }
      }
      yield cutOff(undefined);
    } catch (error) {
      yield cutOff(error);
    }
  }

  async listModels(signal: AbortSignal): Promise<readonly OfferedModel[]> {
    return await listOpenAiModels(this.#client, this.options, signal);
  }

  async countTokens(request: ClearedRequest, signal: AbortSignal): Promise<number> {
    const { model, instructions, input, text } = bodyOf(request);
    try {
      const counted = { model, instructions, input, ...(text ? { text } : {}) };
      return (await this.#client.responses.inputTokens.count(counted, { signal })).input_tokens;
    } catch (error) {
      throw providerError(error, this.options);
    }
  }
}

function bodyOf({ model, system, messages, maxOutput, cacheKey, answerSchema }: ClearedRequest) {
  const textOf = (parts: ClearedRequest['system']): string => parts.map((p) => p.text).join('');
  return {
    model,
    instructions: system.length > 0 ? textOf(system) : null,
    input: messages.map(({ role, parts }) => ({ role, content: textOf(parts) })),
    max_output_tokens: maxOutput,
    // The provider keeps responses for a month unless told not to.
    store: false,
    prompt_cache_key: cacheKey,
    ...(answerSchema ? { text: { format: { type: 'json_schema' as const, ...answerSchema, strict: true } } } : {}),
  } satisfies OpenAI.Responses.ResponseCreateParams;
}

function outcomeOf(response: OpenAI.Responses.Response, { begun }: Progress, to: OpenAiEndpoint): Ended['outcome'] {
  const { status, incomplete_details, error } = response;
  if (status === 'completed') return { kind: 'complete' };
  if (status === 'incomplete' && incomplete_details?.reason === 'content_filter')
    return { kind: 'declined', reason: `${to.name} declined to answer this request.` };
  if (status === 'incomplete') return { kind: 'length' };
  const told = providerError(Object.assign(new Error(error?.message ?? 'the response failed'), { code: error?.code }), to);
  return { kind: begun ? 'cut' : 'failed', error: told };
}
