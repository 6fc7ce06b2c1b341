/** Anthropic's Messages API, by its SDK. */
import Anthropic from '@anthropic-ai/sdk';
import type { ClearedRequest } from '../../policy/gate.js';
import type { AnswerEvent, Ended, OfferedModel, Provider, WireUsage } from '../provider.js';
import { joinParts, type PromptPart } from '../request.js';
import { ended, type Progress, streamEnd } from './ending.js';
import { providerError } from './errors.js';

export interface AnthropicOptions {
  /** Its name for people. */
  readonly name: string;
  /** Local servers need none. */
  readonly key?: string | undefined;
  readonly baseUrl: string;
  /** For servers that know only the key's old header and the version before 2026-10-21. */
  readonly legacyHeaders?: boolean | undefined;
  /** Milliseconds until the first byte of an answer, and between two. */
  readonly timeoutMs: number;
}

/** Breakpoints that one request may have. */
const MAX_BREAKPOINTS = 4;

export class AnthropicProvider implements Provider {
  readonly #client: Anthropic;

  constructor(private readonly options: AnthropicOptions) {
    // A server without keys still gets a header that it ignores: the SDK wants one.
    const { key = 'none', baseUrl, legacyHeaders, timeoutMs } = options;
    this.#client = new Anthropic({
      ...(legacyHeaders
        ? { apiKey: null, authToken: null, defaultHeaders: { 'x-api-key': key, authorization: null, 'anthropic-version': '2023-06-01' } }
        : { apiKey: key }),
      baseURL: baseUrl,
      // One retry loop, which is the router's: the SDK's own hides refusals and waits for as long as a server says.
      maxRetries: 0,
      timeout: timeoutMs,
      logLevel: 'off',
    });
  }

  async *stream(request: ClearedRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    // Usage comes twice, and the later fields replace the earlier ones; of a stream that is cut the first is all there is.
    let usage: Readonly<Record<string, unknown>> | undefined;
    const progress: Progress = { begun: false, requestId: undefined };
    const reported = (): WireUsage | undefined => usage && { protocol: 'anthropic', fields: usage };
    let stop: string | null | undefined;
    try {
      const { data, request_id } = await this.#client.messages.create({ ...bodyOf(request), stream: true }, { signal }).withResponse();
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
          yield ended(outcomeOf(stop, this.options.name), reported(), true, progress);
          return;
        }
      }
      yield streamEnd(undefined, this.options.name, this.options.key, signal, progress, reported());
    } catch (error) {
      yield streamEnd(error, this.options.name, this.options.key, signal, progress, reported());
    }
  }

  async listModels(signal: AbortSignal): Promise<readonly OfferedModel[]> {
    try {
      const models: OfferedModel[] = [];
      for await (const { id, max_input_tokens, max_tokens } of this.#client.models.list({ limit: 1000 }, { signal })) {
        models.push({ id, window: max_input_tokens ?? undefined, maxOutput: max_tokens ?? undefined });
      }
      return models;
    } catch (error) {
      throw providerError(error, this.options.name, this.options.key);
    }
  }

  async countTokens(request: ClearedRequest, signal: AbortSignal): Promise<number> {
    const { model, system, messages } = bodyOf(request);
    try {
      return (await this.#client.messages.countTokens({ model, ...(system ? { system } : {}), messages }, { signal })).input_tokens;
    } catch (error) {
      throw providerError(error, this.options.name, this.options.key);
    }
  }
}

/** No sampling parameters: the API refuses them since version 2026-10-21. */
function bodyOf({ model, maxOutput, ...prompt }: ClearedRequest) {
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
