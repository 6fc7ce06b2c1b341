/** Anthropic's Messages API, by its SDK. */
import Anthropic from '@anthropic-ai/sdk';
import type { ClearedRequest } from '../../policy/gate.js';
import type { AnswerEvent, OfferedModel, Provider } from '../provider.js';
import { ASKED_ALONE } from './asked-alone.js';
import { type Addressee, providerError } from './errors.js';
import { bodyOf, streamMessages } from './messages.js';

export interface AnthropicOptions extends Addressee {
  readonly baseUrl: string;
  /** For servers that know only the key's old header and the version before 2026-10-21. */
  readonly legacyHeaders?: boolean | undefined;
  /** Milliseconds until the first byte of an answer, and between two. */
  readonly timeoutMs: number;
}

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
      fetchOptions: ASKED_ALONE,
      timeout: timeoutMs,
      logLevel: 'off',
    });
  }

  stream(request: ClearedRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    return streamMessages(this.#client, request, this.options, signal);
  }

  async listModels(signal: AbortSignal): Promise<readonly OfferedModel[]> {
    try {
      const models: OfferedModel[] = [];
      for await (const { id, max_input_tokens, max_tokens } of this.#client.models.list({ limit: 1000 }, { signal })) {
        models.push({ id, window: max_input_tokens ?? undefined, maxOutput: max_tokens ?? undefined });
      }
      return models;
    } catch (error) {
      throw providerError(error, this.options);
    }
  }

  async countTokens(request: ClearedRequest, signal: AbortSignal): Promise<number> {
    const { max_tokens: _, ...prompt } = bodyOf(request);
    try {
      return (await this.#client.messages.countTokens(prompt, { signal })).input_tokens;
    } catch (error) {
      throw providerError(error, this.options);
    }
  }
}
