/** The SDK of OpenAI as both of its protocols use it. */
import OpenAI from 'openai';
import type { OfferedModel } from '../provider.js';
import { ASKED_ALONE } from './asked-alone.js';
import { type Addressee, providerError } from './errors.js';

export interface OpenAiEndpoint extends Addressee {
  readonly baseUrl: string;
  /** Milliseconds until the first byte of an answer, and between two. */
  readonly timeoutMs: number;
}

export function openAiClient({ baseUrl, key, timeoutMs }: OpenAiEndpoint): OpenAI {
  return new OpenAI({
    // A server without keys still gets a header that it ignores: the SDK wants one.
    apiKey: key ?? 'none',
    baseURL: baseUrl,
    organization: null,
    project: null,
    // One retry loop, which is the router's.
    maxRetries: 0,
    fetchOptions: ASKED_ALONE,
    timeout: timeoutMs,
    logLevel: 'off',
  });
}

/** Models that the endpoint lists, with the window where it states one. Rejects with a ProviderError. */
export async function listOpenAiModels(client: OpenAI, to: OpenAiEndpoint, signal: AbortSignal): Promise<readonly OfferedModel[]> {
  try {
    const models: OfferedModel[] = [];
    for await (const model of client.models.list({ signal })) models.push({ id: model.id, window: windowOf(model) });
    return models;
  } catch (error) {
    throw providerError(error, to);
  }
}

/** The window that vLLM, OpenRouter, Groq and Mistral state in their lists, under names of their own. */
function windowOf(model: object): number | undefined {
  const fields = model as Readonly<Record<string, unknown>>;
  const stated = ['max_model_len', 'context_length', 'context_window', 'max_context_length'].map((name) => fields[name]);
  return stated.find((n): n is number => typeof n === 'number' && n > 0);
}
